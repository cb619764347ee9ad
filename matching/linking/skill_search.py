"""The first look at a sentence: every skill's likeness to it, and the few worth a closer one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from sklearn.preprocessing import normalize

from matching.linking.skill_forms import Array, Numbers, SkillForms
from matching.linking.spaces import TextSpace
from matching.linking.stems import stems

_TOP = 120
_FULL_WEIGHT = 25.0


@dataclass(frozen=True, eq=False)
class SkillSearch:
    """Forms in the spaces in which sentences are compared with them."""

    forms: SkillForms
    letters: TextSpace

    @classmethod
    def of(cls, forms: SkillForms) -> "SkillSearch":
        """Build the spaces; seconds for a hundred thousand forms."""
        return cls(
            forms,
            TextSpace.of_letters(
                [text.lower() for text in forms.texts], shortest=3, longest=5, damped=True
            ),
        )

    @cached_property
    def words(self) -> sparse.csr_matrix:
        """Forms by stems, rarity weighted, rows of length 1 (sparse)."""
        return normalize(self.forms.weights).tocsr()

    def look(self, sentence: str) -> tuple[Mapping[str, Array], Numbers]:
        """Score every skill in each way, and name the candidates.

        Returns
        -------
        scores
            By way of comparing: ``letters``, ``words``, ``covered`` (share of a form's words, by
            rarity, that the sentence has) and ``telling`` (the same, for more than a common word).
        candidates
            The numbers of the best skills of each way, together, in order.
        """
        forms = self.forms
        keys = stems(sentence, forms.language)
        row = forms.stem_matrix([keys])
        shared = (row @ forms.weights.T).toarray()
        covered = shared / forms.mass
        weighted = normalize(row.multiply(forms.rarity).tocsr())
        scores: dict[str, Array] = {
            "letters": forms.by_skill(self.letters.similarities([sentence.lower()]).astype(float))[
                0
            ],
            "words": forms.by_skill((weighted @ self.words.T).toarray())[0],
            "covered": forms.by_skill(covered)[0],
            "telling": forms.by_skill(covered * np.sqrt(np.minimum(forms.mass, _FULL_WEIGHT)))[0],
        }
        best = [np.argsort(-values, kind="stable")[:_TOP] for values in scores.values()]
        return scores, np.unique(np.concatenate(best))
