from datetime import date, timedelta
from typing import Any

import pytest

from matching.accompaniment.referrals import close, hand_over, plan_hand_over, withdraw_plan
from matching.domain import HandOver, HandOverOutcome, HandOverState, HandOverWay, PartnerService
from matching.errors import InputError

DAY = date(2026, 11, 10)
LATER = DAY + timedelta(days=7)


def planned(**known: Any) -> HandOver:
    given: dict[str, Any] = {
        "id": "h1",
        "person_id": "p",
        "partner": PartnerService.SOCIAL_SERVICES,
        "way": HandOverWay.TO_PARTNER,
        "agreed_on": DAY,
        "on": DAY,
        "by": "Ada",
    }
    return plan_hand_over(**(given | known))


def handed() -> HandOver:
    return hand_over(planned(), contact="Assistente sociale di zona", on=LATER, by="Ada")


@pytest.mark.parametrize("outcome", HandOverOutcome)
@pytest.mark.parametrize("way", HandOverWay)
def test_a_hand_over_has_a_date_a_contact_and_an_outcome(
    outcome: HandOverOutcome, way: HandOverWay
) -> None:
    step = hand_over(planned(way=way), contact="Sportello", on=LATER, by="Ada")
    done = close(step, outcome=outcome, on=LATER, by="Ugo")
    assert (done.state, done.contact, done.handed_on) == (HandOverState.CLOSED, "Sportello", LATER)
    assert (done.outcome, done.closed_on, done.by, done.way) == (outcome, LATER, "Ugo", way)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"agreed_on": None}, "agreed_on is missing; nobody is handed over without agreeing"),
        ({"agreed_on": LATER}, "on = 2026-11-10 is before 2026-11-17"),
        ({"by": ""}, "by is blank"),
        ({"person_id": " "}, "person_id is blank"),
    ],
)
def test_nobody_is_handed_over_without_agreeing(known: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        planned(**known)


def test_a_hand_over_goes_through_its_states_in_order() -> None:
    with pytest.raises(InputError, match="is 'planned'; it must be handed_over"):
        close(planned(), outcome=HandOverOutcome.TAKEN_UP, on=LATER, by="Ada")
    with pytest.raises(InputError, match="is 'handed_over'; it must be planned"):
        hand_over(handed(), contact="x", on=LATER, by="Ada")
    closed = close(handed(), outcome=HandOverOutcome.NO_ANSWER, on=LATER, by="Ada")
    with pytest.raises(InputError, match="is 'closed'"):
        withdraw_plan(closed, on=LATER, by="Ada")


def test_the_person_may_change_her_mind_before_and_after() -> None:
    for step in (planned(), handed()):
        left = withdraw_plan(step, on=LATER, by="Ada")
        assert left.state is HandOverState.WITHDRAWN
        assert left.outcome is None
        with pytest.raises(InputError, match="is 'withdrawn'"):
            withdraw_plan(left, on=LATER, by="Ada")


def test_days_go_forward_and_a_contact_has_a_name() -> None:
    with pytest.raises(InputError, match="on = 2026-11-09 is before"):
        hand_over(planned(), contact="x", on=DAY - timedelta(days=1), by="Ada")
    with pytest.raises(InputError, match="contact is blank"):
        hand_over(planned(), contact="", on=DAY, by="Ada")
    with pytest.raises(InputError, match="on = 2026-11-16 is before 2026-11-17"):
        close(handed(), outcome=HandOverOutcome.SHARED, on=LATER - timedelta(days=1), by="Ada")
