"""From a text to raw mentions: which concept is named where, and what is said of it."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matching.domain import DocumentKind
from matching.extraction import spelling
from matching.extraction.index import Claim, Hit, Index, LabelIndex
from matching.extraction.scope import Scope, Stance, employer_scopes, scopes
from matching.extraction.segments import Segment
from matching.normalisation import Token
from matching.taxonomy import LabelRule, Taxonomy

# How sure a way of matching is. Rules of thumb, the same for both genders of a word.
_AS_WRITTEN = 0.9
_REORDERED = 0.8
_MISSPELT = 0.75

_NAMES = re.compile(
    r"(?:mi chiamo|il mio nome (?:e|è)|sono (?:il|la) signor[ae]?|sig\.?(?:ra|na)?|signor[ae]?"
    r"|nome(?: e cognome)?|cognome(?: e nome)?|name|surname|in fede|firma(?:to)?|referente"
    r"|dott\.?(?:ssa)?|rif\.?)\s*[:,.]?\s+(?P<name>[A-ZÀ-Ý][\w'’]+(?:[ \t]+[A-ZÀ-Ý][\w'’]+){0,2})",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?<=\s)(?P<name>(?:[A-ZÀ-Ý][\w'’&]*\s+){1,2})(?=s\.?r\.?l|S\.?r\.?l|S\.?R\.?L|s\.?p\.?a\b|S\.?p\.?A"
    r"|S\.?P\.?A|s\.?n\.?c|S\.?n\.?c|S\.?N\.?C|s\.?a\.?s\b|S\.?a\.?s\b|S\.?A\.?S\b|soc\. ?coop|& C)"
)
_DESCRIPTORS = frozenset(
    "espert qualificat specializzat generic profession junior senior curriculum vita cv ex"
    " esperienz patent turnist addett operai".split()
)
_NAME_LINE_WORDS = 3


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
    """A text with its segments and tokens, ready for both matchers."""

    text: str
    words: str
    kind: DocumentKind
    segments: Sequence[Segment]
    tokens: Sequence[Token]
    keys: Sequence[str]
    breaks: Sequence[bool]
    misspelt: frozenset[int]
    of_segment: Sequence[int]


def read(text: str, words: str, kind: DocumentKind, parts: list[Segment], index: Index) -> Reading:
    """Tokenise a text, leaving out silent segments and names, and mend misspelt words."""
    starts = [part.start for part in parts]
    hidden = _hidden(text, kind, parts, index)
    tokens: list[Token] = []
    breaks: list[bool] = []
    owner: list[int] = []
    previous = -1
    skipped = False
    for token in index.tokens(text):
        number = bisect_right(starts, token.start) - 1
        inside = number >= 0 and token.start < parts[number].end
        if not inside or parts[number].silent or any(a <= token.start < b for a, b in hidden):
            skipped = True
            continue
        tokens.append(token)
        breaks.append(token.breaks or skipped or number != previous)
        owner.append(number)
        previous = number
        skipped = False
    meant = spelling.corrections([token.key for token in tokens], index)
    return Reading(
        text=text,
        words=words,
        kind=kind,
        segments=parts,
        tokens=tokens,
        keys=[meant.get(token.key, token.key) for token in tokens],
        breaks=breaks,
        misspelt=frozenset(n for n, token in enumerate(tokens) if token.key in meant),
        of_segment=owner,
    )


def skill_mentions(reading: Reading, index: Index, taxonomy: Taxonomy) -> list[RawMention]:
    """Skills named in a text, with their stance; what describes an employer is left out."""
    hits = index.skills.search(reading.keys, reading.breaks)
    taken = [False] * len(reading.keys)
    for hit in hits:
        taken[hit.first : hit.last] = [True] * (hit.last - hit.first)
    loose = spelling.reordered(reading.keys, reading.breaks, taken, index.skills)
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
        if not _rule_of(taxonomy, "occupation", hit).title_only
        or stands_as_title(reading, hit.first, hit.last)
    ]
    return _mentions(reading, accepted, index.occupations, taxonomy, "occupation", _AS_WRITTEN)


def _mentions(
    reading: Reading,
    hits: list[Hit],
    labels: LabelIndex,
    taxonomy: Taxonomy,
    kind: str,
    confidence: float,
) -> list[RawMention]:
    cache: dict[int, list[Scope]] = {}
    found: list[RawMention] = []
    for hit in hits:
        claim = _resolve(reading, hit, labels, taxonomy, kind)
        if claim is None:
            continue
        number = reading.of_segment[hit.first]
        segment = reading.segments[number]
        if number not in cache:
            words = reading.words[segment.start : segment.end]
            cache[number] = scopes(words, reading.kind)
            if kind == "skill":
                cache[number] += employer_scopes(words)
        start, end = reading.tokens[hit.first].start, reading.tokens[hit.last - 1].end
        typo = any(n in reading.misspelt for n in range(hit.first, hit.last))
        found.append(
            RawMention(
                claim=claim,
                start=start,
                end=end,
                confidence=_MISSPELT if typo else confidence,
                segment=segment,
                stance=_stance(cache[number], start - segment.start),
            )
        )
    return found


def _stance(found: list[Scope], place: int) -> Stance:
    stances = {scope.stance for scope in found if scope.start <= place < scope.end}
    for stance in (Stance.DENIED, Stance.OTHERS, Stance.WISHED):
        if stance in stances:
            return stance
    return Stance.HELD


def _rule_of(taxonomy: Taxonomy, kind: str, hit: Hit) -> LabelRule:
    return taxonomy.rules.get((kind, " ".join(hit.phrase)), _NO_RULE)


_NO_RULE = LabelRule(label="")


def _resolve(
    reading: Reading, hit: Hit, labels: LabelIndex, taxonomy: Taxonomy, kind: str
) -> Claim | None:
    owners = labels.claims[hit.phrase]
    rule = _rule_of(taxonomy, kind, hit)
    if rule is _NO_RULE or not (rule.near or rule.prefer):
        return owners[0]
    around = {
        reading.keys[n]
        for n in range(max(0, hit.first - 12), min(len(reading.keys), hit.last + 12))
        if reading.of_segment[n] == reading.of_segment[hit.first]
    }
    label = owners[0].label
    for uri, words in rule.near.items():
        if around & set(words):
            return Claim(uri, label)
    return Claim(rule.prefer, label) if rule.prefer else None


def _hidden(
    text: str, kind: DocumentKind, parts: list[Segment], index: Index
) -> list[tuple[int, int]]:
    """Names of people and firms: *Mario Sarti* is no tailor, *Muratori srl* no mason."""
    found = [match.span("name") for match in _COMPANY.finditer(text)]
    if kind is DocumentKind.CV:
        found += [match.span("name") for match in _NAMES.finditer(text)]
        found += _name_line(text, parts, index)
    return found


def _name_line(text: str, parts: list[Segment], index: Index) -> list[tuple[int, int]]:
    # The first line of a CV is mostly a name. It is a job title only if nothing in it is a
    # word that no label and no list of descriptors knows.
    for part in parts[:2]:
        line = text[part.start : part.end]
        keys = [token.key for token in index.tokens(line)]
        if keys[:2] in (["curriculum", "vita"], ["curricul", "vita"]) or keys == ["cv"]:
            continue
        if not 1 < len(keys) <= _NAME_LINE_WORDS or any(char.isdigit() for char in line):
            return []
        known = index.occupations.words | index.skills.words | _DESCRIPTORS
        hits = index.occupations.search(keys, [False] * len(keys))
        if all(key in known for key in keys) and hits and hits[0].first == 0:
            return []
        return [(part.start, part.end)]
    return []
