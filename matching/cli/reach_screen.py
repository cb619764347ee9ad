"""How reach and what services would open are said."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.accompaniment import Catalogue
from matching.domain.reach import Reach, ReachGain
from matching.taxonomy import Taxonomy
from matching.territory import ReachPolicy
from matching.wording import Wording

_WIDEST = 100  # longer lines are hard to read


def gain_line(gain: ReachGain, wording: Wording) -> str:
    """What one service would open over all the vacancies counted."""
    say = wording.say
    before, after = gain.before, gain.after
    if not gain.opened and after.monthly == before.monthly:
        return say("reach.gain_none", before=before.suitable)
    near = say("reach.near", near=after.near, minutes=after.near_minutes) if after.near else ""
    parts = [say("reach.gain", before=before.suitable, after=after.suitable, near=near)]
    if before.monthly is not None and after.monthly is not None:
        parts.append(say("reach.usual", before=before.monthly, after=after.monthly))
    if before.expected is not None and after.expected is not None:
        parts.append(say("reach.expected", before=before.expected, after=after.expected))
    return "; ".join(parts)


def print_reach(
    console: Console,
    wording: Wording,
    *,
    name: str,
    known: bool,
    counted: int,
    own: Reach,
    gains: Sequence[ReachGain],
    catalogue: Catalogue | None,
    taxonomy: Taxonomy,
    policy: ReachPolicy,
) -> None:
    """A person's reach, and the services that would widen it, the widest first.

    ``known`` says whether her profile gives anything to go by, ``counted`` how many open vacancies
    there are.
    """
    say = wording.say
    console.print(Text(say("reach.title", name=name), style="bold"))
    if not known:
        console.print(Text(say("reach.nothing"), style="yellow"))
        return
    console.print(Text(" ".join(_now(own, counted, policy, wording))))
    console.print(
        Text(say("reach.rule", share=100 * policy.suitable, most=policy.most_minutes), style="dim")
    )
    if catalogue is None:
        console.print(Text(say("reach.no_catalogue"), style="yellow"))
        return
    opening = [gain for gain in gains if gain.opened or gain.after.monthly != own.monthly]
    if not opening:
        console.print(Text(say("reach.none_opens")))
        return
    console.print(_table(opening, catalogue, taxonomy, wording, min(console.width, _WIDEST)))
    rest = len(gains) - len(opening)
    if rest:
        console.print(Text(say("reach.others", count=rest)))


def _now(own: Reach, counted: int, policy: ReachPolicy, wording: Wording) -> list[str]:
    say = wording.say
    parts = [
        say(
            "reach.now",
            suitable=own.suitable,
            all=counted,
            near=own.near,
            minutes=policy.near_minutes,
        )
    ]
    if own.unknown:
        parts.append(say("reach.now_unknown", unknown=own.unknown))
    if own.monthly is not None:
        parts.append(say("reach.now_usual", monthly=own.monthly))
    return parts


def _table(
    gains: Sequence[ReachGain],
    catalogue: Catalogue,
    taxonomy: Taxonomy,
    wording: Wording,
    width: int,
) -> Table:
    say = wording.say
    table = Table(box=box.SIMPLE_HEAD, width=width, pad_edge=False)
    table.add_column(say("reach.service"), ratio=1)
    table.add_column(say("reach.facts"))
    table.add_column(say("reach.before_after"), justify="right")
    table.add_column(say("reach.near_column"), justify="right")
    usual = any(gain.after.monthly is not None for gain in gains)
    if usual:
        table.add_column(say("reach.usual_column"), justify="right")
    services = {service.slug: service for service in catalogue.services}
    for gain in gains:
        service = services[gain.service]
        facts = say(
            "reach.hours_cost", hours=service.hours, cost=service.cost_eur, seats=service.seats
        )
        before, after = gain.before, gain.after
        first = [taxonomy.concepts[uri].label(wording.language) for uri in gain.first]
        needed = f"\n{say('reach.first', list=wording.list(first))}" if first else ""
        row = [
            service.name + needed,
            facts,
            f"{before.suitable} \u2192 {after.suitable}",
            f"{before.near} \u2192 {after.near}",
        ]
        if usual:
            row.append(f"{before.monthly or 0:.1f} \u2192 {after.monthly or 0:.1f}")
        table.add_row(*row)
    return table
