"""Spells of people who came over three years, with hazards that are known."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from training.dataset import MONTH_DAYS, SpellSet

FIRST = date(2022, 1, 1)
LAST = date(2024, 12, 31)


def spells(
    count: int = 400, *, seed: int = 0, bend: bool = False, level: float = -2.0, until: date = LAST
) -> SpellSet:
    """Work is found the sooner the higher `own_rating`; with ``bend``, `jobs_5y` in the middle.

    The names are those of the catalog, the values are not: zero on average, deviation 1.
    """
    rng = np.random.default_rng(seed)
    rating, jobs = rng.normal(size=count), rng.normal(size=count)
    odds = level + 0.9 * rating + (1.5 * (np.abs(jobs) < 0.6) - 0.7 if bend else 0.0)
    works = rng.geometric(1 / (1 + np.exp(-odds)))
    quits = rng.geometric(0.03, size=count)
    days = np.sort(rng.integers((until - FIRST).days, size=count))
    intake = [FIRST + timedelta(days=int(day)) for day in days]
    month = np.minimum(works, quits)
    ended = [
        start + timedelta(days=int((months - rng.random()) * MONTH_DAYS))
        for start, months in zip(intake, month, strict=True)
    ]
    event = np.where(works <= quits, "work", "inactive")
    seen = np.array([day <= until for day in ended])
    frame = pd.DataFrame(
        {
            "person_id": [f"p{number}" for number in range(count)],
            "intake": intake,
            "closed": [day if known else until for day, known in zip(ended, seen, strict=True)],
            "event": np.where(seen, event, "censored"),
        },
        dtype=object,
    )
    index = pd.Index(frame["person_id"], name="person_id")
    features = pd.DataFrame({"own_rating": rating, "jobs_5y": jobs}, index=index)
    return SpellSet(features=features, spells=frame)
