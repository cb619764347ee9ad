"""Education and languages against what a vacancy asks."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.domain import Facts, Importance, LanguageFact
from matching.features.tables import Array, Rows, matrix

_LEVEL_STEP = 0.34  # what each EQF level short of the one asked costs
_CEFR = {level: number for number, level in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), 1)}
# A language asked without a level is asked at B1, and one claimed without a level is taken as
# A2: enough to say so, too little to rely on.
_ASKED_UNSAID = 3
_HELD_UNSAID = 2
_OPTIONAL = 0.4
_HERE = "it"
# A column for every code that ISO 639-1 could give, and 639-3 for the languages that it lacks.
_LETTERS = " " + ascii_lowercase
_COLUMNS = len(_LETTERS) ** 3
_CODE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True, eq=False)
class PersonStudies(Rows):
    """Persons by row: EQF level, NaN where not known, and their languages.

    ``speaks`` has a column for every language code: the level held (CEFR, 1 to 6). ``lists`` says
    whether foreign languages are listed, so that one which is not among them is not spoken.
    """

    level: Array
    speaks: sparse.csr_array
    lists: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class AskedStudies(Rows):
    """Vacancies by row: EQF level, and level and weight of each language asked."""

    level: Array
    tongue: sparse.csr_array
    weight: sparse.csr_array


def person_studies(facts: Sequence[Facts]) -> PersonStudies:
    """Education and languages of persons."""
    spoken = [
        {
            language_column(item.code): float(_CEFR.get(item.level or "", _HELD_UNSAID))
            for item in _coded(given)
        }
        for given in facts
    ]
    lists = [any(item.code != _HERE for item in given.languages) for given in facts]
    return PersonStudies(
        level=_levels(facts),
        speaks=matrix(spoken, _COLUMNS),
        lists=np.array(lists, dtype=bool),
    )


def asked_studies(facts: Sequence[Facts]) -> AskedStudies:
    """Education and languages that vacancies ask for."""
    tongue: list[dict[int, float]] = [{} for _ in facts]
    weight: list[dict[int, float]] = [{} for _ in facts]
    for row, given in enumerate(facts):
        for item in _coded(given):
            place = language_column(item.code)
            tongue[row][place] = float(_CEFR.get(item.level or "", _ASKED_UNSAID))
            weight[row][place] = _OPTIONAL if item.importance is Importance.OPTIONAL else 1.0
    return AskedStudies(_levels(facts), matrix(tongue, _COLUMNS), matrix(weight, _COLUMNS))


def qualification_features(asked: AskedStudies, persons: PersonStudies) -> dict[str, Array]:
    """Education level and languages.

    Returns
    -------
    dict
        Arrays of shape (vacancies, persons) in [0, 1], NaN where not known or not asked:
        ``education_level`` (1 at or above the EQF level asked, 0.34 less for each level short),
        ``languages`` (mean over the languages asked of level held / level asked, at most 1;
        one asked as a plus counts 0.4); and the ``asked_`` columns. A language that a CV does
        not name is not known, unless the CV names foreign languages without it.
    """
    need, have = asked.level[:, None], persons.level[None, :]
    shape = (len(asked.level), len(persons.level))
    education = np.clip(1.0 - _LEVEL_STEP * np.maximum(need - have, 0.0), 0.0, 1.0)
    languages = np.full(shape, np.nan)
    asks = np.diff(asked.weight.indptr) > 0
    # Many vacancies ask for the same languages at the same levels.
    alike: dict[tuple[bytes, bytes, bytes], list[int]] = {}
    for row in np.flatnonzero(asks).tolist():
        wanted = slice(asked.weight.indptr[row], asked.weight.indptr[row + 1])
        parts = (asked.weight.indices, asked.weight.data, asked.tongue.data)
        indices, weights, levels = (part[wanted].tobytes() for part in parts)
        alike.setdefault((indices, weights, levels), []).append(row)
    for rows in alike.values():
        wanted = slice(asked.weight.indptr[rows[0]], asked.weight.indptr[rows[0] + 1])
        columns = asked.weight.indices[wanted]
        held = persons.speaks[:, columns].toarray()
        answered = (held > 0) | (persons.lists[:, None] & (columns != language_column(_HERE)))
        weight = answered * asked.weight.data[wanted]
        share = np.minimum(1.0, held / asked.tongue.data[wanted])
        total = weight.sum(axis=1)
        mean = np.full(len(total), np.nan)
        np.divide((weight * share).sum(axis=1), total, out=mean, where=total > 0)
        languages[rows] = mean
    any_language = asks.astype(float)[:, None]
    return {
        "education_level": education,
        "languages": languages,
        "asked_education": np.broadcast_to((~np.isnan(need)).astype(float), shape),
        "asked_languages": np.broadcast_to(any_language, shape),
    }


def _coded(facts: Facts) -> list[LanguageFact]:
    """Languages that can be told apart: those of an imported taxonomy may have no code."""
    return [item for item in facts.languages if _CODE.fullmatch(item.code)]


def language_column(code: str) -> int:
    """The column of a language in the tables."""
    first, second, third = (_LETTERS.index(letter) for letter in code.ljust(3))
    return (first * len(_LETTERS) + second) * len(_LETTERS) + third


def _levels(facts: Sequence[Facts]) -> Array:
    return np.array(
        [float(f.education_level.value) if f.education_level else np.nan for f in facts],
        dtype=float,
    )


def language_share(asked: LanguageFact, held: Mapping[str, LanguageFact]) -> float | None:
    """Level held over level asked, at most 1; None where the CV does not answer."""
    mine = held.get(asked.code)
    # Who lists foreign languages lists them all; Italian goes without saying in an Italian CV.
    answered = mine is not None or (asked.code != _HERE and bool(held.keys() - {_HERE}))
    if not answered:
        return None
    need = _CEFR.get(asked.level or "", _ASKED_UNSAID)
    have = _CEFR.get(mine.level or "", _HELD_UNSAID) if mine else 0
    return min(1.0, have / need)
