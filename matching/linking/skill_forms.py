"""The forms under which skills are known in one language, as arrays that a linker works on."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.domain import ConceptKind
from matching.errors import DataError
from matching.linking.stems import stems

Numbers = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

# What an index adds to a word to tell it from another: Java (computer programming).
_ADDITION = re.compile(r"\s*\([^)]*\)\s*$")
_RARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillEntry:
    """A skill as a linker needs it: its labels, the preferred one first, and what is known of it.

    ``essential`` and ``optional`` count the occupations that need it; ``own`` says that the
    project's lexicon has it, which was written by what people and firms of a hub write about.
    """

    uri: str
    labels: tuple[str, ...]
    kind: ConceptKind = ConceptKind.SKILL
    essential: int = 0
    optional: int = 0
    own: bool = False


@dataclass(frozen=True, eq=False)
class SkillForms:
    """Every form of every skill; the forms of one skill stand together, the preferred one first."""

    language: str
    entries: tuple[SkillEntry, ...]
    texts: tuple[str, ...]
    starts: Numbers
    keys: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, entries: Sequence[SkillEntry], language: str) -> "SkillForms":
        """Lay out the forms of some skills.

        A label's addition in brackets is left off where something stands before it; both are kept
        for the preferred label. A form that has no word that counts is left out, unless the skill
        has no other.

        Raises
        ------
        DataError
            Without skills, with a skill that has no label, or when no label has a word.
        """
        if not entries:
            raise DataError("There is no skill to link to; import a taxonomy or give labels.")
        texts: list[str] = []
        keys: list[tuple[str, ...]] = []
        starts: list[int] = []
        for entry in entries:
            starts.append(len(texts))
            known: dict[str, tuple[str, ...]] = {}
            for form in _forms(entry):
                known.setdefault(form, stems(form, language))
            kept = {form: key for form, key in known.items() if key} or known
            texts += kept
            keys += kept.values()
        if not any(keys):
            raise DataError(f"No label of the {len(entries)} skills has a word to compare.")
        return cls(language, tuple(entries), tuple(texts), np.array(starts, np.int64), tuple(keys))

    @cached_property
    def ends(self) -> Numbers:
        """Behind the last form of each skill."""
        return np.append(self.starts[1:], len(self.texts))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """The column of each stem."""
        return {stem: number for number, stem in enumerate(sorted(self._skills_with))}

    @cached_property
    def _skills_with(self) -> Counter[str]:
        counted: Counter[str] = Counter()
        for first, last in zip(self.starts, self.ends, strict=True):
            counted.update({stem for key in self.keys[first:last] for stem in key})
        return counted

    @cached_property
    def rarity(self) -> Array:
        """Inverse document frequency of each stem over the skills, by column."""
        counts = np.array([self._skills_with[stem] for stem in self.vocabulary], float)
        return np.log((len(self.entries) + 1) / (counts + 1)) + _RARE

    @cached_property
    def weights(self) -> sparse.csr_matrix:
        """Forms by stems, each stem once with its rarity."""
        return self.stem_matrix(self.keys).multiply(self.rarity).tocsr()

    @cached_property
    def mass(self) -> Array:
        """The summed rarity of each form's stems, never 0."""
        return np.asarray(self.weights.sum(axis=1)).ravel() + 1e-9

    def stem_matrix(self, phrases: Sequence[tuple[str, ...]]) -> sparse.csr_matrix:
        """Phrases by stems: 1 where a phrase has a stem that some form has."""
        columns: list[int] = []
        bounds = [0]
        for phrase in phrases:
            columns += sorted({self.vocabulary[s] for s in phrase if s in self.vocabulary})
            bounds.append(len(columns))
        return sparse.csr_matrix(
            (np.ones(len(columns)), columns, bounds), (len(phrases), len(self.vocabulary))
        )

    def by_skill(self, scores: Array) -> Array:
        """The best of each skill's forms: (queries, forms) to (queries, skills)."""
        return np.maximum.reduceat(scores, self.starts, axis=1)


def _forms(entry: SkillEntry) -> list[str]:
    if not entry.labels:
        raise DataError(f"The skill {entry.uri!r} has no label; give it one or leave it out.")
    bare = [_ADDITION.sub("", label) or label for label in entry.labels]
    return [entry.labels[0], *bare]
