"""Languages with their level of the Council of Europe's scale (CEFR).

A language's name is also a nationality and an adjective (*cittadina rumena*, *clientela tedesca*,
*chiave inglese*); only where the text speaks of a language does it count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from matching.extraction.sections import Section

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

_EXACT = re.compile(r"\b([abc])\s?([12])\b")
# Words for levels, as the Council of Europe's scale describes its bands. The nearest one counts.
_WORDED = MappingProxyType(
    {
        level: re.compile(pattern)
        for level, pattern in (
            (
                "C1",
                r"\bottim[oaie]\b|\beccellent[ei]\b|\bfluent[ei]?\b|\bavanzat[oa]\b|\bperfett\w+"
                r"|\bcorrente(?:mente)?\b|\bprofessionale\b|\bproficient\b"
                r"|\b(?<!upper )advanced\b"
                r"|\bexcellent\b",
            ),
            (
                "B2",
                r"\bbuon[oaie]?\b|\bmolto bene\b|\bfluentemente\b|\bbene\b|\bgood\b"
                r"|\bmedio[- ]alt[oa]\b"
                r"|\bupper[- ]intermediate\b",
            ),
            (
                "B1",
                r"\bdiscret[oaie]\b|\b(?<!upper )(?<!upper-)(?<!pre-)intermedi(?:[oa]"
                r"|ate)\b|\bsufficiente\b"
                r"|\babbastanza\b|\bmedi[oa]\b(?![- ]alt)|\bme la cavo\b|\bautonom[oa]\b",
            ),
            (
                "A2",
                r"\bscolastic[oaie]\b|\belementar[ei]\b|\b(?:di )?base\b|\bun po\b'?"
                r"|\bpoco\b|\bbasic\b"
                r"|\bbasilar[ei]\b|\belementary\b|\bpre-intermediate\b",
            ),
            (
                "A1",
                r"\bprincipiante\b|\bminim[oa]\b|\bqualche parola\b|\bbeginner\b"
                r"|\bscars[oa]\b",
            ),
        )
    }
)
_NATIVE = re.compile(
    r"\bmadre ?lingu[ae]\b|\blingua madre\b|\bprima lingua\b|\bbilingue\b|\bnative\b"
    r"|\bmother ?tongue"
)
_BRACKETED_LEVEL = re.compile(
    r"[\(\[](?:(?:livello|liv\.?) )?([abc])\s?([12])[\)\]] "
    r"(?:di |in |d['’]|della |per (?:la |l['’]))?(?:lingua )?(?:l['’])?$"
)
_LAST_JOINT = re.compile(r"(?:,|;| ed?\b| ma\b)(?!.*(?:,|;| ed?\b| ma\b)).*$")
_REACH = 40
_RANK = MappingProxyType({level: number for number, level in enumerate(LEVELS)})

# The cells and headings of a Europass table of languages, and what stands around them.
_TABLE = re.compile(
    r"(?:[\s:|/,()\-–—]|\b[abc]\s?[12]\b|\b(?:livello|level|cefr|qcer|ascolto|lettura"
    r"|comprensione"
    r"|interazione|produzione|orale|scritt[oa]|scrittura|parlat[oa]|utente|base|autonomo|avanzato"
    r"|elementare|listening|reading|writing|speaking|spoken|interaction|production"
    r"|understanding|user"
    r"|independent|basic|proficient)\b)+"
)
_TABLE_REACH = 160

_NATIVE_HEADER = re.compile(
    r"(?:^|\n)[^\n\w]*(?:madre ?lingu[ae]|lingu[ae] madre|prima lingua|mother tongue(?:\(s\))?)"
    r"[^\n\w]*(?:\n[^\n\w]*)?$"
)
# What may stand right before a language that is spoken; any other word makes it an adjective.
_SPOKEN_OF = re.compile(
    r"(?:\b(?:parl[oaie]\w*|conosc\w+|conoscenz[ae]|lingu[ae]|madrelingua|bilingue|in|di"
    r"|del|dello"
    r"|dell[ao]?|dal|dall[ao]?|il|lo|la|l|e|ed|o|anche|con|un po|po|buon|buon[oa]|ottim[oa]"
    r"|discret[oa]|livello|corso"
    r"|capisco|comprendo|scrivo|leggo|studi[oa]\w*|so|imparat\w|impar\w+|bene|molto|poco"
    r"|scolastic[oa]"
    r"|tecnic[oa]|fluente|perfett[oa]|base|native|speak|fluent|good|basic|read|write|and|or"
    r"|is|languages?"
    r"|skills?|orale|scritt[oa]|elementare|intermedio|avanzat[oa]|preferibilmente"
    r"|gradit[oa]|richiest[oa]"
    r"|tra cui|cioe|solo|oltre al|oltre all|insegn\w+|traduzion[ei]|traduttore|traduttrice"
    r"|interprete"
    r"|richied\w+|chied\w+|serv[eo]\w*|necessari[oa]|indispensabil[ei]|padronanza|fluently"
    r"|fluentemente|correntemente|perfettamente|discretamente|essential|required)"
    r"|[^\w\s'’]|\d|^)\s*['’]?\s*$"
)
# A person, a people or a thing of some country, even with "di" or a list between.
_NATIONAL = re.compile(
    r"\b(?:sono|cittadin\w+|cittadinanza|nazionalita|origin\w+|passaporto|nat[oa]"
    r"|provenien\w+|popol\w+"
    r"|comunita|client\w+|utent\w+|turist\w+|mercat\w+|ospiti|cucin\w+|piatti|prodotti"
    r"|specialita|ristorant\w+"
    r"|vin[oi]|formagg\w+|cinema|letteratura|storia|insegnant[ei] di lingua madre"
    r"|permesso|paese|aziend\w+|ditt\w+|gruppo|famigli\w+|marito|moglie|padre"
    r"|(?<!lingua )madre(?! ?lingua)|mamma|genitori"
    r"|signor\w+|ragazz\w+|uomo|donna|person\w+|colleg\w+|all|alla)"
    r"(?:\W+(?:di|e|del|d)\b)?\W*$"
)
_JOINED = re.compile(
    r"\s*(?:,|;|/|-|–|&|\be\b|\bed\b|\bo\b|\band\b|\bor\b|, e\b)\s*(?:l['’]|il |lo |d['’]"
    r"|di |del |dello |della |dell['’])?\s*"
)
_GOVERNS = re.compile(
    r"\b(?:conoscenz\w+|padronanza|parl\w+|knowledge|lingue|livello)\b|\bmadre ?lingua\b"
    r"|\blingua madre\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A language's name in a plain text. ``exact`` says that it is written as its label is."""

    start: int
    end: int
    exact: bool
    section: Section


def rank(level: str | None) -> int:
    """Place of a level on the scale, -1 for none."""
    return _RANK.get(level or "", -1)


def spoken(words: str, named: Sequence[Named]) -> list[tuple[Named, str | None]]:
    """The names that denote a language somebody speaks, each with its level, in order.

    ``named`` is in order of place and lies in ``words``.
    """
    kept: list[tuple[Named, str | None]] = []
    starts = [name.start for name in named]
    previous: tuple[Named, bool] | None = None
    for number, name in enumerate(named):
        limit = starts[number + 1] if number + 1 < len(named) else len(words)
        level = level_near(words, name.start, name.end, limit)
        joined = previous is not None and bool(
            _JOINED.fullmatch(words, previous[0].end, name.start)
        )
        if joined and previous is not None and name.exact:
            counts = previous[1]
        else:
            counts = _is_spoken(words, name)
        previous = (name, counts)
        if not counts:
            continue
        if joined and level is None and kept and kept[-1][0].end == named[number - 1].end:
            level = _inherited(words, kept[-1])
        kept.append((name, level))
    return kept


def level_near(words: str, start: int, end: int, limit: int) -> str | None:
    """CEFR level said of the language named at ``words[start:end]``.

    Looks to the right up to ``limit`` (the next language's name) or 40 characters, through the
    cells of a table further, then to the left up to the nearest separator.

    >>> level_near("inglese: livello b1, francese scolastico", 0, 7, 21)
    'B1'
    """
    # The label itself may say it ("inglese scolastico").
    if inside := _exact(words[start:end]):
        return min(inside, key=rank)
    # Europass writes one level per ability (B1 B2 A2): the lowest is what can be relied on.
    table = _TABLE.match(words, end, min(limit, end + _TABLE_REACH))
    if table and (cells := _exact(table.group())):
        return min(cells, key=rank)
    right = words[end : min(end + _REACH, limit)]
    stop = re.search(r"[;\n]|(?<!\bliv)(?<!\bcert)\.", right)
    right = right[: stop.start()] if stop else right
    line = words.rfind("\n", 0, start) + 1
    left = words[max(line, start - _REACH) : start]
    if cells := _exact(right):
        return min(cells, key=rank)
    # "CELI 2 (B1) di italiano"
    if bracketed := _BRACKETED_LEVEL.search(left):
        return bracketed[1].upper() + bracketed[2]
    cut = max((match.end() for match in re.finditer(r"[,;.)]| e | and | [-–] ", left)), default=0)
    left = left[cut:]
    before = words[max(0, start - _TABLE_REACH) : start]
    if _NATIVE.search(left) or _NATIVE.search(right) or _NATIVE_HEADER.search(before):
        return "C2"
    if cells := _exact(left):
        return min(cells, key=rank)
    if limit < min(len(words), end + _REACH):
        # "arabo, francese e un po' di italiano": what follows the joint is said of the next.
        right = _LAST_JOINT.sub("", right)
    return (
        _nearest(words[start:end], from_end=False)
        or _nearest(left, from_end=True)
        or _nearest(right, from_end=False)
    )


def _exact(part: str) -> list[str]:
    return [f"{match[1].upper()}{match[2]}" for match in _EXACT.finditer(part)]


def _nearest(part: str, *, from_end: bool) -> str | None:
    places = [
        (-match.end() if from_end else match.start(), level)
        for level, pattern in _WORDED.items()
        for match in pattern.finditer(part)
    ]
    return min(places)[1] if places else None


def _is_spoken(words: str, name: Named) -> bool:
    line = words.rfind("\n", 0, name.start) + 1
    before = words[max(line, name.start - 40) : name.start]
    around = words[max(line, name.start - 20) : name.end + 15].split("\n")[0]
    if not name.exact:
        # An adjective in its own form (rumena, tedesca): only beside the word for language.
        return bool(re.search(r"\blingu[ae]\b|\bmadrelingua\b", around))
    if _NATIONAL.search(before):
        return False
    return name.section is Section.LANGUAGES or bool(_SPOKEN_OF.search(before))


def _inherited(words: str, before: tuple[Named, str | None]) -> str | None:
    """The level of the name before, where one phrase governs both (*buona conoscenza di X e Y*)."""
    name, level = before
    line = words.rfind("\n", 0, name.start) + 1
    return (
        level
        if level and _GOVERNS.search(words[max(line, name.start - _REACH) : name.start])
        else None
    )
