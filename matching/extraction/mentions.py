"""From a text to raw mentions: which concept is named where, and what is said of it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from matching.domain import DocumentKind
from matching.extraction.index import Hit, Index, LabelIndex
from matching.extraction.names import other_names
from matching.extraction.phrases import Claim
from matching.extraction.scope import Scope, Stance, employer_scopes, scopes
from matching.extraction.segments import Segment
from matching.normalisation import Token
from matching.taxonomy import LabelRule, Taxonomy

_LETTER = re.compile(r"[^\W_]")
_OTHERS_DID = re.compile(r"\b(?:hanno|avevano|avranno)\s+(?:\w+\s+)?$")
_LEISURE = re.compile(
    r"\b(?:tempo libero|(?:per|come|di) hobby|per (?:passione|diletto)|passatempo)\b"
)
# How sure a way of matching is. Rules of thumb, the same for both genders of a word.
_AS_WRITTEN = 0.9
_REORDERED = 0.8
_MISSPELT = 0.75
# How many tokens to either side a word may stand that tells an ambiguous label's meaning.
_NEAR = 12


@dataclass(frozen=True, slots=True)
class RawMention:
    """A claim on a stretch of text, before anybody decides what it is worth."""

    claim: Claim
    start: int
    end: int
    confidence: float
    segment: Segment
    stance: Stance


@dataclass(frozen=True, slots=True)
class Reading:
    """A text with its segments and tokens, ready for both matchers.

    ``flat`` is ``words`` with the line breaks inside segments made spaces: they are wrapped lines.
    ``scopes`` holds the scopes of every segment, relative to its start, ``employers`` those that
    describe a firm, which rule skills and words but not jobs. ``misspelt`` tokens carry the key of
    the word that is meant; of the ``doubtful`` among them none is a mention alone.
    """

    text: str
    words: str
    flat: str
    kind: DocumentKind
    segments: Sequence[Segment]
    scopes: Sequence[Sequence[Scope]]
    employers: Sequence[Sequence[Scope]]
    tokens: Sequence[Token]
    keys: Sequence[str]
    breaks: Sequence[bool]
    misspelt: frozenset[int]
    doubtful: frozenset[int]
    of_segment: Sequence[int]


def read(text: str, words: str, kind: DocumentKind, parts: list[Segment], index: Index) -> Reading:
    """Tokenise a text, leaving out silent segments and names, and mend misspelt words.

    A CV is given without its writer's own name (:mod:`matching.extraction.unnamed`).
    """
    starts = [part.start for part in parts]
    names = other_names(text, kind, index)
    name_starts = [start for start, _ in names]
    reach = _furthest([end for _, end in names])
    tokens: list[Token] = []
    breaks: list[bool] = []
    owner: list[int] = []
    previous = -1
    skipped = False
    for token in index.tokens(text):
        number = bisect_right(starts, token.start) - 1
        inside = number >= 0 and token.start < parts[number].end and not parts[number].silent
        named = bisect_right(name_starts, token.start) - 1
        if not inside or (named >= 0 and token.start < reach[named]):
            skipped = True
            continue
        tokens.append(token)
        breaks.append(token.breaks or skipped or number != previous)
        owner.append(number)
        previous = number
        skipped = False
    flat = _flat(words, parts)
    meant: dict[int, str] = {}
    doubtful: set[int] = set()
    for number, token in enumerate(tokens):
        correction = index.speller.correction(token.key)
        if correction is None or _is_proper(text, token):
            continue
        written = text[token.start : token.end]
        # What is not sure must look Italian and be written small; else it may be a name.
        if correction.sure or words[token.end - 1] in "aeiou":
            meant[number] = correction.word
            if not correction.sure and not written.islower():
                doubtful.add(number)
    return Reading(
        text=text,
        words=words,
        flat=flat,
        kind=kind,
        segments=parts,
        scopes=[scopes(flat[part.start : part.end], kind) for part in parts],
        employers=[employer_scopes(flat[part.start : part.end]) for part in parts],
        tokens=tokens,
        keys=[meant.get(number, token.key) for number, token in enumerate(tokens)],
        breaks=breaks,
        misspelt=frozenset(meant),
        doubtful=frozenset(doubtful),
        of_segment=owner,
    )


def segment_at(reading: Reading, place: int) -> int | None:
    """The number of the segment in which a place lies, None between two."""
    number = bisect_right(reading.segments, place, key=lambda segment: segment.start) - 1
    if number < 0 or place >= reading.segments[number].end:
        return None
    return number


def segments_of(reading: Reading) -> Iterator[tuple[int, range]]:
    """The segments that have words, with the numbers of their tokens."""
    for segment, run in groupby(range(len(reading.tokens)), key=reading.of_segment.__getitem__):
        numbers = list(run)
        yield segment, range(numbers[0], numbers[-1] + 1)


def skill_mentions(reading: Reading, index: Index, taxonomy: Taxonomy) -> list[RawMention]:
    """Skills named in a text, with their stance; what describes an employer is somebody else's."""
    hits = index.skills.search(reading.keys, reading.breaks)
    hits = [
        hit
        for hit in hits
        if not _is_pastime(reading, hit, index.skills)
        and (not _rule_of(taxonomy, "skill", hit).alone or _is_item(reading, hit))
    ]
    taken = [False] * len(reading.keys)
    for hit in hits:
        taken[hit.first : hit.last] = [True] * (hit.last - hit.first)
    apart = {
        number
        for number in range(1, len(reading.tokens))
        if _LETTER.search(
            reading.text, reading.tokens[number - 1].end, reading.tokens[number].start
        )
    }
    loose = index.skills.search_reordered(reading.keys, reading.breaks, taken, apart)
    found = _mentions(reading, hits, index.skills, taxonomy, "skill", _AS_WRITTEN)
    found += _mentions(reading, loose, index.skills, taxonomy, "skill", _REORDERED)
    found.sort(key=lambda mention: (mention.start, mention.end))
    return found


def occupation_mentions(
    reading: Reading,
    index: Index,
    taxonomy: Taxonomy,
    stands_as_title: Callable[[Reading, int, int], bool],
) -> list[RawMention]:
    """Occupations named in a text. ``stands_as_title`` judges labels that need a title's place."""
    hits = index.occupations.search(reading.keys, reading.breaks)
    accepted = [
        hit
        for hit in hits
        if not _is_surname(reading, hit)
        and (not _rule_of(taxonomy, "occupation", hit).alone or _is_item(reading, hit))
        and (
            not _rule_of(taxonomy, "occupation", hit).title_only
            or stands_as_title(reading, hit.first, hit.last)
        )
    ]
    return _mentions(reading, accepted, index.occupations, taxonomy, "occupation", _AS_WRITTEN)


def _is_item(reading: Reading, hit: Hit) -> bool:
    """Whether a phrase is a whole item: between two breaks."""
    ends = hit.last == len(reading.breaks) or reading.breaks[hit.last]
    return reading.breaks[hit.first] and ends


def _furthest(ends: list[int]) -> list[int]:
    furthest: list[int] = []
    for end in ends:
        furthest.append(max(end, furthest[-1]) if furthest else end)
    return furthest


def _flat(words: str, parts: Sequence[Segment]) -> str:
    flat: list[str] = []
    done = 0
    for part in parts:
        flat += [words[done : part.start], words[part.start : part.end].replace("\n", " ")]
        done = part.end
    flat.append(words[done:])
    return "".join(flat)


def _is_proper(text: str, token: Token) -> bool:
    """Whether a word is written like a name: a capital after a small word on the same line."""
    written = text[token.start : token.end]
    if not written[0].isupper() or (len(written) > 1 and written.isupper()):
        return False
    before = text[text.rfind("\n", 0, token.start) + 1 : token.start].split()
    return bool(before) and before[-1].islower()


def _is_surname(reading: Reading, hit: Hit) -> bool:
    """Whether a plural job stands in a CV like a surname: *presso il bar di Muratori*."""
    token = reading.tokens[hit.first]
    one = hit.last == hit.first + 1 and reading.kind is DocumentKind.CV
    return one and reading.words[token.end - 1] == "i" and _is_proper(reading.text, token)


def _is_pastime(reading: Reading, hit: Hit, labels: LabelIndex) -> bool:
    """Whether a verb that stands for the noun of a label tells what others did, or leisure.

    *hanno pulito i sentieri* and *nel tempo libero preparo dolci* name no skill, as *pulizia
    sentieri* and *preparazione dolci* do.
    """
    if hit.phrase not in labels.derived:
        return False
    start = reading.tokens[hit.first].start
    before = reading.words[reading.segments[reading.of_segment[hit.first]].start : start]
    return _OTHERS_DID.search(before) is not None or _LEISURE.search(before) is not None


def _mentions(
    reading: Reading,
    hits: list[Hit],
    labels: LabelIndex,
    taxonomy: Taxonomy,
    kind: str,
    confidence: float,
) -> list[RawMention]:
    found: list[RawMention] = []
    for hit in hits:
        claim = _resolve(reading, hit, labels, taxonomy, kind)
        if claim is None or reading.doubtful.issuperset(range(hit.first, hit.last)):
            continue
        number = reading.of_segment[hit.first]
        segment = reading.segments[number]
        start, end = reading.tokens[hit.first].start, reading.tokens[hit.last - 1].end
        typo = any(n in reading.misspelt for n in range(hit.first, hit.last))
        found.append(
            RawMention(
                claim=claim,
                start=start,
                end=end,
                confidence=_MISSPELT if typo else confidence,
                segment=segment,
                stance=stance_at(reading, number, start, employers=kind == "skill"),
            )
        )
    return found


def stance_at(reading: Reading, number: int, start: int, *, employers: bool) -> Stance:
    """What the text says of the place ``start``, which lies in segment ``number``.

    With ``employers`` the description of a firm counts as somebody else's.
    """
    found = [*reading.scopes[number], *(reading.employers[number] if employers else ())]
    place = start - reading.segments[number].start
    stances = {scope.stance for scope in found if scope.start <= place < scope.end}
    for stance in (Stance.DENIED, Stance.OTHERS, Stance.WISHED):
        if stance in stances:
            return stance
    return Stance.HELD


_NO_RULE = LabelRule(label="")


def _rule_of(taxonomy: Taxonomy, kind: str, hit: Hit) -> LabelRule:
    return taxonomy.rules.get((kind, " ".join(hit.phrase)), _NO_RULE)


def _resolve(
    reading: Reading, hit: Hit, labels: LabelIndex, taxonomy: Taxonomy, kind: str
) -> Claim | None:
    owners = labels.claims[hit.phrase]
    rule = _rule_of(taxonomy, kind, hit)
    if rule is _NO_RULE or not (rule.near or rule.prefer):
        return owners[0]
    around = {
        reading.keys[n]
        for n in range(max(0, hit.first - _NEAR), min(len(reading.keys), hit.last + _NEAR))
        # The firm often stands on the line above or below the job.
        if kind == "occupation" or reading.of_segment[n] == reading.of_segment[hit.first]
    }
    label = owners[0].label
    for uri, words in rule.near.items():
        if around & set(words):
            return Claim(uri, label)
    return Claim(rule.prefer, label) if rule.prefer else None
