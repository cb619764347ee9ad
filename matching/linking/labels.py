"""The labels of occupations and of their ISCO groups, from wherever they come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from matching.domain import ConceptKind
from matching.taxonomy import Taxonomy
from matching.taxonomy.esco import ImportedTaxonomy


@dataclass(frozen=True, slots=True)
class Label:
    """One label of a concept. ``preferred`` is its name, as opposed to another way to say it."""

    uri: str
    text: str
    preferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a concept stands in ISCO-08.

    ``isco08`` is the code of its unit group, or of the group that it is itself; empty where
    nobody says. ``group`` marks a group; ``nested`` counts the broader occupations above it.
    """

    isco08: str = ""
    group: bool = False
    nested: int = 0


@dataclass(frozen=True)
class OccupationLabels:
    """Labels in one language, and the place of each concept that is known to have one."""

    labels: tuple[Label, ...]
    language: str = "it"
    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))

    def place(self, uri: str) -> Place:
        """Where a concept stands; a group of ISCO-08 says so by its URI."""
        return self.places.get(uri) or _place_by_uri(uri)

    def with_labels(self, more: Iterable[Label]) -> "OccupationLabels":
        """The same, with further labels behind its own, none of which is a name."""
        added = tuple(Label(label.uri, label.text, preferred=False) for label in more)
        return OccupationLabels((*self.labels, *added), self.language, self.places)


def imported_labels(imported: ImportedTaxonomy, language: str) -> OccupationLabels:
    """Labels of every occupation and ISCO group of an imported taxonomy.

    Raises
    ------
    TaxonomyError
        When the language was not imported.
    """
    places = imported_places(imported)
    numbers = {imported.number(uri): uri for uri in places}
    labels = tuple(
        Label(numbers[number], text, preferred)
        for number, text, preferred in imported.forms(language)
        if number in numbers
    )
    return OccupationLabels(labels, language, places)


def imported_places(imported: ImportedTaxonomy) -> Mapping[str, Place]:
    """Where every occupation and ISCO group of an imported taxonomy stands."""
    kinds, codes = imported.kinds, imported.isco08
    places: dict[str, Place] = {}
    for number in imported.of_kind(ConceptKind.OCCUPATION, ConceptKind.GROUP).tolist():
        if codes[number]:
            places[imported.uris[number]] = Place(
                isco08=codes[number],
                group=kinds[number] is ConceptKind.GROUP,
                nested=_nested(imported, number),
            )
    return MappingProxyType(places)


def lexicon_labels(taxonomy: Taxonomy, language: str = "it") -> OccupationLabels:
    """Labels of every occupation of a lexicon."""
    labels = tuple(
        Label(concept.uri, text, preferred=place == 0)
        for concept in taxonomy.occupations
        for place, text in enumerate(concept.labels.get(language, ()))
    )
    places = {concept.uri: Place(isco08=concept.isco08) for concept in taxonomy.occupations}
    return OccupationLabels(labels, language, MappingProxyType(places))


def _nested(imported: ImportedTaxonomy, number: int) -> int:
    """Count the broader occupations above an occupation, along the first one each time."""
    depth, seen = 0, {number}
    while True:
        above = [
            broader
            for broader in imported.broader[number].tolist()
            if imported.kinds[broader] is ConceptKind.OCCUPATION and broader not in seen
        ]
        if not above:
            return depth
        depth, number = depth + 1, above[0]
        seen.add(number)


_ISCO_GROUP = "http://data.europa.eu/esco/isco/C"


def _place_by_uri(uri: str) -> Place:
    if uri.startswith(_ISCO_GROUP):
        return Place(isco08=uri.removeprefix(_ISCO_GROUP), group=True)
    return Place()
