"""What each occupation looks like in a text: its titles, its skills, and the words of both."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from matching.linking.phrase_index import PhraseIndex
from matching.taxonomy import Concept, Taxonomy

Array = npt.NDArray[np.float64]
Keys = tuple[str, ...]

# What a word of an optional skill, or of a title, counts beside one of an essential skill.
_OPTIONAL, _TITLE = 0.3, 0.5
_SMALL = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Titled:
    """How far words are a title of each occupation, by its closest label.

    ``asked`` is the share of the label that is there, ``found`` the summed rarity of its words
    that are, ``strength`` both in one; 0 where no label is near.
    """

    asked: Array
    found: Array
    strength: Array


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """How much of what each occupation needs is there.

    ``essential`` and ``optional`` are summed rarities of skills, ``share`` is the share of the
    essential ones.
    """

    essential: Array
    optional: Array
    share: Array


@dataclass(frozen=True, eq=False)
class OccupationProfiles:
    """Occupations as rows; the columns of ``words`` are roots, of the needs skills."""

    uris: tuple[str, ...]
    titles: PhraseIndex
    roots: Mapping[str, int]
    words: sparse.csr_array
    rarity: Array
    skills: Mapping[str, int]
    essential: sparse.csr_array
    optional: sparse.csr_array
    skill_rarity: Array

    @classmethod
    def of(
        cls, taxonomy: Taxonomy, phrase: Callable[[str], Keys], skills: PhraseIndex
    ) -> "OccupationProfiles":
        """Describe the occupations of a taxonomy.

        Parameters
        ----------
        taxonomy
            Holds them.
        phrase
            Keys of the words of a label.
        skills
            The labels of skills and other ways to say them.
        """
        occupations = taxonomy.occupations
        uris = tuple(one.uri for one in occupations)
        titles = PhraseIndex.of(
            (one.uri, phrase(label)) for one in occupations for label in one.labels.get("it", ())
        )
        said = _roots_of_skills(skills)
        held = [
            _words(one, said, titled)
            for one, titled in zip(occupations, _titles(uris, titles), strict=True)
        ]
        known = sorted({word for words in held for word in words})
        roots = {word: number for number, word in enumerate(known)}
        rarity = _rarity(Counter(word for words in held for word in words), known, len(uris))
        needed = sorted({uri for one in occupations for uri in (*one.essential, *one.optional)})
        numbers = {uri: number for number, uri in enumerate(needed)}
        counted = Counter(uri for one in occupations for uri in (*one.essential, *one.optional))
        return cls(
            uris=uris,
            titles=titles,
            roots=roots,
            words=_unit_rows(held, roots, rarity),
            rarity=rarity,
            skills=numbers,
            essential=_members([one.essential for one in occupations], numbers),
            optional=_members([one.optional for one in occupations], numbers),
            skill_rarity=_rarity(counted, needed, len(uris)),
        )

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The row of each occupation."""
        return {uri: number for number, uri in enumerate(self.uris)}

    @cached_property
    def _owners(self) -> tuple[int, ...]:
        return tuple(self.numbers[uri] for uri in self.titles.uris)

    @cached_property
    def _asked_of(self) -> Array:
        """The summed rarity of what each occupation cannot do without."""
        return np.asarray(np.maximum(self.essential @ self.skill_rarity, _SMALL), float)

    def roots_of(self, row: int) -> frozenset[str]:
        """The roots of an occupation's titles and skills."""
        return self._roots_of[row]

    @cached_property
    def _roots_of(self) -> tuple[frozenset[str], ...]:
        names = tuple(self.roots)
        ends = self.words.indptr.tolist()
        columns = self.words.indices.tolist()
        return tuple(
            frozenset(names[column] for column in columns[start:end])
            for start, end in zip(ends, ends[1:], strict=False)
        )

    def titled(self, roots: Sequence[str]) -> Titled:
        """How far words are a title of each occupation."""
        asked, found, strength = (np.zeros(len(self.uris)) for _ in range(3))
        for proposal in self.titles.proposals(roots):
            row = self._owners[proposal.owner]
            asked[row], found[row] = proposal.asked, proposal.found
            strength[row] = proposal.strength
        return Titled(asked, found, strength)

    def closeness(self, roots: Iterable[str]) -> Array:
        """Cosine of the words of a text and those of each occupation, rare words counting more."""
        counts = Counter(word for word in roots if word in self.roots)
        if not counts:
            return np.zeros(len(self.uris))
        places = np.array([self.roots[word] for word in counts])
        weights = np.log1p(np.array(list(counts.values()), float)) * self.rarity[places]
        text = np.zeros(len(self.roots))
        text[places] = weights / np.linalg.norm(weights)
        return np.asarray(self.words @ text, float)

    def needs(self, skills: Mapping[str, float]) -> Needs:
        """How much of what each occupation needs is there: skills by URI, with how sure each is."""
        there = np.zeros(len(self.skills))
        for uri, sure in skills.items():
            if (number := self.skills.get(uri)) is not None:
                there[number] = sure
        there *= self.skill_rarity
        essential = np.asarray(self.essential @ there, float)
        return Needs(
            essential, np.asarray(self.optional @ there, float), essential / self._asked_of
        )


def _roots_of_skills(skills: PhraseIndex) -> dict[str, set[str]]:
    said: dict[str, set[str]] = {}
    for owner, roots in zip(skills.owners.tolist(), skills.roots, strict=True):
        said.setdefault(skills.uris[owner], set()).update(roots)
    return said


def _titles(uris: Sequence[str], titles: PhraseIndex) -> list[list[Keys]]:
    found: dict[str, list[Keys]] = {uri: [] for uri in uris}
    for owner, roots in zip(titles.owners.tolist(), titles.roots, strict=True):
        found[titles.uris[owner]].append(roots)
    return [found[uri] for uri in uris]


def _words(
    occupation: Concept, said: Mapping[str, set[str]], titles: Iterable[Keys]
) -> Counter[str]:
    """Return how much each root speaks for an occupation."""
    words: dict[str, float] = {}
    parts = [(said.get(uri, set()), 1.0) for uri in sorted(occupation.essential)]
    parts += [(said.get(uri, set()), _OPTIONAL) for uri in sorted(occupation.optional)]
    parts += [(set(roots), _TITLE) for roots in titles]
    for roots, weight in parts:
        for word in sorted(roots):
            words[word] = words.get(word, 0.0) + weight
    return Counter(words)


def _rarity(counted: Mapping[str, int], names: Sequence[str], size: int) -> Array:
    return np.array([math.log((size + 1) / (counted[name] + 0.5)) for name in names])


def _unit_rows(
    held: Sequence[Mapping[str, float]], roots: Mapping[str, int], rarity: Array
) -> sparse.csr_array:
    rows = np.repeat(np.arange(len(held)), [len(words) for words in held])
    columns = np.array([roots[word] for words in held for word in words], np.int64)
    counts = np.array([count for words in held for count in words.values()], float)
    values = np.log1p(counts) * rarity[columns]
    norms = np.sqrt(np.bincount(rows, weights=values**2, minlength=len(held)))
    return sparse.csr_array((values / norms[rows], (rows, columns)), shape=(len(held), len(roots)))


def _members(needs: Sequence[Iterable[str]], numbers: Mapping[str, int]) -> sparse.csr_array:
    pairs = [(row, numbers[uri]) for row, uris in enumerate(needs) for uri in sorted(uris)]
    rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
    return sparse.csr_array(
        (np.ones(len(pairs)), (rows, columns)), shape=(len(needs), len(numbers))
    )
