import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from training.benchmarks.judged import read_judged
from training.benchmarks.resume_relevance import per_vacancy, resume_relevance
from training.benchmarks.systems import PEERS, no_information
from training.evaluation import bootstrap

DAY = date(2024, 12, 31)
OWN = ("ndcg@5", "ndcg@10", "spearman", "mrr", "map", "auc")


def keys(metrics):
    return {f"{name}{end}" for name in metrics for end in ("", "_low", "_high")}


def test_metrics_of_each_vacancy_are_over_its_judged_persons_only(write_set):
    rows = [("v1", "p3", "3"), ("v1", "p1", "0"), ("v2", "p2", "2")]
    judged = read_judged(write_set(judgements=rows))
    scores = np.array([[0.9, 0.8, 0.1], [0.3, 0.1, 0.9]])
    found = per_vacancy(judged, judged.grades, scores)
    # v1: p1 (grade 0) before p3 (grade 3); p2 stands between, but is not judged.
    assert found["ndcg@10"].tolist() == pytest.approx([1 / math.log2(3), 1.0])
    assert found["mrr"].tolist() == [0.5, 1.0]
    assert found["spearman"][0] == pytest.approx(-1.0)
    assert math.isnan(found["spearman"][1])
    assert math.isnan(found["auc"][1])


def test_good_means_grade_two_or_more(write_set):
    rows = [("v1", "p1", "1"), ("v1", "p2", "2"), ("v2", "p1", "1"), ("v2", "p2", "3")]
    judged = read_judged(write_set(judgements=rows))
    scores = np.array([[0.9, 0.1, 0.0], [0.1, 0.9, 0.0]])
    found = per_vacancy(judged, judged.grades, scores)
    assert found["mrr"].tolist() == [0.5, 1.0]
    assert found["auc"].tolist() == [0.0, 1.0]


def test_the_report_has_every_key_of_the_contract_and_is_json(service, write_set):
    report = resume_relevance(service, read_judged(write_set()), as_of=DAY, draws=50)
    assert keys(OWN) <= report.keys()
    assert report["peers"].keys() == report["differences"].keys()
    assert report["peers"].keys() == PEERS.keys() | {"skills_jaccard"}
    for part in (*report["peers"].values(), *report["differences"].values()):
        assert part.keys() == keys(OWN)
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert (report["vacancies"], report["persons"], report["pairs"]) == (2, 3, 6)
    assert report["model"] == "baseline"
    assert report["as_of"] == "2024-12-31"
    assert "second" not in report


def test_levels_and_differences_add_up(service, write_set):
    report = resume_relevance(service, read_judged(write_set()), as_of=DAY, draws=50)
    for name, peer in report["peers"].items():
        for metric in OWN:
            difference = report["differences"][name]
            assert difference[metric] == pytest.approx(report[metric] - peer[metric], abs=2e-6)
            assert difference[f"{metric}_low"] <= difference[metric] + 1e-6
            assert difference[metric] <= difference[f"{metric}_high"] + 1e-6


def test_values_are_the_bootstrap_of_the_vacancies(service, write_set):
    judged = read_judged(write_set())
    report = resume_relevance(service, judged, as_of=DAY, draws=300, seed=5)
    values = per_vacancy(judged, judged.grades, no_information(judged))["ndcg@10"]
    expected = bootstrap(values, draws=300, seed=5)
    peer = report["peers"]["no_information"]
    assert peer["ndcg@10"] == pytest.approx(expected.value, abs=1e-6)
    assert peer["ndcg@10_low"] == pytest.approx(expected.low, abs=1e-6)
    assert peer["ndcg@10_high"] == pytest.approx(expected.high, abs=1e-6)


def test_pairs_that_cannot_be_judged_and_tied_pairs_are_counted(service, write_set):
    blank = {"id": "p4", "text": "Ines Valtolda\nDisponibile."}
    folder = write_set(
        persons=[{"id": "p3", "text": "Tullio Bernaschi\nDisponibile da subito."}, blank],
        judgements=[("v1", "p3", "0"), ("v1", "p4", "2"), ("v2", "p3", "1")],
    )
    report = resume_relevance(service, read_judged(folder), as_of=DAY, draws=50)
    assert report["not_enough_data"] == 3
    assert report["tied"] == 2
    # Nothing told them apart, so the product is worth what chance is.
    assert report["ndcg@10"] == report["peers"]["no_information"]["ndcg@10"]
    assert report["differences"]["no_information"]["ndcg@10"] == 0


def test_a_metric_that_no_vacancy_defines_is_null(service, write_set):
    rows = [("v1", "p1", "1"), ("v1", "p2", "0"), ("v2", "p1", "0"), ("v2", "p2", "1")]
    report = resume_relevance(service, read_judged(write_set(judgements=rows)), as_of=DAY, draws=20)
    assert report["mrr"] is None
    assert report["mrr_low"] is None
    assert report["differences"]["bm25"]["auc_high"] is None
    assert report["ndcg@10"] is not None


def test_a_second_judge_gives_a_row_and_the_agreement(service, write_set):
    first = [("v1", "p1", "3"), ("v1", "p2", "0"), ("v2", "p1", "0"), ("v2", "p2", "2")]
    second = [("v1", "p1", "3"), ("v1", "p2", "0"), ("v2", "p1", "2"), ("v2", "p2", "1")]
    folder = write_set(judgements=first, second=second)
    report = resume_relevance(service, read_judged(folder), as_of=DAY, draws=50)
    assert keys(OWN) <= report["second"].keys()
    assert report["second"]["ndcg@10"] < report["ndcg@10"]
    agreement = report["agreement"]
    assert (agreement["same_grade"], agreement["within_one"]) == (0.5, 0.75)
    assert agreement["same_good"] == 0.5
    # Squared differences 0 0 4 1; by chance (a in 3 0 0 2, b in 3 0 2 1) the mean is
    # 13/4 + 14/4 - 2 * 5/4 * 6/4 = 3.
    assert agreement["kappa_quadratic"] == pytest.approx(1 - 1.25 / 3, abs=1e-6)
    # Second judge as a ranking: right for v1 (1), wrong way round for v2 (1 / log2(3)).
    assert agreement["ndcg@10"] == pytest.approx((1 + 1 / math.log2(3)) / 2, abs=1e-6)


def test_equal_inputs_give_equal_reports(service, write_set):
    judged = read_judged(write_set())
    one = resume_relevance(service, judged, as_of=DAY, draws=50)
    assert one == resume_relevance(service, judged, as_of=DAY, draws=50)


@pytest.mark.shared_data
def test_ferr_chance_is_what_the_source_of_the_set_says(shared: Path):
    judged = read_judged(shared / "data" / "bench-ferr")
    assert (len(judged.vacancies), len(judged.persons), judged.pairs) == (26, 203, 241)
    found = per_vacancy(judged, judged.grades, no_information(judged))
    assert set(found) == {"ndcg@5", "ndcg@10", "spearman"}
    # The source drew random orders (.682, .495); here they are averaged exactly.
    assert found["ndcg@10"].mean() == pytest.approx(0.682, abs=0.003)
    assert found["ndcg@5"].mean() == pytest.approx(0.495, abs=0.003)
    assert found["spearman"].mean() == 0
