"""The lexicon and an import together: every concept can be looked up by its URI."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matching.domain import ConceptKind
from matching.taxonomy.concepts import SKILL_KINDS, Concept, Taxonomy
from matching.taxonomy.esco.store import KINDS, ImportedTaxonomy

_FAMILY = "esco"
# A language can be read where this share of the occupations, or of the skills, has a label in it.
_ENOUGH = 0.5


def joined(lexicon: Taxonomy, imported: ImportedTaxonomy) -> Taxonomy:
    """The lexicon, in which the concepts of an import can be looked up by URI too.

    Going through its concepts gives those of the lexicon only, so that what is computed over all
    of them does not change.
    """
    both = hashlib.sha256(f"{lexicon.digest}:{imported.digest}".encode())
    return replace(
        lexicon, concepts=KnownConcepts(lexicon.concepts, imported), digest=both.hexdigest()
    )


def readable(imported: ImportedTaxonomy) -> tuple[str, ...]:
    """The languages of an import with labels enough to read a text by."""
    groups = (
        imported.of_kind(ConceptKind.OCCUPATION),
        imported.of_kind(*SKILL_KINDS.intersection(KINDS)),
    )

    def enough(language: str) -> bool:
        named = np.diff(imported.forms(language).starts) > 0
        return any(group.size and named[group].mean() >= _ENOUGH for group in groups)

    return tuple(language for language in imported.languages if enough(language))


@dataclass(frozen=True)
class KnownConcepts(Mapping[str, Concept]):
    """The concepts of a lexicon; those of an import are found by URI and not gone through."""

    own: Mapping[str, Concept]
    imported: ImportedTaxonomy = field(repr=False)
    _made: dict[str, Concept] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, uri: str) -> Concept:
        found = self.own.get(uri) or self._made.get(uri)
        if found is None:
            number = self.imported.number(uri)
            if number is None:
                raise KeyError(uri)
            found = self._made[uri] = imported_concept(self.imported, number)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.own)

    def __len__(self) -> int:
        return len(self.own)


def imported_concept(imported: ImportedTaxonomy, number: int) -> Concept:
    """One concept of an import, with its labels in every language."""

    def uris(numbers: list[int]) -> frozenset[str]:
        return frozenset(imported.uris[n] for n in numbers)

    labels: dict[str, tuple[str, ...]] = {}
    for language in imported.languages:
        forms = imported.forms(language)
        if places := forms.range(number):
            labels[language] = tuple(forms.texts[n] for n in places)
    uri = imported.uris[number]
    broader = imported.broader[number].tolist()
    occupation = imported.kinds[number] is ConceptKind.OCCUPATION
    return Concept(
        uri=uri,
        slug=uri,
        kind=imported.kinds[number],
        family=_FAMILY,
        labels=labels,
        broader=imported.uris[broader[0]] if broader else None,
        isco08=imported.isco08[number],
        essential=uris(imported.essential[number].tolist()) if occupation else frozenset(),
        optional=uris(imported.optional[number].tolist()) if occupation else frozenset(),
    )
