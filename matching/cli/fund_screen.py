"""A proposal, a statement and a publication of the fund, for people."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matching.accompaniment.fund.publication import Publication, PublishedGroup
from matching.accompaniment.fund.sentences import euros, floor, why
from matching.accompaniment.fund.statement import Campaign, Statement
from matching.domain.allocation import Alternative, Proposal, Shared
from matching.domain.fund import WHOLE_TERRITORY
from matching.service import Service
from matching.territory import Territory
from matching.wording import Wording

_WIDEST = 110
_SHOWN = 30
_EXPLAINED = 15


def print_proposal(console: Console, service: Service, found: Proposal) -> None:
    """What is proposed, for whom, why the rest is not, and what else could be done."""
    wording = service.wording
    say = wording.say
    console.print(Text(say("fund_screen.title", date=found.as_of), style="bold"))
    people = len({one.request.person for one in found.funded})
    _line(
        console,
        say(
            "fund_screen.summary",
            budget=euros(found.budget_cents, wording),
            spent=euros(found.cents, wording),
            steps=len(found.funded),
            people=people,
            asked=len(found.funded) + len(found.left_out),
        ),
    )
    _line(
        console,
        say("fund_screen.proven")
        if found.proven
        else say("fund_screen.gap", share=100 * found.gap),
    )
    _line(console, say("fund_screen.people_decide"))
    _print_funded(console, service, found)
    _print_left_out(console, service, found)
    names = {one.code: one.name for one in service.territory.ambiti}
    _print_groups(console, wording, say("fund_screen.by_quartile"), found.by_quartile, {})
    _print_groups(console, wording, say("fund_screen.by_ambito"), found.by_ambito, names)
    for reached in found.floors:
        _line(console, floor(reached, wording))
    if found.marginal_value is not None and found.shadow_value is not None:
        _line(
            console,
            say(
                "fund_screen.marginal",
                value=found.marginal_value,
                share=100 * found.marginal_value / found.value if found.value else 0.0,
                steps=len(found.marginal_steps),
                shadow=found.shadow_value,
            ),
        )
    _print_alternatives(console, wording, say("fund_screen.budgets"), found, found.budgets)
    _print_alternatives(console, wording, say("fund_screen.beside"), found, found.beside)
    _print_alternatives(console, wording, say("fund_screen.curve"), found, found.curve)


def print_statement(console: Console, wording: Wording, found: Statement) -> None:
    """What stands where, and what moved."""
    say = wording.say
    console.print(Text(say("fund_screen.statement", date=found.as_of), style="bold"))
    if found.since is not None:
        _line(console, say("fund_screen.since", date=found.since))
    if not found.lines:
        _line(console, say("fund_screen.empty"))
        return
    # What never happened takes no column.
    shown = [
        name
        for name in _COLUMNS
        if name == "available" or any(getattr(one, name) for one in found.lines)
    ]
    table = _table(
        console,
        say("fund_screen.line"),
        *(say(f"fund_screen.{name}") for name in shown),
        say("fund_screen.hub"),
    )
    for one in found.lines:
        hub = say("fund_screen.whole_territory") if one.hub == WHOLE_TERRITORY else one.hub
        amounts = (euros(getattr(one, name), wording) for name in shown)
        table.add_row(one.line, *amounts, hub)
    console.print(table)
    _print_campaigns(console, wording, found.campaigns)
    for loan in found.overdue:
        _line(
            console,
            say(
                "fund_screen.overdue", loan=loan.loan, due=loan.due, owed=euros(loan.owed, wording)
            ),
        )
    if found.closed_to is not None:
        _line(console, say("fund_screen.closed_to", date=found.closed_to))


_COLUMNS = ("came_in", "transferred", "granted", "lost", "available", "committed", "owed")


def print_publication(
    console: Console, wording: Wording, territory: Territory, found: Publication
) -> None:
    """What anybody may see."""
    say = wording.say
    console.print(Text(say("fund_screen.public", date=found.as_of), style="bold"))
    _line(
        console,
        say(
            "fund_screen.public_total",
            came_in=euros(found.came_in, wording),
            spent=euros(found.spent, wording),
        ),
    )
    for line in found.lines:
        _line(console, f"{line.name}: {euros(line.came_in, wording)}")
    _print_campaigns(console, wording, found.campaigns)
    ambiti = {one.code: one.name for one in territory.ambiti}
    names = {line.line: line.name for line in found.lines}
    for one in found.stretches:
        _line(
            console,
            say(
                "fund_screen.stretch",
                since=one.since,
                until=one.until,
                people=one.people,
                spent=euros(one.cents, wording),
            ),
        )
        _print_published(console, wording, one.by_ambito, ambiti)
        measures = {row.group: say(f"measure.{row.group}") for row in one.by_measure}
        _print_published(console, wording, one.by_measure, measures)
        _print_published(console, wording, one.by_line, names)
    _line(console, say("fund_screen.public_rule"))


def _print_funded(console: Console, service: Service, found: Proposal) -> None:
    wording = service.wording
    say = wording.say
    if not found.funded:
        _line(console, say("fund_screen.none"))
        return
    names = _names(service)
    table = _table(
        console,
        say("fund_screen.person"),
        say("fund_screen.step"),
        say("fund_screen.amount"),
        say("fund_screen.note"),
    )
    best = sorted(found.funded, key=lambda one: (-one.value, one.request.id))
    for one in best[:_SHOWN]:
        notes = []
        if one.to_committee:
            notes.append(say("fund_screen.to_committee"))
        if not one.measured:
            notes.append(say("fund_screen.not_measured"))
        if one.co_payment_cents:
            notes.append(say("fund_screen.co_payment", amount=euros(one.co_payment_cents, wording)))
        if len(one.lines) > 1 or one.lines and one.lines[0][0] != "budget":
            notes.append(wording.list([code for code, _ in one.lines]))
        step = names.get(one.request.step, one.request.step)
        table.add_row(one.request.person, step, euros(one.cents, wording), "; ".join(notes))
    console.print(table)
    if len(best) > _SHOWN:
        _line(console, say("fund_screen.more", count=len(best) - _SHOWN))


def _print_left_out(console: Console, service: Service, found: Proposal) -> None:
    if not found.left_out:
        return
    wording = service.wording
    console.print(
        Text(wording.say("fund_screen.left_out", count=len(found.left_out)), style="bold")
    )
    names = _names(service)
    best = sorted(found.left_out, key=lambda one: (-one.value, one.request.id))
    for one in best[:_EXPLAINED]:
        step = names.get(one.request.step, one.request.step)
        _line(console, f"{one.request.person} - {step} ({euros(one.cents, wording)})")
        console.print(Padding(Text(" ".join(why(one, wording))), (0, 0, 0, 3)))
    reasons = Counter(one.blocks[0].obstacle for one in best[_EXPLAINED:])
    if reasons:
        listed = [
            f"{wording.say(f'fund.because_{name}')} {count}"
            for name, count in reasons.most_common()
        ]
        _line(console, wording.say("fund_screen.others_left", list=wording.list(listed, most=20)))


def _print_groups(
    console: Console,
    wording: Wording,
    title: str,
    groups: Iterable[Shared],
    names: dict[str, str],
) -> None:
    say = wording.say
    table = _table(
        console,
        title,
        say("fund_screen.asked"),
        say("fund_screen.proposed"),
        say("fund_screen.people"),
        say("fund_screen.amount"),
    )
    for one in groups:
        table.add_row(
            names.get(one.group, one.group),
            str(one.asked),
            str(one.funded),
            str(one.people),
            euros(one.cents, wording),
        )
    console.print(table)


def _print_alternatives(
    console: Console,
    wording: Wording,
    title: str,
    found: Proposal,
    rows: Sequence[Alternative],
) -> None:
    if not rows:
        return
    say = wording.say
    named = {"first_come", "highest_need", "greedy"}
    table = _table(
        console,
        title,
        say("fund_screen.opens"),
        say("fund_screen.steps"),
        say("fund_screen.amount"),
        say("fund_screen.quarter"),
    )
    for one in rows:
        share = one.value / found.value if found.value else 0.0
        table.add_row(
            say(f"fund_screen.rule_{one.name}") if one.name in named else one.name,
            f"{share:.1%}",
            str(one.funded),
            euros(one.cents, wording),
            euros(one.highest_need_cents, wording),
        )
    console.print(table)


def _print_campaigns(console: Console, wording: Wording, found: Iterable[Campaign]) -> None:
    for one in found:
        _line(
            console,
            wording.say(
                "fund_screen.campaign",
                name=one.name,
                raised=euros(one.raised, wording),
                target=euros(one.target, wording),
                share=100 * one.progress,
            ),
        )


def _print_published(
    console: Console,
    wording: Wording,
    rows: Iterable[PublishedGroup],
    names: dict[str, str],
) -> None:
    for one in rows:
        said = wording.say("fund_screen.few")
        if one.people is not None and one.cents is not None:
            said = wording.say(
                "fund_screen.group", people=one.people, amount=euros(one.cents, wording)
            )
        console.print(Padding(Text(f"{names.get(one.group, one.group)}: {said}"), (0, 0, 0, 3)))


def _names(service: Service) -> dict[str, str]:
    found = service.catalogue
    return {} if found is None else {one.slug: one.name for one in found.services}


def _line(console: Console, text: str) -> None:
    console.print(Text(text))


def _table(console: Console, *headers: str) -> Table:
    table = Table(*headers, box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    return table
