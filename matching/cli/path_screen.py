"""A path on screen: the rights first, then the plan with why each step stands where it does."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.needs.told import question_of
from matching.accompaniment.order_telling import order_doubts, order_reasons
from matching.accompaniment.ordering import Placed
from matching.accompaniment.rights import Right
from matching.accompaniment.rules import RuleState
from matching.accompaniment.rules.telling import line
from matching.cli.plan_needs import Needs
from matching.cli.plan_screen import print_plan
from matching.domain import Difficulty, Need, Plan, Step, ToldAnswer
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
    catalogue: Catalogue | None,
    fund: FundPolicy | None,
) -> None:
    """The plan, whose steps are those placed, with their reasons and those of their order.

    ``alone`` where the person was ranked among nobody: then no place is told. ``fund`` says over
    which amount the committee decides.
    """
    eases = {one.slug: one.eases for one in (catalogue.services if catalogue else ())}
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
        beside={
            one.step.service: [
                *_told(one.step, eases.get(one.step.service, ()), needs, wording),
                *_beside(one, wording),
                *_decides(one.step, fund, wording),
            ]
            for one in placed
        },
    )


def answers_behind(
    step: Step, eases: Collection[Difficulty], needs: Needs
) -> tuple[ToldAnswer, ...]:
    """The answers that a step is for: those that it eases, else the gravest of its needs."""
    if needs.told is None:
        return ()
    mine = [one for one in needs.told.answers if one.need in step.needs]
    eased = [one for one in mine if one.difficulty in eases]
    gravest = [one for one in mine if one.level is needs.told.needs[one.need].level]
    return tuple(eased or gravest)


def _told(
    step: Step, eases: Collection[Difficulty], needs: Needs, wording: Wording
) -> Iterator[tuple[str, str]]:
    if needs.form is None:
        return
    said = []
    for one in answers_behind(step, eases, needs):
        asked = question_of(needs.form, one)
        said.append(
            wording.say(
                "path.told_answer",
                answer=line(asked.choices[one.choice].text, wording),
                question=line(asked.text, wording),
            )
        )
    if said:
        yield wording.say("path.told"), "; ".join(said)


def to_committee(step: Step, fund: FundPolicy | None) -> bool:
    """Whether the committee of the fund decides on the amount of a step."""
    return fund is not None and 100 * step.cost_eur > fund.committee_over.most


def _decides(step: Step, fund: FundPolicy | None, wording: Wording) -> Iterator[tuple[str, str]]:
    if fund is not None and to_committee(step, fund):
        over = fund.committee_over.most // 100
        yield wording.say("path.decides"), wording.say("path.committee", over=over)


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
