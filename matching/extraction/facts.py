"""Facts besides skills and occupations: contract, start, experience asked for.

Every reader takes plain text (lower case, no accents, same length as the original), so that its
positions are positions in the original. Licences, education and working time have modules of
their own.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from types import MappingProxyType

from matching.domain import Contract, Fact

_CONTRACTS: tuple[tuple[Contract, re.Pattern[str]], ...] = tuple(
    (contract, re.compile(pattern))
    for contract, pattern in (
        (
            Contract.PERMANENT,
            r"\b(?:a )?(?:tempo |contratto )?indeterminat[oa]\b|\bposto fisso\b"
            r"|\bassunzione diretta\b"
            r"|\blavoro fisso\b|\bposto stabile\b|\blavoro stabile\b|\bt\.i\.|\bt(?:empo"
            r"|\.) ?indet\b|(?<=/)indet\b|\bpermanent (?:job|contract)\b",
        ),
        (
            Contract.FIXED_TERM,
            r"\b(?:a )?(?:tempo|t\.|contratto|poi|iniziale|e|o"
            r"|sia) (?:a )?determinat[oa]\b(?! (?:ambito|settore))"
            r"|\bdeterminato di \w+ mesi\b|\bcontratto (?:iniziale )?(?:a termine"
            r"|di \d{1,2} mesi)\b"
            r"|\bsostituzione (?:di )?maternita\b|\bt\.d\.|\bcontratto:? det\b|\bt(?:empo"
            r"|\.) ?det\b"
            r"|\bfixed[ -]term\b",
        ),
        (
            Contract.AGENCY,
            r"\bsomministrazione\b(?! (?:di |del|dei|della|alimenti|farmac|terapi|pasti|cib"
            r"|bevande|vitto))"
            r"|\bcontratto (?:di )?somministrazione\b|\binterinal[ei]\b|\bstaff leasing\b",
        ),
        (
            Contract.APPRENTICESHIP,
            r"\bapprendistato\b|\bapprendista\b|\bapprendisti\b|\bapprenticeship\b",
        ),
        (
            Contract.INTERNSHIP,
            r"\btirocin\w+\b|\bstage\b|\bborsa lavoro\b|\bborse lavoro\b|\binternship\b",
        ),
        (
            Contract.ON_CALL,
            r"\ba chiamata\b|\b(?:lavoro |contratto )?intermittente\b|\bjob on call\b",
        ),
        (
            Contract.SEASONAL,
            r"\bstagional[ei]\b|\blavoro a stagione\b|\bper la stagione\b|\bseasonal\b",
        ),
    )
)
# Most sentences speak of no contract; this tells quickly.
_CONTRACT_HINT = re.compile(
    r"determin|indet|\bdet\b|contratt|fisso|stabile|assunzione|t\.[id]\.|termine|maternita"
    r"|somministr|interinal"
    r"|leasing|apprend|tirocin|stage|borsa|borse|intern|chiamata|intermitt|on call|stagion"
    r"|season|permanent|fixed"
)
_REFUSED = re.compile(
    r"\b(?:no|niente|non|senza|esclus[oaie]|tranne|nessun[oa]?)\b(?! solo)(?:\W+\w+){0,4}\W+$"
)
_PAST = re.compile(
    r"\W{0,2}(?:\w+ )?(?:scadut|scadenza|terminat|conclus|finit|cessat|non rinnovat)\w*"
)

_IMMEDIATE = re.compile(
    r"\bdisponibilita (?:e )?immediata\b|\bimmediata disponibilita\b|\bda subito\b"
    r"|\bfin da subito\b"
    r"|\bdisponibil[ei] (?:fin )?(?:da )?(?:subito|immediatamente|da ora|adesso|da domani)\b"
    r"|\b(?:inserimento|inizio|assunzione|partenza|ingresso|avvio) immediat[oa]\b"
    r"|\bsubito disponibil[ei]\b"
    r"|\bimmediatamente disponibil[ei]\b|\bdisponibilita ?: ?(?:immediata|da subito|subito)"
    r"|\b(?:posso|potrei) (?:iniziare|cominciare) (?:da )?subito\b"
    r"|\binizio ?: ?(?:immediato|subito)"
    r"|\basap\b|\bimmediate (?:start|availability)\b|\bavailable immediately\b"
)
_START_HINT = re.compile(
    r"immediat|subito|disponib|iniz|cominc|partenza|inserimento|assunzione|decorrenza|avvio"
    r"|ingresso|partire"
    r"|asap|available|preavviso|liber[oa]"
)
_MONTH_NAMES = """
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
"""
_MONTHS = MappingProxyType(
    {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
)
_DATE = (
    r"(?:(?P<d>\d{1,2})[°º]? ?(?:[/.-] ?(?P<m>\d{1,2})(?: ?[/.-] ?(?P<y>20\d\d|\d\d))?(?!\d)"
    rf"| (?P<n>{'|'.join(_MONTHS)})(?: (?:del )?(?P<ny>20\d\d))?)"
    r"|(?:(?P<part>inizio|meta"
    rf"|fine) )?(?P<n2>{'|'.join(_MONTHS)})\b(?: (?:del )?(?P<ny2>20\d\d))?)"
)
_START = re.compile(
    r"\b(?:disponibil\w+|inizio|iniziare|cominciare|partenza|inserimento|assunzione"
    r"|decorrenza|avvio"
    r"|ingresso|data inizio|a partire)\b(?: (?:\w+ ){0,3}?| ?: ?(?:\w+ ){0,2})"
    r"(?:dal|dall'|da|il|a partire da|entro|per il|l'|previst[oa] (?:il|per il|da|dal)"
    rf"|:)? ?(?:primo )?{_DATE}"
)
_WITHIN = re.compile(
    r"\b(?:(?:disponibil\w+|iniziare|liber[oa])\b(?:\W+\w+){0,3}?\W+(?:tra|fra|dopo|con)"
    r"|preavviso\b(?:\W+(?:di|richiesto|contrattuale))*:?) "
    r"(?P<count>\d{1,2}|un|una|due|tre|quattro) (?P<unit>giorni|gg|settiman[ae]|mes[ei])\b"
)

_NUMBERS = MappingProxyType(
    {
        "un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6,
        "otto": 8, "dieci": 10, "dodici": 12, "diciotto": 18, "ventiquattro": 24,
    }
)  # fmt: skip
_REQUIRED = re.compile(
    rf"\b(?P<a>\d{{1,2}}|{'|'.join(_NUMBERS)})(?: ?\+)?"
    rf"(?: ?(?:/|-|–|o|a|ai) ?(?:\d{{1,2}}|{'|'.join(_NUMBERS)}))? ?(?P<unit>ann[io]|mes[ei]"
    r"|years?|months?)\b"
)
_ADJECTIVE = re.compile(
    r"\b(?P<word>semestrale|annuale|biennale|triennale|quadriennale|quinquennale|decennale)\b"
)
_ADJECTIVE_MONTHS = MappingProxyType(
    {
        "semestrale": 6, "annuale": 12, "biennale": 24, "triennale": 36, "quadriennale": 48,
        "quinquennale": 60, "decennale": 120,
    }
)  # fmt: skip
_EXPERIENCE = re.compile(
    r"\besperien[zt]\w*\b|\besp\.|\bexp\b|\bmaturat[oa]\b|\banzianita\b|\bexperience\b"
    r"|\bnella? (?:mansione"
    r"|ruolo)\b"
)
# Months of something else: a contract, a firm's history, an age, a guarantee, a course.
_NOT_ASKED = re.compile(
    r"\b(?:laurea|diploma|qualifica|contratto|durata|determinato|prova|garanzia|tirocinio"
    r"|stage|corso|eta|tra i|oltre|da oltre|piu di"
    r"|apprendistato|proroga|rinnov\w+|maggior\w*|meno di|under|over|massimo|max"
    r"|entro)\b(?:\W+\w+){0,3}\W*$"
)
_NOT_ASKED_AFTER = re.compile(
    r"\W{0,2}(?:di eta|di attivita|di storia|di garanzia|di prova|compiuti|di (?:contratto"
    r"|stage|tirocinio))"
)
_NO_NEED = re.compile(
    r"\b(?:non (?:e |si )?(?:richiest|richied|necessari|indispensabil|serv)\w*|senza"
    r"|anche (?:alla |di )?prima"
    r"|prima esperienza)\b[^.;:!?]{0,30}$"
)


def fact(text: str, value: str | int | bool, start: int, end: int) -> Fact:
    """A fact with its words, trimmed of white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Fact(value=value, evidence=text[start:end], start=start, end=end)


def first_per_value(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact per value, the earliest, in order of value."""
    best: dict[str | int | bool, Fact] = {}
    for item in sorted(found, key=lambda item: item.start):
        best.setdefault(item.value, item)
    return tuple(best[value] for value in sorted(best, key=str))


def contracts(text: str, words: str) -> Iterator[Fact]:
    """Kinds of contract; what is refused, or over, is none."""
    if not _CONTRACT_HINT.search(words):
        return
    for value, pattern in _CONTRACTS:
        for match in pattern.finditer(words):
            clause = max((words.rfind(mark, 0, match.start()) for mark in ",.;:!?"), default=-1) + 1
            refused = _REFUSED.search(words, clause, match.start())
            if not refused and not _PAST.match(words, match.end()):
                yield fact(text, str(value), *match.span())


def start(text: str, words: str, as_of: date) -> Iterator[Fact]:
    """When work can start: ``immediate``, or an ISO date.

    A date without a year is the next one from ``as_of`` on; a notice of two weeks counts from
    ``as_of``. A date before ``as_of`` is immediate.
    """
    if not _START_HINT.search(words):
        return
    for match in _IMMEDIATE.finditer(words):
        if not re.search(r"\bnon (?:\w+ )?$", words[: match.start()]):
            yield fact(text, "immediate", *match.span())
    for match in _START.finditer(words):
        day = _day(match, as_of)
        if day is not None:
            value = day.isoformat() if day > as_of else "immediate"
            yield fact(text, value, *match.span())
    for match in _WITHIN.finditer(words):
        count = _number(match["count"])
        days = {"g": 1, "s": 7, "m": 30}[match["unit"][0]]
        yield fact(text, (as_of + timedelta(days=count * days)).isoformat(), *match.span())


def months_required(text: str, words: str) -> Iterator[Fact]:
    """Months of experience that a vacancy asks for; of a range (*2/3 anni*) the lower."""
    if not _EXPERIENCE.search(words):
        return
    for match in _REQUIRED.finditer(words):
        count = _number(match["a"])
        months = count * (12 if match["unit"].startswith(("ann", "year")) else 1)
        if 0 < months <= 240 and _asked(words, match):
            yield fact(text, months, *match.span())
    for match in _ADJECTIVE.finditer(words):
        near = words[max(0, match.start() - 40) : match.end() + 25]
        if _EXPERIENCE.search(near) and _asked(words, match):
            yield fact(text, _ADJECTIVE_MONTHS[match["word"]], *match.span())


def _asked(words: str, match: re.Match[str]) -> bool:
    before = words[max(0, match.start() - 60) : match.start()]
    return not (
        _NOT_ASKED.search(before)
        or _NO_NEED.search(before)
        or _NOT_ASKED_AFTER.match(words, match.end())
    )


def _day(match: re.Match[str], as_of: date) -> date | None:
    if match["n2"]:
        month, day = _MONTHS[match["n2"]], {"meta": 15, "fine": 25}.get(match["part"] or "", 1)
        year = match["ny2"]
    else:
        month = _MONTHS[match["n"]] if match["n"] else int(match["m"])
        day, year = int(match["d"]), match["ny"] or match["y"]
    if not (1 <= month <= 12 and 1 <= day <= 28 + 3 * (month != 2)):
        return None
    if year is None:
        year = str(as_of.year + (month < as_of.month))
    whole = int(year) + (2000 if len(year) == 2 else 0)
    # "dal 31 giugno" means the last day of the month.
    return date(whole, month, min(day, 30 if month in (4, 6, 9, 11) else day))


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]
