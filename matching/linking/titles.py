"""From a job title to the occupations it may mean, best first, without any labelled example.

A title is compared with every label of every occupation word by word (:mod:`.soft`): how much of
the title the label answers, and how much of the label was asked. The closest label of an
occupation counts; its name counts a little more than its other labels, an occupation more than
a group of ISCO-08 of the same words, and an occupation gains from near neighbours in its unit
group, because a wrong occupation that only shares a word usually has none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matching.errors import DataError
from matching.linking.confidence import Confidence, Signs, exactness
from matching.linking.labels import OccupationLabels
from matching.linking.soft import Partner, SoftIndex
from matching.linking.spaces import Array
from matching.linking.words import word_keys

Codes = npt.NDArray[np.int64]

# The share of a label that was asked weighs more than the share of the title that is answered:
# titles carry words about firm, place and hours that no label has.
_ANSWERED, _ASKED = 0.4, 0.6
_NAME, _GROUP = 0.05, 0.1
_NEIGHBOURS, _NEIGHBOUR_WEIGHT = 3, 0.3
_UNIT_GROUP = 4  # digits of a code
_EQUAL = 1e-3  # closenesses nearer than this are of labels of the same words
_ALMOST = 0.9  # the exactness of a label of the title's own words


@dataclass(frozen=True, eq=False)
class TitleScores:
    """What one title is worth beside every label and every concept.

    ``answered``, ``asked`` and ``closeness`` have a value for every phrase, in [0, 1];
    ``closest`` is the closeness of each concept's best phrase, ``neighbours`` what its unit group
    adds, and ``total`` orders the concepts.
    """

    keys: tuple[str, ...]
    answered: Array
    asked: Array
    closeness: Array
    closest: Array
    neighbours: Array
    total: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedOccupation:
    """An occupation that a title may mean.

    ``label`` is the label that was closest and ``reasons`` say which of its words answers each
    word of the title. ``confidence`` estimates how often such a link is right.
    """

    uri: str
    isco08: str
    label: str
    confidence: float
    reasons: tuple[Partner, ...]


@dataclass(frozen=True, eq=False)
class TitleLinker:
    """Labels, ready to be compared with titles.

    ``uris`` are the concepts, ``phrase_texts`` one way to write each distinct phrase;
    ``phrase_concepts`` and ``names`` say whose it is and whether it is the name, ``starts`` where
    the phrases of each concept begin. ``units`` is the unit group of each
    concept, and the members of each.
    """

    labels: OccupationLabels
    uris: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    phrase_texts: tuple[str, ...]
    phrase_concepts: Codes
    names: npt.NDArray[np.bool_]
    starts: Codes
    groups: npt.NDArray[np.bool_]
    codes: tuple[str, ...]
    units: tuple[Codes, Codes]
    index: SoftIndex

    @classmethod
    def of(cls, labels: OccupationLabels) -> "TitleLinker":
        """Index labels. Those that differ in gender or number only are one phrase.

        Raises
        ------
        DataError
            When there are no labels, or none with a word in it.
        """
        if not labels.labels:
            raise DataError("No labels of occupations: import a taxonomy or give a lexicon.")
        uris = tuple(dict.fromkeys(label.uri for label in labels.labels))
        number = {uri: place for place, uri in enumerate(uris)}
        found: dict[tuple[int, tuple[str, ...]], tuple[str, bool]] = {}
        for label in labels.labels:
            for text in _both_genders(label.text, labels.language):
                place = number[label.uri], word_keys(text, labels.language)
                first, preferred = found.get(place, (text, False))
                found[place] = first, preferred or label.preferred
        ordered = sorted(found.items(), key=lambda item: item[0][0])
        concepts = np.array([concept for (concept, _), _ in ordered], dtype=np.int64)
        phrases = tuple(keys for (_, keys), _ in ordered)
        places = [labels.place(uri) for uri in uris]
        codes = tuple(place.isco08 for place in places)
        groups = np.array([place.group for place in places], dtype=np.bool_)
        return cls(
            labels=labels,
            uris=uris,
            phrases=phrases,
            phrase_texts=tuple(text for _, (text, _) in ordered),
            phrase_concepts=concepts,
            names=np.array([preferred for _, (_, preferred) in ordered], dtype=np.bool_),
            starts=np.searchsorted(concepts, np.arange(len(uris))),
            groups=groups,
            codes=codes,
            units=group_rows(codes, groups, digits=_UNIT_GROUP),
            index=SoftIndex.of(phrases, concepts),
        )

    def scores(self, titles: Sequence[str]) -> Iterator[TitleScores]:
        """What each title is worth beside every concept; all 0 for a title without words."""
        keys = [word_keys(title, self.labels.language) for title in titles]
        for asked_keys, (answered, asked) in zip(keys, self.index.coverages(keys), strict=True):
            closeness = answered**_ANSWERED * asked**_ASKED
            closest = self.best(closeness)
            named = self.best(closeness + np.float32(_NAME) * self.names * (closeness > 0))
            neighbours = mean_of_best(closest, self.units)
            total: Array = (named - _GROUP * self.groups + _NEIGHBOUR_WEIGHT * neighbours).astype(
                np.float32
            )
            yield TitleScores(
                keys=asked_keys,
                answered=answered,
                asked=asked,
                closeness=closeness,
                closest=closest,
                neighbours=neighbours,
                total=total,
            )

    def best(self, of_phrases: Array) -> Array:
        """The highest value among the phrases of each concept."""
        return np.asarray(np.maximum.reduceat(of_phrases, self.starts), dtype=np.float32)

    def link(
        self, title: str, *, confidence: Confidence, least: float = 0.5, most: int = 3
    ) -> tuple[LinkedOccupation, ...]:
        """Occupations that a title may mean, the likeliest first; none rather than a forced one.

        Several are answered when a title has several meanings: each likely enough, or sharing a
        label of the title's own words and likely enough together.

        Parameters
        ----------
        title
            As written, in the language of the labels.
        confidence
            Turns what was found into how often such a link is right.
        least
            Confidence under which an occupation is not answered.
        most
            How many are answered at most.
        """
        (scores,) = self.scores([title])
        return self.linked(scores, confidence=confidence, least=least, most=most)

    def linked(
        self, scores: TitleScores, *, confidence: Confidence, least: float = 0.5, most: int = 3
    ) -> tuple[LinkedOccupation, ...]:
        """:meth:`link` for a title whose scores are known."""
        found = [
            (confidence.of(signs), concept, signs)
            for concept, signs in candidates(scores, self.groups, most=most)
        ]
        found.sort(key=lambda row: -row[0])
        # A label that several occupations share means each of them, however likely each is alone.
        equal = [row for row in found if row[2].shared and row[2].exactness > _ALMOST]
        together = sum(value for value, _, _ in equal) >= least
        likely = [row for row in found if row[0] >= least or (together and row in equal)]
        return tuple(self._linked(concept, value, scores) for value, concept, _ in likely)

    def _linked(self, concept: int, value: float, scores: TitleScores) -> LinkedOccupation:
        end = self.starts[concept + 1] if concept + 1 < len(self.starts) else len(self.phrases)
        own = scores.closeness[self.starts[concept] : end]
        phrase = int(self.starts[concept] + own.argmax())
        return LinkedOccupation(
            uri=self.uris[concept],
            isco08=self.codes[concept],
            label=self.phrase_texts[phrase],
            confidence=value,
            reasons=self.index.partners(scores.keys, phrase),
        )


def candidates(
    scores: TitleScores, groups: npt.NDArray[np.bool_], *, most: int
) -> Iterator[tuple[int, Signs]]:
    """The best occupations for a title, with the signs by which a link is trusted."""
    total = np.where(groups, -np.inf, scores.total)
    size = min(most + 1, int((~groups).sum()))
    if not scores.keys or not size:
        return
    order = np.argpartition(-total, size - 1)[:size]
    order = order[np.argsort(-total[order], kind="stable")]
    closest = scores.closest[order]
    for place, concept in enumerate(order[:most].tolist()):
        rival = order[1 if place == 0 else 0] if size > 1 else concept
        equal = int((np.abs(closest - closest[place]) < _EQUAL).sum())
        yield (
            concept,
            Signs(
                exactness=exactness(float(closest[place])),
                lead=float(total[concept] - total[rival]),
                neighbours=float(scores.neighbours[concept]),
                shared=float(equal > 1),
            ),
        )


def _both_genders(text: str, language: str) -> Sequence[str]:
    """Return the two halves of a label that gives both genders: *saldatore/saldatrice*."""
    halves = [half.strip() for half in text.split("/")]
    if language == "it" and len(halves) > 1 and all(len(half) > 3 for half in halves):
        return halves
    return (text,)


def group_rows(
    codes: Sequence[str], is_group: npt.NDArray[np.bool_], *, digits: int
) -> tuple[Codes, Codes]:
    """Return the group of each concept (-1: none), and a row of members for each group.

    Rows are filled up with the number after the last concept. A group without occupations has no
    row: where codes are not known, groups would be the only ones with neighbours, themselves.
    """
    coded = [code[:digits] if len(code) >= digits else "" for code in codes]
    groups = sorted(
        {name for name, group in zip(coded, is_group, strict=True) if name and not group}
    )
    held = set(groups)
    named = [name if name in held else "" for name in coded]
    number = {name: place for place, name in enumerate(groups)}
    members: list[list[int]] = [[] for _ in groups]
    for concept, name in enumerate(named):
        if name:
            members[number[name]].append(concept)
    width = max((len(row) for row in members), default=1)
    table = np.full((len(groups), max(width, _NEIGHBOURS)), len(codes), dtype=np.int64)
    for place, row in enumerate(members):
        table[place, : len(row)] = row
    return np.array([number.get(name, -1) for name in named], dtype=np.int64), table


def mean_of_best(closest: Array, members: tuple[Codes, Codes]) -> Array:
    """Mean closeness of the best few concepts of each concept's group, over as many as it has."""
    group, table = members
    if not len(table):
        return np.zeros_like(closest)
    within = np.append(closest, np.float32(-1.0))[table]
    best = -np.partition(-within, _NEIGHBOURS - 1, axis=1)[:, :_NEIGHBOURS]
    real = best >= 0
    mean = (best * real).sum(axis=1) / np.maximum(real.sum(axis=1), 1)
    return np.where(group >= 0, mean[group], 0.0).astype(np.float32)
