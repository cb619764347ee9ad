"""Driving licences and vehicles.

Every reader takes plain text (lower case, no accents, same length as the original), so that its
positions are positions in the original.
"""

import re
from collections.abc import Iterator
from types import MappingProxyType

from matching.domain import Fact
from matching.extraction.facts import fact

# "C+E", "C/E" and "C-E" are one category; a lone "e" between two letters is a conjunction.
_TRAILER = r"(?: ?[+/-] ?e\b| ?, ?e\b(?! \w)|e)?"
_CATEGORY = rf"(?:am|a[123]?|b(?:1|96)?{_TRAILER}|c1?{_TRAILER}|d1?{_TRAILER}|k[ab]?)"
_BETWEEN = r"\s*(?:,|/|\+|-|–|;|&|\be\b|\bed\b|\bcon\b|\banche\b|\bpiu\b)?\s*"
_KIND = r"(?:di )?(?:cat(?:egori[ae]|\.)?|tipo|categories|category|class)\s*"
_WORD = r"(?:patent[ei]|pat\.?|driving licen[cs]es?|driver'?s? licen[cs]es?)"
_MARK = r"[:.\"'“”«(\-–]"
_LICENCES = re.compile(
    rf"\b{_WORD}(?:/[ei]\b)?\s*(?:di guida\b|guida\b|auto\b)?\s*(?:italian[ae]\b)?\s*{_MARK}*\s*"
    rf"(?:{_KIND})?(?:di\s)?{_MARK}*\s*"
    rf"(?P<list>{_CATEGORY}\b(?:[\"'”»)]*{_BETWEEN}(?:{_KIND})?[\"'“«(]*{_CATEGORY}\b(?!['’]))*)"
)
_ONE = re.compile(rf"\b{_CATEGORY}(?![\w'’])")
_CODES = MappingProxyType(
    {"a1": "A", "a2": "A", "a3": "A", "b1": "B", "b96": "B", "c1e": "C1", "d1e": "D1"}
)
_NO_CATEGORY = frozenset({"k", "ka", "kb"})  # certificates of taxi drivers, read as skills
_CQC = re.compile(
    r"\b(?:c\.?q\.?c\b\.?|carta di qualificazione(?: del)? conducente)(?P<what>[^.;\n,]{0,30})"
)
# A bare licence is a car licence, unless what follows says that it is none for driving.
_BARE = re.compile(
    r"\b(?:patente|patentat[oa]|driving licen[cs]e"
    r"|driver'?s? licen[cs]e)\b(?!\W{0,2}di (?!guida)\w)"
    r"(?! (?:nautica|europea|informatica|ecdl|icdl|del computer|del muletto|muletto|carrell\w+"
    r"|fitosanitari\w+|alimentare|sanitaria|professionale|da \w+|del? (?!guida)\w+"
    r"|per (?:il |i |la |l')?(?!auto"
    r"|macchin)\w+|a (?:crediti|punti)|gas|f-?gas|saldat\w+|haccp|moto\b|am\b))"
)
# "B automunito", as job sites print it.
_LETTER_ALONE = re.compile(r"(?:^|[\s(:,])(?P<code>b)(?:\W{1,3}|\W{0,2}e )auto ?munit")
_MOTORCYCLE = re.compile(r"\bpatente (?:della |per la )?moto(?:ciclo|cicletta)?\b")
_MOPED_LICENCE = re.compile(
    r"\b(?:patentino|patente) (?:per |del |di )?(?:il |lo )?(?:motorino|ciclomotor[ei]|scooter)\b"
)
_MOPED = re.compile(
    r"\b(?:ho|possiedo|munit[oa] di|dotat[oa] di|con|mi (?:sposto|muovo) (?:in|con))"
    r" (?:il |lo |un |uno |la |mio |il mio )?(?:motorino|scooter|ciclomotore|cinquantino)\b"
    r"|\b(?:scooter|motorino|ciclomotore) (?:proprio|di proprieta)\b"
)
# What takes a licence back, to its right or left, inside the clause.
_LOST = re.compile(
    r"\W{0,3}(?:\w+\W+){0,3}?(?:ritirat[ae]|sospes[ae]|scadut[ae]|revocat[ae]|da (?:conseguire"
    r"|rinnovare|prendere)|in (?:corso|fase|via|attesa) di (?:consegui\w+|rilascio|ottenimento"
    r"|conversione|rinnovo)|in conseguimento|non (?:ancora )?(?:convertita|valida|posseduta"
    r"|conseguita|rinnovata)|in corso\b(?=\W*$))"
)
_NONE = re.compile(r"\W{0,3}(?:[:=-] ?)(?:no|nessuna|non posseduta|assente|none)\b")
_NOT_YET = re.compile(
    r"\b(?:non (?:ho|possiedo|in possesso|dispongo|e in possesso)|senza|nessuna|priv[oa] di|no"
    r"|sprovvist[oa] di|sto (?:prendendo|facendo|studiando|conseguendo)|iscritt[oa]|scuola guida"
    r"|vorrei|devo|conseguire|prendere|prendero|foglio rosa|esame|studio|ritir\w+|sospes\w+"
    r"|revoc\w+|scadut\w+)\b(?! solo)[^.;:!?\n,]{0,30}$"
)

_OWNED = r"(?:auto(?:vettura)?|automobile|macchina|mezzo(?: di trasporto)?|mezzi|veicolo|vettura)"
_VEHICLE = re.compile(
    r"\b(?:automunit[oaie]\b|auto ?munit[oaie]\b|moto ?munit[oaie]\b"
    rf"|{_OWNED} (?:propri[oaei]?\b|privat[oa]"
    rf"|personale|di proprieta|a disposizione)\b|propri[oa] {_OWNED}\b"
    rf"|patente (?:b )?e {_OWNED}\b"
    rf"|(?:auto|macchina) e patente\b"
    r"|(?:munit[oaie]|dotat[oaie]|provvist[oaie]|in possesso|possesso|possessore"
    rf"|disponibilita) di {_OWNED}\b"
    r"|(?:ho|possiedo) (?:la |una |un |un'|l'|anche (?:la |l'))?(?:mia )?(?:(?:patente"
    r"|moto) e (?:la |l')?)?"
    rf"{_OWNED}\b|con la mia (?:macchina|auto)\b|own (?:car|vehicle)\b|(?:have|with) a car\b"
    r"|moto propria\b|ho la moto\b)"
)
_NO_VEHICLE = re.compile(
    rf"\b(?:non (?:sono |essendo |e )?(?:auto ?munit[oaie]|munit[oaie] di {_OWNED})"
    r"|non (?:ho|possiedo|posseggo|dispongo|in possesso|guido)(?: d[ie'])? ?(?:(?:la|una|un"
    r"|ne|il|l'|un'"
    rf"|di|auto|patente|ne) ?){{0,3}}(?:propri[oa] )?(?:{_OWNED}|patente|automunit\w)"
    rf"|(?:senza|no|nessuna?|priv[oa] di|sprovvist[oa] di) (?:l'|la )?(?:{_OWNED}|patente"
    r"|automunit\w)"
    rf"|non guido|automunit[oa] ?: ?no|(?:{_OWNED}"
    r"|patente(?: di guida)?)(?: propri[oa])? ?[:=] ?no"
    r"|no (?:driving )?licen[cs]e|no car)\b(?! nautica| europea| (?:del|per il|per i|dei) \w+"
    # Without a licence for lorries one may well have a car.
    r"| (?:di )?(?:categoria |cat\.? ?)?(?:am|be|c1?e?|d1?e?|cqc|k[ab])\b)"
)
_NO_MATTER = re.compile(
    r"\b(?:non (?:e |serve |occorre |richies\w+ |necessari\w+ )+|senza )[^.;:,!?\n]{0,25}$"
)
_NO_NEED = re.compile(
    r"\W{0,2}(?:non (?:e |sono )?(?:necessari|richiest|indispensabil)\w+|: ?no\b)"
)
# Most sentences speak of neither; these tell quickly.
_HINT = re.compile(
    r"paten|\bpat\b|licen[cs]e|\bc\.?q\.?c|qualificazione|munit|motorino|scooter|ciclom"
    r"|cinquantino"
)
_VEHICLE_HINT = re.compile(
    r"auto|macchina|mezz[oi]|veicolo|vettura|moto|scooter|ciclom|cinquantino|patente|guido"
    r"|\bcar\b|vehicle|licen[cs]e"
)


def licences(text: str, words: str, body: int = 0) -> Iterator[Fact]:
    """Driving licences by category; a bare *patente* is B.

    A licence that is withdrawn, expired or not yet taken is none. ``body`` is where the sentence
    begins after its header: in *Patenti e patentini: muletto* the header claims nothing.
    """
    if not _HINT.search(words):
        return
    listed: list[tuple[int, int]] = []
    for match in _LICENCES.finditer(words):
        listed.append(match.span())
        if not _held(words, match.start(), match.end()):
            continue
        for one in _ONE.finditer(words, *match.span("list")):
            code = re.sub(r"[^a-z0-9]", "", one.group())
            if code not in _NO_CATEGORY and not _is_preposition(text, one):
                yield fact(text, _CODES.get(code, code.upper()), match.start(), one.end())
    for match in _CQC.finditer(words):
        if _held(words, match.start(), match.start() + 3):
            yield from _qualification(text, match)
    for match in _BARE.finditer(words):
        start, end = match.span()
        said = re.match(r"\s*[:=]?\s*(?:si|yes|x)\b", words[end:])
        if any(first <= start < last for first, last in listed) or not _held(words, start, end):
            continue
        if start >= body or said:
            yield fact(text, "B", start, end + (said.end() if said else 0))
    for pattern, code in ((_MOTORCYCLE, "A"), (_MOPED_LICENCE, "AM"), (_MOPED, "AM")):
        for match in pattern.finditer(words):
            if _held(words, *match.span()):
                yield fact(text, code, *match.span())
    for match in _LETTER_ALONE.finditer(words):
        if all(not first <= match.start("code") < last for first, last in listed):
            yield fact(text, "B", *match.span("code"))


def own_vehicle(text: str, words: str) -> Iterator[Fact]:
    """Whether there is a vehicle of one's own, a scooter included: false where it is denied.

    A bicycle is none, and *auto non necessaria* says nothing.
    """
    if not _VEHICLE_HINT.search(words):
        return
    denied = [match.span() for match in _NO_VEHICLE.finditer(words)]
    for start, end in denied:
        yield fact(text, False, start, end)
    for pattern in (_VEHICLE, _MOPED):
        for match in pattern.finditer(words):
            start, end = match.span()
            if any(first < end and start < last for first, last in denied):
                continue
            if not (_NO_NEED.match(words, end) or _NO_MATTER.search(words[:start])):
                yield fact(text, True, start, end)


def _held(words: str, start: int, end: int) -> bool:
    before = words[max(0, start - 60) : start]
    return not (_LOST.match(words, end) or _NONE.match(words, end) or _NOT_YET.search(before))


def _is_preposition(text: str, one: re.Match[str]) -> bool:
    # "patente b, a due passi": a small "a" before a word is no category.
    small = text[one.start() : one.end()] == "a"
    return small and bool(re.match(r" [a-z]{2}", text[one.end() :]))


def _qualification(text: str, match: re.Match[str]) -> Iterator[Fact]:
    what = match["what"]
    goods = re.search(r"\bmerc\w+|\bcose\b|\bgoods\b", what)
    people = re.search(r"\bperson\w*|\bpassegger\w+|\bpassengers\b", what)
    last = max((found.end() for found in (goods, people) if found), default=0)
    end = match.start("what") + last
    if goods or not people:
        yield fact(text, "CQC-M", match.start(), end)
    if people:
        yield fact(text, "CQC-P", match.start(), end)
