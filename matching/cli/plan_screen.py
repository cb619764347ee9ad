"""How a plan is printed for the person who will talk it over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matching.cli.reach_screen import gain_line
from matching.domain import (
    Contact,
    Matter,
    Need,
    Opened,
    PaperAsked,
    Payer,
    Plan,
    PlanState,
    Step,
    ToConfirm,
    Weekday,
)
from matching.wording import Wording

_WIDEST = 100  # longer lines are hard to read
_STEP_MINUTES = 5  # an estimate is not shown to the minute
_ALTERNATIVES = 3
_RUN = 3  # days in a row that are worth a dash
_INDENT = 3

Beside = Mapping[str, Sequence[tuple[str, str]]]
"""Heading and text of further lines about a step, by the slug of its service."""

_NOTHING: Beside = MappingProxyType({})


def print_plan(
    console: Console,
    wording: Wording,
    plan: Plan,
    name: str,
    *,
    beside: Beside = _NOTHING,
    places: bool = True,
) -> None:
    """The steps of a plan, their cost, what each would change, and what nothing answers.

    ``places`` says whether ranks are told: among nobody they say nothing.
    """
    say = wording.say
    console.print(Text(say("plan.title", name=name), style="bold"))
    if plan.state is not PlanState.OK:
        console.print(Text(_no_catalogue(plan, wording), style="yellow"))
        return
    console.print(
        Text(say("plan.as_of", date=plan.as_of, first=plan.valid_from, last=plan.valid_to))
    )
    if any(step.example for step in (*plan.steps, *plan.over_budget, *plan.minor)):
        console.print(Text(say("plan.example"), style="yellow"))
    console.print(Text(say("plan.proposal")))
    console.print(Text(say("plan.rights_first")))
    if plan.in_view:
        titles = [f"«{title}»" for title in plan.in_view]
        console.print(Text(say("plan.in_view", list=wording.list(titles))))
    else:
        console.print(Text(say("plan.none_in_view")))
    for number, step in enumerate(plan.steps, start=1):
        console.print()
        console.print(Text(f"{number}. {step.name}", style="bold"))
        _print_lines(console, (*_lines(step, wording, places), *beside.get(step.service, ())))
    console.print()
    for indent, line in _end(plan, wording, places):
        console.print(Padding(Text(line), (0, 0, 0, indent), expand=False))


def _no_catalogue(plan: Plan, wording: Wording) -> str:
    if plan.state is PlanState.NO_CATALOGUE:
        return wording.say("plan.no_catalogue")
    return wording.say(
        "plan.catalogue_not_valid", date=plan.as_of, first=plan.valid_from, last=plan.valid_to
    )


def _print_lines(console: Console, lines: Iterable[tuple[str, str]]) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.width = min(console.width - _INDENT, _WIDEST)
    grid.add_column(ratio=1)
    for heading, text in lines:
        line = Text(f"{heading}: " if heading else "", style="cyan")
        line.append(text, style="default")
        grid.add_row(line)
    console.print(Padding(grid, (0, 0, 0, _INDENT), expand=False))


def _lines(step: Step, wording: Wording, places: bool) -> Iterator[tuple[str, str]]:
    """Yield heading and text of each line about a step; the heading may be empty."""
    say = wording.say
    yield say("plan.what"), f"{say(f'measure.{step.measure}')}. {step.provider}."
    yield say("plan.where"), _place(step, wording)
    yield say("plan.when"), _time(step, wording)
    yield say("plan.cost"), _cost(step, wording)
    yield say("plan.answers"), _answers(step, wording)
    yield say("plan.changes"), step.changes
    for line in _opened(step.opens, wording, places):
        yield "", line
    if step.gain is not None and (step.skills or step.gain.opened):
        yield say("reach.heading"), gain_line(step.gain, wording)
    yield say("plan.evidence"), say(f"grade.{step.grade}")
    if step.conditions:
        yield say("plan.conditions"), " ".join(step.conditions)
    if step.documents:
        yield say("plan.bring"), "; ".join(_paper(paper, wording) for paper in step.documents)
    if step.contacts:
        yield say("plan.ask"), "; ".join(_contact(one, wording) for one in step.contacts)
    if step.to_confirm:
        yield say("plan.to_confirm"), "; ".join(_matters(step.to_confirm, wording))
    if step.alternatives:
        others = wording.list([f"«{name}»" for name in step.alternatives], most=_ALTERNATIVES)
        yield say("plan.alternatives"), others


def _place(step: Step, wording: Wording) -> str:
    if step.remote:
        return wording.say("plan.remote")
    if step.minutes is None:
        return wording.say("plan.place", place=step.place)
    minutes = max(_STEP_MINUTES, _STEP_MINUTES * round(step.minutes / _STEP_MINUTES))
    if step.by_car:
        return wording.say("plan.place_car", place=step.place, minutes=minutes)
    return wording.say("plan.place_public", place=step.place, minutes=minutes)


def _time(step: Step, wording: Wording) -> str:
    say = wording.say
    if step.start is not None:
        ask_by = step.start - timedelta(days=step.lead_days)
        parts = [say("plan.start", start=step.start, ask_by=ask_by)]
    elif step.lead_days > 1:
        parts = [say("plan.start_lead", days=step.lead_days)]
    else:
        parts = [say("plan.start_seat")]
    if step.hours == 1:
        parts.append(say("plan.one_hour"))
    elif step.hours:
        parts.append(say("plan.hours", hours=step.hours))
    days = _days(step.weekdays, wording)
    bands = ", ".join(say(f"band.{band}") for band in step.bands)
    parts.append(" ".join(f"{days} ({bands})".split()) if bands else days)
    if step.seats:
        parts.append(say("plan.seats", seats=step.seats))
    return "; ".join(part for part in parts if part)


def _days(weekdays: tuple[Weekday, ...], wording: Wording) -> str:
    """Days of the week, three and more in a row as the first and the last."""
    runs: list[list[Weekday]] = []
    for previous, day in zip((None, *Weekday), Weekday, strict=False):
        if day in weekdays:
            if previous in weekdays:
                runs[-1].append(day)
            else:
                runs.append([day])
    names = [[wording.say(f"weekday.{day}") for day in run] for run in runs]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) >= _RUN else ", ".join(run) for run in names)


def _cost(step: Step, wording: Wording) -> str:
    payer = wording.say(f"payer.{step.paid_by}")
    if step.paid_by is Payer.FUND:
        return wording.say("plan.euro_by", cost=step.cost_eur, payer=payer)
    return payer


def _answers(step: Step, wording: Wording) -> str:
    parts = []
    if step.skills:
        parts.append(wording.say("plan.skills", list=", ".join(step.skills)))
    if step.needs:
        parts.append(wording.say("plan.needs", list=_needs(step.needs, wording)))
    return "; ".join(parts)


def _needs(needs: Iterable[Need], wording: Wording) -> str:
    return ", ".join(wording.say(f"need.{need}") for need in needs)


def _opened(opens: Iterable[Opened], wording: Wording, places: bool) -> Iterator[str]:
    """Yield what changes for each vacancy, in points and places; less than a point is left out."""
    for opened in opens:
        before, after = round(100 * opened.score_before), round(100 * opened.score_after)
        moved = places and opened.rank_before != opened.rank_after
        if before == after and not moved:
            continue
        stays = "plan.opens" if places else "plan.opens_alone"
        yield wording.say(
            "plan.opens_moved" if moved else stays,
            title=opened.title or opened.vacancy_id,
            before=before,
            after=after,
            rank_before=opened.rank_before,
            rank_after=opened.rank_after,
        )


def _matters(items: Sequence[ToConfirm], wording: Wording) -> Iterator[str]:
    """Yield what is to confirm; of several times and audiences one line each."""
    for matter, same in groupby(items, key=lambda item: item.matter):
        if matter in (Matter.BAND, Matter.AUDIENCE):
            about = ", ".join(wording.say(f"{matter}.{item.about}") for item in same)
            yield wording.say(f"plan.confirm_{matter}", about=about)
        else:
            yield from (_matter(item, wording) for item in same)


def _matter(item: ToConfirm, wording: Wording) -> str:
    about = item.about
    if item.matter is Matter.STALE:
        about = wording.say("screen.date", date=date.fromisoformat(item.about))
    return wording.say(f"plan.confirm_{item.matter}", about=about)


def _paper(paper: PaperAsked, wording: Wording) -> str:
    return paper.text or wording.say(f"paper.{paper.kind}")


def _contact(contact: Contact, wording: Wording) -> str:
    return f"{wording.say(f'channel.{contact.channel}')}: {contact.value}"


def _end(plan: Plan, wording: Wording, places: bool) -> Iterator[tuple[int, str]]:
    """Yield indent and text of each line about the whole plan."""
    say = wording.say
    without = [*plan.without_skills, *(say(f"need.{need}") for need in plan.without_needs)]
    if not (plan.steps or plan.over_budget or plan.minor or without):
        yield 0, say("plan.nothing_asked")
        return
    if sum(bool(step.opens) for step in plan.steps) > 1 and plan.opens:
        yield 0, say("plan.together")
        yield from ((_INDENT, line) for line in _opened(plan.opens, wording, places))
    if plan.budget_eur is None:
        yield 0, say("plan.total", cost=plan.cost_eur)
    else:
        yield 0, say("plan.total_budget", cost=plan.cost_eur, budget=plan.budget_eur)
    for heading, left_out in (("plan.over_budget", plan.over_budget), ("plan.minor", plan.minor)):
        if left_out:
            yield 0, say(heading)
            yield from ((_INDENT, _left_out(step, wording)) for step in left_out)
    if without:
        yield 0, say("plan.without", list=", ".join(without))


def _left_out(step: Step, wording: Wording) -> str:
    return wording.say(
        "plan.left_out",
        name=step.name,
        cost=_cost(step, wording),
        answers=_answers(step, wording),
    )
