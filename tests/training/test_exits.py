from datetime import date

import pandas as pd
import pytest

from matching.errors import InputError
from matching.territory import LostAs, OutcomePolicy
from training.exits import ended

POLICY = OutcomePolicy(work_days=30, lost=LostAs.INACTIVE, reason="prova")
START, LAST = date(2025, 1, 1), date(2025, 12, 31)


def spell(person: str = "p", event: str = "censored") -> dict[str, object]:
    return {"person_id": person, "intake": START, "closed": LAST, "event": event}


def noted(
    month: int, kind: str, days: int | None = None, *, person: str = "p"
) -> dict[str, object]:
    return {"person_id": person, "on": date(2025, month, 1), "kind": kind, "days": days}


def outcome(*exits: dict[str, object], policy: OutcomePolicy = POLICY) -> tuple[date, str]:
    columns = ["person_id", "on", "kind", "days"]
    rows = pd.DataFrame(list(exits), columns=columns, dtype=object)
    found = ended(pd.DataFrame([spell()], dtype=object), rows, policy=policy).iloc[0]
    return found["closed"], found["event"]


@pytest.mark.parametrize(
    ("kind", "days", "event"),
    [
        ("contract", None, "work"),
        ("contract", 30, "work"),
        ("contract", 29, "censored"),
        ("self_employment", None, "work"),
        ("internship", 180, "censored"),
        ("inactive", None, "inactive"),
        ("lost", None, "inactive"),
    ],
)
def test_an_exit_counts_by_its_kind_and_length(kind: str, days: int | None, event: str) -> None:
    closed, found = outcome(noted(5, kind, days))
    assert found == event
    assert closed == (LAST if event == "censored" else date(2025, 5, 1))


def test_the_first_exit_that_counts_ends_the_spell() -> None:
    rows = [noted(9, "inactive"), noted(2, "internship", 60), noted(6, "contract", 90)]
    assert outcome(*rows) == (date(2025, 6, 1), "work")


def test_a_short_job_does_not_hide_the_long_one_after_it() -> None:
    assert outcome(noted(2, "contract", 5), noted(7, "contract", 200)) == (date(2025, 7, 1), "work")


def test_who_was_found_again_was_not_lost() -> None:
    assert outcome(noted(2, "lost"), noted(7, "contract")) == (date(2025, 7, 1), "work")


def test_a_territory_may_take_the_lost_for_searching_when_last_seen() -> None:
    policy = OutcomePolicy(work_days=30, lost=LostAs.CENSORED, reason="prova")
    assert outcome(noted(4, "lost"), policy=policy) == (date(2025, 4, 1), "censored")


def test_what_lies_outside_the_days_of_a_person_is_not_read() -> None:
    early = {**noted(1, "contract"), "on": date(2024, 12, 31)}
    late = {**noted(1, "contract"), "on": date(2026, 1, 1)}
    assert outcome(early, late) == (LAST, "censored")


def test_the_order_and_number_of_spells_stay() -> None:
    spells = pd.DataFrame([spell("b"), spell("a")], dtype=object)
    exits = pd.DataFrame([noted(3, "contract", person="a")], dtype=object)
    found = ended(spells, exits, policy=POLICY)
    assert found["person_id"].tolist() == ["b", "a"]
    assert found["event"].tolist() == ["censored", "work"]


def test_two_answers_on_how_a_spell_ended_are_refused() -> None:
    spells = pd.DataFrame([spell(event="work")], dtype=object)
    with pytest.raises(InputError, match="'p' ended"):
        ended(spells, pd.DataFrame([noted(3, "contract")], dtype=object), policy=POLICY)


def test_an_exit_of_nobody_is_refused() -> None:
    spells = pd.DataFrame([spell()], dtype=object)
    exits = pd.DataFrame([noted(3, "contract", person="z")], dtype=object)
    with pytest.raises(InputError, match="'z' has no spell"):
        ended(spells, exits, policy=POLICY)
