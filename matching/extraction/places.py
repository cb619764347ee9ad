"""The municipality a person lives in, or a vacancy is in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from rapidfuzz.distance import OSA

from matching.domain import DocumentKind, Fact
from matching.extraction.facts import fact
from matching.extraction.sections import Section
from matching.extraction.segments import Segment
from matching.territory import Territory

_LIVES = re.compile(
    r"\b(?:resident[ei]|residenza(?! (?:per|sanitaria|protetta|assistenziale|anni|anziani"
    r"|villa|san|santa))"
    r"|domicili(?!ar)\w+|abit[oa]|abitante|vivo|vive|address|living in|i live|based in"
    r"|comune(?: di residenza)?(?= ?:)|indirizzo(?= ?:)|citta(?= ?:))\b"
)
_STREET = re.compile(
    r"\b(?:via|viale|v\.le|vicolo|piazza|piazzale|p\.zza|p\.za|corso(?! (?:di|per|in|da"
    r"|base|serale|professionale))|largo|localita|loc\.|frazione"
    r"|fraz\.|c\.so)\b[^\n]{0,40}[\d,][^\n]*$|\b(?:localita|loc\.|frazione|fraz\.)\W*$"
)
# "Via Altrove 3" is no place of that name.
_STREET_NAME = re.compile(
    r"\b(?:via|viale|v\.le|vicolo|piazza|piazzale|p\.zza|p\.za|corso|largo|strada|lungolago)"
    r"(?: (?:per|di|provinciale|statale|comunale|vecchia|nuova))*\s+$"
)
_POSTCODE = re.compile(r"\b\d{5}\b\s*[-–]?\s*$")
_CONTACT = re.compile(r"\b(?:tel|cell|cellulare|telefono|mobile|e-?mail)\b|@|\b3\d\d[ ./-]?\d{3}")
_PROVINCE = re.compile(r" ?[(,-] ?([a-z]{2})\b(?!['’])")
_BORN = re.compile(r"\bnat[oa]\b|\bnascita\b|\bborn\b")
_ELSEWHERE = re.compile(
    r"\b(?:presso|ditta|azienda|s\.?r\.?l|s\.?p\.?a|datore|negozio|ristorante|albergo|hotel"
    r"|istituto|scuola"
    r"|cfp|liceo|universita|corso di|lavor\w+|lavoravo|assunt[oa]|comune di|ospedale"
    r"|cantier[ei])\b"
)
_WORKPLACE = re.compile(
    r"\b(?:sede (?:di lavoro|operativa|lavorativa|del lavoro)|sede(?= ?:)"
    r"|luogo(?: di lavoro)?|zona(?: di lavoro)?"
    r"|cantier[ei] di|punto vendita|stabilimento|negozio|localita|citta|dove|comune(?= ?:)"
    r"|job location"
    r"|location|workplace|place of work|lavoro a|in zona)\b"
)
_FIRM = re.compile(
    r"\b(?:presso|sede (?:a|in)|con sede|a|in|di|vicino a|vicinanze di|limitrof\w+|zona)\W+$"
)
_BRANCH = re.compile(
    r"\b(?:filial[ei]|agenzia(?! di (?:viaggi|pulizi))|apl|ufficio di|uffici di|sede legale"
    r"|succursale|branch"
    r"|candidars\w+|presentarsi|colloqui\w*|informazioni|contattare|inviare|tel"
    r"|telefono)\b(?:(?!ricerc|cerc|selezion|per (?:azienda|cliente|societa|ditta"
    r"|importante|nota))[^.;\n]){0,60}$"
)
# Right after these a place is named, so that a misspelt one may be mended there: not in prose.
_PLACE_COMES = re.compile(
    r"\b(?:(?:resident[ei]|domiciliat[oa]|abito|abita|abitante|vivo) (?:ad?|in|nel comune di)\b"
    r"|(?:residenza|domicilio|comune(?: di residenza)?|citta|indirizzo|localita"
    r"|sede(?: di lavoro| operativa| lavorativa)?|luogo(?: di lavoro)?)"
    r"(?: ?[:=-] ?(?:(?:a|ad|in|comune di) )?| (?:a|ad|in) )|\b\d{5} ?[-–]? ?)\s*"
)
_FIRM_AFTER = re.compile(
    r"(?:[ \t]+[A-ZÀ-Ý&][\w'’&.-]*){0,3}[ \t]*,?[ \t]*(?i:s\.? ?r\.? ?l\b|s\.? ?p\.? ?a\b"
    r"|s\.? ?n\.? ?c\b"
    r"|s\.? ?a\.? ?s\b|soc\.? ?coop|scarl\b|onlus\b)"
)
_AT_BEFORE = re.compile(r"\b(?:a|ad|in|sede(?: di)?|residente a)\W{1,2}$")
_WORD = re.compile(r"[^\W_]+")
# A slip of the pen in a name of seven letters or more; of a shorter one it may be another place.
_SHORTEST_MENDED = 7
_ANY_SLIP = 9
_AT_WORK = frozenset({Section.EXPERIENCE, Section.EDUCATION, Section.COURSES})
_HEAD = frozenset({Section.BODY, Section.CONTACTS})


@dataclass(frozen=True)
class PlaceNames:
    """ISTAT codes by spelling, and which spellings need more than themselves.

    An ``ambiguous`` spelling (the name of a place that is also a word or a surname) counts only
    with a postcode, a province or a plain cue beside it.
    """

    codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ambiguous: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()

    @cached_property
    def most_words(self) -> int:
        """The number of words of the longest spelling, and one for a name that was split."""
        return max(map(len, map(str.split, self.codes)), default=0) + 1

    @cached_property
    def mendable(self) -> tuple[str, ...]:
        """The spellings long and plain enough that a misspelt one is still known."""
        return tuple(
            spelling
            for spelling in sorted(self.codes)
            if len(spelling) >= _SHORTEST_MENDED and spelling not in self.ambiguous
        )

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """By first word, the number of words of the longest spelling."""
        sizes: dict[str, int] = {}
        for spelling in self.codes:
            parts = spelling.split()
            sizes[parts[0]] = max(len(parts), sizes.get(parts[0], 0))
        return sizes


def place_names(territory: Territory) -> PlaceNames:
    """The spellings of a territory's municipalities and neighbours."""
    return PlaceNames(
        codes=dict(territory.spellings()),
        ambiguous=territory.ambiguous_spellings,
        provinces=frozenset(code.lower() for code in territory.provinces),
    )


def municipality(
    text: str, words: str, parts: list[Segment], kind: DocumentKind, names: PlaceNames
) -> Fact | None:
    """The municipality said to be home (CV) or workplace (vacancy), as ISTAT code.

    A place of birth, of a school or of an employer is not home: in a CV a name counts only
    beside a word for living there, in an address or after a postcode. In a vacancy the place
    beside a word for the workplace wins over the first one named, and an agency's branch counts
    only where nothing else is named.
    """
    best: tuple[float, int, Fact] | None = None
    previous_end = 0
    for part in parts:
        # A header ("Sede di lavoro:") stands between two segments and belongs to the second.
        first, previous_end = previous_end, part.end
        if part.section is Section.LEGAL:
            continue
        for start, end, spelling in _found(words, first, part, names):
            line = max(first, words.rfind("\n", 0, start) + 1)
            if _STREET_NAME.search(words[line:start]) or _is_firm(text, words, line, start, end):
                continue
            sure = _certain(words, line, start, end, names)
            written = kind is DocumentKind.CV or text[start].isupper()
            if spelling in names.ambiguous and not (sure and written):
                continue
            weight = _weight(words, line, start, part.section, kind)
            if weight and (best is None or (-weight, start) < best[:2]):
                best = (-weight, start, fact(text, names.codes[spelling], start, end))
    return best[2] if best else None


def _certain(words: str, line: int, start: int, end: int, names: PlaceNames) -> bool:
    province = _PROVINCE.match(words, end, end + 6)
    before = words[line:start]
    return (
        bool(province and province[1] in names.provinces)
        or bool(_POSTCODE.search(before))
        or bool(
            re.search(
                r"\b(?:resident[ei] (?:a|in)|residenza:?(?: a| in)?|abito (?:a|in)"
                r"|vivo (?:a|in)|domiciliat[oa] (?:a|in)"
                r"|comune(?: di)?:?|sede (?:di lavoro|operativa|lavorativa)?:? ?(?:a|in)?"
                r"|luogo(?: di lavoro)?:?"
                r"|zona:?|citta:?|localita:?)\W*$",
                before,
            )
        )
    )


def _weight(words: str, line: int, start: int, section: Section, kind: DocumentKind) -> float:
    before = words[line:start]
    if kind is DocumentKind.VACANCY:
        if _BRANCH.search(before):
            return 0.5
        if _WORKPLACE.search(before):
            return 3
        return 2 if _FIRM.search(before) else 1
    lives = [match.end() for match in _LIVES.finditer(before)]
    born = [match.end() for match in _BORN.finditer(before)]
    if born and (not lives or lives[-1] < born[-1]):
        return 0
    if lives and not _ELSEWHERE.search(before[lives[-1] :]):
        return 3
    if section in _AT_WORK or _ELSEWHERE.search(before):
        return 0
    if _STREET.search(before) or _POSTCODE.search(before):
        return 2
    whole = words[line : (words.find("\n", start) + 1 or len(words) + 1) - 1]
    return 1 if section in _HEAD and _CONTACT.search(whole) else 0


def _is_firm(text: str, words: str, line: int, start: int, end: int) -> bool:
    """*Ferramenta Altrove srl* is a firm's name; *a Altrove* is a place whoever comes next."""
    return bool(_FIRM_AFTER.match(text, end)) and not _AT_BEFORE.search(words[line:start])


def _found(
    words: str, first: int, part: Segment, names: PlaceNames
) -> Iterator[tuple[int, int, str]]:
    """Places named in a segment; a cue may stand in the header before it, from ``first`` on."""
    tokens = list(_WORD.finditer(words, part.start, part.end))
    announced = {match.end() for match in _PLACE_COMES.finditer(words, first, part.end)}
    position = 0
    while position < len(tokens):
        hit = _spelt(tokens, position, names)
        if hit is None and tokens[position].start() in announced:
            hit = _misspelt(words, tokens, position, names)
        if hit is None:
            position += 1
            continue
        size, spelling = hit
        yield tokens[position].start(), tokens[position + size - 1].end(), spelling
        position += size


def _spelt(
    tokens: Sequence[re.Match[str]], position: int, names: PlaceNames
) -> tuple[int, str] | None:
    longest = names.longest.get(tokens[position].group(), 0)
    for size in range(min(longest, len(tokens) - position), 0, -1):
        spelling = " ".join(t.group() for t in tokens[position : position + size])
        if spelling in names.codes:
            return size, spelling
    return None


def _misspelt(
    words: str, tokens: Sequence[re.Match[str]], position: int, names: PlaceNames
) -> tuple[int, str] | None:
    """The one place meant by a misspelt name where nothing but a place can stand.

    One letter too many, too few, another one or two exchanged; a name written in one word or in
    two. Another place of a name so near counts as the text says it: not at all.
    """
    first = tokens[position].start()
    for size in range(min(names.most_words, len(tokens) - position), 0, -1):
        last = tokens[position + size - 1].end()
        written = " ".join(t.group() for t in tokens[position : position + size])
        if "\n" in words[first:last] or len(written) < _SHORTEST_MENDED - 1:
            continue
        province = _PROVINCE.match(words, last)
        if province and province[1] not in names.provinces:
            return None
        near = [s for s in names.mendable if _is_slip(written, s)]
        if len({names.codes[spelling] for spelling in near}) == 1:
            return size, near[0]
    return None


def _is_slip(written: str, spelling: str) -> bool:
    if written.replace(" ", "") == spelling.replace(" ", ""):
        return True
    if OSA.distance(written, spelling, score_cutoff=1) > 1:
        return False
    exchanged = len(written) == len(spelling) and sorted(written) != sorted(spelling)
    return not exchanged or len(spelling) >= _ANY_SLIP
