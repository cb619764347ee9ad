import hashlib
import json
from pathlib import Path

import pytest

from matching.ranking.pool import SCORED_WHOLE
from matching.service.paging import HEAD
from training.benchmarks.experiment import (
    read_config,
    read_extraction,
    read_fields,
    read_ranking_speed,
    read_risk_speed,
    read_sentence_run,
    read_speed_run,
    read_synthetic,
    read_title_run,
)
from training.benchmarks.experiment_accompaniment import (
    read_effects_run,
    read_fund_run,
    read_reach_gain,
)
from training.benchmarks.hub_load_run import read_hub_load
from training.benchmarks.risk_config import read_risk_config
from training.benchmarks.titles_run import TitleBenchmark

EXPERIMENTS = Path(__file__).parents[2] / "experiments"
# What a proof of the hub counts, and what its configuration says of it.
COUNTED = {
    **{
        f"killed while {act}": ("points", "kills")
        for act in ("deciding", "erasing", "migrating", "promoting a model", "scoring")
    },
    "killed while importing": ("points", "kills_in_an_import"),
    "twenty writers": ("operations", "operations"),
    "backed up while others write": ("lists", "lists"),
}
PROOFS = {"benchmark": str, **{name: int for _, name in COUNTED.values()}}
FOLDERS = sorted(EXPERIMENTS.glob("20??-??-*"))  # beside them stands what peers are asked with


def results_of(folder: Path):
    return json.loads((folder / "results.json").read_text("utf-8"))


def test_there_are_experiments():
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_results_are_those_of_the_configuration_beside_them(folder):
    results = results_of(folder)
    if results["benchmark"] in ("resume-relevance", "job-views"):
        run = read_config(folder, results["benchmark"])
        assert results["as_of"] == run.as_of.isoformat()
        assert (results["draws"], results["seed"]) == (run.draws, run.seed)
        return
    if results["benchmark"] == "italian-extraction":
        part = read_extraction(folder, results["benchmark"])
        assert (results["split"], results["as_of"]) == (str(part.split), part.as_of.isoformat())
        assert (results["draws"], results["seed"]) == (part.draws, part.seed)
        return
    if results["benchmark"] == "skill-linking":
        sentences = read_sentence_run(folder, results["benchmark"])
        assert (results["draws"], results["seed"]) == (sentences.draws, sentences.seed)
        return
    if results["benchmark"] in set(TitleBenchmark):
        titles = read_title_run(folder, results["benchmark"])
        assert results["seed"] == titles.seed
        assert results.get("draws", titles.draws) == titles.draws
        assert ("cross_fit" in results) == titles.cross_fit
        return
    if results["benchmark"] == "matching-speed":
        speed = read_speed_run(folder, results["benchmark"])
        assert (results["labels"], results["texts"]) == (speed.labels, speed.texts)
        assert (results["rounds"], results["seed"]) == (speed.rounds, speed.seed)
        return
    if results["benchmark"] == "ranking-speed":
        ranked = read_ranking_speed(folder, results["benchmark"])
        assert (results["people"], results["pool"]) == (ranked.people, ranked.pool)
        assert (results["rounds"], results["seed"]) == (ranked.rounds, ranked.seed)
        assert (results["scored_whole"], results["head"]) == (SCORED_WHOLE, HEAD)
        return
    if results["benchmark"] == "fund-allocation":
        funded = read_fund_run(folder, results["benchmark"])
        assert {name: results[name] for name in funded} == {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in funded.items()
        }
        return
    if results["benchmark"] == "reach-gain":
        counted = read_reach_gain(folder, results["benchmark"])
        assert (results["vacancies"], results["services"]) == (counted.counted, counted.services)
        assert (results["people"], results["seed"]) == (counted.timed, counted.seed)
        return
    if results["benchmark"] == "hub-contract":
        asked = read_fields(folder, "hub-contract", {"benchmark": str, "examples": int})
        assert results["examples"] == asked["examples"]
        assert (results["server_errors"], results["breaches"]) == (0, 0)
        return
    if results["benchmark"] == "hub-proofs":
        asked = read_fields(folder, "hub-proofs", PROOFS)
        for proof, found in results["proofs"].items():
            assert set(found) == {"sqlite", "postgresql"}, proof
            counted, wanted = COUNTED[proof.partition(",")[0]]
            assert {facts[counted] for facts in found.values()} == {asked[wanted]}, proof
        assert {proof.partition(",")[0] for proof in results["proofs"]} == set(COUNTED)
        return
    if results["benchmark"] == "hub-load":
        loaded = read_hub_load(folder, results["benchmark"])
        assert (results["people"], results["vacancies"]) == (loaded.people, loaded.vacancies)
        assert (results["clients"], results["seconds"]) == (loaded.clients, loaded.seconds)
        assert (results["rounds"], results["seed"]) == (loaded.rounds, loaded.seed)
        return
    if results["benchmark"] == "risk-speed":
        hurried = read_risk_speed(folder, results["benchmark"])
        assert (results["scored"], results["rounds"]) == (hurried.scored, hurried.rounds)
        assert (results["explained"], results["seed"]) == (hurried.explained, hurried.seed)
        return
    if results["benchmark"] == "measure-effects":
        planted = read_effects_run(folder, results["benchmark"])
        assert results["seeds"] == list(planted["seeds"])
        assert results["people"] == planted["people"]
        assert results["selection"] == planted["selection"]
        return
    if results["benchmark"] == "risk":
        asked = read_risk_config(folder)
        assert (results["table"], results["folds"]) == (asked.table, asked.folds)
        assert results["seed"] == asked.seed
        return
    run = read_synthetic(folder, results["benchmark"])
    assert results["synthetic"] is True
    assert results["seeds"] == list(run.seeds)
    if results["benchmark"] == "synthetic-ranking":
        assert (results["people"], results["vacancies"]) == (run.people, run.vacancies)
        assert (results["draws"], results["seed"]) == (run.draws, run.seed)
    else:
        assert results["trained_on"] == run.people


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_page_says_how_to_run_it_again(folder):
    page = (folder / "README.md").read_text("utf-8")
    proved = results_of(folder)["benchmark"] in ("hub-contract", "hub-proofs")
    assert (
        "VALORIAMO_RECORD=experiments" if proved else f"--record experiments/{folder.name}"
    ) in page


def test_the_results_on_our_own_set_are_of_the_files_as_they_are():
    results = results_of(EXPERIMENTS / "2026-11-relevance")
    data = EXPERIMENTS.parent / "data" / "gold" / "relevance"
    now = {
        name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in results["files"]
    }
    assert now == results["files"]
