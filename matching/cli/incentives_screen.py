"""The personal sheet on incentives and the general list of a vacancy, on screen and as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from matching.accompaniment.incentives.general import OfVacancy
from matching.accompaniment.incentives.personal import Judged, PersonalSheet
from matching.accompaniment.rules import RuleState, what_changes, what_holds
from matching.accompaniment.rules.telling import line, questions, told, told_all
from matching.cli.rights_screen import check_row, closing, grounds, print_rule, rule_row
from matching.wording import Wording


def print_sheet(
    console: Console, wording: Wording, sheet: PersonalSheet, measures: Mapping[str, str]
) -> None:
    """The sheet of a person, which says at its head that it is hers."""
    console.print(Text(wording.say("incentive.title", on=sheet.day), style="bold"))
    console.print(Text(wording.say("incentive.hers")))
    for one in sheet.incentives:
        _print(console, wording, one, measures, brings="incentive.could_bring")
    console.print(Text("\n" + wording.say("incentive.status_title"), style="bold"))
    for one in sheet.statuses:
        _print(console, wording, one, measures, brings="incentive.status")


def _print(
    console: Console, wording: Wording, one: Judged, measures: Mapping[str, str], *, brings: str
) -> None:
    offered = one.state in (RuleState.LIKELY, RuleState.POSSIBLE, RuleState.TO_CHECK)
    said = wording.say(brings, text=line(one.rule.brings, wording)) if offered else ""
    print_rule(
        console,
        wording,
        one.rule,
        one.state,
        [
            said,
            *grounds(one.state, one.checks, wording, measures),
            *(line(fact, wording) for fact in (one.period.facts if one.period else ())),
            *closing(one.rule, one.state, one.period, wording),
        ],
    )


def print_general(
    console: Console,
    wording: Wording,
    found: Sequence[OfVacancy],
    measures: Mapping[str, str],
    *,
    on: date,
) -> None:
    """What a vacancy could bring, by whoever might be hired: nobody is in it."""
    console.print(Text(wording.say("incentive.general_title", on=on), style="bold"))
    console.print(Text(wording.say("incentive.nobody")))
    if not found:
        console.print(Text(wording.say("incentive.none")))
    for one in found:
        state = RuleState.EXPIRED if one.expired else RuleState.TO_CHECK
        lines = []
        if not one.expired:
            lines.append(
                wording.say("incentive.could_bring", text=line(one.incentive.brings, wording))
            )
        if one.person:
            said = "; ".join(told(clause, wording, measures) for clause in one.person)
            lines.append(wording.say("incentive.for_whom", list=said))
        if holding := what_holds(one.hire):
            lines.append(
                wording.say("incentive.hire_holds", list=told_all(holding, wording, measures))
            )
        lines.extend(
            wording.say("incentive.hire_asks", text=question)
            for question in questions(what_changes(one.hire), wording)
        )
        lines.extend(closing(one.incentive, state, one.period, wording))
        print_rule(console, wording, one.incentive, state, lines)


def sheet_row(
    sheet: PersonalSheet, wording: Wording, measures: Mapping[str, str]
) -> dict[str, Any]:
    """A personal sheet as JSON says it."""
    return {
        "person_id": sheet.person_id,
        "vacancy_id": sheet.vacancy_id,
        "day": sheet.day.isoformat(),
        "notice": wording.say("incentive.hers"),
        "incentives": [_row(one, wording, measures) for one in sheet.incentives],
        "statuses": [_row(one, wording, measures) for one in sheet.statuses],
    }


def general_row(one: OfVacancy, wording: Wording, measures: Mapping[str, str]) -> dict[str, Any]:
    """An incentive of a vacancy as JSON says it: no person is in it."""
    return {
        "id": one.incentive.id,
        "name": line(one.incentive.name, wording),
        "expired": one.expired,
        "brings": line(one.incentive.brings, wording),
        "for_whom": [told(clause, wording, measures) for clause in one.person],
        "hire": [check_row(check, wording, measures) for check in one.hire],
        "law": one.incentive.law,
        "source": one.incentive.source,
        "verified": one.incentive.verified,
        "valid_from": None if one.incentive.valid_from is None else str(one.incentive.valid_from),
        "valid_to": None if one.incentive.valid_to is None else str(one.incentive.valid_to),
    }


def _row(one: Judged, wording: Wording, measures: Mapping[str, str]) -> dict[str, Any]:
    return rule_row(one.rule, one.state, one.checks, one.period, wording, measures)
