"""A risk assessment for people: on this screen it is the priority for support."""

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from matching.domain import Factor, Horizon, RiskAssessment, State
from matching.explanation.calibration import calibration_notes
from matching.features.situation import SITUATION
from matching.models.risk import REASON_MONTHS
from matching.priority.sentences import band
from matching.wording import Wording

_WIDEST = 100  # longer lines are hard to read
_LABELS = {column.name: column.label for column in SITUATION}


def print_risk(
    console: Console, wording: Wording, assessment: RiskAssessment, *, name: str | None = None
) -> None:
    """Chances with intervals, reasons, what can be worked on, what to ask, what it is used for."""
    say = wording.say
    console.print(Text(say("risk_screen.title", name=name or assessment.person_id), style="bold"))
    console.print(Text(say("risk_screen.as_of", date=assessment.as_of, model=assessment.model)))
    if assessment.model.synthetic:
        console.print(Text(say("risk_screen.synthetic"), style="yellow"))
    console.print()
    if assessment.state is State.NOT_ENOUGH_DATA:
        console.print(Text(say("screen.not_enough_data").capitalize(), style="bold"))
        console.print(Text(say("risk_screen.nothing_known")))
    else:
        console.print(Text(say("risk_screen.among")))
        console.print(Padding(_chances(console, wording, assessment.horizons), (0, 0, 0, 2)))
        console.print(
            Text(
                say(
                    "risk_screen.typical",
                    typical=round(100 * assessment.typical),
                    months=REASON_MONTHS,
                )
            )
        )
        for note in calibration_notes(assessment.calibration, wording):
            console.print(Text(note))
        if assessment.priority is not None and assessment.thresholds is not None:
            console.print(Text(band(assessment.priority, assessment.thresholds, wording)))
    console.print(Padding(_body(console, wording, assessment), (0, 0, 0, 2)))


def _chances(console: Console, wording: Wording, horizons: tuple[Horizon, ...]) -> Table:
    grid = _grid(console)
    for horizon in horizons:
        chance = horizon.no_work
        grid.add_row(
            Text(wording.say("risk_screen.after", months=horizon.months)),
            Text(
                wording.say(
                    "risk_screen.chance",
                    value=round(100 * chance.value),
                    lower=round(100 * chance.lower),
                    upper=round(100 * chance.upper),
                    inactive=round(100 * horizon.inactive.value),
                )
            ),
        )
    return grid


def _body(console: Console, wording: Wording, assessment: RiskAssessment) -> Table:
    grid = _grid(console)
    for factor in assessment.factors:
        points = _points(factor)
        grid.add_row(Text(f"{points:+d}" if points else "="), Text(factor.text))
    raising = [
        wording.say(_LABELS[factor.name])
        for factor in assessment.factors
        if factor.changeable and _points(factor) > 0
    ]
    if raising:
        grid.add_row("", Text(wording.say("risk_screen.changeable", list=wording.list(raising))))
    if assessment.questions:
        grid.add_row("", Text(f"{wording.say('screen.ask')}:"))
        for question in assessment.questions:
            grid.add_row("-", Text(question.text))
    return grid


def _points(factor: Factor) -> int:
    return round(100 * factor.effect)


def _grid(console: Console) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.width = min(console.width - 2, _WIDEST)
    grid.add_column(justify="right", min_width=3)
    grid.add_column(ratio=1)
    return grid
