"""``synthetic-ranking``: whether the learned ranker beats the baseline, and that the text peers.

Fresh synthetic districts, in each setting of the generator: the ranker learns from the decisions
known on a cut, and all systems are compared on the vacancies opened after it, whose people it
never saw. What is measured is agreement with what was decided, chance and unfairness included;
the oracle, who knows the true fit, says how far anybody could get.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from matching.cli.records import TextRecord
from matching.domain import Profile, Vacancy
from matching.models.baseline import BaselineRanker
from matching.models.package import open_ranker
from matching.service import Service
from training.benchmarks.judged import JudgedSet
from training.benchmarks.learning_curve import STEPS, curve_of, curve_report
from training.benchmarks.systems import bm25, skills_jaccard, tfidf_letters, tfidf_words
from training.dataset import Pairs, considered, read_pairs, read_person, read_vacancy
from training.evaluation import DRAWS, SEED, Estimate, bootstrap, paired_difference
from training.history import History, history_of
from training.pipeline import RANKER_TEST_MONTHS, ndcg_by_vacancy, train_ranker
from training.synthetic import SETTINGS, District, Size, generate

Array = npt.NDArray[np.float64]

RANKER, BASELINE, ORACLE = "ranker", "baseline", "oracle"
PEERS = ("tfidf_words", "tfidf_letters", "bm25", "skills_jaccard")
SYSTEMS = (*PEERS, BASELINE, RANKER, ORACLE)
COMPARED = (
    *((BASELINE, peer) for peer in PEERS),
    *((RANKER, peer) for peer in PEERS),
    (RANKER, BASELINE),
    (ORACLE, RANKER),
)
_DECIMALS = 6
# Texts by what they are read from: settings that differ in decisions alone share them.
_Read = dict[tuple[object, ...], Profile | Vacancy]


def synthetic_ranking(
    service: Service,
    *,
    seeds: Sequence[int],
    settings: Sequence[str] = tuple(SETTINGS),
    size: Size | None = None,
    test_months: int = RANKER_TEST_MONTHS,
    steps: Sequence[int] = STEPS,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, Any]:
    """nDCG@10 of every system on the test periods of fresh districts, by setting.

    Parameters
    ----------
    service
        The product; its texts' reading and features are used, not its ranker.
    seeds
        Of the districts, none of which anything was chosen on.
    settings
        Names of settings of the generator.
    size
        Of each district.
    test_months
        Months of vacancies in a test period.
    steps
        Numbers of vacancies to learn from, of the learning curve.
    draws, seed
        Of the bootstrap over vacancies, all districts together.

    Returns
    -------
    dict
        JSON values. Under ``settings`` by name: ``systems``, and ``differences`` by
        ``first-second``, each with ``ndcg@10`` and the ends of its 95% interval; ``of_oracle``, the
        ranker's mean over the oracle's; ``vacancies``, ``pairs`` and ``learnt_from`` (pairs);
        ``sureness``, how rank intervals and chances hold, by district; ``curve``, see
        :func:`training.benchmarks.learning_curve.curve_report`; ``districts``, the means of each
        by itself.
    """
    size = size or Size()
    read: _Read = {}
    report: dict[str, Any] = {}
    for name in settings:
        found = []
        for number in seeds:
            district = generate(
                service.territory,
                service.taxonomy,
                seed=number,
                setting=SETTINGS[name],
                size=size,
            )
            found.append(_district(service, district, read, test_months, steps))
        report[name] = _together(found, seeds, draws=draws, seed=seed)
    return {
        "benchmark": "synthetic-ranking",
        "synthetic": True,
        "lexicon": service.taxonomy.digest,
        "seeds": list(seeds),
        "people": size.people,
        "vacancies": size.vacancies,
        "test_months": test_months,
        "draws": draws,
        "seed": seed,
        "settings": report,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _District:
    """nDCG@10 of every test vacancy by system, and what else is reported of one district."""

    values: Mapping[str, Array]
    pairs: int
    learnt_from: int
    sureness: Mapping[str, float]
    curve: Mapping[int, tuple[int, Array]]


def _district(
    service: Service, district: District, read: _Read, test_months: int, steps: Sequence[int]
) -> _District:
    history = history_of(district)
    pairs, people, vacancies = _pairs(service, history, read)
    trained = train_ranker(
        pairs, history.sheet, as_of=district.observed_on, test_months=test_months
    )
    split = trained.split
    learnt, test = pairs.where(split.train), pairs.where(split.test)
    ranker = open_ranker(trained.package)
    truth = district.truth.pairs.set_index(["vacancy_id", "person_id"])["expected_grade"]
    keys = pd.MultiIndex.from_frame(test.decisions[["vacancy_id", "person_id"]])
    scores = {
        **_peers(history, test, people, vacancies),
        BASELINE: BaselineRanker().fit(test.features).predict(test.features),
        RANKER: ranker.predict(test.features),
        ORACLE: truth.loc[keys].to_numpy(dtype=float),
    }
    grades = test.grades(split.as_of)
    return _District(
        values={name: ndcg_by_vacancy(test, grades, given) for name, given in scores.items()},
        pairs=len(test),
        learnt_from=len(learnt),
        sureness={
            name: value
            for name, value in trained.metrics.items()
            if name.startswith(("rank_", "chance_", "taken_", "constant_"))
        },
        curve=curve_of(
            learnt, learnt.grades(split.cut), test, grades, steps=steps, seed=district.seed
        ),
    )


def _pairs(
    service: Service, history: History, read: _Read
) -> tuple[Pairs, dict[str, Profile], dict[str, Vacancy]]:
    persons, openings = considered(history)
    people: dict[str, Profile] = {}
    vacancies: dict[str, Vacancy] = {}
    for row in persons:
        key = tuple(row.values())
        if not isinstance(held := read.get(key), Profile):
            held = read[key] = read_person(service, row)
        people[held.id] = held
    for row in openings:
        key = tuple(row.values())
        if not isinstance(asked := read.get(key), Vacancy):
            asked = read[key] = read_vacancy(service, row)
        vacancies[asked.id] = asked
    return read_pairs(history, service, people, vacancies), people, vacancies


def _peers(
    history: History,
    test: Pairs,
    people: Mapping[str, Profile],
    vacancies: Mapping[str, Vacancy],
) -> dict[str, Array]:
    """Scores of the peers for the test pairs; they know all texts, and no decision."""
    persons, openings = considered(history)
    asked = set(test.vacancies)
    offers = tuple(_record(row) for row in openings if row["id"] in asked)
    everybody = tuple(_record(row) for row in persons)
    judged = JudgedSet(layout="synthetic", vacancies=offers, persons=everybody, grades={}, files={})
    row = {record.id: number for number, record in enumerate(offers)}
    column = {record.id: number for number, record in enumerate(everybody)}
    at = (
        [row[key] for key in test.decisions["vacancy_id"]],
        [column[key] for key in test.decisions["person_id"]],
    )
    named = skills_jaccard(
        [vacancies[record.id] for record in offers], [people[record.id] for record in everybody]
    )
    found = {"tfidf_words": tfidf_words, "tfidf_letters": tfidf_letters, "bm25": bm25}
    return {
        **{name: peer(judged)[at] for name, peer in found.items()},
        "skills_jaccard": named[at],
    }


def _record(row: Mapping[str, object]) -> TextRecord:
    return TextRecord(
        where=str(row["id"]),
        id=str(row["id"]),
        text=str(row["text"]),
        title=str(row.get("title", "")),
    )


def _together(
    found: Sequence[_District], seeds: Sequence[int], *, draws: int, seed: int
) -> dict[str, Any]:
    whole = {name: np.concatenate([one.values[name] for one in found]) for name in SYSTEMS}
    means = {name: float(np.nanmean(values)) for name, values in whole.items()}
    return {
        "systems": {
            name: _keys(bootstrap(values, draws=draws, seed=seed)) for name, values in whole.items()
        },
        "differences": {
            f"{first}-{second}": _keys(
                paired_difference(whole[first], whole[second], draws=draws, seed=seed)
            )
            for first, second in COMPARED
        },
        "of_oracle": round(means[RANKER] / means[ORACLE], _DECIMALS),
        "vacancies": len(whole[RANKER]),
        "pairs": sum(one.pairs for one in found),
        "learnt_from": [one.learnt_from for one in found],
        "sureness": {
            str(number): dict(one.sureness) for number, one in zip(seeds, found, strict=True)
        },
        "curve": curve_report(
            [one.curve for one in found],
            [one.values[BASELINE] for one in found],
            draws=draws,
            seed=seed,
        ),
        "districts": {
            str(number): {name: round(float(np.nanmean(one.values[name])), 4) for name in SYSTEMS}
            for number, one in zip(seeds, found, strict=True)
        },
    }


def _keys(estimate: Estimate) -> dict[str, float]:
    return {
        "ndcg@10": round(estimate.value, _DECIMALS),
        "ndcg@10_low": round(estimate.low, _DECIMALS),
        "ndcg@10_high": round(estimate.high, _DECIMALS),
    }
