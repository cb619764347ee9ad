"""Situation and risk model -> assessment: chances with intervals, reasons, what to ask."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import pandas as pd

from matching.domain import (
    Chance,
    Factor,
    Horizon,
    HubCalibration,
    ModelStamp,
    Question,
    RiskAssessment,
    Situation,
    State,
)
from matching.errors import FeatureError
from matching.features.age import AGE, with_age
from matching.features.situation import (
    SITUATION,
    SITUATION_COLUMNS,
    nothing_known,
    situation_features,
)
from matching.models.risk import HORIZONS, worth_asking
from matching.models.risk_models import RiskModel
from matching.wording import Wording

# Steps of what is stored: far below a point, far above the rounding of sums.
_DECIMALS = 4
_QUESTION_KEYS = MappingProxyType({column.name: column.question for column in (*SITUATION, AGE)})
_NO_AGES: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RiskExplainer:
    """Explains one risk model's chances in one language."""

    wording: Wording

    def factors(
        self, situation: Situation, parts: Mapping[str, float], *, age: int | None = None
    ) -> tuple[Factor, ...]:
        """Return a reason for each known answer that the model reads, the strongest first.

        ``parts`` is a row of the model's ``contributions``.
        """
        found = [
            Factor(
                name=column.name,
                effect=round(parts[column.name], _DECIMALS),
                text=_SENTENCES[column.name](self.wording, getattr(situation, column.name)),
                changeable=column.changeable,
            )
            for column in SITUATION
            if column.name in parts and getattr(situation, column.name) is not None
        ]
        if AGE.name in parts and age is not None:
            found.append(
                Factor(
                    name=AGE.name,
                    effect=round(parts[AGE.name], _DECIMALS),
                    text=self.wording.say("risk_reason.age", count=age),
                    changeable=AGE.changeable,
                )
            )
        return tuple(sorted(found, key=lambda factor: (-abs(factor.effect), factor.name)))

    def questions(
        self, unknown: Sequence[str], swings: Mapping[str, float], *, most: int = 3
    ) -> tuple[Question, ...]:
        """Return what to ask next, the answer that could move the chance most first.

        ``unknown`` and ``swings`` are a person's of the model's ``unknowns`` and ``swings``.
        """
        return tuple(
            Question(
                key=_QUESTION_KEYS[name],
                text=self.wording.say(_QUESTION_KEYS[name]),
                swing=round(swings[name], _DECIMALS),
            )
            for name in unknown[:most]
        )


def assess(
    model: RiskModel,
    situations: Sequence[Situation],
    *,
    as_of: date,
    stamp: ModelStamp,
    wording: Wording,
    calibration: tuple[HubCalibration, ...] = (),
    ages: Mapping[str, int] = _NO_AGES,
) -> tuple[RiskAssessment, ...]:
    """Assess each situation by itself, in the given order.

    ``calibration`` is what the model's package says of the hub's own outcomes; ``ages`` are in
    years by person, read only by a model that a territory's policy let the age into.

    Where nothing at all is known the state says so: the chances are those of the typical person,
    anything from 0 to 1 is possible, and there are no reasons, only questions.

    Raises
    ------
    InputError
        For an answer that cannot be.
    FeatureError
        If the model reads what no situation says.
    """
    names = [str(name) for name in model.feature_names_in_]
    if strange := [name for name in names if name not in (*SITUATION_COLUMNS, AGE.name)]:
        raise FeatureError(
            f"The model reads {strange[0]!r}, which no situation says; load one that was trained "
            "on features.situation."
        )
    X = situation_features(situations)
    X = with_age(X, ages) if AGE.name in names else X
    # To pick columns takes longer than to foretell one person.
    X = X if X.columns.tolist() == names else X[names]
    chances = model.predict(X, HORIZONS)
    lower, upper = model.predict_interval(X, HORIZONS)
    middle, low, high = _rows(chances), _rows(lower), _rows(upper)
    moved = model.swings(X)
    parts, swings, unknowns = _rows(model.contributions(X)), _rows(moved), worth_asking(moved)
    typical = round(model.typical(), _DECIMALS)
    explainer = RiskExplainer(wording)
    found = []
    for row, situation in enumerate(situations):
        known = not nothing_known(situation)
        ends = (low[row], high[row]) if known else None
        found.append(
            RiskAssessment(
                person_id=situation.person_id,
                as_of=as_of,
                model=stamp,
                state=State.OK if known else State.NOT_ENOUGH_DATA,
                horizons=tuple(
                    Horizon(
                        months=months,
                        no_work=_chance(middle[row], ends, f"no_work_{months}"),
                        inactive=_chance(middle[row], ends, f"inactive_{months}"),
                    )
                    for months in HORIZONS
                ),
                typical=typical,
                factors=(
                    explainer.factors(situation, parts[row], age=ages.get(situation.person_id))
                    if known
                    else ()
                ),
                questions=explainer.questions(unknowns[row], swings[row]),
                calibration=calibration,
            )
        )
    return tuple(found)


def _chance(
    values: Mapping[str, float],
    ends: tuple[Mapping[str, float], Mapping[str, float]] | None,
    column: str,
) -> Chance:
    low, high = (0.0, 1.0) if ends is None else (end[column] for end in ends)
    return Chance(
        value=round(values[column], _DECIMALS),
        lower=round(low, _DECIMALS),
        upper=round(high, _DECIMALS),
    )


def _rows(frame: pd.DataFrame) -> list[dict[str, float]]:
    names = [str(name) for name in frame.columns.tolist()]
    return [
        dict(zip(names, values, strict=True)) for values in frame.to_numpy(dtype=float).tolist()
    ]


_Sentence = Callable[[Wording, int | float | str], str]


def _count(key: str) -> _Sentence:
    return lambda wording, value: wording.say(key, count=value)


def _percent(key: str) -> _Sentence:
    return lambda wording, value: wording.say(key, percent=round(100 * float(value)))


def _yes_no(yes: str, no: str) -> _Sentence:
    return lambda wording, value: wording.say(yes if value else no)


def _gap(wording: Wording, value: int | float | str) -> str:
    if value == 0:
        return wording.say("risk_reason.still_working")
    return wording.say("risk_reason.months_since_last_job", count=value)


_SENTENCES: Mapping[str, _Sentence] = MappingProxyType(
    {
        "months_since_last_job": _gap,
        "share_worked_5y": _percent("risk_reason.share_worked_5y"),
        "jobs_5y": _count("risk_reason.jobs_5y"),
        "longest_job_5y": _count("risk_reason.longest_job_5y"),
        "past_long_spells": _count("risk_reason.past_long_spells"),
        "education_level": lambda wording, value: wording.say(
            "risk_reason.education_level", level=wording.say(f"level.eqf{value}")
        ),
        "italian_level": lambda wording, value: wording.say(
            "risk_reason.italian_level", level=value
        ),
        "driving_licence": _yes_no(
            "risk_reason.driving_licence", "risk_reason.driving_licence_none"
        ),
        "own_vehicle": _yes_no("risk_reason.own_vehicle", "risk_reason.own_vehicle_none"),
        "weekly_hours": _count("risk_reason.weekly_hours"),
        "debt_stress": _yes_no("risk_reason.debt_stress", "risk_reason.debt_stress_none"),
        "housing_stress": _yes_no("risk_reason.housing_stress", "risk_reason.housing_stress_none"),
        "local_demand": _percent("risk_reason.local_demand"),
        "own_rating": _count("risk_reason.own_rating"),
    }
)
