"""Skills of profiles and of vacancies as tables, read once; the rest is arithmetic on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.domain import ConceptKind, Importance, Profile, SkillAsked, Vacancy
from matching.taxonomy import Taxonomy, is_driving_licence

Array = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]

# Licences that take a person to work; the others (C, D, CQC) are the work itself.
EVERYDAY_LICENCES = frozenset({"AM", "A", "B"})

_STATED = 0.9  # confidence at which a stated skill counts in full
_WORKED = 0.7  # credit of a skill that a job held cannot be done without
_WORKED_BRIEFLY = 0.5  # the same, under six months or without dates
_BRIEF_MONTHS = 6
_KIN = 0.4  # what a neighbouring skill is worth where the skill itself is not shown
_AT_ONCE = 64  # vacancies compared together: bounds memory at skills x vacancies
_CERTIFIED = frozenset({ConceptKind.CERTIFICATE, ConceptKind.LICENCE})


@dataclass(frozen=True, slots=True)
class SkillSpace:
    """The skills that count in coverage, numbered, with weight and kinship.

    Languages and everyday licences have dimensions of their own and are not in it.
    """

    numbers: Mapping[str, int]
    weights: Array
    kin: sparse.csr_array


def skill_space(taxonomy: Taxonomy) -> SkillSpace:
    """Skills of a taxonomy by number; two are kin when they share a broader concept."""
    skills = [
        concept
        for concept in taxonomy.skills
        if concept.kind != "language"
        and not (is_driving_licence(concept) and concept.code in EVERYDAY_LICENCES)
    ]
    numbers = {concept.uri: number for number, concept in enumerate(skills)}
    weights = np.array([taxonomy.specificity(concept.uri) for concept in skills], dtype=float)
    families: dict[str, list[int]] = {}
    for concept in skills:
        if concept.broader is not None:
            families.setdefault(concept.broader, []).append(numbers[concept.uri])
            if concept.broader in numbers:
                families[concept.broader].append(numbers[concept.broader])
    pairs = {(a, b) for members in families.values() for a in members for b in members if a != b}
    rows, columns = np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2).T
    size = len(skills)
    kin = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    return SkillSpace(numbers, weights, kin)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A table whose every field has one row for each person, or for each vacancy."""

    def take(self, rows: Numbers) -> Self:
        """Some of its rows, in the given order."""
        return replace(
            self, **{one.name: _taken(getattr(self, one.name), rows) for one in fields(self)}
        )


@dataclass(frozen=True, slots=True, eq=False)
class PersonSkills(Rows):
    """Persons by row: credit per skill (0 to 1), the same with kindred skills, and how many."""

    credit: sparse.csr_array
    with_kin: sparse.csr_array
    shown: Array


@dataclass(frozen=True, slots=True, eq=False)
class AskedSkills(Rows):
    """Vacancies by row: weight per skill asked, by how it is asked.

    ``certified`` holds those of the essential that are certificates or licences to work.
    """

    essential: sparse.csr_array
    optional: sparse.csr_array
    trade: sparse.csr_array
    certified: sparse.csr_array


def person_skills(
    profiles: Sequence[Profile], taxonomy: Taxonomy, space: SkillSpace
) -> PersonSkills:
    """Skills of persons; a job held gives part credit for the skills it cannot do without."""
    credits = [_credit(profile, taxonomy, space) for profile in profiles]
    held = matrix(credits, len(space.numbers))
    shown = np.array([len(profile.skills) for profile in profiles], dtype=float)
    return PersonSkills(held, with_kin(held, space), shown)


def _credit(profile: Profile, taxonomy: Taxonomy, space: SkillSpace) -> dict[int, float]:
    found: dict[int, float] = {}
    stated = [(s.uri, min(1.0, s.confidence / _STATED)) for s in profile.skills]
    for job in profile.occupations:
        brief = job.months is None or job.months < _BRIEF_MONTHS
        worth = _WORKED_BRIEFLY if brief else _WORKED
        stated += [(uri, worth) for uri in taxonomy.concepts[job.uri].essential]
    for uri, value in stated:
        number = space.numbers.get(uri)
        if number is not None and value > found.get(number, 0.0):
            found[number] = value
    return found


def asked_skills(
    vacancies: Sequence[Vacancy], taxonomy: Taxonomy, space: SkillSpace
) -> AskedSkills:
    """Skills of vacancies: what is asked, what would be liked, what the trade implies."""
    cells: dict[str, list[dict[int, float]]] = {
        name: [{} for _ in vacancies] for name in ("essential", "optional", "trade", "certified")
    }
    for row, vacancy in enumerate(vacancies):
        for skill in vacancy.skills:
            number = space.numbers.get(skill.uri)
            if number is None:
                continue
            for group in _groups(skill, taxonomy):
                cells[group][row][number] = float(space.weights[number])
    return AskedSkills(**{name: matrix(found, len(space.numbers)) for name, found in cells.items()})


def product(asked: sparse.csr_array, held: sparse.csr_array, rows: Numbers | None = None) -> Array:
    """Sum over columns of what is asked times what is held, shape (asked, held).

    ``rows`` are those of ``held`` that are wanted, in their order; all without.
    """
    some = held if rows is None else held[rows]
    if some.shape[0] < asked.shape[0]:
        # Few persons and many vacancies: the same sums, term by term, laid out the other way.
        return np.asarray(asked @ some.toarray().T, dtype=float)
    found = np.empty((asked.shape[0], some.shape[0]))
    for start in range(0, asked.shape[0], _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        found[part] = (some @ asked[part].toarray().T).T
    return found


def _taken(table: sparse.csr_array | npt.NDArray[Any], rows: Numbers) -> Any:
    # Several times as fast as indexing an array by an array.
    return table[rows] if sparse.issparse(table) else np.take(table, rows, axis=0)


def matrix(rows: Sequence[Mapping[int, float]], columns: int) -> sparse.csr_array:
    """A sparse matrix from the cells of each row, by column."""
    sizes = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    # Laid out here: scipy would take ten times as long to find that no cell comes twice.
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    size = int(starts[-1])
    # Short where that is enough: a large table is read from memory, whose width is what counts.
    kind = np.int32 if size <= np.iinfo(np.int32).max else np.int64
    places = np.fromiter(chain.from_iterable(rows), dtype=kind, count=size)
    values = np.fromiter(chain.from_iterable(row.values() for row in rows), float, count=size)
    order = np.lexsort((places, np.repeat(np.arange(len(rows)), sizes)))
    return sparse.csr_array(
        (values[order], places[order], starts.astype(kind)), shape=(len(rows), columns)
    )


def _groups(skill: SkillAsked, taxonomy: Taxonomy) -> list[str]:
    if skill.implied:
        return ["trade"]
    if skill.importance is not Importance.ESSENTIAL:
        return ["optional"]
    certified = taxonomy.concepts[skill.uri].kind in _CERTIFIED
    return ["essential", "certified"] if certified else ["essential"]


def with_kin(credit: sparse.csr_array, space: SkillSpace) -> sparse.csr_array:
    """Credit per skill where a neighbour of a skill shown counts in part."""
    # A person with many kindred skills is no better than one with one: capped before use.
    kindred = (credit > 0).astype(float) @ space.kin
    kindred.data = np.full_like(kindred.data, _KIN)
    return sparse.csr_array(credit.maximum(kindred))
