"""The lines about one match that the screens share: place, chance, reasons, changes, questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.cli.screens import quoted
from matching.domain import (
    Barrier,
    BarrierState,
    Change,
    Course,
    LeftOut,
    Match,
    Payer,
    Question,
    Reason,
    State,
)
from matching.ranking.ties import rank_sentence
from matching.service import Service
from matching.wording import Wording

WIDEST = 100  # longer lines are hard to read
COURSES_SHOWN = 2
CHANGES_SHOWN = 3


def score_line(match: Match, wording: Wording) -> str:
    """The score with its interval, in points of a hundred."""
    interval = wording.say(
        "screen.interval", lower=round(100 * match.lower), upper=round(100 * match.upper)
    )
    return f"{100 * match.score:.0f}/100 ({interval})"


def place_line(match: Match, wording: Wording) -> str:
    """The rank with its interval; of somebody apart, the rank that there would be."""
    if match.apart:
        return wording.say("screen.place_apart", rank=match.rank)
    if match.rank_lower is None or match.rank_upper is None:
        return wording.say("screen.place", rank=match.rank)
    said = rank_sentence(match.rank, match.rank_lower, match.rank_upper, wording)
    return f"{said[:1].upper()}{said[1:]}."


def chance_line(match: Match, wording: Wording) -> str | None:
    """The chance as a percentage, never as certainty; None where the model has none."""
    if match.probability is None:
        return None
    percent = round(100 * match.probability)
    chance = "<1%" if percent < 1 else ">99%" if percent > 99 else f"{percent}%"
    return wording.say("screen.chance", chance=chance)


def reason_line(reason: Reason, wording: Wording) -> tuple[str, Text]:
    """What a reason adds or takes away in points, and its sentence with the words of the CV."""
    whole = round(100 * reason.effect)
    points = f"{whole:+d}" if whole else "="
    line = Text(f"{wording.say(f'dimension.{reason.dimension}')}. ", style="cyan")
    line.append(reason.text, style="default")
    if reason.person_evidence:
        line.append(f" {quoted(reason.person_evidence)}", style="dim")
    return points, line


def change_lines(changes: Sequence[Change], service: Service) -> Iterator[str]:
    """What would change with each missing skill, the first few, and where it is taught."""
    say = service.wording.say
    for change in changes[:CHANGES_SHOWN]:
        said = say(
            "screen.change",
            label=change.label,
            score=round(100 * change.score),
            rank=change.rank,
        )
        if change.courses:
            shown = [_course(course, service.wording) for course in change.courses]
            courses = "; ".join(shown[:COURSES_SHOWN])
            rest = len(shown) - COURSES_SHOWN
            courses += f" (+{rest})" if rest > 0 else ""
            said += " " + say("screen.taught", list=courses)
        elif service.catalogue is not None:
            said += " " + say("screen.untaught")
        yield said


def _course(course: Course, wording: Wording) -> str:
    payer = wording.say(f"payer.{course.paid_by}")
    if course.paid_by is Payer.FUND:
        payer = wording.say("plan.euro_by", cost=course.cost_eur, payer=payer)
    start = (
        wording.say("screen.starts", date=course.start)
        if course.start is not None
        else wording.say("plan.start_seat")
    )
    parts = (course.provider, course.place, start, payer)
    return f"«{course.name}» ({', '.join(part for part in parts if part)})"


def barrier_lines(
    barriers: Iterable[Barrier], state: BarrierState, wording: Wording
) -> Iterator[str]:
    """The requirements in one state: what is asked and known, by which law, what changes it."""
    for barrier in barriers:
        if barrier.state is not state:
            continue
        parts = [barrier.text]
        if evidence := quoted((*barrier.vacancy_evidence, *barrier.person_evidence)):
            parts.append(evidence + ".")
        if barrier.law is not None:
            parts.append(wording.say("screen.law", law=barrier.law))
        parts.append(barrier.answer)
        yield " ".join(parts)


def question_line(question: Question, match: Match, wording: Wording) -> str:
    """A question, with the ranks to which its answers could lead where any is another."""
    best, worst = question.rank_best, question.rank_worst
    if best is None or worst is None:
        return question.text
    if match.state is State.NOT_ENOUGH_DATA:
        to = wording.say("screen.answer_first", best=best, worst=worst)
    elif best != worst:
        to = wording.say("screen.answer_ranks", rank=match.rank, best=best, worst=worst)
    elif best != match.rank:
        to = wording.say("screen.answer_rank", rank=match.rank, best=best)
    else:
        return question.text
    return f"{question.text} ({to})"


def body(console: Console, match: Match, service: Service) -> Table:
    """Everything that is said of one match below its name."""
    wording, say = service.wording, service.wording.say
    grid = Table.grid(padding=(0, 1))
    grid.width = min(console.width - 2, WIDEST)
    grid.add_column(justify="right", min_width=3)
    grid.add_column(ratio=1)
    if match.state is State.NOT_ENOUGH_DATA:
        grid.add_row("", Text(say("screen.not_enough_data_why")))
    else:
        grid.add_row("", Text(place_line(match, wording)))
    if chance := chance_line(match, wording):
        grid.add_row("", Text(chance))
    for line in barrier_lines(match.barriers, BarrierState.NOT_MET, wording):
        grid.add_row("!", Text(line))
    for reason in match.reasons:
        grid.add_row(*reason_line(reason, wording))
    if match.missing:
        grid.add_row("", Text(f"{say('screen.missing')}: {wording.list(list(match.missing))}."))
    if match.changes:
        grid.add_row("", Text(f"{say('screen.changes')}:"))
        for line in change_lines(match.changes, service):
            grid.add_row("-", Text(line))
    to_check = list(barrier_lines(match.barriers, BarrierState.TO_CHECK, wording))
    if to_check:
        grid.add_row("", Text(f"{say('screen.to_check')}:"))
        for line in to_check:
            grid.add_row("-", Text(line))
    if match.questions:
        grid.add_row("", Text(f"{say('screen.ask')}:"))
        for question in match.questions:
            grid.add_row("-", Text(question_line(question, match, wording)))
    return grid


def has_example(matches: Iterable[Match], service: Service) -> bool:
    """Whether any course that is told of is an example, with an invented provider."""
    if service.catalogue is None:
        return False
    examples = {local.slug for local in service.catalogue.services if local.example}
    changes = chain.from_iterable(match.changes[:CHANGES_SHOWN] for match in matches)
    shown = chain.from_iterable(change.courses[:COURSES_SHOWN] for change in changes)
    return any(course.slug in examples for course in shown)


def print_left_out(
    console: Console, left_out: Iterable[LeftOut], names: Mapping[str, str], wording: Wording
) -> None:
    """Who or what left the pool before: since when, why, and what brings it back."""
    left = list(left_out)
    if not left:
        return
    console.print()
    console.print(Text(wording.say("screen.left_out", count=len(left)), style="bold"))
    for one in left:
        name = names.get(one.id, one.id)
        said = wording.say("screen.left_since", name=name, date=one.since, text=one.text)
        console.print(Text(f"- {said}"))
