"""Invented people with known chances, for the tests of the audit."""

import numpy as np
import pandas as pd
from scipy.special import expit

from matching.settings import shipped_data
from matching.wording import load_wording
from training.tabular.audit_words import AuditWords
from training.tabular.card import card
from training.tabular.markdown import to_markdown
from training.tabular.report import Audit
from training.tabular.scored import Scored, scored


def words(language: str = "en") -> AuditWords:
    return AuditWords(load_wording(shipped_data() / "wording", language))


def markdown(found: Audit, language: str = "en", outcome: str = "the bad outcome") -> str:
    """The page of an audit."""
    return to_markdown(card(found, words(language), outcome=outcome))


def people(
    count: int, *, seed: int, planted: float = 0.0, share: float = 0.1, lost: bool = False
) -> tuple[Scored, pd.DataFrame]:
    """People whose risks are right, but in the group ``trait`` = 1, by so much too low.

    With ``lost``, two in five of those without the bad outcome and one in ten of those with it
    were lost from sight, at random, and the weights are right.
    """
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "age": rng.integers(18, 65, count).astype(float),
            "income": np.round(rng.lognormal(10, 1, count)),
            "sex": rng.choice(["F", "M"], count).astype(object),
            "area": rng.choice(list("abcdefgh"), count).astype(object),
            "trait": np.where(rng.random(count) < share, 1.0, 0.0),
        }
    )
    table.loc[rng.random(count) < 0.1, "income"] = np.nan
    risk = expit(-1.4 + 0.03 * (table["age"].to_numpy() - 40) + 0.5 * rng.normal(size=count))
    chance = np.clip(risk + planted * table["trait"].to_numpy(), 0, 1)
    bad = (rng.random(count) < chance).astype(float)
    if not lost:
        return scored(risk, bad), table
    gone = rng.random(count) < np.where(bad == 0, 0.4, 0.1)
    weight = np.where(bad == 0, 1 / 0.6, 1 / 0.9)
    bad[gone] = np.nan
    return scored(risk, bad, weight), table


def repeated(*rows: tuple[float, float, int]) -> Scored:
    """People of a few kinds: risk, outcome, how many."""
    risk, bad = ([row[i] for row in rows for _ in range(row[2])] for i in (0, 1))
    return scored(risk, bad)
