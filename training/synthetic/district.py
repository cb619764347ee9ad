"""The whole synthetic district: people, vacancies, decisions, spells, and the truth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from matching.domain.days import MONTH_DAYS
from matching.errors import DataError
from matching.taxonomy import Taxonomy
from matching.territory import Mode, Territory
from training.synthetic.decisions import Decisions, decide
from training.synthetic.fit import true_fit
from training.synthetic.parameters import MILD, Setting, Size
from training.synthetic.people import Person, Protected, make_people
from training.synthetic.pools import make_pools
from training.synthetic.spells import Array, Spells, covariates, make_spells
from training.synthetic.tables import (
    people_table,
    protected_table,
    true_persons,
    true_vacancies,
    vacancy_table,
)
from training.synthetic.trades import Crafts, crafts
from training.synthetic.vacancies import Opening, make_openings


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What nobody in a real hub would know. Never an input of anything that is learnt.

    ``pairs`` has the rows of ``decisions`` in the same order: ``fit`` (what documents could say,
    mean 0, deviation 1) with its parts, ``hidden`` (what they could not), ``expected_grade``
    (mean label of 0-3 over repetitions of chance, without exposure and bias, never falling with
    the fit) and
    ``expected_label`` (with both). ``spells`` has, for each person, the log odds, the latent exit
    and the chances of :func:`training.synthetic.spells.true_chances`. ``persons`` and
    ``vacancies`` hold trades, skills and needs as URIs; ``phrases`` the skill phrases of every
    text before misspelling.
    """

    pairs: pd.DataFrame
    spells: pd.DataFrame
    persons: pd.DataFrame
    vacancies: pd.DataFrame
    phrases: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A synthetic hub district and its history. Nothing in it is about a real person.

    ========== ==================================================================================
    field      rows
    ========== ==================================================================================
    people     id, text (CV), comune (ISTAT), intake
    vacancies  id, title, text, comune, opens
    decisions  a person considered for a vacancy: label 0 not shown, 1 shown, 2 shortlisted,
               3 hired; opened_on, shown_on, shortlisted_on, hired_on (none where it was not)
    spells     a person: situation at intake; months seen, event (work, inactive, censored),
               censored_by (lost, observation), closed, channel (hub, other, or none)
    measures   a measure begun: person_id, kind, start_month of the spell, months
    protected  id, sex, birth_year, citizenship, adults, minors: apart from all the rest
    ========== ==================================================================================
    """

    people: pd.DataFrame
    vacancies: pd.DataFrame
    decisions: pd.DataFrame
    spells: pd.DataFrame
    measures: pd.DataFrame
    protected: pd.DataFrame
    truth: Truth
    parameters: Setting
    size: Size
    territory: str
    seed: int
    setting: str
    observed_on: date
    synthetic: bool = True


def generate(
    territory: Territory,
    taxonomy: Taxonomy,
    *,
    seed: int,
    setting: Setting = MILD,
    size: Size | None = None,
) -> District:
    """Generate a district: the same arguments give the same district, byte for byte.

    Raises
    ------
    LexiconError
        If the taxonomy lacks a trade or skill that the generator has words for.
    DataError
        If the size asks for a history in which nothing can happen.
    """
    size = size or Size()
    known = crafts(taxonomy)
    people, protected = make_people(territory, known, seed=seed, setting=setting, size=size)
    openings = make_openings(territory, known, seed=seed, size=size)
    situation = covariates(
        people,
        _local_demand(people, known, territory),
        setting.spells,
        np.random.default_rng([seed, 8]),
    )
    spells = make_spells(situation, setting.spells, size, np.random.default_rng([seed, 9]))
    decisions, pairs = _history(
        openings, people, protected, spells, known, territory, seed=seed, setting=setting, size=size
    )
    people_frame, person_phrases = people_table(people, protected, known, setting, seed)
    vacancy_frame, vacancy_phrases = vacancy_table(openings, known, setting, seed)
    return District(
        people=people_frame,
        vacancies=vacancy_frame,
        decisions=decisions.seen,
        spells=_with_channel(spells.seen, decisions.hires),
        measures=spells.measures,
        protected=protected_table(protected),
        truth=Truth(
            pairs=pairs,
            spells=spells.truth,
            persons=true_persons(people, known),
            vacancies=true_vacancies(openings, known),
            phrases=pd.DataFrame(
                [*person_phrases, *vacancy_phrases], columns=["document_id", "uri", "phrase"]
            ),
        ),
        parameters=setting,
        size=size,
        territory=territory.code,
        seed=seed,
        setting=setting.name,
        observed_on=size.start + timedelta(days=round(size.months * MONTH_DAYS)),
    )


def _history(
    openings: Sequence[Opening],
    people: Sequence[Person],
    protected: Sequence[Protected],
    spells: Spells,
    known: Crafts,
    territory: Territory,
    *,
    seed: int,
    setting: Setting,
    size: Size,
) -> tuple[Decisions, pd.DataFrame]:
    pools = make_pools(
        openings,
        people,
        spells.seen,
        crafts=known,
        parameters=setting.decisions,
        size=size,
        seed=seed,
    )
    lengths = [len(pool) for pool in pools]
    if not any(lengths):
        raise DataError(
            f"No one of {size.people} people is in charge when a vacancy opens; ask for more."
        )
    parts = true_fit(
        np.repeat(np.arange(len(openings)), lengths),
        np.concatenate(pools),
        openings=openings,
        people=people,
        crafts=known,
        territory=territory,
        weights=setting.fit,
    )
    fits = np.split(parts["fit"].to_numpy(), np.cumsum(lengths)[:-1])
    decisions = decide(
        openings,
        people,
        protected,
        pools,
        fits,
        spells.seen,
        parameters=setting.decisions,
        seed=seed,
    )
    return decisions, pd.concat([decisions.truth, parts], axis=1)


def _local_demand(people: Sequence[Person], known: Crafts, territory: Territory) -> Array:
    """How much the trade is asked for around the home, as a rank in (0, 1]."""
    towns = sorted({person.municipality.istat for person in people})
    near: dict[str, float] = {}
    for istat in towns:
        near[istat] = sum(
            (place.population or 1)
            / (15.0 + territory.journey(istat, place.istat, Mode.PUBLIC_TRANSPORT).minutes)
            for place in territory.municipalities
        )
    asked = [
        near[person.municipality.istat]
        * known.all[person.wanted[0]].trade.vacancies
        / known.all[person.wanted[0]].trade.people
        for person in people
    ]
    return np.asarray(pd.Series(asked).rank(pct=True).to_numpy(), dtype=float)


def _with_channel(seen: pd.DataFrame, hires: Mapping[int, str]) -> pd.DataFrame:
    through_hub = seen.index.isin(list(hires))
    works = seen["event"] == "work"
    return seen.assign(channel=np.where(through_hub, "hub", np.where(works, "other", "")))
