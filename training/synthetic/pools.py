"""Who is considered for a vacancy."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from training.synthetic.fit import in_trade
from training.synthetic.parameters import DecisionParameters, Size
from training.synthetic.people import Person
from training.synthetic.trades import Crafts
from training.synthetic.vacancies import Opening

Numbers = npt.NDArray[np.int64]


def make_pools(
    openings: Sequence[Opening],
    people: Sequence[Person],
    spells: pd.DataFrame,
    *,
    crafts: Crafts,
    parameters: DecisionParameters,
    size: Size,
    seed: int,
) -> list[Numbers]:
    """People considered for each vacancy, by number: in charge when it opens, the fitting likelier.

    A pool is smaller than asked for where fewer people are in charge, and may be empty.
    """
    intake = np.array([person.intake.toordinal() for person in people])
    closed = np.array([day.toordinal() for day in spells["closed"]])
    pools: list[Numbers] = []
    for number, opening in enumerate(openings):
        rng = np.random.default_rng([seed, 4, number])
        day = opening.opens.toordinal()
        present = np.flatnonzero((intake <= day) & (closed > day))
        wanted = int(rng.integers(size.pool[0], size.pool[1] + 1))
        odds = np.array(
            [
                parameters.relevant if in_trade(opening, people[int(p)], crafts) else 1.0
                for p in present
            ]
        )
        count = min(wanted, len(present))
        share = odds / odds.sum()
        chosen = rng.choice(present, size=count, replace=False, p=share) if count else present[:0]
        pools.append(np.sort(np.asarray(chosen, dtype=np.int64)))
    return pools
