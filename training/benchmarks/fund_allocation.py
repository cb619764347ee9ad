"""How much of what the best allocation would open the proposed one opens, and for whom.

Each district is a month of an invented fund (:mod:`training.benchmarks.fund_district`). The
proposal is made from what is known; what it opens is counted by what is true. Beside it stand the
optimum of who knew every effect and reach gain, that of hindsight, whoever asks first, and the
highest need first, with equal money and limits. Territorial floors apply to proposal and optima,
not to the two rules.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.stats import t as student

from matching.accompaniment.fund.allocation import (
    CURVE,
    Question,
    alternative,
    best,
    curve_choices,
    propose,
)
from matching.accompaniment.fund.choosing import ORDERS, Choice, by_rule
from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.fund.preparing import HIGHEST_NEED, Prepared
from matching.accompaniment.fund.purse import one_budget
from matching.domain.allocation import FundRequest
from matching.territory import Territory
from training.benchmarks.fund_district import AS_OF, District, district

OF_OPTIMUM = 0.95
OVER_FIRST_COME = 0.15
LOSS = 0.05
SECONDS = 30
_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class FundRun:
    """Everything a run depends on besides the product.

    ``budget_share`` is of all that is asked for; ``people_share`` of the plans that can be taken
    a step further; ``takers`` how many people took each service before: the first number is the
    main one, the others show what knowing more is worth.
    """

    seeds: tuple[int, ...] = (1, 2)
    plans: int = 1_500
    services: int = 60
    budget_share: float = 0.15
    people_share: float = 0.25
    takers: tuple[int, ...] = (60, 300, 1_500)


def fund_allocation(territory: Territory, policy: FundPolicy, run: FundRun) -> Mapping[str, Any]:
    """Measure every district, and sum up over districts with 95% intervals."""
    found = [_district(territory, policy, run, seed) for seed in run.seeds]
    names = [name for name, value in found[0].items() if isinstance(value, float)]
    return {
        "benchmark": "fund-allocation",
        "synthetic": True,
        "seeds": list(run.seeds),
        "plans": run.plans,
        "services": run.services,
        "budget_share": run.budget_share,
        "people_share": run.people_share,
        "takers": list(run.takers),
        "asked": {
            "of_optimum": OF_OPTIMUM,
            "over_first_come": OVER_FIRST_COME,
            "loss": LOSS,
            "seconds": SECONDS,
        },
        "met": {
            "of_optimum": sum(one["of_optimum"] >= OF_OPTIMUM for one in found),
            "over_first_come": sum(one["over_first_come"] >= OVER_FIRST_COME for one in found),
            "loss_euros": sum(one["loss_euros"] <= LOSS for one in found),
            "loss_benefit": sum(one["loss_benefit"] <= LOSS for one in found),
            "loss_people": sum(one["loss_people"] <= LOSS for one in found),
            "seconds": sum(one["seconds"] < SECONDS for one in found),
            "processor_seconds": sum(one["processor_seconds"] < SECONDS for one in found),
        },
        "summary": {name: _summary([one[name] for one in found]) for name in names},
        "curve": [
            {
                name: _summary([one["curve"][place][name] for one in found])
                for name in found[0]["curve"][place]
            }
            for place in range(len(CURVE))
        ],
        "whole_proposal": _whole(territory, policy, run),
        "districts": found,
    }


def _district(territory: Territory, policy: FundPolicy, run: FundRun, seed: int) -> dict[str, Any]:
    made = _made(territory, policy, run, seed, run.takers[0])
    question = _question(made, made.requests, policy, run)
    wall, processor = time.perf_counter(), time.process_time()
    prepared, _, choice = best(question)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    truth = _Truth(made, policy)
    optimum = _optimum(made, policy, run, made.truth)
    rules = {
        name: by_rule(prepared.candidates, order, money=question.money, limits=question.limits)
        for name, order in ORDERS.items()
    }
    true = truth.of(choice)
    row: dict[str, Any] = {
        "seed": seed,
        "requests": len(made.requests),
        "budget_eur": question.money.budget_cents // 100,
        "steps": len(choice.taken),
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "gap": float(choice.gap or 0.0),
        "optimum_gap": float(optimum.gap or 0.0),
        "of_optimum": true / truth.of(optimum),
        "of_hindsight": truth.hindsight(choice)
        / truth.hindsight(_optimum(made, policy, run, made.hindsight)),
        "over_first_come": true / truth.of(rules["first_come"]) - 1,
        "over_highest_need": true / truth.of(rules["highest_need"]) - 1,
        "over_greedy": true / truth.of(rules["greedy"]) - 1,
        "highest_need_share": _highest(choice) / choice.cents,
    }
    for takers in run.takers[1:]:
        known = _made(territory, policy, run, seed, takers)
        _, _, with_more = best(replace(_question(known, known.requests, policy, run)))
        row[f"of_optimum_{takers}"] = truth.of(with_more) / truth.of(optimum)
    row |= _floors(question, prepared, truth, rules["highest_need"])
    return {
        name: round(value, _DIGITS) if isinstance(value, float) else value
        for name, value in row.items()
    }


class _Truth:
    """What choices really open, by what is true of each step."""

    def __init__(self, made: District, policy: FundPolicy) -> None:
        def values(benefit: Mapping[str, float]) -> dict[str, float]:
            return {
                one.id: policy.value(replace(one, benefit=benefit[one.id])) for one in made.requests
            }

        self._truth, self._hindsight = values(made.truth), values(made.hindsight)

    def of(self, choice: Choice, *, highest_need: bool = False) -> float:
        """What is to be expected of a choice; of the highest-need quarter alone, if so."""
        return sum(
            self._truth[one.request.id]
            for one in choice.taken
            if not highest_need or one.request.need_quartile == HIGHEST_NEED
        )

    def hindsight(self, choice: Choice) -> float:
        """What came of a choice."""
        return sum(self._hindsight[one.request.id] for one in choice.taken)


def _floors(
    question: Question, prepared: Prepared, truth: _Truth, need_first: Choice
) -> dict[str, Any]:
    """The curve of the floor, in what is true, and what it costs to match the highest need first.

    ``loss_euros`` (``loss_benefit``, ``loss_people``) is the least loss on the curve at which the
    quarter gets as many euros (as much benefit, as many people helped) as where the highest need
    comes first; 1 where it never does.
    """
    choices = curve_choices(question, prepared)
    whole = truth.of(choices[0])
    euros, opened = _highest(need_first), truth.of(need_first, highest_need=True)
    people = _people(need_first)
    rows = [
        {
            "floor": share,
            "value": truth.of(choice) / whole,
            "highest_need_euros": _highest(choice) / euros,
            "highest_need_benefit": truth.of(choice, highest_need=True) / opened,
            "highest_need_people": _people(choice) / people,
        }
        for share, choice in zip(CURVE, choices, strict=True)
    ]
    # A thousandth: steps are whole, and so is what two choices come to.
    found: dict[str, Any] = {
        f"loss_{name}": float(
            min(
                (1 - row["value"] for row in rows if row[f"highest_need_{name}"] >= 0.999),
                default=1.0,
            )
        )
        for name in ("euros", "benefit", "people")
    }
    found["curve"] = [{name: round(value, _DIGITS) for name, value in row.items()} for row in rows]
    return found


def _whole(territory: Territory, policy: FundPolicy, run: FundRun) -> Mapping[str, Any]:
    """How long a proposal takes with everything that is shown beside it, on the first district."""
    made = _made(territory, policy, run, run.seeds[0], run.takers[0])
    wall, processor = time.perf_counter(), time.process_time()
    proposal = propose(_question(made, made.requests, policy, run))
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {
        "seconds": round(wall, 1),
        "processor_seconds": round(processor, 1),
        "proven": proposal.proven,
        "gap": round(proposal.gap, 6),
        "marginal_value": round(proposal.marginal_value or 0.0, _DIGITS),
        "shadow_value": round(proposal.shadow_value or 0.0, _DIGITS),
        "budgets": {
            one.name: round(one.value / proposal.value, _DIGITS) for one in proposal.budgets
        },
        "best_gap": max(one.gap or 0.0 for one in (*proposal.budgets, *proposal.curve)),
    }


def _made(
    territory: Territory, policy: FundPolicy, run: FundRun, seed: int, takers: int
) -> District:
    return district(
        territory,
        policy,
        seed=seed,
        plans=run.plans,
        services=run.services,
        people_share=run.people_share,
        takers=takers,
    )


def _question(
    made: District, requests: Sequence[FundRequest], policy: FundPolicy, run: FundRun
) -> Question:
    return Question(
        requests=requests,
        policy=policy,
        money=one_budget(int(run.budget_share * made.asked_cents)),
        limits=made.limits,
        as_of=AS_OF,
    )


def _optimum(
    made: District, policy: FundPolicy, run: FundRun, benefit: Mapping[str, float]
) -> Choice:
    known = [replace(one, benefit=benefit[one.id]) for one in made.requests]
    return best(_question(made, known, policy, run))[2]


def _highest(choice: Choice) -> int:
    return alternative("", choice, 0).highest_need_cents


def _people(choice: Choice) -> int:
    """How many people of the highest-need quarter are helped."""
    return len(
        {one.request.person for one in choice.taken if one.request.need_quartile == HIGHEST_NEED}
    )


def _summary(values: Sequence[float]) -> dict[str, float]:
    """Mean over districts with its 95% interval (Student's t), least and most."""
    found = np.array(values, dtype=float)
    mean = float(found.mean())
    half = 0.0
    if len(found) > 1:
        error = found.std(ddof=1) / np.sqrt(len(found))
        half = float(student.ppf(0.975, len(found) - 1) * error)
    numbers = {
        "mean": mean,
        "low": mean - half,
        "high": mean + half,
        "least": float(found.min()),
        "most": float(found.max()),
    }
    return {name: round(value, _DIGITS) for name, value in numbers.items()}
