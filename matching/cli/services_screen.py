"""The catalogue for people: services, what entries do not say, what an import found."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.accompaniment import Catalogue
from matching.accompaniment import Service as LocalService
from matching.accompaniment.asking import ages, area_names
from matching.accompaniment.catalogue_twins import Twins
from matching.accompaniment.hsds import Gravity, Group, Imported, Problem, grouped
from matching.accompaniment.hsds.findings import shortened
from matching.accompaniment.quality import Quality, Summary
from matching.domain import Freshness, PaperAsked, Payer
from matching.service import Service
from matching.wording import Wording

_WIDEST = 120
_STYLES = {Gravity.ERROR: "red", Gravity.TO_COMPLETE: "yellow", Gravity.NOT_READ: "dim"}


def print_services(
    console: Console,
    service: Service,
    catalogue: Catalogue,
    services: Sequence[LocalService],
    today: date,
) -> None:
    """Services with what one looks for first: what, for whom, where, when, cost."""
    say = service.wording.say
    if not services:
        console.print(Text(say("catalogue.none")))
        return
    table = _table(console, "catalogue.service", "catalogue.for_whom", "catalogue.when", say=say)
    months = service.territory.limits.service_months
    for one in services:
        what = Text(f"{one.name}\n", style="bold")
        provider = catalogue.providers[one.provider].name
        what.append(f"{say(f'measure.{one.measure}')}. {provider}.\n{one.slug}", style="default")
        when = [_start(one, today, service.wording), _cost(one, service.wording)]
        if one.freshness(today, months) is not Freshness.FRESH:
            when.append(_confirmed(one, service.wording))
        table.add_row(what, Text("\n".join(_for_whom(one, service))), Text("\n".join(when)))
    console.print(table)
    console.print(Text(say("catalogue.count", count=len(services))))


def print_quality(
    console: Console,
    service: Service,
    catalogue: Catalogue,
    marks: Iterable[Quality],
    whole: Summary,
    today: date,
) -> None:
    """What each entry should say and does not, the poorest first, and the catalogue at large."""
    say, entries = service.wording.say, {one.slug: one for one in catalogue.services}
    table = _table(console, "catalogue.service", "catalogue.says", "catalogue.to_do", say=say)
    lacking = [one for one in marks if one.to_do]
    for one in sorted(lacking, key=lambda q: (q.score if q.score is not None else 1, q.service)):
        entry = entries[one.service]
        todo = [f"• {say(f'catalogue.do_{criterion}')}" for criterion in one.to_do]
        if entry.freshness(today, service.territory.limits.service_months) is Freshness.STALE:
            todo.append(_confirmed(entry, service.wording))
        score = "" if one.score is None else f"{one.score:.0%}"
        table.add_row(Text(f"{entry.name}\n{one.service}"), Text(score), Text("\n".join(todo)))
    if lacking:
        console.print(table)
    score = "-" if whole.score is None else f"{whole.score:.0%}"
    console.print(Text(say("catalogue.summary", count=whole.services, score=score)))
    for criterion, count in whole.not_met.items():
        lacking_it = say(f"catalogue.criterion_{criterion}")
        console.print(Text(f"  {lacking_it}: {count}/{whole.services}"))
    for freshness, count in whole.freshness.items():
        console.print(Text(f"  {say(f'freshness.{freshness}')}: {count}"))
    console.print(Text(say("catalogue.quality_means")))


def print_twins(console: Console, service: Service, pairs: Sequence[Twins]) -> None:
    """Entries that may be of one service, with what is different."""
    say = service.wording.say
    if not pairs:
        console.print(Text(say("catalogue.no_twins")))
        return
    table = _table(console, "catalogue.twins", "catalogue.different", say=say)
    for pair in pairs:
        who = Text(f"{pair.first}\n{pair.second}\n")
        who.append(say(f"catalogue.{pair.likeness}"), style="bold")
        lines = [
            f"{one.field}: «{_shown(one.first)}» / «{_shown(one.second)}»"
            for one in pair.differences
        ]
        table.add_row(who, Text("\n".join(lines) or say("catalogue.no_difference")))
    console.print(table)
    console.print(Text(say("catalogue.merge", count=len(pairs))))


def print_import(
    console: Console, service: Service, imported: Imported, file: str, out: Path
) -> None:
    """What an import took, and what is wrong, to complete, or not read, by field and lines."""
    say = service.wording.say
    groups = grouped(imported.findings)
    if groups:
        table = _table(console, "catalogue.where", "catalogue.field", "catalogue.problem", say=say)
        for group in groups:
            style = _STYLES[group.gravity]
            where = f"{group.file}\n{_lines(group, service.wording)}"
            table.add_row(
                Text(where), Text(group.field, style=style), Text(_problem(group, service.wording))
            )
        console.print(table)
    taken = len(imported.services)
    counts = {"taken": taken, "read": imported.read, "bad": imported.bad}
    console.print(Text(say("catalogue.imported", file=file, **counts)))
    if not taken:
        console.print(Text(say("catalogue.nothing_taken"), style="yellow"))
        return
    console.print(Text(say("catalogue.written", out=out)))
    if imported.incomplete:
        console.print(Text(say("catalogue.incomplete", count=imported.incomplete), style="yellow"))


def _lines(group: Group, wording: Wording) -> str:
    shown = [str(a) if a == b else f"{a}-{b}" for a, b in group.lines]
    kind = "catalogue.lines" if group.file.lower().endswith(".csv") else "catalogue.objects"
    return wording.say(kind, list=wording.list(shown, most=12))


def _problem(group: Group, wording: Wording) -> str:
    said = wording.say(f"catalogue.problem_{group.problem}")
    if group.gravity is not Gravity.ERROR and group.problem is Problem.MISSING:
        said = wording.say("catalogue.left_to_complete")
    values = ", ".join(f"«{value}»" for value in group.values)
    count = f" ({group.count})" if group.count > 1 else ""
    return f"{said}{count}: {values}" if values else f"{said}{count}"


def _for_whom(one: LocalService, service: Service) -> list[str]:
    say = service.wording.say
    lines = [say(f"audience.{audience}") for audience in one.audiences]
    if written := ages(one):
        lines.append(say("catalogue.age", ages=written))
    names = area_names(one, service.territory)
    if names:
        lines.append(say("catalogue.area", names=service.wording.list(names)))
    elif one.area:
        lines.append(say("catalogue.whole_territory"))
    lines.append(", ".join(say(f"need.{need}") for need in one.needs))
    return [line for line in lines if line]


def _start(one: LocalService, today: date, wording: Wording) -> str:
    start = one.next_start(today)
    if start is not None:
        return wording.say("catalogue.starts", date=start)
    return wording.say("catalogue.closed" if one.starts else "plan.start_seat")


def _cost(one: LocalService, wording: Wording) -> str:
    payer = wording.say(f"payer.{one.paid_by}")
    if one.paid_by is Payer.FUND:
        return wording.say("plan.euro_by", cost=one.cost_eur, payer=payer)
    return payer


def _confirmed(one: LocalService, wording: Wording) -> str:
    if one.assured is None:
        return wording.say(f"freshness.{Freshness.UNDATED}")
    return wording.say("catalogue.stale_since", date=one.assured)


def _shown(value: object) -> str:
    if value is None or value == ():
        return "-"
    if isinstance(value, tuple):
        return shortened(", ".join(_shown(one) for one in value))
    if isinstance(value, PaperAsked):
        return value.text or str(value.kind)
    return shortened(str(value))


def _table(console: Console, *headers: str, say: Callable[[str], str]) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, width=min(console.width, _WIDEST), pad_edge=False, show_lines=True
    )
    for header in headers:
        table.add_column(say(header), overflow="fold")
    return table
