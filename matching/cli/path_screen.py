"""A path on screen: the rights first, then the plan with why each step stands where it does."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.order_telling import order_doubts, order_reasons
from matching.accompaniment.ordering import Placed
from matching.accompaniment.rights import Right
from matching.accompaniment.rules import RuleState
from matching.accompaniment.rules.telling import line
from matching.cli.plan_needs import Needs
from matching.cli.plan_screen import print_plan
from matching.domain import Need, Plan
from matching.wording import Wording

_INDENT = 3
_SHOWN = (RuleState.LIKELY, RuleState.POSSIBLE, RuleState.TO_CHECK)


def print_rights_first(
    console: Console, wording: Wording, found: Sequence[Right], *, as_of: date, file: Path
) -> None:
    """The public measures to check before any step, with the desks; nothing is refused."""
    console.print(Text(wording.say("path.rights", on=as_of), style="bold"))
    shown = [right for right in found if right.received or right.state in _SHOWN]
    if not shown:
        console.print(Text(wording.say("path.rights_none")))
    for right in shown:
        console.print(Padding(Text(_right(right, wording)), (0, 0, 0, _INDENT), expand=False))
    console.print(Text(wording.say("path.rights_all", file=file), style="dim"))
    console.print()


def print_path(
    console: Console,
    wording: Wording,
    plan: Plan,
    placed: Sequence[Placed],
    name: str,
    needs: Needs,
    *,
    alone: bool,
) -> None:
    """The plan, whose steps are those placed, with the reasons of their order.

    ``alone`` where the person was ranked among nobody: then no place is told.
    """
    if needs.declared:
        console.print(Text(wording.say("path.needs", list=_names(needs.declared, wording))))
    if needs.unknown:
        console.print(Text(wording.say("path.needs_open", list=_names(needs.unknown, wording))))
    print_plan(
        console,
        wording,
        plan,
        name,
        places=not alone,
        beside={one.step.service: list(_beside(one, wording)) for one in placed},
    )


def _beside(placed: Placed, wording: Wording) -> Iterable[tuple[str, str]]:
    reasons = list(order_reasons(placed, wording))
    doubts = list(order_doubts(placed, wording))
    if reasons:
        yield wording.say("path.order"), "; ".join(one.rstrip(".") for one in reasons) + "."
    if doubts:
        yield wording.say("path.talk"), "; ".join(one.rstrip(".") for one in doubts) + "."


def _right(right: Right, wording: Wording) -> str:
    name = line(right.measure.name, wording)
    if right.received:
        return wording.say("path.right_received", name=name)
    desks = ", ".join(wording.say(f"desk.{desk}") for desk in right.measure.desks)
    state = wording.say(f"rule_state.{right.state}")
    return wording.say("path.right", name=name, how=state, desks=desks)


def _names(needs: Iterable[Need], wording: Wording) -> str:
    return ", ".join(wording.say(f"need.{need}") for need in needs)
