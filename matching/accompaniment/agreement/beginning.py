"""From a plan to an agreed path: every step proposed, none of them agreed to yet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from matching.accompaniment.agreement.life import begin, happen
from matching.accompaniment.catalogue import Catalogue, Service
from matching.accompaniment.confirming import last_week
from matching.accompaniment.json_values import typed
from matching.accompaniment.ordering import Placed
from matching.domain import Measure
from matching.domain.agreement import Agreement, Proposer, StepProposed
from matching.errors import InputError


def begun(
    placed: Sequence[Placed],
    catalogue: Catalogue | None,
    *,
    id: str,
    person_id: str,
    on: date,
    by: str,
    follows: Mapping[str, str] | None = None,
) -> Agreement:
    """A path with the steps of a plan proposed by the hub, in order.

    A step is named by its service. Its end is the week in which all its hours are over, where it
    has a date. ``follows`` says by slug who follows a step.

    Raises
    ------
    InputError
        For a blank name.
    """
    agreement = begin(id=id, person_id=person_id, on=on, by=by)
    for one in placed:
        step = one.step
        start = step.start
        event = StepProposed(
            on=on,
            by=by,
            step=step.service,
            title=step.name,
            proposer=Proposer.HUB,
            service=step.service,
            measure=step.measure,
            starts_on=start,
            ask_by=None if start is None else start - timedelta(days=step.lead_days),
            ends_on=_ends(catalogue, step.service, start),
            follows=(follows or {}).get(step.service),
        )
        agreement = happen(agreement, event)
    return agreement


def begun_of_rows(
    rows: Sequence[Mapping[str, Any]],
    catalogue: Catalogue | None,
    *,
    id: str,
    person_id: str,
    on: date,
    by: str,
) -> Agreement:
    """As :func:`begun`, of steps as :func:`matching.accompaniment.plan_rows.step_row` says them."""
    agreement = begin(id=id, person_id=person_id, on=on, by=by)
    for row in rows:
        where = f"step {row['service']!r}"
        start, ask_by = (
            None if row[name] is None else typed(date, row[name], where)
            for name in ("start", "ask_by")
        )
        event = StepProposed(
            on=on,
            by=by,
            step=row["service"],
            title=row["name"],
            proposer=Proposer.HUB,
            service=row["service"],
            measure=Measure(row["measure"]),
            starts_on=start,
            ask_by=ask_by,
            ends_on=_ends(catalogue, row["service"], start),
        )
        agreement = happen(agreement, event)
    return agreement


def step_of_service(
    service: Service,
    *,
    step: str,
    on: date,
    by: str,
    proposer: Proposer,
    starts_on: date | None = None,
) -> StepProposed:
    """A step for a service of the catalogue: its next edition from a day, or the one named.

    Raises
    ------
    InputError
        For a day on which no edition of a dated service starts.
    """
    if starts_on is not None and service.starts and starts_on not in service.starts:
        known = ", ".join(map(str, service.starts))
        raise InputError(f"starts_on = {starts_on} is no edition of this service; it has {known}.")
    start = starts_on or service.next_start(on)
    return StepProposed(
        on=on,
        by=by,
        step=step,
        title=service.name,
        proposer=proposer,
        service=service.slug,
        measure=service.measure,
        starts_on=start,
        ask_by=None if start is None else start - timedelta(days=service.lead_days),
        ends_on=None if start is None else _last_day(service, start),
    )


def _ends(catalogue: Catalogue | None, slug: str, start: date | None) -> date | None:
    services = () if catalogue is None else catalogue.services
    found = next((one for one in services if one.slug == slug), None)
    return None if found is None or start is None else _last_day(found, start)


def _last_day(service: Service, start: date) -> date:
    return last_week(service, start) + timedelta(days=6)
