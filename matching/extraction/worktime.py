"""Hours and shifts: what a person wants or refuses, what a vacancy offers.

Every reader takes plain text (lower case, no accents, same length as the original), so that its
positions are positions in the original.
"""

import re
from collections.abc import Iterator

from matching.domain import Fact, Hours, Shift
from matching.extraction.facts import fact

_HOURS: tuple[tuple[Hours, re.Pattern[str]], ...] = (
    (
        Hours.FULL_TIME,
        re.compile(
            r"\bfull[ -]?time\b|\btempo pieno\b|\bgiornata (?:intera|piena)\b|\btutto il giorno\b"
            r"|\borario pieno\b|\bft\b(?=[ /,.]|$)|\bf\.t\."
        ),
    ),
    (
        Hours.PART_TIME,
        re.compile(
            r"\bpart[ -]?time\b|\btempo parziale\b|\bmezza giornata\b|\bmezze giornate\b"
            r"|\borario ridotto\b|\bpoche ore\b|\bqualche ora\b|\bpt\b(?=[ /,.]|$)|\bp\.t\."
            r"|\b(?:solo|soltanto|unicamente) (?:al |di |la |il |le |i )?"
            r"(?:mattin[oae]|pomeriggi[o]?|mattinat[ae])\b"
            r"|\bdurante l'orario (?:di scuola|scolastico)\b"
        ),
    ),
)
_WEEK = r"(?:/ ?|a |alla |per |x )?(?:settiman\w*|sett\b|week\b)"
_COUNT = r"(?P<n>\d{1,2})(?:[,.]\d+)?(?:\s?(?:-|/|o|a) ?\d{1,2})?"
_WEEKLY = re.compile(
    rf"\b{_COUNT}\s?(?:ore|hh?|hours)\b\.?\s?{_WEEK}"
    # "part-time 20h", "full time (40 ore)": hours beside the word for the week's length.
    r"|\b(?:(?:part|full)[ -]?time|[pf]\.?t\b\.?)\W{1,4}(?:[a-z]+\W{1,3}){0,3}"
    r"(?P<m>\d{1,2})\s?(?:ore|hh?)\b"
    r"(?! (?:di|al giorno|giornalier|mensil|al mese))"
    r"|\b(?P<k>\d{1,2})\s?(?:ore|hh?) (?:in )?(?:part|full)[ -]?time\b"
    r"|\bh\.? ?(?P<h>\d{1,2}) (?:ore )?settiman\w+"
    r"|\borario settimanale(?: di)?:? (?P<j>\d{1,2})\b"
)
# "4 ore al giorno da lunedì a venerdì": the days of the week must be said.
_DAILY = re.compile(
    r"\b(?P<hours>\d{1,2})\s?(?:ore|h)\b\.? (?:al giorno|giornalier[eo]|al di)\b[^.;\n]{0,40}?"
    r"(?:\blun(?:\.|edi)?(?: ?[-/–] ?| al? )(?P<to>ven|sab)(?:\.|erdi|ato)?\b"
    r"|\b(?P<days>[2-6]) (?:giorni|gg)\b(?! di (?:prova|ferie)))"
)
_FULL_WEEK = 35

# Plain statements of how work is organised.
_PATTERNS: tuple[tuple[Shift, re.Pattern[str]], ...] = tuple(
    (shift, re.compile(pattern))
    for shift, pattern in (
        (
            Shift.ROTATING,
            r"\b(?:2|3|due|tre|doppio|triplo|due/tre|2/3) turn[oi]\b"
            r"|\bturni\b(?! (?:di notte|di mattin|del mattin|nottu|seral|festiv|domenical"
            r"|di sabato))"
            r"|\bturnist[aie]\b|\bturnazion[ei]\b|\bciclo continuo\b|\b3 ?x ?8\b|\bh24\b"
            r"|\bshifts?\b"
            r"(?<!night shifts)(?<!night shift)|\b6 ?- ?14\b|\b14 ?- ?22\b",
        ),
        (
            Shift.NIGHT,
            r"\bnotturn[oiae]\b|\b(?:di |la )?nott[ei]\b|\bnight (?:shifts?|work)\b"
            r"|\b22 ?- ?0?6\b",
        ),
        (
            Shift.WEEKEND,
            r"\bweek[ -]?ends?\b|\bfine settimana\b|\bfestiv[oia]\b(?! nazional)"
            r"|\bdomenic\w+|\bsabato\b"
            r"|\bsabati\b",
        ),
        (
            Shift.DAY,
            r"\b(?:orario|turno|lavoro|pieno|time) (?:\w+ )?giornalier[oa]\b|\bturno centrale\b"
            r"|\borario centrale\b"
            r"|\borari[oi] d'ufficio\b|\ba giornata\b|\b(?:da|dal) lunedi (?:a|al) venerdi\b"
            r"|\blun(?:\.|edi)?(?: ?[-/–] ?| al? )ven(?:\.|erdi)?\b|\b(?:full time )?diurn[oi]\b"
            r"|\blu ?- ?ve\b",
        ),
        (
            Shift.MORNING,
            r"\b(?:la |il |al |di |fascia )?(?:mattin[oae]|mattinat[ae])\b|\bmornings?\b"
            r"|\bdurante l'orario (?:di scuola|scolastico)\b",
        ),
        (
            Shift.AFTERNOON,
            r"\b(?:il |al |nel |di )?pomeriggi[oi]?\b|\bpomeridian\w+|\bafternoons?\b",
        ),
    )
)
# Most sentences speak of no working time; these tell quickly.
_SHIFT_HINT = re.compile(
    r"turn|continuo|3 ?x|h24|shift|\d ?- ?\d|nott|night|week|settimana|festiv|domenic|sabat"
    r"|giorn|central"
    r"|ufficio|lun|venerdi|\blu|diurn|mattin|morning|pomeri|afternoon|orario (?:di scuola"
    r"|scolastico)"
)
_HOURS_HINT = re.compile(
    r"\bor[ea]|time|tempo|giornat|\d ?h|\bh\b|\bft\b|\bpt\b|orari|solo|soltanto|unicamente"
)
# Words that speak of working time by themselves; the others ("sabato") need one beside them.
_PLAIN = re.compile(
    r"turn|ciclo continuo|3 ?x|h24|shift|notturn|lunedi|lun|giornalier|central|diurn"
    r"|ufficio|giornata"
)
_TIME = re.compile(
    r"\b(?:disponibil\w+|orari[oi]?|turn\w+|lavor[oaei]|lavorare|lavorando|lavorativ\w+"
    r"|cerc\w+|flessibil\w+"
    r"|part|full|preferi\w+|poss[oa]|vorrei|va bene|vanno bene|solo|soltanto|compres[oia]"
    r"|inclus[oia]"
    r"|esclus[oia]|servizio|anche|niente|no|ripos\w+|available|availability|work)\b"
)
_OPENING = re.compile(r"\b(?:ripos\w+|chius\w+|libero|festa|chiuso)\b[^.;:!?]{0,25}$")
_CLOSED = re.compile(
    r"\W{0,2}(?:(?:e|\w+edi|sera|mattina) ){0,3}(?:di )?(?:riposo|chius[oia]|liber[oia])\b"
)
# Where what is refused begins; "non ho problemi" refuses nothing. The word rules a few words only.
_REFUSED = re.compile(
    r"\b(?:non(?! (?:(?:ho|ci sono|avrei|e|sono|c'e|da) (?:\w+ )?problem|solo\b|tutt[ie]\b|sempre\b"
    r"|ogni\b|mi pesa|mi spaventa))"
    r"(?:\W+\w+){0,8}|(?:no|niente|nessun[oaie]?(?! problem)|tranne|eccetto|salvo|senza"
    r"|esclus[oaie]"
    r"|escludendo|impossibilitat[oa])(?:\W+\w+){0,3})\W+$"
)
_CLAUSE = re.compile(
    r"[.;:!?()]|\b(?:ma|pero|invece|si|solo|soltanto|preferisco|preferibilmente|va bene"
    r"|vanno bene|part"
    r"|full)\b|, (?:e )?(?:posso|disponibil\w+|lavoro|cerco|anche|tutti|tutto)\b"
)
_LISTED = re.compile(r"\W*(?:(?:e|o|ne|ed|od|la|il|le|i|al|di|nei|nel|turni|lavoro)\W+){0,3}")
_REFUSED_AFTER = re.compile(
    r"(?: (?:e|o|ed) (?:\w+ )?\w+)? ?(?:[:=(]|,(?= no))? ?(?:esclus[oaie]\b|no\b(?! \w)"
    r"|non (?:posso|disponibil\w+|mi e possibile))"
)
_ACCEPTED_AFTER = re.compile(r"\W{0,3}(?:si|ok|va bene|vanno bene|yes)\b")


def hours(text: str, words: str) -> Iterator[Fact]:
    """Full or part time, as a word or by the hours a week."""
    if not _HOURS_HINT.search(words):
        return
    for value, pattern in _HOURS:
        for match in pattern.finditer(words):
            if not _is_refused(words, *match.span()):
                yield fact(text, str(value), *match.span())
    for weekly in weekly_hours(text, words):
        full = int(weekly.value) >= _FULL_WEEK
        value = Hours.FULL_TIME if full else Hours.PART_TIME
        yield fact(text, str(value), weekly.start, weekly.end)


def weekly_hours(text: str, words: str) -> Iterator[Fact]:
    """Hours a week, 4 to 48; of a range the lower. Hours of a course are none.

    Those of a day count where the days of the week stand beside them.
    """
    for match in _WEEKLY.finditer(words):
        count = int(match["n"] or match["m"] or match["k"] or match["h"] or match["j"])
        if 4 <= count <= 48:
            yield fact(text, count, *match.span())
    for match in _DAILY.finditer(words):
        days = int(match["days"] or {"ven": 5, "sab": 6}[match["to"]])
        if 4 <= int(match["hours"]) * days <= 48:
            yield fact(text, int(match["hours"]) * days, *match.span())


def shifts(text: str, words: str) -> Iterator[Fact]:
    """Shifts that are accepted (a person) or asked for (a vacancy)."""
    for value, start, end, refused in _shifts(words):
        if not refused:
            yield fact(text, str(value), start, end)


def shifts_refused(text: str, words: str) -> Iterator[Fact]:
    """Shifts that are ruled out: *no notti*, *non posso lavorare la domenica*."""
    for value, start, end, refused in _shifts(words):
        if refused:
            yield fact(text, str(value), start, end)


def _shifts(words: str) -> Iterator[tuple[Shift, int, int, bool]]:
    if not _SHIFT_HINT.search(words):
        return
    said = bool(_TIME.search(words))
    found = sorted(
        (match.start(), match.end(), value)
        for value, pattern in _PATTERNS
        for match in pattern.finditer(words)
        if said or _PLAIN.search(match.group())
    )
    refused_until = -1
    for start, end, value in found:
        if _OPENING.search(words[max(0, start - 45) : start]) or _CLOSED.match(words, end):
            continue
        listed = refused_until >= 0 and bool(_LISTED.fullmatch(words, refused_until, start))
        accepted = bool(_ACCEPTED_AFTER.match(words, end))
        refused = not accepted and (listed or _is_refused(words, start, end))
        refused_until = end if refused else -1
        yield value, start, end, refused


def _is_refused(words: str, start: int, end: int) -> bool:
    clause = max((match.end() for match in _CLAUSE.finditer(words, 0, start)), default=0)
    return bool(_REFUSED.search(words, clause, start)) or bool(_REFUSED_AFTER.match(words, end))
