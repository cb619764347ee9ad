"""Languages and driving licences: facts, read by patterns of their own, and skills as well."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from matching.domain import ConceptKind, Fact, Facts, LanguageFact
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.phrases import Claim
from matching.extraction.scope import Stance
from matching.taxonomy import Taxonomy

_SURE = 0.95


def codes(found: Facts) -> tuple[Fact | LanguageFact, ...]:
    """The facts of a document that have concepts of their own."""
    return (*found.licences, *found.languages)


def coded_mentions(reading: Reading, found: Facts, taxonomy: Taxonomy) -> list[RawMention]:
    """Licences and languages under their concepts; those without one are left out."""
    mentions: list[RawMention] = []
    for fact in codes(found):
        if isinstance(fact, LanguageFact):
            uri = taxonomy.by_code.get((ConceptKind.LANGUAGE, fact.code))
        else:
            uri = taxonomy.by_code.get((ConceptKind.LICENCE, str(fact.value)))
        if uri is None:
            continue
        # A fact may begin in the header before its segment.
        number = bisect_right(reading.segments, fact.end - 1, key=lambda part: part.start) - 1
        mentions.append(
            RawMention(
                claim=Claim(uri, taxonomy.concepts[uri].label()),
                start=fact.start,
                end=fact.end,
                confidence=_SURE,
                segment=reading.segments[max(0, number)],
                stance=Stance.HELD,
            )
        )
    return mentions


def places_of(mentions: Iterable[RawMention]) -> frozenset[tuple[int, int]]:
    """Where mentions stand."""
    return frozenset((mention.start, mention.end) for mention in mentions)


def without(found: Facts, *, refused: frozenset[tuple[int, int]]) -> Facts:
    """The same facts, without the licences and languages of some places."""
    return replace(
        found,
        licences=tuple(one for one in found.licences if (one.start, one.end) not in refused),
        languages=tuple(one for one in found.languages if (one.start, one.end) not in refused),
    )
