import json

import pytest

from matching.domain.access import EVERYWHERE, Actor, Role
from matching.errors import ConflictError, ForbiddenError, InputError, UnknownError
from matching.hub.answers import Answer, Answered, answer_proposal
from matching.hub.forbidden_matters import Ground
from matching.hub.proposal_views import ProposalSeen, read_proposal
from matching.hub.reserved_reports import handle_report, list_reports, read_report
from matching.store import Store
from matching.store.tables import journal
from tests.databases import LECCO, everybody
from tests.hub.deciding import (
    EMAIL,
    MANAGER,
    NAME,
    TELEPHONE,
    Hub,
    a_hub,
    answer_reasons,
    sent,
)

EVALUATOR = Actor(id="e", role=Role.EVALUATOR, hubs=frozenset({LECCO, EVERYWHERE}), confirmed=True)
WORDS = f"Zaira Canarini ({TELEPHONE}, {EMAIL}) ha due figli e noi cerchiamo un uomo"


def answered(hub: Hub, proposal: str, given: Answered, version: int = 3) -> None:
    with hub.store.writing(hub.agency) as work:
        answer_proposal(work, proposal, given, answer_reasons(), version=version)


def seen(hub: Hub, who: Actor, proposal: str) -> ProposalSeen:
    with hub.store.writing(who) as work:
        return read_proposal(work, proposal)


def test_a_reason_comes_back_to_the_manager_and_its_code_to_her(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    text = "Servono due anni di magazzino"
    given = Answered(answer=Answer.NOT_SUITABLE, reason_code="experience", text=text)
    answered(hub, proposal, given)
    by_manager = seen(hub, MANAGER, proposal)
    assert (by_manager.reason_code, by_manager.reason_text) == ("experience", text)
    by_her = seen(hub, hub.herself, proposal)
    assert (by_her.reason_code, by_her.reason_text) == ("experience", None)
    assert seen(hub, hub.agency, proposal).shown is None
    with pytest.raises(ConflictError, match="answered"):
        answered(hub, proposal, Answered(answer=Answer.HIRED), version=4)


@pytest.mark.parametrize(("code", "text"), [("other", WORDS), ("family", None)])
def test_a_reason_that_discriminates_is_for_the_evaluator_alone(
    store: Store, code: str, text: str | None
) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    answered(hub, proposal, Answered(answer=Answer.NOT_SUITABLE, reason_code=code, text=text))
    for who in (MANAGER, hub.herself):
        shown = seen(hub, who, proposal)
        assert (shown.reason_code, shown.reason_text) == ("not_forwarded", None)
        assert "non va avanti" in answer_reasons().said("not_forwarded", "it")
        with pytest.raises(ForbiddenError), hub.store.writing(who) as work:
            list_reports(work)
    assert seen(hub, hub.agency, proposal).reason_code is None
    with hub.store.writing(EVALUATOR) as work:
        (report,) = list_reports(work)
        assert (report.ground in (Ground.FAMILY, Ground.SEX), report.said) == (True, None)
        whole = read_report(work, report.id)
        assert whole.said is not None
        assert whole.said["code"] == code
        assert not [one for one in (*NAME.split(), TELEPHONE, EMAIL) if one in str(whole.said)]
        assert ("due figli" in json.dumps(dict(whole.said))) == (text is not None)
        handle_report(work, report.id)
        with pytest.raises(ConflictError, match="already"):
            handle_report(work, report.id)
    with hub.store.reading(everybody()) as work:
        told = " ".join(row.detail for row in work.rows(journal))
    assert "due figli" not in told
    assert "family" not in told


def test_after_an_interview_comes_another_answer(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    answered(hub, proposal, Answered(answer=Answer.INTERVIEW))
    assert seen(hub, hub.agency, proposal).shown is not None
    answered(hub, proposal, Answered(answer=Answer.HIRED), version=4)
    assert seen(hub, MANAGER, proposal).answer is Answer.HIRED


def test_an_answer_that_does_not_fit_is_refused_without_repeating_it(store: Store) -> None:
    hub = a_hub(store)
    proposal = sent(hub)
    for given, said in (
        (Answered(answer=Answer.NOT_SUITABLE), "Say why not"),
        (Answered(answer=Answer.NOT_SUITABLE, reason_code="Zaira"), "not of the list"),
        (Answered(answer=Answer.NOT_SUITABLE, reason_code="other"), "in words"),
        (Answered(answer=Answer.FILLED, reason_code="pay"), "leave it out"),
    ):
        with pytest.raises(InputError, match=said) as refused:
            answered(hub, proposal, given)
        assert "Zaira" not in str(refused.value)
    for who in (hub.rival, MANAGER):
        with pytest.raises(UnknownError), hub.store.writing(who) as work:
            answer_proposal(
                work, proposal, Answered(answer=Answer.FILLED), answer_reasons(), version=3
            )
    answered(hub, proposal, Answered(answer=Answer.ALREADY_KNOWN))
