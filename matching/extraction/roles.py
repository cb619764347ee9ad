"""Occupations that a person did or looks for, and that a vacancy is for; months of experience."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from matching.extraction.mentions import RawMention, Reading
from matching.extraction.periods import Period, union_months
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.segments import HIRING

_TITLE_BEFORE = re.compile(
    r"(?:^|\n)[^\n]{0,60}?(?:^|\n|\d{4}|oggi|corso|presente|:|-|–|•|\*|,|\()\s*$"
    r"|\b(?:come|da|di|mansione|ruolo|qualifica|mestiere|lavoro|faccio|facevo|fatto|fare|sono"
    r"|ero|stat[oa]|un|una|il|la|n\.? ?\d+|\d+|cerca|cerchiamo|cercasi|ricerca|ricerchiamo"
    r"|seleziona|selezioniamo|assume|operai[oae]|tecnic[oa]|aiuto|aiutante|apprendista|esperienza"
    r"|addett[oa]|capo|bravo|brava|espert[oa]|e)\s*(?:/[a-z]+)?\s*[:,]?\s*$"
)
_TRAINING = re.compile(
    r"\b(?:diplom\w+|laure\w+|corso|corsi|attestat\w|istitut\w+|scuola|facolta|perit[oa]|maturita)"
    r"\b[^.;,\n]{0,40}$"
)
_BESIDE = re.compile(
    r"\b(?:affianc\w+|collabor\w+ con|insieme (?:a|ad|al|alla|con)|a supporto d\w+|supporto (?:a|al|all)"
    r"|aiutavo|supervisione|agli ordini|riport\w+ (?:a|al|alla)|rispond\w+ (?:a|al|alla)"
    r"|coordin\w+|gesti\w+ (?:di )?(?:un )?(?:team|squadra|gruppo)|formavo|per conto|seguito da"
    r"|assistit[oa] da|guidat[oa] da|diretto da|dipend\w+ da)\W+(?:\w+\W+){0,3}$"
)
_NOT_WORKED = frozenset({Section.EDUCATION, Section.COURSES})


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation mention that counts."""

    raw: RawMention
    wanted: bool
    months: int | None
    confidence: float


def stands_as_title(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens stand where a job title stands: head of an entry, after *come*, *da* ..."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    segment = reading.segments[reading.of_segment[first]]
    if segment.section in _NOT_WORKED:
        return False
    line_start = reading.words.rfind("\n", 0, start) + 1
    before = reading.words[line_start:start]
    after = reading.words[end : end + 30].split("\n")[0]
    if re.match(r"\s+(?:di base|general\w|applicat\w|e (?:elettronic|pneumatic|oleodinamic)\w+)", after):
        return False
    return bool(_TITLE_BEFORE.search(before)) or not before.strip(" \t-–•*")


def person_roles(
    mentions: Sequence[RawMention], reading: Reading, found: Sequence[Period]
) -> list[Role]:
    """Jobs that a person claims or wants. Titles of study and other people's jobs are none."""
    kept: list[tuple[RawMention, bool]] = []
    for raw in mentions:
        section = raw.segment.section
        before = reading.words[max(raw.segment.start, raw.start - 60) : raw.start]
        if raw.stance in (Stance.DENIED, Stance.OTHERS) or section in _NOT_WORKED:
            continue
        if _TRAINING.search(before) or _BESIDE.search(before):
            continue
        wanted = raw.stance is Stance.WISHED or section is Section.WISHES
        kept.append((raw, wanted))
    worked = [raw for raw, wanted in kept if not wanted]
    months = _months(worked, reading, found)
    return [
        Role(raw, wanted, None if wanted else months.get(raw.start), raw.confidence)
        for raw, wanted in kept
    ]


def vacancy_roles(mentions: Sequence[RawMention], reading: Reading) -> list[Role]:
    """Jobs that a vacancy is for, surest first place: title line, then the hiring sentence."""
    roles: list[Role] = []
    first_line_end = reading.text.find("\n", len(reading.text) - len(reading.text.lstrip()))
    for raw in mentions:
        segment = reading.words[raw.segment.start : raw.segment.end]
        before = reading.words[raw.segment.start : raw.start]
        if raw.stance in (Stance.DENIED, Stance.OTHERS) or _BESIDE.search(before):
            continue
        if raw.segment.section in (Section.OFFER, Section.CONDITIONS):
            continue
        if raw.start < first_line_end or first_line_end < 0:
            place = 1.0
        elif (cue := HIRING.search(segment)) and raw.segment.start + cue.start() < raw.start:
            place = 0.95
        else:
            place = 0.5
        roles.append(Role(raw, False, None, round(raw.confidence * place, 3)))
    return roles


def experience_months(reading: Reading, found: Sequence[Period]) -> int | None:
    """Months covered by dated work in a CV, overlaps counted once; None without dates."""
    dated = [
        period
        for period in found
        if period.first is not None and _section_at(reading, period.start) not in _NOT_WORKED
    ]
    return union_months(dated) if dated else None


def _months(
    mentions: Sequence[RawMention], reading: Reading, found: Sequence[Period]
) -> dict[int, int]:
    usable = [p for p in found if _section_at(reading, p.start) not in _NOT_WORKED]
    lines = _line_starts(reading.text)
    with_job = {_line_of(lines, raw.start) for raw in mentions}
    by_line: dict[int, list[Period]] = {}
    for period in usable:
        by_line.setdefault(_line_of(lines, period.start), []).append(period)
    result: dict[int, int] = {}
    for raw in mentions:
        own = _period_for(raw, _line_of(lines, raw.start), by_line, with_job)
        if own is not None:
            result[raw.start] = own.months
    return result


def _period_for(
    raw: RawMention, line: int, by_line: dict[int, list[Period]], with_job: set[int]
) -> Period | None:
    """The period that belongs to a job: on its line, else on the line above, below, further up.

    A line with another job keeps its own period; a date two or three lines up (date, firm, then
    job) counts only if no job stands between.
    """
    if line in by_line:
        return _nearest(by_line[line], raw)
    above, below = line - 1, line + 1
    if above in by_line and above not in with_job:
        return _nearest(by_line[above], raw)
    if below in by_line and below not in with_job:
        return _nearest(by_line[below], raw)
    for far in (line - 2, line - 3):
        if any(between in with_job for between in range(far, line)):
            break
        if far in by_line:
            return _nearest(by_line[far], raw)
    return None


def _nearest(candidates: Sequence[Period], raw: RawMention) -> Period:
    return min(
        candidates,
        key=lambda p: min(abs(p.end - raw.start), abs(p.start - raw.end)),
    )


def _section_at(reading: Reading, place: int) -> Section:
    for segment in reading.segments:
        if segment.start <= place < segment.end:
            return segment.section
    return Section.BODY


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _line_of(starts: Sequence[int], place: int) -> int:
    return bisect_right(starts, place) - 1

