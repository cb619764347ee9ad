"""What speaks for and against a skill that a text names: columns for trees.

A label in a text is not always the skill: a firm's product, a department, a course on offer, a
word with another meaning. Where it stands and what else the text names tell.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from matching.extraction.loose_features import Meanings, Signs, Surroundings
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.sections import Section
from matching.linking.roots import root

_CONCEPT = (
    "needed_by", "roots", "specificity",
    "is_skill", "is_knowledge", "is_transversal", "is_digital", "is_licence", "is_certificate",
)  # fmt: skip
_DOCUMENT = ("of_occupation", "beside", "family", "broader", "occupation_family")
_WORDS = (
    "way", "words", "letters", "rarity", "clause_share", "clause_words", "segment_words",
    "item", "at_start", "capital", "times", "coded",
)  # fmt: skip
_TONE = ("tone", "tone_before", "tone_after", "text_tone", "silent_share")
COLUMNS = (
    *_WORDS, *_DOCUMENT, *_CONCEPT, "vacancy", *_TONE, *(f"in_{section}" for section in Section)
)  # fmt: skip


def named_signs(
    reading: Reading,
    named: Sequence[RawMention],
    *,
    meanings: Meanings,
    around: Surroundings,
) -> list[Signs]:
    """The signs of each mention, in their order; columns as :data:`COLUMNS`."""
    starts = [token.start for token in reading.tokens]
    times = Counter(mention.claim.uri for mention in named)
    numbers = {uri: number for number, uri in enumerate(meanings.index.uris)}
    sizes = Counter(reading.of_segment)
    found: list[Signs] = []
    for mention in named:
        # The words of a licence at the end of a text may be none: *Patente B* looks like a name.
        first = min(bisect_left(starts, mention.start), len(starts) - 1)
        last = max(first, bisect_left(starts, mention.end) - 1)
        number = numbers.get(mention.claim.uri)
        needed = meanings.needed[number] if number is not None else {}
        concept = meanings.signs[number] if number is not None else (0.0,) * len(_CONCEPT)
        of_occupation, beside, family, broader, kin = around.signs(mention.claim.uri, needed)
        segment = reading.of_segment[first]
        found.append(
            (
                mention.confidence,
                *_words(reading, first, last, meanings),
                float(sizes[reading.of_segment[first]]),
                *_edges(reading, first, last),
                float(times[mention.claim.uri]),
                # Languages and driving licences, which are read as facts.
                float(number is None),
                of_occupation,
                # The skill itself is among those counted.
                beside - float(bool(needed)),
                family - 1,
                broader - 1,
                kin,
                *concept,
                *around.where(segment),
            )
        )
    return found


def _words(reading: Reading, first: int, last: int, meanings: Meanings) -> Signs:
    index = meanings.index
    segment = reading.of_segment[first]
    start, end = first, last + 1
    while not reading.breaks[start] and start > 0 and reading.of_segment[start - 1] == segment:
        start -= 1
    while (
        end < len(reading.tokens) and not reading.breaks[end] and reading.of_segment[end] == segment
    ):
        end += 1
    here = [index.rarity(root(key)) for key in reading.keys[first : last + 1]]
    clause = [index.rarity(root(key)) for key in reading.keys[start:end]]
    # Of keys, not of words: *operatrice* must count what *operatore* does.
    letters = sum(map(len, reading.keys[first : last + 1]))
    return (
        float(last - first + 1),
        float(letters),
        sum(here),
        sum(here) / sum(clause),
        float(end - start),
    )


def _edges(reading: Reading, first: int, last: int) -> Signs:
    ends = last + 1 == len(reading.breaks) or reading.breaks[last + 1]
    return (
        float(reading.breaks[first] and ends),
        float(reading.breaks[first]),
        float(reading.text[reading.tokens[first].start].isupper()),
    )
