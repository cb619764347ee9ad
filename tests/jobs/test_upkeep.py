import json
from dataclasses import replace

from matching.domain.access import Act
from matching.hub.waiting import Waits, reminders_of
from matching.jobs.kinds import JobKind
from matching.jobs.schedule import SCHEDULE
from matching.jobs.upkeep import reminders_handler
from matching.jobs.worker import Ending
from matching.store import Store
from matching.store.tables import jobs, journal
from tests.databases import LECCO, everybody
from tests.hub.deciding import MANAGER, POLICY, Hub, a_hub, sent
from tests.jobs.working import a_worker, worked


def time_goes_on(hub: Hub, hours: int) -> int:
    """Hours with a worker at their end; how many jobs were done."""
    hub.clock.goes_on(hours=hours)
    hourly = [one for one in SCHEDULE if one.kind is JobKind.REMINDERS]
    handlers = {JobKind.REMINDERS: reminders_handler(POLICY, None)}
    worker = replace(a_worker(handlers=handlers), hubs=frozenset({LECCO}), schedule=tuple(hourly))
    return worked(hub.store, worker)[Ending.DONE]


def test_a_proposal_expires_as_work_in_the_background_and_its_manager_is_told(
    store: Store,
) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    assert time_goes_on(hub, 89) == 1
    assert time_goes_on(hub, 8) == 1
    with hub.store.writing(MANAGER) as work:
        (row,) = reminders_of(work, work.now.date()).proposals
    assert (row.proposal_id, row.waits, row.is_mine) == (proposal, Waits.EXPIRED, True)
    with hub.store.reading(everybody()) as work:
        done = work.rows(jobs, order=[jobs.c.finished_at])
        (entry,) = work.rows(journal, journal.c.act == Act.EXPIRE_PROPOSAL)
    assert [json.loads(one.report)["reminded"] for one in done] == [1, 0]
    assert [json.loads(one.report)["expired"] for one in done] == [0, 1]
    # In the same transaction as the step of the job, whose request it names.
    assert (entry.role, entry.request) == ("system", done[1].id)
    assert json.loads(entry.detail)["told"] == MANAGER.id
