from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import Assessed, Attention, CaseEvent, PriorityBand, Worklist
from matching.errors import InputError
from matching.priority import worklist
from matching.territory import PriorityPolicy
from tests.priority.people import TODAY, assessed, happened, in_charge

POLICY = PriorityPolicy(
    closely=1,
    lightly=1,
    worklist=1,
    rising=0.1,
    no_contact_days=45,
    assessment_months=6,
    reason="prova",
)


def made(chances: dict[str, float], silent: dict[str, int] | None = None) -> Worklist:
    people = [in_charge(person, silent=(silent or {}).get(person, 0)) for person in chances]
    history = [assessed(person, chance) for person, chance in chances.items()]
    return worklist(people, history, policy=POLICY, managers=1, as_of=TODAY)


def rules(found: Worklist) -> dict[str, tuple[Attention, ...]]:
    return {entry.person_id: entry.rules for entry in found.entries}


def test_a_high_risk_needs_attention_and_the_others_are_there_all_the_same() -> None:
    found = made({"anna": 0.2, "bruno": 0.8, "carla": 0.5})
    assert rules(found) == {"bruno": (Attention.HIGH,), "carla": (), "anna": ()}
    bands = [entry.priority.band for entry in found.entries if entry.priority]
    assert bands == [PriorityBand.HIGH, PriorityBand.MEDIUM, PriorityBand.LOW]


def test_a_silence_counts_from_the_last_contact_or_from_the_start() -> None:
    people = [
        in_charge("anna", silent=44),
        in_charge("bruno", silent=45),
        in_charge("carla", since=50, silent=None),
    ]
    history = [assessed(name, 0.1 * n) for n, name in enumerate(("anna", "bruno", "carla", "d"))]
    found = worklist([*people, in_charge("d")], history, policy=POLICY, managers=1, as_of=TODAY)
    assert rules(found) == {
        "carla": (Attention.NO_CONTACT,),
        "bruno": (Attention.NO_CONTACT,),
        "d": (Attention.HIGH,),
        "anna": (),
    }


def test_a_risk_that_rose_by_the_points_of_the_policy_needs_attention() -> None:
    history = [
        assessed("anna", 0.3, ago=100),
        assessed("anna", 0.4),
        assessed("bruno", 0.3, ago=100),
        assessed("bruno", 0.39),
        assessed("carla", 0.9),
    ]
    people = [in_charge(name) for name in ("anna", "bruno", "carla")]
    found = worklist(people, history, policy=POLICY, managers=1, as_of=TODAY)
    assert rules(found)["anna"] == (Attention.RISING,)
    assert rules(found)["bruno"] == ()


def test_chances_of_two_models_are_not_compared() -> None:
    history = [assessed("anna", 0.1, ago=100), assessed("anna", 0.9, model="risk 2")]
    found = worklist([in_charge("anna")], history, policy=POLICY, managers=1, as_of=TODAY)
    assert found.entries[0].rose is None
    assert Attention.RISING not in found.entries[0].rules


def test_who_was_never_assessed_is_not_taken_for_safe() -> None:
    found = worklist(
        [in_charge("anna"), in_charge("bruno")],
        [assessed("bruno", 0.9)],
        policy=POLICY,
        managers=1,
        as_of=TODAY,
    )
    assert [entry.person_id for entry in found.entries] == ["anna", "bruno"]
    assert found.entries[0].rules == (Attention.TO_ASSESS,)
    assert found.entries[0].priority is None


def test_the_caseload_says_whom_the_managers_can_take_up_and_how_many_wait() -> None:
    found = made({"anna": 0.9, "bruno": 0.5}, {"anna": 60, "bruno": 60})
    assert [(entry.person_id, entry.within_caseload) for entry in found.entries] == [
        ("anna", True),
        ("bruno", False),
    ]
    assert (found.caseload, found.waiting) == (1, 1)


def test_for_whom_no_rule_speaks_is_not_within_the_caseload_even_where_there_is_room() -> None:
    found = worklist(
        [in_charge("anna"), in_charge("bruno")],
        [assessed("anna", 0.9), assessed("bruno", 0.1)],
        policy=replace(POLICY, worklist=10),
        managers=1,
        as_of=TODAY,
    )
    assert [entry.within_caseload for entry in found.entries] == [True, False]


def test_what_happened_to_somebody_else_is_not_hers() -> None:
    found = worklist(
        [in_charge("anna"), in_charge("bruno")],
        [assessed("anna", 0.1), assessed("bruno", 0.9)],
        [happened("anna", CaseEvent.JOB_LOST, ago=2)],
        policy=POLICY,
        managers=1,
        as_of=TODAY,
    )
    assert rules(found) == {"anna": (Attention.EVENT,), "bruno": (Attention.HIGH,)}


def test_who_comes_later_is_not_there_yet() -> None:
    found = worklist([in_charge("anna", since=-1)], [], policy=POLICY, managers=1, as_of=TODAY)
    assert found.entries == ()
    assert found.thresholds is None


def test_a_person_twice_and_a_contact_to_come_are_refused() -> None:
    with pytest.raises(InputError, match="'anna' is in charge twice"):
        worklist([in_charge("anna")] * 2, [], policy=POLICY, managers=1, as_of=TODAY)
    with pytest.raises(InputError, match="last contact, 2026-11-02"):
        worklist([in_charge("anna", silent=-1)], [], policy=POLICY, managers=1, as_of=TODAY)


PEOPLE = st.dictionaries(
    st.sampled_from([f"p{number}" for number in range(12)]),
    st.tuples(st.floats(0, 1) | st.none(), st.integers(0, 90)),
    min_size=1,
)


def listed(people: dict[str, tuple[float | None, int]], managers: int) -> Worklist:
    history: list[Assessed] = [
        assessed(name, chance) for name, (chance, _) in people.items() if chance is not None
    ]
    return worklist(
        [in_charge(name, silent=silent) for name, (_, silent) in people.items()],
        history,
        policy=POLICY,
        managers=managers,
        as_of=TODAY,
    )


@given(PEOPLE, st.integers(1, 4))
def test_nobody_is_ever_left_out(
    people: dict[str, tuple[float | None, int]], managers: int
) -> None:
    found = listed(people, managers)
    assert sorted(entry.person_id for entry in found.entries) == sorted(people)
    called = [entry for entry in found.entries if entry.rules]
    assert list(found.entries[: len(called)]) == called
    assert sum(entry.within_caseload for entry in found.entries) == min(len(called), found.caseload)


@given(PEOPLE, st.integers(1, 4), st.data())
def test_a_higher_risk_never_moves_anybody_back(
    people: dict[str, tuple[float | None, int]], managers: int, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(people)))
    chance, silent = people[name]
    if chance is None:
        return
    higher = data.draw(st.floats(chance, 1))
    before, after = (
        [entry.person_id for entry in listed(them, managers).entries].index(name)
        for them in (people, {**people, name: (higher, silent)})
    )
    assert after <= before
