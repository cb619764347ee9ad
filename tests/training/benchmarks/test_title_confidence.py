import json
from pathlib import Path

import pytest

from matching.errors import DataError
from matching.linking.labels import Label, OccupationLabels, Place
from matching.settings import shipped_data
from training.benchmarks.title_confidence import title_confidence

EXPERIMENT = Path(__file__).parents[3] / "experiments" / "2026-11-title-confidence"
WORK = ("riparatore", "venditore", "disegnatore", "collaudatore", "montatore")
THINGS = (
    "biciclette", "orologi", "pianoforti", "tende", "lampade", "caldaie", "ombrelli", "serrature",
    "finestre", "chitarre", "divani", "cancelli", "aquiloni", "specchi", "tappeti", "camini",
)  # fmt: skip


def many_labels():
    labels, places = [], {}
    for work in WORK:
        for number, thing in enumerate(THINGS):
            uri = f"urn:test:{work}:{thing}"
            places[uri] = Place(isco08=f"7{WORK.index(work)}{number // 8}1")
            texts = (f"{work} di {thing}", f"addetto {work} {thing}", f"tecnico per {thing} {work}")
            labels += [Label(uri, text, place == 0) for place, text in enumerate(texts)]
    return OccupationLabels(tuple(labels), places=places)


@pytest.fixture(scope="module")
def report():
    return title_confidence(many_labels())


def test_confidence_is_learnt_from_labels_taken_out(report):
    assert set(report["weights"]) == {"exactness", "lead", "neighbours", "shared"}
    assert report["weights"]["lead"] > 0
    assert report["titles"] >= 20


def test_a_higher_threshold_answers_less_and_more_rightly(report):
    half, high = report["thresholds"]["0.5"], report["thresholds"]["0.8"]
    assert high["answered"] <= half["answered"]
    assert high["right"] >= half["right"]


def test_the_curve_is_right_about_as_often_as_it_says(report):
    assert report["calibration_error"] < 0.1
    assert sum(row["answers"] for row in report["reliability"]) > report["titles"]


def test_the_same_seed_takes_out_the_same_labels(report):
    assert title_confidence(many_labels()) == report


def test_a_handful_of_occupations_is_too_few():
    few = OccupationLabels(many_labels().labels[:9])
    with pytest.raises(DataError, match="too few"):
        title_confidence(few)


def test_the_shipped_curve_is_that_of_the_experiment():
    shipped = json.loads((shipped_data() / "linking" / "titles.json").read_text("utf-8"))
    results = json.loads((EXPERIMENT / "results.json").read_text("utf-8"))
    for name in ("intercept", "weights"):
        assert shipped[name] == results[name]
    for name in ("calibration_error", "thresholds", "titles"):
        assert shipped["card"][name] == results[name]
