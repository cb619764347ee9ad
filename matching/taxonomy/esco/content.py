"""What an import consists of, before it is written or after it was read back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from matching.domain import ConceptKind
from matching.taxonomy.esco.forms import Lists
from matching.taxonomy.esco.store import ImportedTaxonomy


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a concept in every language."""

    kind: ConceptKind
    isco08: str = ""


@dataclass(frozen=True, slots=True)
class Naming:
    """What a concept is called in one language. Without a preferred label, that is empty."""

    preferred: str
    others: tuple[str, ...] = ()
    description: str = ""

    def with_more(self, preferred: str, others: tuple[str, ...]) -> "Naming":
        """The same with further labels, which come after those that are there."""
        first = self.preferred or preferred
        more = dict.fromkeys((*self.others, preferred, *others))
        return replace(self, preferred=first, others=tuple(t for t in more if t and t != first))


Links = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Relations:
    """From a URI to the URIs that it refers to."""

    broader: Links
    essential: Links
    optional: Links


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A whole taxonomy: what is written to disk."""

    version: str
    concepts: Mapping[str, Kept]
    relations: Relations
    languages: Mapping[str, Mapping[str, Naming]]


def read_back(imported: ImportedTaxonomy) -> Content:
    """The content of an import, to which languages can be added."""
    uris = list(imported.uris)

    def links(lists: Lists) -> Links:
        found = {uri: tuple(uris[n] for n in lists[i].tolist()) for i, uri in enumerate(uris)}
        return {uri: targets for uri, targets in found.items() if targets}

    languages: dict[str, dict[str, Naming]] = {}
    for language in imported.languages:
        preferred: dict[int, str] = {}
        others: dict[int, list[str]] = {}
        for number, text, is_preferred in imported.forms(language):
            if is_preferred:
                preferred[number] = text
            else:
                others.setdefault(number, []).append(text)
        languages[language] = {
            uris[number]: Naming(
                preferred.get(number, ""), tuple(others.get(number, ())), description
            )
            for number, description in enumerate(imported.descriptions(language))
            if number in preferred or number in others
        }
    return Content(
        version=imported.version,
        concepts={
            uri: Kept(kind, isco08)
            for uri, kind, isco08 in zip(uris, imported.kinds, imported.isco08, strict=True)
        },
        relations=Relations(
            links(imported.broader), links(imported.essential), links(imported.optional)
        ),
        languages=languages,
    )
