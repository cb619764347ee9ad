"""The life of an agreed path: what may follow what, and that a no costs nothing."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from matching.accompaniment.agreement import (
    agreement_lines,
    alternatives,
    begin,
    begun,
    begun_of_rows,
    happen,
    live,
    offered,
    read_agreements,
    step_of_service,
)
from matching.accompaniment.agreement.life import FROM
from matching.accompaniment.offers import offers
from matching.accompaniment.ordering import Placed
from matching.accompaniment.plan_rows import step_row
from matching.domain import Measure, Need
from matching.domain.agreement import (
    Agreement,
    Attendance,
    Begun,
    Contested,
    DropReason,
    Event,
    Proposer,
    Reordered,
    SessionRecorded,
    Signed,
    StepAgreed,
    StepCompleted,
    StepDropped,
    StepProposed,
    StepRefused,
    StepStarted,
    StepState,
)
from matching.errors import InputError
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.accompaniment.agreement.agreements import (
    BY,
    DAY,
    INTERNSHIP,
    a_path,
    a_started_path,
    an_internship,
    attended,
    on,
    proposed,
)
from tests.accompaniment.steps import a_step
from tests.factories import a_catalogue, a_profile, a_service, a_territory

COURSE = a_service(
    "corso", needs=[Need.WORK], cost_eur=100, starts=(date(2027, 2, 1),), hours=8, lead_days=5
)
HELP = a_service("aiuto", needs=[Need.WORK], measure=Measure.JOB_SEARCH_HELP)
MEALS = a_service("mensa", needs=[Need.FOOD], measure=Measure.FOOD)
ITALIAN = load_wording(shipped_data() / "wording", "it")
CATALOGUE = a_catalogue(COURSE, HELP, MEALS)
OFFERS = offers(
    a_profile(),
    skills=(),
    needs=(Need.WORK, Need.FOOD),
    catalogue=CATALOGUE,
    territory=a_territory(),
    as_of=DAY,
    opens={},
)


def state(path: Agreement, step: str = "corso") -> StepState:
    found = path.step(step)
    assert found is not None
    return found.state


def test_a_step_is_proposed_agreed_begun_attended_and_completed() -> None:
    path = a_path(proposed())
    states = [state(path)]
    for event in (
        StepAgreed(step="corso", **on(1)),
        StepStarted(step="corso", **on(2)),
        SessionRecorded(
            step="corso", held_on=DAY + timedelta(days=2), attendance=Attendance.PRESENT, **on(3)
        ),
        StepCompleted(step="corso", **on(4)),
    ):
        path = happen(path, event)
        states.append(state(path))
    assert states == [
        StepState.PROPOSED,
        StepState.AGREED,
        StepState.STARTED,
        StepState.ATTENDED,
        StepState.COMPLETED,
    ]
    step = path.step("corso")
    assert step is not None
    assert step.since == DAY + timedelta(days=4)


def test_a_no_keeps_the_reason_and_the_words_and_is_never_final() -> None:
    path = a_path(
        proposed(),
        StepRefused(
            step="corso", reason=DropReason.CARE, own_words="Non posso lasciarlo.", **on(1)
        ),
    )
    step = path.step("corso")
    assert step is not None
    assert (step.state, step.reason, step.own_words) == (
        StepState.DROPPED,
        DropReason.CARE,
        "Non posso lasciarlo.",
    )
    again = happen(path, StepAgreed(step="corso", **on(2))).step("corso")
    assert again is not None
    assert (again.state, again.reason, again.own_words) == (StepState.AGREED, None, "")


def test_no_reason_is_as_good_as_any() -> None:
    path = a_path(proposed(), StepRefused(step="corso", **on(1)))
    assert path.steps[0].reason is DropReason.NOT_SAID


def test_a_person_proposes_a_step_of_her_own_and_puts_the_steps_in_her_order() -> None:
    own = StepProposed(step="mio", title="Orto con i vicini", proposer=Proposer.PERSON, **on(1))
    path = a_path(proposed(), own, Reordered(order=("mio", "corso"), **on(2)))
    assert [step.id for step in path.steps] == ["mio", "corso"]
    assert path.steps[0].proposal.proposer is Proposer.PERSON


def test_a_step_is_attended_from_the_first_session_at_which_the_person_was() -> None:
    path = attended(a_started_path(), (1, Attendance.ABSENT), (2, Attendance.EXCUSED))
    assert state(path) is StepState.STARTED
    path = attended(path, (3, Attendance.PRESENT), (4, Attendance.ABSENT))
    assert state(path) is StepState.ATTENDED
    assert len(path.steps[0].sessions) == 4


def test_sessions_stand_in_the_order_in_which_they_were_held() -> None:
    path = attended(a_started_path(), (9, Attendance.ABSENT))
    late = SessionRecorded(
        step="corso", held_on=DAY + timedelta(days=2), attendance=Attendance.PRESENT, **on(10)
    )
    days = [one.held_on.day for one in happen(path, late).steps[0].sessions]
    assert days == [12, 19]


def test_signing_and_contesting_are_recorded_and_change_no_step() -> None:
    path = a_path(proposed())
    words = Contested(own_words="Il costo non è chiaro.", step="corso", **on(1))
    after = happen(happen(path, words), Signed(**on(2)))
    assert after.steps == path.steps
    assert (after.signed_on, after.contested) == (DAY + timedelta(days=2), (words,))


def test_an_internship_begins_with_all_its_papers_and_not_before() -> None:
    path = a_path(proposed(**INTERNSHIP), StepAgreed(step="corso", **on()))
    with pytest.raises(InputError, match="starts only with its record"):
        happen(path, StepStarted(step="corso", **on(1)))
    short = an_internship(host_tutor=None, agreement_on=DAY + timedelta(days=9))
    with pytest.raises(InputError, match="lacks host_tutor, agreement on"):
        happen(path, StepStarted(step="corso", internship=short, **on(1)))
    other = an_internship(person_id="p-02")
    with pytest.raises(InputError, match="is of 'p-02'"):
        happen(path, StepStarted(step="corso", internship=other, **on(1)))
    done = happen(path, StepStarted(step="corso", internship=an_internship(), **on(1)))
    assert state(done) is StepState.STARTED


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (StepAgreed(step="altro", **on()), "'altro' is not in the path"),
        (StepStarted(step="corso", **on()), "is 'proposed'; for this it must be agreed"),
        (StepCompleted(step="corso", **on()), "must be attended or started"),
        (StepAgreed(step="corso", **on(-1)), "on = 2027-01-09 is before"),
        (StepAgreed(step="corso", on=DAY, by=" "), "by is blank"),
        (proposed(), "'corso' is in the path already"),
        (proposed(step=" "), "step is blank"),
        (Reordered(order=("corso", "corso"), **on()), "must name every step once"),
        (Contested(own_words=" ", **on()), "own_words is blank"),
        (Contested(own_words="no", step="altro", **on()), "'altro' is not in the path"),
        (StepRefused(step="corso", own_words="x" * 2_001, **on()), "2001 characters"),
        (Begun(id="x", person_id="y", **on()), "does not happen to a path that was begun"),
    ],
)
def test_what_cannot_happen_is_refused_with_what_to_do(event: Event, said: str) -> None:
    with pytest.raises(InputError, match=said):
        happen(a_path(proposed()), event)


def test_a_session_is_recorded_once_and_within_its_days() -> None:
    path = attended(a_started_path(days=1), (2, Attendance.PRESENT))
    with pytest.raises(InputError, match="was recorded before"):
        attended(path, (2, Attendance.ABSENT))
    early = SessionRecorded(step="corso", held_on=DAY, attendance=Attendance.PRESENT, **on(3))
    with pytest.raises(InputError, match="held_on = 2027-01-10 is before"):
        happen(path, early)
    future = replace(early, held_on=DAY + timedelta(days=4))
    with pytest.raises(InputError, match="on = 2027-01-13 is before"):
        happen(path, future)


def test_a_path_that_begins_with_something_else_is_not_lived() -> None:
    for events in ([], [proposed()]):
        with pytest.raises(InputError, match="begins with its beginning"):
            live(events)


def test_papers_of_an_internship_do_not_stand_on_another_step() -> None:
    path = a_path(proposed(measure=Measure.COURSE), StepAgreed(step="corso", **on()))
    with pytest.raises(InputError, match="is no internship"):
        happen(path, StepStarted(step="corso", internship=an_internship(), **on()))


# from a plan


def test_a_path_begins_with_every_step_of_a_plan_proposed() -> None:
    steps = (Placed(step=a_step(MEALS)), Placed(step=a_step(COURSE)))
    path = begun(
        steps, CATALOGUE, id="x", person_id="p", on=DAY, by=BY, follows={"corso": "Chi segue"}
    )
    assert [(step.id, step.state) for step in path.steps] == [
        ("mensa", StepState.PROPOSED),
        ("corso", StepState.PROPOSED),
    ]
    course = path.steps[1].proposal
    assert (course.starts_on, course.ask_by, course.ends_on, course.follows) == (
        date(2027, 2, 1),
        date(2027, 1, 27),
        date(2027, 2, 14),  # 8 hours at 4 a week: the second week ends on that Sunday
        "Chi segue",
    )
    assert path.steps[0].proposal.ends_on is None


def test_a_path_of_a_plan_that_was_kept_is_the_path_of_the_plan() -> None:
    steps = (Placed(step=a_step(MEALS)), Placed(step=a_step(COURSE)))
    rows = [step_row(one, ITALIAN) for one in steps]
    told: dict[str, Any] = {"id": "x", "person_id": "p", "on": DAY, "by": BY}
    assert begun_of_rows(rows, CATALOGUE, **told) == begun(steps, CATALOGUE, **told)
    # Of a service that the catalogue has no more, the end is not known.
    path = begun_of_rows(rows, None, **told)
    assert [step.proposal.ends_on for step in path.steps] == [None, None]


def test_a_step_for_a_service_is_its_next_edition_or_the_one_named() -> None:
    said: dict[str, Any] = {"step": "corso", "proposer": Proposer.HUB, **on()}
    (course,) = begun(
        (Placed(step=a_step(COURSE)),), CATALOGUE, id="x", person_id="p", **on()
    ).steps
    assert step_of_service(COURSE, **said) == course.proposal
    assert step_of_service(COURSE, starts_on=date(2027, 2, 1), **said) == course.proposal
    with pytest.raises(InputError, match="no edition"):
        step_of_service(COURSE, starts_on=date(2027, 2, 2), **said)
    # A service without dates begins when there is a seat, or on a day that was arranged.
    assert step_of_service(MEALS, **{**said, "step": "mensa"}).starts_on is None
    arranged = step_of_service(MEALS, starts_on=DAY, **{**said, "step": "mensa"})
    assert arranged.starts_on == arranged.ask_by == DAY


# what is offered


def test_after_a_no_the_alternatives_are_told_the_best_first() -> None:
    assert [one.slug for one in alternatives("corso", OFFERS)] == ["aiuto"]
    assert [one.slug for one in alternatives("mensa", OFFERS)] == []
    assert len(alternatives(None, OFFERS)) == 3


def test_every_service_stays_on_offer_with_how_its_step_stands() -> None:
    path = a_path(proposed(), StepRefused(step="corso", **on(1)))
    told = [(one.service.slug, one.state) for one in offered(CATALOGUE, path, as_of=DAY)]
    assert told == [("corso", StepState.DROPPED), ("aiuto", None), ("mensa", None)]
    assert offered(None, path, as_of=DAY) == ()


REASONS = st.sampled_from(DropReason)
WORDS = st.text(max_size=20)
STEPS = ("corso", "aiuto", "mensa", "mio", "tirocinio")


class Life(RuleBasedStateMachine):
    """Anything that may happen to a path: the same is offered after as before."""

    @initialize()
    def begins(self) -> None:
        self.path = begin(id="percorso", person_id="p-01", on=DAY, by=BY)
        self.day = 0
        self.offered = self._offered()

    def _offered(self) -> list[Any]:
        everything = [one.service for one in offered(CATALOGUE, self.path, as_of=DAY)]
        instead = [
            alternatives(step.service, OFFERS) for step in map(a_step, (COURSE, HELP, MEALS))
        ]
        return [everything, *instead]

    def _try(self, event: Event) -> None:
        """Happens, or is refused and leaves everything as it was."""
        before = self.path
        named = getattr(event, "step", None)
        step = None if named is None else before.step(named)
        allowed = FROM.get(type(event))
        possible = allowed is None or (step is not None and step.state in allowed)
        try:
            self.path = happen(before, event)
        except InputError:
            assert self.path is before
            return
        assert possible
        assert self.path.events == (*before.events, event)

    @rule(step=st.sampled_from(STEPS), person=st.booleans())
    def propose(self, step: str, person: bool) -> None:
        kind = INTERNSHIP if step == "tirocinio" else {}
        proposer = Proposer.PERSON if person else Proposer.HUB
        service = None if step == "mio" else step
        self._try(proposed(step, self.day, proposer=proposer, service=service, **kind))

    @rule(step=st.sampled_from(STEPS))
    def agree(self, step: str) -> None:
        self._try(StepAgreed(step=step, **on(self.day)))

    @rule(step=st.sampled_from(STEPS), reason=REASONS, words=WORDS)
    def refuse(self, step: str, reason: DropReason, words: str) -> None:
        self._try(StepRefused(step=step, reason=reason, own_words=words, **on(self.day)))

    @rule(step=st.sampled_from(STEPS), papers=st.booleans())
    def start(self, step: str, papers: bool) -> None:
        record = an_internship() if papers else None
        self._try(StepStarted(step=step, internship=record, **on(self.day)))

    @rule(step=st.sampled_from(STEPS), ago=st.integers(0, 5), seen=st.sampled_from(Attendance))
    def hold(self, step: str, ago: int, seen: Attendance) -> None:
        held = DAY + timedelta(days=self.day - ago)
        self._try(SessionRecorded(step=step, held_on=held, attendance=seen, **on(self.day)))

    @rule(step=st.sampled_from(STEPS))
    def complete(self, step: str) -> None:
        self._try(StepCompleted(step=step, **on(self.day)))

    @rule(step=st.sampled_from(STEPS), reason=REASONS)
    def drop(self, step: str, reason: DropReason) -> None:
        self._try(StepDropped(step=step, reason=reason, **on(self.day)))

    @precondition(lambda self: self.path.steps)
    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        order = data.draw(st.permutations([step.id for step in self.path.steps]))
        self._try(Reordered(order=tuple(order), **on(self.day)))

    @rule(words=st.text(min_size=1, max_size=20))
    def contest(self, words: str) -> None:
        self._try(Contested(own_words=words, **on(self.day)))

    @rule()
    def sign(self) -> None:
        self._try(Signed(**on(self.day)))

    @rule(days=st.integers(1, 30))
    def wait(self, days: int) -> None:
        self.day += days

    @invariant()
    def the_same_is_offered(self) -> None:
        assert self._offered() == self.offered

    @invariant()
    def no_internship_is_under_way_without_its_papers(self) -> None:
        for step in self.path.steps:
            if step.proposal.measure is Measure.INTERNSHIP and step.started_on is not None:
                begun = [one for one in self.path.events if isinstance(one, StepStarted)]
                assert any(one.step == step.id and one.internship for one in begun)

    @invariant()
    def it_can_be_written_and_lived_again(self) -> None:
        assert live(self.path.events) == self.path
        assert read_agreements(agreement_lines(self.path), name="x") == (self.path,)


TestLife = Life.TestCase
