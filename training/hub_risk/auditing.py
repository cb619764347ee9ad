"""The hub's own model by group, and what leaving the age out costs whom: for the model card.

Who is in which group is known here and in no model. Groups are shown as in any audit: none of
fewer than ten, nor one from which such a group could be worked out.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from matching.models.risk import HORIZONS, REASON_MONTHS
from training.hub_risk.choosing import Choice, learn
from training.hub_risk.held_out import beside, interval_row, rounded
from training.protected_people import AGE, ProtectedPeople
from training.selection import Candidate, select
from training.tabular.groups import Group, audit_groups
from training.tabular.parts import Parts, parts
from training.tabular.scored import Scored, spread
from training.tabular.variants import Compared, with_and_without

_CELLS = ("gap", "slope", "ece", "fnr")
UNAUDITED = "The history has no protected.jsonl: nothing is known of groups."


def groups_entry(
    people: Mapping[int, Scored], spells: pd.DataFrame, protected: ProtectedPeople | None
) -> dict[str, Any]:
    """Each group's outcomes beside what was foretold, as JSON values.

    Parameters
    ----------
    people
        By horizon, chances of people whom the model did not learn from, and what came. The
        horizon of the reasons is taken, or the longest before it at which those whose outcome is
        known stand for few others.
    spells
        Of the same people, in the same order.
    protected
        Who is in which group.

    Returns
    -------
    dict
        ``months``, and for each group ``n``, ``base_rate`` (no work by then), ``mean_foretold``,
        and ``gap``, ``slope``, ``ece``, ``fnr`` with 95% intervals and verdicts, as
        :func:`training.tabular.groups.audit_groups` measures them; nothing but its name where a
        group may not be shown. Or ``state``, why there are none.
    """
    if protected is None:
        return {"state": UNAUDITED}
    months = _horizon(people)
    if months is None:
        return {"state": "Nobody was seen long enough for an outcome."}
    found = audit_groups(people[months], _parts(spells, protected))
    return {
        "months": months,
        "followed_closely": found.top_share,
        "groups": [_group(one) for one in found.groups],
    }


def age_entry(
    choice: Choice,
    X: pd.DataFrame,
    outcomes: pd.DataFrame,
    spells: pd.DataFrame,
    protected: ProtectedPeople | None,
) -> dict[str, Any]:
    """The chosen model with the age and without it, on the same folds, as JSON values.

    Parameters
    ----------
    choice
        The model that was chosen, whether it reads the age or not.
    X, outcomes, spells
        The people it learnt from; ``X`` has the age where the model may read it.
    protected
        Their years of birth.

    Returns
    -------
    dict
        ``months``, ``input`` (whether the age enters the model), and for each group each metric
        with it and without it and what leaving it out costs, above 0 worse, with its 95% interval;
        or ``state``, why nothing can be said.
    """
    reads = AGE in X.columns
    ages = None if protected is None else protected.ages(spells)
    if protected is None or ages is None or np.isnan(ages).all():
        return {"input": reads, "state": "No year of birth is known of anybody."}
    if choice.selection is None:
        return {"input": reads, "state": "There is too little to compare models."}
    other = X.drop(columns=AGE) if reads else X.assign(age=ages)
    allowed = () if reads else (AGE,)
    candidate = Candidate(choice.name, partial(learn, choice.name, allowed=allowed))
    again = select(other, outcomes, [candidate], choice.folds)
    tested = choice.tested
    here, there = (
        beside({one: found.no_work(choice.name, one)[tested] for one in HORIZONS}, outcomes[tested])
        for found in (choice.selection, again)
    )
    months = _horizon(here)
    if months is None:
        return {"input": reads, "state": "Nobody was seen long enough for an outcome."}
    with_it, without_it = (here, there) if reads else (there, here)
    compared = with_and_without(
        with_it[months],
        without_it[months],
        _parts(spells[tested], protected),
        left_out=(AGE,),
    )
    return {
        "input": reads,
        "months": months,
        "people": int(tested.sum()),
        "groups": [_compared(one) for one in compared.groups],
    }


def _horizon(people: Mapping[int, Scored]) -> int | None:
    """The horizon of the reasons, or a shorter one where at that few stand for many."""
    known = [months for months in sorted(people) if months <= REASON_MONTHS]
    told = [one for one in known if spread(people[one].weight) >= people[one].known.sum() / 2]
    return told[-1] if told else next(iter(known), None)


def _parts(spells: pd.DataFrame, protected: ProtectedPeople) -> Parts:
    table = protected.groups(spells)
    known: Sequence[str] = [str(name) for name in table.columns if table[name].notna().any()]
    return parts(table, known)


def _named(one: Group | Compared) -> dict[str, Any]:
    return {
        "columns": list(one.columns),
        "values": list(one.values),
        "name": one.name,
        "shown": one.shown,
    }


def _group(one: Group) -> dict[str, Any]:
    named = _named(one)
    if not one.shown:
        return named
    cells = {
        cell.metric: {
            "value": rounded(cell.value),
            "low": rounded(cell.low),
            "high": rounded(cell.high),
            "verdict": None if cell.verdict is None else str(cell.verdict),
        }
        for cell in one.cells
        if cell.metric in _CELLS
    }
    return named | {
        "n": one.n,
        "without_work": one.positives,
        "with_work": one.negatives,
        "small": one.small,
        "base_rate": None if one.observed is None else interval_row(one.observed),
        "mean_foretold": rounded(one.mean_risk),
        **cells,
    }


def _compared(one: Compared) -> dict[str, Any]:
    named = _named(one)
    if not one.shown:
        return named
    return named | {
        "n": one.n,
        "without_work": one.positives,
        "changes": {
            change.metric: {
                "with": rounded(change.with_it),
                "without": rounded(change.without_it),
                "cost": interval_row(change.cost),
                "worse": change.worse,
            }
            for change in one.changes
        },
    }
