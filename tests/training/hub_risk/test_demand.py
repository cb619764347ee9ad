from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from matching.domain import DocumentErrorCode, Profile, Vacancy
from matching.errors import DocumentError
from tests.factories import HILL, a_profile, a_space, a_vacancy
from tests.training.histories import history_with, spell
from training.history import History
from training.hub_risk.demand import unstated, with_local_demand

SPACE = a_space()
JANUARY, MARCH, JULY = date(2025, 1, 10), date(2025, 3, 10), date(2025, 7, 10)


class AReader:
    """Reads a trade as the whole of a text; what it does not know cannot be read."""

    space = SPACE

    def person(
        self, person_id: str, text: str, *, as_of: date, comune: str | None = None
    ) -> Profile:
        if text == "?":
            raise DocumentError(DocumentErrorCode.NO_TEXT, "blank")
        return a_profile(person_id, wanted=[text] if text else [], comune=comune or HILL)

    def vacancy(
        self, vacancy_id: str, text: str, *, as_of: date, title: str = "", comune: str | None = None
    ) -> Vacancy:
        if text == "?":
            raise DocumentError(DocumentErrorCode.NO_TEXT, "blank")
        return a_vacancy(vacancy_id, jobs=[text], comune=comune or HILL)


def a_history(
    trades: list[str],
    vacancies: list[tuple[str, date]],
    *,
    closed: date = JULY,
    stated: dict[int, float] | None = None,
) -> History:
    rows: list[dict[str, Any]] = [
        spell(f"p{n}", JANUARY, closed, "censored", local_demand=(stated or {}).get(n))
        for n in range(len(trades))
    ]
    base = history_with(spells=rows)
    people = pd.DataFrame(
        [
            {"id": f"p{n}", "text": trade, "comune": HILL, "intake": JANUARY}
            for n, trade in enumerate(trades)
        ],
        dtype=object,
    )
    table = pd.DataFrame(
        [
            {"id": f"v{n}", "title": job, "text": job, "comune": HILL, "opens": day}
            for n, (job, day) in enumerate(vacancies)
        ],
        columns=["id", "title", "text", "comune", "opens"],
        dtype=object,
    )
    return replace(base, people=people, vacancies=table)


def told(history: History) -> list[float | None]:
    found = with_local_demand(history, AReader(), minutes=60, vacancy_days=60)
    return found.spells["local_demand"].tolist()


TRADES = ["cook"] * 5 + ["storekeeper"] * 5


def test_what_is_not_stated_is_told_from_the_vacancies_that_were_open_then() -> None:
    history = a_history(TRADES, [("cook", date(2024, 12, 1)), ("storekeeper", MARCH)])
    assert unstated(history)
    assert told(history) == [0.75] * 5 + [0.25] * 5


def test_a_vacancy_that_opened_long_before_or_later_is_not_open() -> None:
    old, late = date(2024, 11, 10), date(2025, 1, 11)
    assert told(a_history(TRADES, [("cook", old), ("cook", late)])) == [None] * 10
    assert told(a_history(TRADES, [("cook", date(2024, 11, 11))]))[0] == 0.75


def test_what_the_register_states_stays() -> None:
    found = told(a_history(TRADES, [("cook", JANUARY)], stated={0: 0.2, 9: 1.0}))
    assert (found[0], found[1], found[9]) == (0.2, 0.75, 1.0)


def test_who_no_longer_searches_is_nobody_s_rival() -> None:
    history = a_history([*TRADES, *["cook"] * 5], [("cook", MARCH), ("storekeeper", MARCH)])
    begins = [JANUARY] * 14 + [MARCH]
    ends = [JULY] * 10 + [date(2025, 2, 1)] * 4 + [JULY]
    moved = replace(
        history,
        spells=history.spells.assign(
            intake=pd.Series(begins, dtype=object), closed=pd.Series(ends, dtype=object)
        ),
    )
    # Six cooks and five storekeepers on the day on which the last one comes.
    assert told(moved)[-1] == pytest.approx(3 / 11, abs=1e-6)


def test_texts_that_cannot_be_read_leave_the_demand_unknown() -> None:
    history = a_history(["?", *["cook"] * 10], [("cook", JANUARY), ("?", JANUARY)])
    assert told(history) == [None, *[0.5] * 10]


def test_where_all_is_stated_or_there_are_no_vacancies_nothing_is_to_be_told() -> None:
    assert not unstated(a_history(TRADES, []))
    all_stated = a_history(TRADES, [("cook", JANUARY)], stated=dict.fromkeys(range(10), 0.5))
    assert not unstated(all_stated)
