"""Facts besides skills and occupations, read with their evidence.

Every reader takes plain text (lower case, no accents, same length as the original), so that its
positions are positions in the original.
"""

import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from matching.domain import Contract, DocumentKind, Fact, Hours, Shift

_CATEGORY = r"(?:am|a[12]?|be|b1?|c1?e?|d1?e?|k)"
_LICENCES = re.compile(
    rf"\b(?:patent[ei]|pat\.?)\s*(?:di guida\s*)?(?:di\s)?(?:cat(?:egori[ae]|\.)?\s*)?[:\"“(]?\s*"
    rf"(?P<list>{_CATEGORY}\b\)?(?:\s*(?:,|/|\+|-|e\b|ed\b|con\b|anche\b|\be\s)?\s*"
    rf"(?:cat(?:egoria|\.)?\s*)?[\"“]?{_CATEGORY}\b)*)"
)
_ONE_LICENCE = re.compile(rf"\b({_CATEGORY})\b")
_CQC = re.compile(
    r"\b(?:c\.?q\.?c\.?|carta di qualificazione(?: del conducente)?)(?P<what>[^.;\n]{0,25})"
)
_ANY_LICENCE = re.compile(r"\bpatent(?:e|ato)\b(?: di guida)?(?! \w+ europea)")
_CODES = MappingProxyType(
    {"a1": "A", "a2": "A", "b1": "B", "c1": "C", "c1e": "CE", "ce": "CE", "d1": "D", "d1e": "D"}
)
_SKIPPED = frozenset({"k", "de"})

_VEHICLE = re.compile(
    r"\b(?:automunit[oaie](?:/[oaie])?|auto ?propria|automobile propria|auto di proprieta"
    r"|mezzo proprio|macchina propria|patente e (?:auto|macchina|mezzo)"
    r"|munit[oaie] di (?:auto|mezzo)|(?:ho la|con la mia|in possesso di) (?:macchina|auto)"
    r"|moto ?munit[oaie]|possesso di auto)\b"
)
_NO_VEHICLE = re.compile(
    r"\b(?:non (?:sono |e )?automunit[oai]|non ho (?:la |una |ne )?(?:macchina|auto|mezzo|patente)"
    r"|senza (?:auto|macchina|patente)|non guido|no (?:patente|auto|automunit\w))\b"
)

# Highest first: the first level that occurs is the one that counts. EQF levels as in the Italian
# qualifications framework (D.M. 8 January 2018): licenza media 1, three-year qualification 3,
# diploma 4, IFTS 4, ITS 5, laurea 6, magistrale 7, dottorato 8.
_EDUCATION: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (8, r"\bdottorato(?: di ricerca)?\b|\bph\.?d\b"),
        (
            7,
            r"\blaurea (?:magistrale|specialistica|vecchio ordinamento|quinquennale|a ciclo unico)"
            r"|\bmaster (?:di|universitario)|\bmaster'?s? degree",
        ),
        (6, r"\blaure[ae](?:\b| triennale| breve)|\blaureat[oa]\b|\bbachelor"),
        (5, r"\bits\b(?= |\W)|\bistruzione tecnica superiore\b|\bistituto tecnologico superiore"),
        (
            4,
            r"\bdiplom[ai](?: di)? (?!di (?:terza|licenza) media|medi[ao]\b|di scuola media)"
            r"|\bdiplomat[oa]\b|\bdiploma\b|\bmaturita\b|\bifts\b|\bragioniere? diplom"
            r"|\bliceo\b|\bperito (?:\w+ )?(?:industriale|meccanico|elettronico|chimico|tessile"
            r"|agrario|informatico|aziendale|elettrotecnico)|\bscuola superiore\b|\bgeometra\b"
            r"|\bhigh school diploma",
        ),
        (
            3,
            r"\bqualifica (?:professionale|triennale|regionale|iefp|di)|\biefp\b"
            r"|\bscuola professionale\b|\bistituto professionale\b|\bc\.?f\.?p\.?\b"
            r"|\battestato di qualifica|\btre anni di scuola professionale",
        ),
        (
            1,
            r"\b(?:licenza|diploma(?: di)?|scuola|scuole) (?:di )?(?:terza )?medi[ae](?: inferiore)?\b"
            r"|\bterza media\b|\b3a media\b|\bobbligo scolastico\b|\bscuola dell'obbligo\b"
            r"|\bmedie inferiori\b|\blicenza elementare\b|\bquinta elementare\b",
        ),
    )
)
_START = re.compile(
    r"\b(?:disponibilita immediata|immediata disponibilita|disponibil[ei] (?:da )?(?:subito"
    r"|immediatamente|da subito)|da subito|inserimento immediato|inizio immediato|subito"
    r" disponibil[ei]|libero da subito|assunzione immediata|immediatamente disponibil[ei])\b"
    r"|\bdisponibilita\s*:\s*immediata"
)
_CONTRACTS: tuple[tuple[Contract, re.Pattern[str]], ...] = tuple(
    (contract, re.compile(pattern))
    for contract, pattern in (
        (
            Contract.PERMANENT,
            r"\b(?:tempo |contratto )?indeterminat[oa]\b|\bposto fisso\b|\bassunzione diretta\b",
        ),
        (
            Contract.FIXED_TERM,
            r"\b(?:tempo |contratto )?(?<!in)determinat[oa] \w*|\btempo determinato\b|\bt\.?d\.?\b"
            r"(?= )|\bcontratto a termine\b|\bsostituzione maternita\b",
        ),
        (
            Contract.AGENCY,
            r"\bsomministrazione\b|\bcontratto interinale\b|\binterinale\b|\bstaff leasing\b",
        ),
        (Contract.APPRENTICESHIP, r"\bapprendistato\b|\bapprendista\b"),
        (Contract.INTERNSHIP, r"\btirocini[oi]\b|\bstage\b|\bborsa lavoro\b"),
        (Contract.ON_CALL, r"\ba chiamata\b|\blavoro intermittente\b|\bextra\b(?= nei)"),
        (Contract.SEASONAL, r"\bstagional[ei]\b|\bcontratto stagionale\b"),
    )
)
_HOURS: tuple[tuple[Hours, re.Pattern[str]], ...] = (
    (Hours.FULL_TIME, re.compile(r"\bfull[ -]?time\b|\btempo pieno\b|\bgiornata intera\b")),
    (
        Hours.PART_TIME,
        re.compile(
            r"\bpart[ -]?time\b|\btempo parziale\b|\bmezza giornata\b"
            r"|\b(?:solo|soltanto) (?:la |il )?(?:mattin[oa]|pomeriggio|mattinata)\b"
            r"|\bdurante l'orario (?:di scuola|scolastico)\b"
        ),
    ),
)
_WEEKLY = re.compile(
    r"\b(?P<n>\d{1,2})\s?(?:ore|h|hh)\s?(?:/ ?|a |alla |per )?\s?(?:settiman\w+|sett\b)"
    r"|\b(?P<m>40|36|38|30|24|25|20|18|16|15|12|10) ore\b(?! di)"
)
_FULL_WEEK = 35

_SHIFTS: tuple[tuple[Shift, re.Pattern[str]], ...] = tuple(
    (shift, re.compile(pattern))
    for shift, pattern in (
        (
            Shift.ROTATING,
            r"\b(?:2|3|due|tre|doppio|triplo) turn[oi]\b|\bturni\b|\bturnist[ai]\b|\bturnazion[ei]\b"
            r"|\bciclo continuo\b|\b3 ?x ?8\b|\bsu turni\b|\bturno (?:unico )?(?:6|14|22)",
        ),
        (Shift.NIGHT, r"\bnotturn[oiae]\b|\bdi notte\b|\bturno di notte\b|\bla notte\b"),
        (
            Shift.WEEKEND,
            r"\bweek[ -]?end\b|\bfine settimana\b|\bfestiv[oi]\b|\bdomenic\w+|\bsabato\b|\bsabati\b",
        ),
        (
            Shift.DAY,
            r"\b(?:orario |turno )?giornalier[oa]\b|\borario centrale\b|\borario d'ufficio\b"
            r"|\ba giornata\b|\bda lunedi a venerdi\b|\bdal lunedi al venerdi\b|\blun(?:\.|edi)? ?-"
            r" ?ven(?:\.|erdi)?\b|\bfull time diurno\b",
        ),
        (
            Shift.MORNING,
            r"\b(?:solo |soltanto )?(?:la |il |al |di |fascia )?(?:mattin[oa]|mattinata)\b"
            r"|\bdurante l'orario (?:di scuola|scolastico)\b",
        ),
        (Shift.AFTERNOON, r"\b(?:il |al |nel |di )?pomeriggi[oi]?\b|\bpomeridian\w+"),
    )
)
_AVAILABLE = re.compile(
    r"\b(?:disponibil\w+|orari[oi]?|turn\w+|lavor[oa]|lavorare|cerco|flessibil\w+|part|preferi\w+)\b"
)
_REQUIRED = re.compile(
    r"\b(?:almeno|minim[oa](?: di)?|di|da|pluriennale)?\s?(?P<a>\d{1,2}|un|due|tre|quattro|cinque"
    r"|sei)\s?(?:/\d{1,2}|-\d{1,2}|o \d{1,2})?\s?(?P<unit>ann[io]|mes[ei])\b"
    r"(?P<half>[^.;\n]{0,40}?\besperienza|[^.;\n]{0,25}?\b(?:mansione|ruolo|settore))?"
)
_EXPERIENCE = re.compile(r"\besperien[zt]\w*\b|\bmaturat[oa]\b|\banzianita\b")
_WORDS = MappingProxyType(
    {"un": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6}
)


def fact(text: str, value: str | int | bool, start: int, end: int) -> Fact:
    """A fact with its words, trimmed of white space."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Fact(value=value, evidence=text[start:end], start=start, end=end)


def licences(text: str, words: str, kind: DocumentKind) -> Iterator[Fact]:
    """Driving licences by category; a bare *patente* is B in a CV and in a vacancy alike."""
    listed: list[tuple[int, int]] = []
    for match in _LICENCES.finditer(words):
        listed.append(match.span())
        for one in _ONE_LICENCE.finditer(words, *match.span("list")):
            code = one.group(1)
            # "patente b e c": the conjunction is a letter, never a category here.
            if code not in _SKIPPED:
                yield fact(text, _CODES.get(code, code.upper()), match.start(), one.end())
    for match in _CQC.finditer(words):
        what = match["what"]
        if re.search(r"merc|cose", what) or not re.search(r"person|passegg", what):
            yield fact(text, "CQC-M", match.start(), match.end("what"))
        if re.search(r"person|passegg", what):
            yield fact(text, "CQC-P", match.start(), match.end("what"))
    for match in _ANY_LICENCE.finditer(words):
        if all(match.start() != start for start, _ in listed):
            yield fact(text, "B", *match.span())


def own_vehicle(text: str, words: str) -> Iterator[Fact]:
    """Whether there is a vehicle: false where the text denies it."""
    denied = [match.span() for match in _NO_VEHICLE.finditer(words)]
    for start, end in denied:
        yield fact(text, False, start, end)
    for match in _VEHICLE.finditer(words):
        if not any(start <= match.start() < end for start, end in denied):
            yield fact(text, True, *match.span())


def education_levels(text: str, words: str) -> Iterator[Fact]:
    """Every education level named, as EQF level."""
    taken: list[tuple[int, int]] = []
    for level, pattern in reversed(_EDUCATION):
        for match in pattern.finditer(words):
            if not any(match.start() < end and start < match.end() for start, end in taken):
                taken.append(match.span())
                yield fact(text, level, *match.span())


def start(text: str, words: str) -> Iterator[Fact]:
    """Immediate availability."""
    for match in _START.finditer(words):
        yield fact(text, "immediate", *match.span())


def contracts(text: str, words: str) -> Iterator[Fact]:
    """Kinds of contract."""
    return _named(text, words, _CONTRACTS)


def hours(text: str, words: str) -> Iterator[Fact]:
    """Full or part time, as a word or by the hours a week."""
    yield from _named(text, words, _HOURS)
    for weekly in weekly_hours(text, words):
        full = int(weekly.value) >= _FULL_WEEK
        yield fact(
            text, Hours.FULL_TIME if full else Hours.PART_TIME, weekly.start, weekly.end
        )


def weekly_hours(text: str, words: str) -> Iterator[Fact]:
    """Hours a week, 4 to 48."""
    for match in _WEEKLY.finditer(words):
        count = int(match["n"] or match["m"])
        if 4 <= count <= 48:
            yield fact(text, count, *match.span())


def shifts(text: str, words: str) -> Iterator[Fact]:
    """Shifts named in a sentence that speaks of availability or working time."""
    if _AVAILABLE.search(words):
        yield from _named(text, words, _SHIFTS)


def months_required(text: str, words: str) -> Iterator[Fact]:
    """Months of experience that a vacancy asks for."""
    if not _EXPERIENCE.search(words):
        return
    for match in _REQUIRED.finditer(words):
        count = int(match["a"]) if match["a"].isdigit() else _WORDS[match["a"]]
        months = count * (12 if match["unit"].startswith("ann") else 1)
        if 0 < months <= 240:
            yield fact(text, months, match.start(), match.end("unit"))


def _named(
    text: str, words: str, patterns: Iterable[tuple[Contract | Hours | Shift, re.Pattern[str]]]
) -> Iterator[Fact]:
    for value, pattern in patterns:
        for match in pattern.finditer(words):
            yield fact(text, str(value), *match.span())


def first_per_value(found: Iterable[Fact]) -> tuple[Fact, ...]:
    """One fact per value, the earliest, in order of value."""
    best: dict[str | int | bool, Fact] = {}
    for item in found:
        best.setdefault(item.value, item)
    return tuple(best[value] for value in sorted(best, key=str))
