"""Which dates belong to which job: the entries of a list of jobs.

A date can stand before its job, after it, in a column, on the line above or below. Jobs and
dates of one sentence are paired in reading order; a job on a line of its own takes the dates of
a line nearby that has no job of its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matching.extraction.mentions import RawMention, Reading
from matching.extraction.periods import Period

# How far from its job a date line can stand: date, firm, place, then job.
_ABOVE = 3
_SENTENCES = 2
_BELOW = 2
_BULLET = re.compile(r"\s*[-–•·*▪●]\s")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_FORM_WORDS = 4
# "addetta agli scaffali e dal 2016 al 2021 in cassa": the dates are of the second job.
_AND_SINCE = re.compile(r"\b(?:e|poi|infine) (?:poi )?(?:dal? |dall['’]|nel )?$")
_CLAUSE = re.compile(r"[,;]|\b(?:poi|prima|infine)\b")


@dataclass(slots=True)
class _Line:
    """A line with the jobs and periods on it that have not found each other yet."""

    block: int
    bullet: bool = False
    wordy: bool = False
    jobs: list[RawMention] = field(default_factory=list)
    periods: list[Period] = field(default_factory=list)
    paired: bool = False
    taken: bool = False


Pairs = dict[int, tuple[Period, ...]]


def periods_by_job(jobs: Sequence[RawMention], reading: Reading, found: Sequence[Period]) -> Pairs:
    """The periods of each job, by the job's start. Jobs without dates are left out."""
    pairs: Pairs = {}
    lines = _lines(reading)
    starts = sorted(lines)
    own = _by_sentence(jobs, reading, found, pairs)
    for job in jobs:
        lines[_start_of(starts, job.start)].jobs.append(job)
    for period in found:
        line = lines[_start_of(starts, period.start)]
        if id(period) in own:
            line.paired = True
        else:
            line.periods.append(period)
    ordered = [lines[start] for start in starts]
    for number, line in enumerate(ordered):
        waiting = [job for job in line.jobs if job.start not in pairs]
        if waiting and _is_dated_above(ordered, number):
            continue
        # Several lone years across the sentences of a paragraph tell a story, not an entry.
        story = len(line.periods) > 1 and all(period.point for period in line.periods)
        near = [period for period in line.periods if _is_by(period, waiting, reading)]
        if waiting and near and not story:
            _pair(waiting, near, reading, pairs)
            line.paired = True
    _by_neighbour(ordered, pairs)
    return pairs


def _is_dated_above(lines: Sequence[_Line], number: int) -> bool:
    """Whether a line that tells only durations stands under a line with dates and no job."""
    line = lines[number]
    if not number or not line.periods or any(p.first is not None for p in line.periods):
        return False
    above = lines[number - 1]
    return (
        above.block == line.block >= 0
        and not above.jobs
        and any(period.first is not None for period in above.periods)
    )


def _is_by(period: Period, jobs: Sequence[RawMention], reading: Reading) -> bool:
    """Whether a period of a line is the job's: in a long paragraph one sentence away at most."""
    starts = [segment.start for segment in reading.segments]
    place = bisect_right(starts, period.start)
    return any(abs(bisect_right(starts, job.start) - place) <= _SENTENCES for job in jobs)


def _by_sentence(
    jobs: Sequence[RawMention], reading: Reading, found: Sequence[Period], pairs: Pairs
) -> set[int]:
    """Pair what shares a sentence; returns the identities of the periods so used."""
    starts = [segment.start for segment in reading.segments]
    lines_with_dates = {
        reading.segments[number].line
        for period in found
        if period.first is not None and (number := bisect_right(starts, period.start) - 1) >= 0
    }
    by_segment: dict[int, list[Period]] = {}
    for period in found:
        by_segment.setdefault(bisect_right(starts, period.start) - 1, []).append(period)
    used: set[int] = set()
    jobs_of: dict[int, list[RawMention]] = {}
    for job in jobs:
        jobs_of.setdefault(bisect_right(starts, job.start) - 1, []).append(job)
    for number, own_jobs in jobs_of.items():
        own_periods = by_segment.get(number, [])
        dated = any(period.first is not None for period in own_periods)
        # "... dal 1997 al 2009 stireria. Stiratrice, negli ultimi 4 anni in mensa": the dates of
        # the line count, not the duration of a part.
        if own_periods and (dated or reading.segments[number].line not in lines_with_dates):
            used.update(id(period) for period in _pair(own_jobs, own_periods, reading, pairs))
    return used


def _pair(
    jobs: Sequence[RawMention], found: Sequence[Period], reading: Reading, pairs: Pairs
) -> list[Period]:
    """Pair jobs and periods of one sentence or line: clause by clause where each has both."""
    items: list[RawMention | Period] = sorted([*jobs, *found], key=lambda item: item.start)
    clauses: list[list[RawMention | Period]] = [[items[0]]]
    opened = False
    for before, item in zip(items, items[1:], strict=False):
        since = _AND_SINCE.search(reading.words, before.end, item.start) is not None
        if since and isinstance(item, Period) and isinstance(before, RawMention):
            opened = True
            clauses.append([])
        elif _CLAUSE.search(reading.words, before.end, item.start):
            clauses.append([])
        clauses[-1].append(item)
    with_job = [one for one in clauses if any(isinstance(item, RawMention) for item in one)]
    if len(with_job) > 1 and all(any(isinstance(i, Period) for i in one) for one in with_job):
        return [period for one in with_job for period in _in_order(one, pairs)]
    if opened and isinstance(clauses[-1][-1], RawMention):
        both = [one for one in with_job if any(isinstance(item, Period) for item in one)]
        return [period for one in both for period in _in_order(one, pairs)]
    return _in_order(items, pairs)


def _in_order(items: Sequence[RawMention | Period], pairs: Pairs) -> list[Period]:
    """Pair in reading order: each date with the jobs after it, or with those before it."""
    groups: list[tuple[list[RawMention], list[Period]]] = []
    dates_first = isinstance(items[0], Period)
    previous_was_job = not dates_first
    for item in items:
        is_job = isinstance(item, RawMention)
        if not groups or (is_job != previous_was_job and is_job != dates_first):
            groups.append(([], []))
        if isinstance(item, RawMention):
            groups[-1][0].append(item)
        else:
            groups[-1][1].append(item)
        previous_was_job = is_job
    if len(groups) > 1 and not groups[-1][0]:
        # "da ottobre a dicembre 2025 cuoca, e ancora dal maggio 2026": dates left at the end.
        last = groups.pop()
        groups[-1][1].extend(p for p in last[1] if p.first is not None)
    used: list[Period] = []
    for group_jobs, group_periods in groups:
        used += group_periods
        chosen = tuple(_dated_or_all(group_periods))
        for job in group_jobs if chosen else ():
            pairs[job.start] = chosen
    return used


def _by_neighbour(lines: Sequence[_Line], pairs: Pairs) -> None:
    waiting = [
        number
        for number, line in enumerate(lines)
        if any(job.start not in pairs for job in line.jobs) and not line.paired
    ]
    dates_first = _dates_come_first(lines)
    for upwards in (dates_first, not dates_first):
        for number in waiting:
            line = lines[number]
            jobs = [job for job in line.jobs if job.start not in pairs]
            near = _near(lines, number, upwards=upwards) if jobs else None
            if near is None:
                continue
            if upwards != dates_first and not _trusted(lines, line, near):
                continue
            near.taken = True
            for job in jobs:
                pairs[job.start] = tuple(_dated_or_all(near.periods))


def _trusted(lines: Sequence[_Line], line: _Line, near: _Line) -> bool:
    """Whether dates against the grain of the list are the job's: those of its own paragraph."""
    if near.block != line.block:
        return False
    alone = sum(bool(other.periods) for other in lines if other.block == near.block) == 1
    return alone or not near.taken


def _near(lines: Sequence[_Line], number: int, *, upwards: bool) -> _Line | None:
    """The nearest line with dates and no job, unless another job stands between."""
    reach = _ABOVE if upwards else _BELOW
    for step in range(1, reach + 1):
        place = number - step if upwards else number + step
        if not 0 <= place < len(lines) or lines[place].jobs or lines[place].block < 0:
            return None
        if lines[place].periods:
            # Two items of one list are two entries, and neither lends the other its dates; but
            # "- Date (da - a): 2010-2014" is a row of a form.
            other = lines[place]
            return None if other.bullet and other.wordy and lines[number].bullet else other
    return None


def _dates_come_first(lines: Sequence[_Line]) -> bool:
    """Whether in this list a date line stands above its job: decided by the majority."""
    balance = 0
    block = -1
    for line in lines:
        if line.block == block:
            continue
        if line.periods and not line.jobs:
            balance += 1
            block = line.block
        elif line.jobs and not line.periods and not line.paired:
            balance -= 1
            block = line.block
    return balance >= 0


def _dated_or_all(found: Iterable[Period]) -> list[Period]:
    # "dal 2010 al 2015 (5 anni)" is said twice; a lone date is less than a duration.
    found = list(found)
    dated = [period for period in found if period.first is not None]
    if all(period.point for period in dated):
        return [period for period in found if period.first is None] or dated
    return dated


def _lines(reading: Reading) -> dict[int, _Line]:
    """Non-blank lines by their start. Headers and quiet lines are walls: block -1."""
    lines: dict[int, _Line] = {}
    block = 0
    starts = [segment.start for segment in reading.segments]
    for match in re.finditer(r"[^\n]+", reading.text):
        if reading.text[match.start() - 2 : match.start()] == "\n\n":
            block += 1
        if not match.group().strip():
            block += 1
            continue
        first = match.start() + len(match.group()) - len(match.group().lstrip())
        number = bisect_right(starts, first) - 1
        inside = number >= 0 and first < reading.segments[number].end
        if not inside:
            # A header's own content ("Lavori: ...") opens a paragraph.
            block += 1
            inside = number + 1 < len(starts) and starts[number + 1] < match.end()
        bullet = _BULLET.match(match.group()) is not None
        wordy = len(_LONG_WORD.findall(match.group())) > _FORM_WORDS
        lines[match.start()] = _Line(block if inside else -1, bullet, wordy)
    return lines


def _start_of(starts: Sequence[int], place: int) -> int:
    return starts[bisect_right(starts, place) - 1]
