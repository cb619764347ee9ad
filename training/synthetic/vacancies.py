"""The vacancies of the district: what a firm needs, and the terms it offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from matching.domain.days import MONTH_DAYS
from matching.territory import Municipality, Territory
from training.synthetic.parameters import DECISION_MONTHS, Size
from training.synthetic.people import STYLES
from training.synthetic.trades import Craft, Crafts

_VACANCIES_PER_FIRM = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A fictional employer: its branch, its place, and what it likes without saying so."""

    number: int
    branch: str
    municipality: Municipality
    taste: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A vacancy as it truly is: needs by number of skill with their weight, and terms.

    ``months_required`` is 0, ``education`` 1 and ``italian`` 0 where nothing is asked.
    """

    id: str
    opens: date
    craft: int
    firm: Firm
    essential: tuple[tuple[int, float], ...]
    optional: tuple[tuple[int, float], ...]
    months_required: int
    licence: bool
    vehicle: bool
    hours: int
    shift: str
    contract: str
    education: int
    italian: int
    english: int


def make_openings(
    territory: Territory, crafts: Crafts, *, seed: int, size: Size
) -> tuple[Opening, ...]:
    """Draw vacancies one by one, each from its own stream, in the order of their numbers."""
    firms = _firms(territory, crafts, seed, size)
    weights = np.array([craft.trade.vacancies for craft in crafts.all])
    return tuple(
        _opening(np.random.default_rng([seed, 2, number]), number, crafts, weights, firms, size)
        for number in range(size.vacancies)
    )


def _firms(
    territory: Territory, crafts: Crafts, seed: int, size: Size
) -> dict[str, tuple[Firm, ...]]:
    branches = sorted({craft.trade.branch for craft in crafts.all})
    weights = np.array([place.population or 1 for place in territory.municipalities], dtype=float)
    each = max(2, size.vacancies // (_VACANCIES_PER_FIRM * len(branches)))
    found: dict[str, tuple[Firm, ...]] = {}
    for order, branch in enumerate(branches):
        rng = np.random.default_rng([seed, 3, order])
        found[branch] = tuple(
            Firm(
                number=order * each + number,
                branch=branch,
                municipality=territory.municipalities[
                    int(rng.choice(len(weights), p=weights / weights.sum()))
                ],
                taste=tuple(float(value) for value in rng.normal(size=STYLES)),
            )
            for number in range(each)
        )
    return found


def _opening(
    rng: np.random.Generator,
    number: int,
    crafts: Crafts,
    weights: npt.NDArray[np.float64],
    firms: dict[str, tuple[Firm, ...]],
    size: Size,
) -> Opening:
    chosen = int(rng.choice(len(weights), p=weights / weights.sum()))
    craft = crafts.all[chosen]
    trade = craft.trade
    choices = firms[trade.branch]
    first = round(size.quiet * MONTH_DAYS)
    last = round((size.months - DECISION_MONTHS) * MONTH_DAYS)
    part_time = rng.random() < trade.part_time
    vehicle = bool(rng.random() < trade.drives)
    always_drives = trade.drives >= 1
    return Opening(
        id=f"sintetico-v-{number:05d}",
        opens=size.start + timedelta(days=int(rng.integers(first, last))),
        craft=chosen,
        firm=choices[int(rng.integers(len(choices)))],
        essential=_needs(rng, craft.essential, (3, 5)),
        optional=_needs(rng, craft.optional, (1, 4)),
        months_required=int(rng.choice((0, 6, 12, 24, 36), p=(0.4, 0.15, 0.22, 0.16, 0.07))),
        licence=always_drives or vehicle or bool(rng.random() < 0.15),
        vehicle=vehicle and not always_drives,
        hours=int(rng.choice((16, 20, 24, 30))) if part_time else 40,
        shift=str(rng.choice(trade.shifts)),
        contract=str(
            rng.choice(
                ("fixed_term", "agency", "permanent", "apprenticeship", "internship"),
                p=(0.42, 0.28, 0.17, 0.06, 0.07),
            )
        ),
        education=trade.eqf if rng.random() < 0.6 else 1,
        italian=int(rng.choice((0, 2, 3, 4), p=(0.45, 0.15, 0.3, 0.1))),
        english=3 if _abroad(craft) and rng.random() < 0.35 else 0,
    )


def _abroad(craft: Craft) -> bool:
    return craft.trade.branch in ("office", "shop", "kitchen")


def _needs(
    rng: np.random.Generator, skills: Sequence[int], how_many: tuple[int, int]
) -> tuple[tuple[int, float], ...]:
    """Some of the skills with the firm's own weights, the weightiest first."""
    count = min(len(skills), int(rng.integers(how_many[0], how_many[1] + 1)))
    chosen = rng.choice(len(skills), size=count, replace=False)
    weights = rng.lognormal(0.0, 0.5, size=count)
    needs = [(skills[int(i)], float(weight)) for i, weight in zip(chosen, weights, strict=True)]
    return tuple(sorted(needs, key=lambda need: (-need[1], need[0])))
