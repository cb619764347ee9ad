"""Labels that a reviewer should look at twice, because they may match what they do not mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matching.domain import ConceptKind
from matching.normalisation import Normaliser, fold, plain
from matching.taxonomy.concepts import Concept, Taxonomy, is_driving_licence

_LONGEST = 6
_SHORTEST = 3
# Words this short are mostly abbreviations, and other trades have the same ones.
_ABBREVIATION = 4
# Nouns with another word for the other gender, by key; all others differ in their ending only.
_PARTNERS = {
    fold(word): fold(other)
    for pair in (("uomo", "donna"), ("steward", "hostess"))
    for word, other in (pair, pair[::-1])
}


class Doubt(StrEnum):
    """Why a label is doubtful."""

    SHORT = "short"
    LONG = "long"
    COMMON_WORD = "common_word"
    ONE_GENDER = "one_gender"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True, order=True)
class DoubtfulLabel:
    """A label with the doubt and, where there is one, the word or label it falls together with."""

    slug: str
    label: str
    doubt: Doubt
    other: str = ""


def doubtful_labels(taxonomy: Taxonomy, common: Iterable[str]) -> Iterator[DoubtfulLabel]:
    """Labels that are short, long, a common word, of one gender only, or a word of other trades.

    A word of other trades is a label of four letters or less that stands inside the label of a
    skill of another family and heading (*PEI*, an educational plan, in *PES PAV PEI*).

    Parameters
    ----------
    taxonomy
        Where the labels come from; headings and driving licences are matched by nobody.
    common
        Everyday words. A label of one word is doubtful if it equals one of them, or another
        word that has the same key (*torno* and *tornio*).
    """
    words: dict[str, set[str]] = {}
    for word in common:
        low = plain(word)
        words.setdefault(fold(low), set()).add(low)
    normaliser = Normaliser()
    for concept in taxonomy.concepts.values():
        if concept.kind is ConceptKind.GROUP or is_driving_licence(concept):
            continue
        # The first label of a language is also a name on the screen and may be long.
        names = {labels[0] for labels in concept.labels.values()}
        for label in sorted({label for labels in concept.labels.values() for label in labels}):
            phrase = normaliser.phrase(label)
            if len(phrase) > _LONGEST and label not in names:
                yield DoubtfulLabel(concept.slug, label, Doubt.LONG)
            if len("".join(phrase)) < _SHORTEST:
                yield DoubtfulLabel(concept.slug, label, Doubt.SHORT)
            if len(phrase) == 1:
                for word in sorted(words.get(phrase[0], ())):
                    yield DoubtfulLabel(concept.slug, label, Doubt.COMMON_WORD, word)
        if concept.kind is ConceptKind.OCCUPATION:
            yield from _one_gender(concept, normaliser)
    yield from _inside(taxonomy, normaliser)


def _one_gender(concept: Concept, normaliser: Normaliser) -> Iterator[DoubtfulLabel]:
    known = {normaliser.phrase(label) for label in concept.labels["it"]}
    for label in concept.labels["it"]:
        first, *rest = normaliser.phrase(label)
        partner = _PARTNERS.get(first)
        if partner and (partner, *rest) not in known:
            yield DoubtfulLabel(concept.slug, label, Doubt.ONE_GENDER, partner)


def _inside(taxonomy: Taxonomy, normaliser: Normaliser) -> Iterator[DoubtfulLabel]:
    short: dict[str, tuple[Concept, str]] = {}
    longer: list[tuple[tuple[str, ...], Concept, str]] = []
    for concept in taxonomy.skills:
        if is_driving_licence(concept):
            continue
        for label in concept.labels["it"]:
            phrase = normaliser.phrase(label)
            if len(phrase) > 1:
                longer.append((phrase, concept, label))
            elif len(label) <= _ABBREVIATION:
                short[phrase[0]] = (concept, label)
    found: dict[str, DoubtfulLabel] = {}
    for phrase, other, longer_label in longer:
        for key in short.keys() & set(phrase):
            concept, label = short[key]
            if not _related(taxonomy, concept, other):
                found.setdefault(
                    label, DoubtfulLabel(concept.slug, label, Doubt.INSIDE, longer_label)
                )
    yield from found.values()


def _related(taxonomy: Taxonomy, one: Concept, other: Concept) -> bool:
    if one.family == other.family:
        return True
    return bool(
        {one.uri, *taxonomy.ancestors(one.uri)} & {other.uri, *taxonomy.ancestors(other.uri)}
    )
