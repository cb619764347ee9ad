"""Sentences to skills: which skills a sentence speaks of, the likeliest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matching.linking.skill_features import COLUMNS, sentence_features
from matching.linking.skill_forms import SkillEntry, SkillForms
from matching.linking.skill_search import SkillSearch
from matching.linking.stems import words
from matching.linking.weights import Weights, load_weights

SENTENCE_WEIGHTS = "sentence_skills"


@dataclass(frozen=True, slots=True)
class RankedSkill:
    """A skill with the chance that the trees give it, which orders and is not calibrated."""

    uri: str
    label: str
    chance: float


@dataclass(frozen=True, eq=False)
class SkillLinker:
    """Ranks every skill of a taxonomy for a sentence, the words of which need be no label."""

    search: SkillSearch
    weights: Weights

    @classmethod
    def of(cls, entries: Sequence[SkillEntry], language: str, folder: Path) -> "SkillLinker":
        """Set up a linker for skills in a language, with the weights of a folder.

        Raises
        ------
        DataError, ModelError
            Without skills; or the weights are missing, damaged or of another make.
        """
        weights = load_weights(folder, SENTENCE_WEIGHTS, COLUMNS)
        return cls(SkillSearch.of(SkillForms.of(entries, language)), weights)

    def rank(self, sentence: str) -> list[RankedSkill]:
        """Skills for a sentence, the likeliest first; those it has nothing in common with last.

        Only skills that some way of comparing puts among its best are judged by the trees and
        returned. A sentence without a word returns nothing.
        """
        if not words(sentence, self.search.forms.language):
            return []
        candidates, rows = sentence_features(self.search, sentence)
        chances = self.weights.reranker.predict(rows.astype(np.float32))
        entries = self.search.forms.entries
        order = np.argsort(-chances, kind="stable")
        return [
            RankedSkill(
                entries[candidates[place]].uri,
                entries[candidates[place]].labels[0],
                float(chances[place]),
            )
            for place in order
        ]
