"""From a plan to an agreed path: every step proposed, none of them agreed to yet."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from matching.accompaniment.agreement.life import begin, happen
from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.confirming import last_week
from matching.accompaniment.ordering import Placed
from matching.domain.agreement import Agreement, Proposer, StepProposed


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
    services = {} if catalogue is None else {one.slug: one for one in catalogue.services}
    agreement = begin(id=id, person_id=person_id, on=on, by=by)
    for one in placed:
        step = one.step
        start = step.start
        service = services.get(step.service)
        ends = None
        if start is not None and service is not None:
            ends = last_week(service, start) + timedelta(days=6)
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
            ends_on=ends,
            follows=(follows or {}).get(step.service),
        )
        agreement = happen(agreement, event)
    return agreement
