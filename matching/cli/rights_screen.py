"""Public measures to be checked, on screen and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.rights import Right
from matching.accompaniment.rules import (
    Check,
    Condition,
    Period,
    Rule,
    RuleState,
    Truth,
    what_changes,
    what_holds,
)
from matching.accompaniment.rules.telling import line, questions, told, told_all
from matching.wording import Wording

_STYLES = {
    RuleState.LIKELY: "bold green",
    RuleState.POSSIBLE: "bold yellow",
    RuleState.TO_CHECK: "bold cyan",
    RuleState.UNLIKELY: "dim",
    RuleState.EXPIRED: "dim",
}


def print_rights(
    console: Console,
    wording: Wording,
    found: Sequence[Right],
    measures: Mapping[str, str],
    *,
    as_of: date,
    office: str,
) -> None:
    """Every measure with its state, why, what would change it, and where to check."""
    console.print(Text(wording.say("right.title", on=as_of), style="bold"))
    console.print(Text(wording.say("right.first")))
    console.print(Text(wording.say("right.office", office=office)))
    for right in found:
        print_rule(
            console,
            wording,
            right.measure,
            right.state,
            [
                line(right.measure.brings, wording),
                *grounds(right.state, right.checks, wording, measures),
                *(line(fact, wording) for fact in right.facts),
                *closing(right.measure, right.state, right.period, wording),
            ],
            mark=wording.say("right.received") if right.received else "",
        )


def print_rule(
    console: Console,
    wording: Wording,
    rule: Rule,
    state: RuleState,
    lines: Sequence[str],
    *,
    mark: str = "",
) -> None:
    """The name of a rule with its state, and some lines below it."""
    head = Text(f"\n{line(rule.name, wording)}", style="bold")
    head.append(f" - {wording.say(f'rule_state.{state}')}", style=_STYLES[state])
    if mark:
        head.append(f" ({mark})")
    console.print(head)
    for text in filter(None, lines):
        console.print(Padding(Text(text), (0, 0, 0, 3)))


def grounds(
    state: RuleState,
    checks: Sequence[Check],
    wording: Wording,
    measures: Mapping[str, str],
) -> Iterator[str]:
    """What holds, what does not, what would change it, and what to ask."""
    if state is RuleState.EXPIRED:
        return
    holding = what_holds(checks)
    failing = [one for one in checks if one.truth is Truth.FAILS]
    if holding:
        yield wording.say("right.holds", list=told_all(holding, wording, measures))
    if failing:
        yield wording.say("right.fails", list=told_all(failing, wording, measures))
    else:
        for question in questions(what_changes(checks), wording):
            yield wording.say("assess.again", text=question)


def closing(rule: Rule, state: RuleState, period: Period | None, wording: Wording) -> Iterator[str]:
    """What only a desk can look at, where it is, the law with its source, and the dates."""
    if state is RuleState.EXPIRED:
        yield line(rule.ended, wording)
        if rule.valid_to is not None:
            yield wording.say("right.ended", on=rule.valid_to)
    else:
        if period is None:
            yield wording.say("right.thresholds_missing")
        if rule.also:
            yield wording.say("right.also", text=line(rule.also, wording))
        desks = ", ".join(wording.say(f"desk.{desk}") for desk in rule.desks)
        yield wording.say("right.where", list=desks)
    yield (
        wording.say("right.law", law=rule.law, source=rule.source)
        if rule.verified
        else wording.say("right.unread", law=rule.law)
    )
    if state is not RuleState.EXPIRED:
        if rule.valid_from is not None:
            yield wording.say("right.from_on", on=rule.valid_from)
        if rule.valid_to is not None:
            yield wording.say("right.to_end", on=rule.valid_to)
        if period is not None and period.valid_to is not None:
            yield wording.say("right.thresholds_to", on=period.valid_to)


def right_row(right: Right, wording: Wording, measures: Mapping[str, str]) -> dict[str, Any]:
    """A right as JSON says it."""
    return {
        **rule_row(right.measure, right.state, right.checks, right.period, wording, measures),
        "received": right.received,
    }


def rule_row(
    rule: Rule,
    state: RuleState,
    checks: Sequence[Check],
    period: Period | None,
    wording: Wording,
    measures: Mapping[str, str],
) -> dict[str, Any]:
    """A rule, its state and its conditions as JSON says them."""
    changing = what_changes(checks)
    return {
        "id": rule.id,
        "name": line(rule.name, wording),
        "state": state.value,
        "brings": line(rule.brings, wording),
        "conditions": [check_row(one, wording, measures) for one in checks],
        "would_change": [check_row(one, wording, measures) for one in changing],
        "questions": list(questions(changing, wording)),
        "facts": [line(fact, wording) for fact in (period.facts if period else ())],
        "also": line(rule.also, wording),
        "ended": line(rule.ended, wording) if state is RuleState.EXPIRED else "",
        "desks": [desk.value for desk in rule.desks],
        "law": rule.law,
        "source": rule.source,
        "verified": rule.verified,
        "checked": rule.checked.isoformat(),
        "valid_from": _day(rule.valid_from),
        "valid_to": _day(rule.valid_to),
        "thresholds_from": _day(period.valid_from if period else None),
        "thresholds_to": _day(period.valid_to if period else None),
    }


def check_row(check: Check, wording: Wording, measures: Mapping[str, str]) -> dict[str, Any]:
    """A condition, with its threshold, and whether it holds."""
    row: dict[str, Any] = {
        "text": told(check.clause, wording, measures),
        "truth": check.truth.value,
    }
    if isinstance(check.clause, Condition):
        return {"ask": check.clause.ask.value, **row}
    parts = [check_row(part, wording, measures) for part in check.parts]
    return {**row, "any_of" if check.clause.any_of else "all_of": parts}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
