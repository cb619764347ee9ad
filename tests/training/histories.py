"""Tiny tables made by hand, for tests of data sets and splits."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from matching.features import COLUMNS
from training.dataset import Pairs, SpellSet
from training.history import SITUATION, History, Sheet

SHEET = Sheet(
    origin="made by hand",
    synthetic=True,
    territory="nowhere",
    first_day=date(2025, 1, 1),
    last_day=date(2026, 6, 30),
    coverage="everybody",
    gaps="none",
    decided_after_days=30,
)


def decision(vacancy: str, person: str, opened: date, **steps: date) -> dict[str, Any]:
    """A row of decisions; ``shown_on`` and so on are None unless given."""
    blank = dict.fromkeys(("shown_on", "shortlisted_on", "hired_on"))
    return {"vacancy_id": vacancy, "person_id": person, "opened_on": opened, **blank, **steps}


def pairs_of(*rows: dict[str, Any]) -> Pairs:
    decisions = pd.DataFrame(list(rows), dtype=object)
    index = pd.MultiIndex.from_frame(decisions[["vacancy_id", "person_id"]])
    features = pd.DataFrame(np.zeros((len(rows), len(COLUMNS))), index=index, columns=COLUMNS)
    return Pairs(features=features, decisions=decisions)


def spell(person: str, intake: date, closed: date, event: str, **known: Any) -> dict[str, Any]:
    """A row of spells; of the situation nothing is known unless given."""
    seen = {"person_id": person, "intake": intake, "closed": closed, "event": event}
    return {**seen, **dict.fromkeys(SITUATION), **known}


def spells_of(*rows: dict[str, Any]) -> SpellSet:
    frame = pd.DataFrame(list(rows), dtype=object)
    features = pd.DataFrame({"own_rating": np.zeros(len(rows))}, index=frame["person_id"])
    return SpellSet(features=features, spells=frame)


def history_with(
    *, decisions: Sequence[dict[str, Any]] = (), spells: Sequence[dict[str, Any]] = ()
) -> History:
    people = sorted({row["person_id"] for row in (*decisions, *spells)})
    opened = {row["vacancy_id"]: row["opened_on"] for row in decisions}
    intake = date(2025, 1, 1)
    return History(
        sheet=SHEET,
        people=pd.DataFrame(
            [{"id": p, "text": f"CV di {p}", "comune": None, "intake": intake} for p in people],
            dtype=object,
        ),
        vacancies=pd.DataFrame(
            [
                {"id": v, "title": v, "text": f"Offerta {v}", "comune": None, "opens": day}
                for v, day in opened.items()
            ],
            dtype=object,
        ),
        decisions=pd.DataFrame(list(decisions), dtype=object),
        spells=pd.DataFrame(list(spells), dtype=object),
    )
