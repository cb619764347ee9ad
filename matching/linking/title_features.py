"""What tells the right occupation from its rivals: one row for each candidate of a title.

Nothing here depends on the language beyond the linker's own keys, except where the head of a
title stands: *conducente di autocarri*, *truck driver*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.linking.spaces import Array, TextSpace
from matching.linking.titles import TitleLinker, TitleScores, group_rows, mean_of_best

COLUMNS = (
    "place",  # in the order without learning, from 0
    "behind",  # how far under the first in that order
    "closest",
    "answered",
    "asked",
    "name_closest",
    "name_answered",
    "name_asked",
    "mean_closeness",  # over all labels of the concept
    "letters",  # cosine of runs of letters, the best label's
    "name_letters",
    "words",  # cosine of words, the best label's
    "neighbours",  # the best of the unit group (four digits)
    "branch",  # and of the minor group (three digits)
    "unit_title",  # closeness of the title of the unit group itself
    "branch_title",
    "head",  # the word that says what somebody is, against that of the best label
    "name_head",
    "group",  # 1 for a group of ISCO-08
    "nested",  # broader occupations above it
    "name_words",
    "labels",
    "title_words",
)
_UNIT, _MINOR = 4, 3


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The candidates of one title, best first without learning, and a row of features of each."""

    concepts: npt.NDArray[np.int64]
    rows: Array


@dataclass(frozen=True, eq=False)
class TitleFeatures:
    """A linker with what its candidates are described by besides."""

    linker: TitleLinker
    letters: TextSpace
    words: TextSpace
    heads: npt.NDArray[np.int32]
    fixed: Array

    @classmethod
    def of(cls, linker: TitleLinker) -> "TitleFeatures":
        """Prepare the descriptions for the labels of a linker."""
        texts = [" ".join(phrase) for phrase in linker.phrases]
        places = {word: place for place, word in enumerate(linker.index.words)}
        head = _head_place(linker.labels.language)
        heads = [places[phrase[head]] if phrase else len(places) for phrase in linker.phrases]
        count = np.bincount(linker.phrase_concepts, minlength=len(linker.uris))
        length = np.array([len(phrase) for phrase in linker.phrases], dtype=np.float32)
        fixed = np.column_stack(
            [
                linker.groups,
                [linker.labels.place(uri).nested for uri in linker.uris],
                linker.best(np.where(linker.names, length, 0).astype(np.float32)),
                count,
            ]
        )
        return cls(
            linker=linker,
            letters=TextSpace.of_letters(texts),
            words=TextSpace.of_words(texts, longest=2),
            heads=np.array(heads, dtype=np.int32),
            fixed=fixed.astype(np.float32),
        )

    def candidates(self, titles: Sequence[str], *, most: int = 200) -> Iterator[Candidates]:
        """The ``most`` best concepts of each title, with ``COLUMNS`` as columns."""
        linker = self.linker
        branches = group_rows(linker.codes, linker.groups, digits=_MINOR)
        titles_at = {digits: self._title_of_group(digits) for digits in (_UNIT, _MINOR)}
        for scores in linker.scores(titles):
            order = np.argsort(-scores.total, kind="stable")[:most]
            columns = self._of_labels(scores)
            columns["branch"] = mean_of_best(scores.closest, branches)
            closest = np.append(scores.closest, np.float32(0.0))
            columns["unit_title"] = closest[titles_at[_UNIT]]
            columns["branch_title"] = closest[titles_at[_MINOR]]
            rows = np.column_stack(
                [
                    np.arange(len(order)),
                    (scores.total - scores.total.max())[order],
                    *(columns[name][order] for name in COLUMNS[2:-5]),
                    self.fixed[order],
                    np.full(len(order), len(scores.keys)),
                ]
            )
            yield Candidates(order, rows.astype(np.float32))

    def _of_labels(self, scores: TitleScores) -> dict[str, Array]:
        """Features that come from the labels of a concept, one value for each concept."""
        linker, text = self.linker, " ".join(scores.keys)
        letters = self.letters.similarities([text])[0]
        words = self.words.similarities([text])[0]
        head = np.zeros_like(letters)
        if scores.keys:
            asked = scores.keys[_head_place(linker.labels.language)]
            head = linker.index.word_similarities([asked])[0][self.heads]

        def name(values: Array) -> Array:
            return linker.best(np.where(linker.names, values, np.float32(-1.0)))

        summed: Array = np.add.reduceat(scores.closeness, linker.starts).astype(np.float32)
        sizes = self.fixed[:, 3]
        return {
            "closest": scores.closest,
            "answered": linker.best(scores.answered),
            "asked": linker.best(scores.asked),
            "name_closest": name(scores.closeness),
            "name_answered": name(scores.answered),
            "name_asked": name(scores.asked),
            "mean_closeness": summed / sizes,
            "letters": linker.best(letters),
            "name_letters": name(letters),
            "words": linker.best(words),
            "neighbours": scores.neighbours,
            "head": linker.best(head),
            "name_head": name(head),
        }

    def _title_of_group(self, digits: int) -> npt.NDArray[np.int64]:
        """The concept that is the group of each concept; the number after the last for none."""
        linker = self.linker
        group_of = {
            code: concept
            for concept, (code, group) in enumerate(zip(linker.codes, linker.groups, strict=True))
            if group and len(code) == digits
        }
        none = len(linker.uris)
        return np.array(
            [group_of.get(code[:digits], none) for code in linker.codes], dtype=np.int64
        )


def _head_place(language: str) -> int:
    return 0 if language == "it" else -1
