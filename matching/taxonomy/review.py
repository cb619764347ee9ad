"""Labels that a reviewer should look at twice, because they may match what they do not mean."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matching.domain import ConceptKind
from matching.normalisation import Normaliser, fold, plain
from matching.taxonomy.concepts import Concept, Taxonomy, is_driving_licence

_LONGEST = 6
_SHORTEST = 3
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


@dataclass(frozen=True, slots=True, order=True)
class DoubtfulLabel:
    """A label with the doubt and, for a common word, the word it falls together with."""

    slug: str
    label: str
    doubt: Doubt
    other: str = ""


def doubtful_labels(taxonomy: Taxonomy, common: Iterable[str]) -> Iterator[DoubtfulLabel]:
    """Labels that are very short or long, meet a common word, or know one gender only.

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


def _one_gender(concept: Concept, normaliser: Normaliser) -> Iterator[DoubtfulLabel]:
    known = {normaliser.phrase(label) for label in concept.labels["it"]}
    for label in concept.labels["it"]:
        first, *rest = normaliser.phrase(label)
        partner = _PARTNERS.get(first)
        if partner and (partner, *rest) not in known:
            yield DoubtfulLabel(concept.slug, label, Doubt.ONE_GENDER, partner)
