"""The jobs that a vacancy is for, among all that it names.

The title, what follows the hiring sentence, the head of an item of a list are sure places. Where
there is one, a job named in passing is a colleague's, another office's or another advert's.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matching.extraction.boilerplate import HIRING
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.roles import Role, is_somebody_beside
from matching.extraction.scope import Stance
from matching.extraction.sections import Section

_TITLE = 1.0
_SURE = 0.95
_IN_PASSING = 0.5
_SURE_LINE = 8
# "Cerchiamo:" opens requirements, too.
_PLACES = frozenset({Section.BODY, Section.DUTIES, Section.REQUIREMENTS})
_LONGEST_CAPITALS = 0.6
_FIELD = re.compile(
    r"\W*(?:figur|posizion|ruolo|titolo|mansione|offerta|profilo|lavoro)\w*[\w ]{0,20}[:\t]"
)
# Before the job at the head of an item: bullet, number or letter, how many are sought.
_HEAD = re.compile(
    r"(?:[^\w\n]|\b(?:\d{1,2}|[a-z]|nr?|num|due|tre|quattro|un|una|uno|posti?|unita)\b"
    r"|\b(?:da|di|per|figur[ae]|posizion[ei]|profil[oi]|operai[oae]|operator[ei] espert[oi])\b)*"
)
# Said of the one who is sought: "l'autista dovra", "il magazziniere si occupa di".
_SOUGHT_AFTER = re.compile(
    r"(?:[^\w.,;:\n]+\w+){0,4}?[^\w.,;:\n]+(?:dovra|dovranno|sara|saranno|avra|deve|devono"
    r"|si occup\w+|svolg\w+"
    r"|provveder\w+|inserit\w+|effettu\w+|ricercat\w+|ideale|selezionat\w+|gestira|lavorera"
    r"|e richiest\w+|collaborer\w+|affianchera|sapra|potra)\b"
)
# Somebody who is there already: "le punture le fa l'infermiera", "i nostri fornai".
_THERE = re.compile(
    r"(?:\b(?:il|lo|la|gli|i|le|nostr[oaie]|suo|sua|dall[ao]|dal|dai|dagli|dalle|del|della|dei"
    r"|delle|degli|dello|nel|nella|sul)|\b(?:d?al?|n?el)?l['’])\s?$"
)
_AND = re.compile(r"(?:[^\w\n.;:]|\b(?:e|o|ed|od|oppure)\b){1,6}")
_SEEKING = re.compile(
    r"\b(?:cerc\w+|ricerc\w+|selezion\w+|assum\w+|assunzion\w+|posizion\w+|ruolo|figura|profilo"
    r"|mansion\w+|candidat\w+|come|titolo|posto)\b"
)


def vacancy_roles(
    mentions: Sequence[RawMention], reading: Reading, work: Sequence[RawMention] = ()
) -> list[Role]:
    """Jobs that a vacancy is for, in the order of the text; the surer the place, the surer.

    ``work`` are those told by what is to be done, right after the hiring cue.
    """
    found = _joined(list(_named(mentions, reading)), reading)
    sure = [role for role in found if role.confidence > _IN_PASSING]
    sure += [
        Role(raw, False, None, round(raw.confidence * _SURE, 3))
        for raw in work
        if raw.claim.uri not in {role.raw.claim.uri for role in sure}
    ]
    sure.sort(key=lambda role: role.raw.start)
    return sure or [role for role in found if not _is_there(role.raw, reading)]


def _joined(found: list[Role], reading: Reading) -> list[Role]:
    """The same with *ASA / OSS*, *operaio e autista* as sure as the surer of the two."""
    for number in range(1, len(found)):
        before, here = found[number - 1 : number + 1]
        between = reading.words[before.raw.end : here.raw.start]
        if _AND.fullmatch(between) and before.confidence > here.confidence:
            found[number] = replace(here, confidence=before.confidence)
    return found


def _named(mentions: Sequence[RawMention], reading: Reading) -> Iterator[Role]:
    title_end = _title_end(reading)
    first_request = HIRING.search(reading.words)
    for raw in mentions:
        before = reading.words[max(raw.segment.start, raw.start - 80) : raw.start]
        if raw.stance is Stance.OTHERS or is_somebody_beside(before):
            continue
        # "anche senza esperienza come cameriere": the job is still the job.
        if raw.stance is Stance.DENIED and "esperienz" not in before[-40:]:
            continue
        if raw.segment.section in (Section.OFFER, Section.CONDITIONS):
            continue
        asked = first_request is not None and first_request.start() < raw.start
        place = _place(raw, reading, title_end, asked=asked)
        yield Role(raw, False, None, round(raw.confidence * place, 3))


def _place(raw: RawMention, reading: Reading, title_end: int, *, asked: bool) -> float:
    """How sure the place makes it that the vacancy is for this job."""
    if raw.start < title_end:
        return _TITLE
    words = reading.words
    cue = HIRING.search(words[raw.segment.start : raw.segment.end])
    if cue and raw.segment.start + cue.start() < raw.start:
        between = words[raw.segment.start + cue.end() : raw.start]
        return _IN_PASSING if _is_aside(between, words[raw.start - 12 : raw.start]) else _SURE
    if raw.segment.section not in _PLACES:
        return _IN_PASSING
    line_start = words.rfind("\n", 0, raw.start) + 1
    line_end = words.find("\n", raw.end)
    line = words[line_start : line_end if line_end >= 0 else len(words)]
    if raw.segment.section is Section.DUTIES and _FIELD.match(line):
        return _SURE
    # A line with hardly anything else on it: "n. 2 MAGAZZINIERI/E - MULETTISTI/E".
    alone = len(line.split()) <= _SURE_LINE and 2 * (raw.end - raw.start) >= len(
        re.sub(r"[\W\d_]|\bn\b", "", line)
    )
    heads_item = asked and _HEAD.fullmatch(words, line_start, raw.start) is not None
    if raw.segment.section is Section.REQUIREMENTS:
        return _SURE if heads_item else _IN_PASSING
    return _SURE if alone or heads_item or _stands_out(raw, reading, line) else _IN_PASSING


def _is_aside(between: str, before: str) -> bool:
    """Whether a job after the hiring cue is told of, not asked for: *e li segue il nostro fornaio*.

    Only in a later clause, and with an article that points at somebody.
    """
    later = re.search(r"[,;:(]", between) is not None
    return later and _THERE.search(before) is not None and "il/la" not in before


def _stands_out(raw: RawMention, reading: Reading, line: str) -> bool:
    """Whether a job is written in capitals in a line that is not."""
    written = reading.text[raw.start : raw.end]
    capitals = sum(letter.isupper() for letter in written)
    letters = sum(letter.isalpha() for letter in written)
    start = reading.words.rfind("\n", 0, raw.start) + 1
    rest = reading.text[start : start + len(line)]
    around = [letter for letter in rest if letter.isalpha()]
    loud = sum(letter.isupper() for letter in around) > _LONGEST_CAPITALS * len(around)
    return letters > 3 and capitals >= letters - 1 and not loud


def _is_there(raw: RawMention, reading: Reading) -> bool:
    before = reading.words[max(raw.segment.start, raw.start - 60) : raw.start]
    if not _THERE.search(before) or _SEEKING.search(before):
        return False
    return _SOUGHT_AFTER.match(reading.words, raw.end) is None


def _title_end(reading: Reading) -> int:
    """Where the first sentence that speaks ends: the title."""
    for segment in reading.segments:
        if not segment.silent and reading.text[segment.start : segment.end].strip():
            end = reading.text.find("\n", segment.start + 1)
            return min(segment.end, end) if end >= 0 else segment.end
    return 0
