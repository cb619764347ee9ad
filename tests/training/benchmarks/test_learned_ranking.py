import json

import pytest

from matching.service import Service
from training.benchmarks.learned_ranking import COMPARED, SYSTEMS, synthetic_ranking
from training.synthetic import Size

SMALL = Size(people=150, vacancies=60, pool=(8, 14), months=30)


@pytest.fixture(scope="module")
def report(service: Service) -> dict[str, object]:
    return synthetic_ranking(
        service, seeds=[4], settings=["mild", "biased"], size=SMALL, test_months=8, draws=200
    )


def test_every_system_is_on_the_same_vacancies_in_every_setting(report) -> None:
    assert list(report["settings"]) == ["mild", "biased"]
    for found in report["settings"].values():
        assert tuple(found["systems"]) == SYSTEMS
        for row in found["systems"].values():
            assert 0 < row["ndcg@10_low"] <= row["ndcg@10"] <= row["ndcg@10_high"] < 1
        assert found["vacancies"] >= 10
        assert set(found["districts"]["4"]) == set(SYSTEMS)


def test_differences_are_of_the_systems_named(report) -> None:
    for found in report["settings"].values():
        for first, second in COMPARED:
            apart = found["systems"][first]["ndcg@10"] - found["systems"][second]["ndcg@10"]
            assert found["differences"][f"{first}-{second}"]["ndcg@10"] == pytest.approx(
                apart, abs=2e-6
            )


def test_who_knows_the_truth_is_ahead_of_text_search(report) -> None:
    systems = report["settings"]["mild"]["systems"]
    assert systems["oracle"]["ndcg@10"] > systems["tfidf_words"]["ndcg@10"]


def test_it_says_that_it_is_synthetic_and_can_be_written(report) -> None:
    assert report["synthetic"] is True
    assert json.loads(json.dumps(report, allow_nan=False)) == report


def test_bias_changes_the_decisions_and_not_what_is_read(report) -> None:
    mild, biased = report["settings"]["mild"], report["settings"]["biased"]
    assert mild["pairs"] == biased["pairs"]
    assert mild["systems"]["bm25"] != biased["systems"]["bm25"]
