from datetime import date

from matching.accompaniment.fund.from_plan import requests_of
from matching.accompaniment.fund.preparing import check_requests
from matching.accompaniment.order_rules import Kind
from matching.accompaniment.ordering import Because, Placed
from matching.domain import Assessment, Level, Need, NeedAnswer
from matching.domain.allocation import FundRequest
from tests.accompaniment.steps import AS_OF, a_rule, a_step
from tests.factories import a_service

START = date(2027, 2, 1)
COURSE = a_step(a_service("course", cost_eur=300, starts=[START]))
TICKET = a_step(a_service("ticket", cost_eur=90))
FREE = a_step(a_service("free"))


NEEDS = Assessment(
    person_id="p-01",
    author="Ada Verdi",
    made_on=AS_OF,
    valid_months=6,
    answers=(
        NeedAnswer(need=Need.FOOD, level=Level.MILD),
        NeedAnswer(need=Need.HOUSING, level=Level.URGENT),
    ),
)


def requests(*placed: Placed) -> tuple[FundRequest, ...]:
    return requests_of(
        placed,
        plan_id="percorso-1",
        person="persona-1",
        ambito="valle",
        assessment=NEEDS,
        need_quartile=4,
        asked_on=AS_OF,
    )


def test_the_fund_is_asked_for_the_steps_that_it_pays_and_no_others() -> None:
    found = requests(*(Placed(step=step) for step in (COURSE, TICKET, FREE)))
    assert [one.step for one in found] == ["course", "ticket"]
    assert [one.cost_cents for one in found] == [30_000, 9_000]
    for one in found:
        assert (one.person, one.ambito, one.need_quartile) == ("persona-1", "valle", 4)
        assert one.benefit is None  # not measured here, which is not nothing
    check_requests(found)


def test_a_step_is_as_urgent_as_the_gravest_need_that_it_answers() -> None:
    both = a_step(a_service("room", cost_eur=300, needs=[Need.FOOD, Need.HOUSING]))
    one = a_step(a_service("soup", cost_eur=20, needs=[Need.FOOD]))
    assert [r.urgency for r in requests(Placed(step=both), Placed(step=one))] == [3, 1]


def test_a_dated_step_shares_the_seats_of_its_edition() -> None:
    course, ticket = requests(Placed(step=COURSE), Placed(step=TICKET))
    assert (course.seats_key, course.starts_on) == ("course@2027-02-01", START)
    assert (ticket.seats_key, ticket.starts_on) == ("ticket", None)


def test_only_what_teaches_what_a_step_requires_must_be_funded_too() -> None:
    def after(kind: Kind, first: Placed) -> tuple[str, ...]:
        because = Because(rule=a_rule("r", kind=kind), after=first.step)
        found = requests(first, Placed(step=COURSE, because=(because,)))
        check_requests(found)
        return found[-1].after

    paid, free = Placed(step=TICKET), Placed(step=FREE)
    assert after(Kind.TAUGHT, paid) == ("percorso-1-ticket",)
    assert after(Kind.STEPS, paid) == ()  # advice
    assert after(Kind.TAUGHT, free) == ()  # nobody need pay for it
