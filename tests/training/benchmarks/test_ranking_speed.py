"""The ranking's speed on a tiny district: all chains find the same; how fast is not tested."""

import io
import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from rich.console import Console

from matching.errors import InputError, ModelError
from matching.features import people_of
from matching.models.ranker import LambdaRanker
from training.benchmarks import ranking_speed_run
from training.benchmarks.experiment import RankingSpeedRun, read_ranking_speed
from training.benchmarks.ranking_hub import hub
from training.benchmarks.ranking_material import Material, in_turn, many_people, material
from training.benchmarks.ranking_peers import Layout
from training.benchmarks.ranking_speed import best_kept, chains_of, two_stages
from training.benchmarks.ranking_speed_run import (
    print_ranking_speed,
    ranking_speed,
    run_ranking_speed,
)
from training.dataset import considered, read_person, read_vacancy

TINY = RankingSpeedRun(
    people=30, vacancies=6, pool=400, each=2, rounds=2, explained=3, compared=3, seed=3
)
AS_OF = date(2026, 11, 28)


@pytest.fixture(scope="module")
def made(service, small_history, small_pairs):
    persons, openings = considered(small_history)
    grades = small_pairs.grades(small_history.sheet.last_day)
    ranker = LambdaRanker(members=2, trees=8, least_rows=5)
    return Material(
        profiles=tuple(read_person(service, row) for row in persons[:30]),
        vacancies=tuple(read_vacancy(service, row) for row in openings[:6]),
        ranker=ranker.fit(small_pairs.features, grades, small_pairs.vacancies),
        as_of=AS_OF,
    )


@pytest.fixture(scope="module")
def report(service, made):
    return ranking_speed(service, made, TINY)


@pytest.fixture(scope="module")
def chains(service, made):
    people = many_people(people_of(made.profiles, service.space), service.space, count=300, seed=1)
    return chains_of(people, service.space, made.ranker, tuple(Layout))


def test_every_chain_is_timed_step_by_step_and_told_as_a_ratio(report):
    for found in (report["hub"], *report["two_stages"]):
        own, *peers = found["milliseconds"]
        assert own == "valoriamo"
        assert set(found["ratios"]) == set(peers)
        for row in found["milliseconds"].values():
            steps = [time for time in row.values() if isinstance(time, float)]
            assert sum(steps) == pytest.approx(row["total"]["median"], rel=0.5)
            assert 0 < row["total"]["least"] <= row["total"]["median"] <= row["total"]["most"]
            assert row["wall"]["most"] > 0
    assert list(report["two_stages"][0]["milliseconds"]) == [
        "valoriamo", "scipy_csr", "scipy_csr_one_booster", "scipy_csc", "scipy_csc_one_booster",
    ]  # fmt: skip
    assert report["hub"]["people"] == 30
    assert report["trees"]["boosters"] == 2
    assert report["shortlists"]["total"]["least"] > 0
    json.dumps(report)


def test_of_a_pool_smaller_than_what_is_scored_everybody_is_kept(report):
    kept = report["best_kept"]
    assert (kept["people"], kept["first"], kept["vacancies"]) == (400, 3, 3)
    assert {share["mean"] for share in kept["kept"].values()} == {1.0}
    assert report["whole_or_staged"] == []  # all sizes are larger than the pool


def test_stage_one_keeps_more_of_the_best_the_more_it_keeps(chains, made):
    found = best_kept(chains, made.vacancies, first=20, kept=[20, 100, 300])
    few, more, everybody = found["kept"].values()
    assert 0 < few["mean"] <= more["mean"] <= everybody["mean"] == 1.0
    assert few["least"] <= few["mean"]
    assert everybody["whole"] == len(made.vacancies)


def test_a_chain_that_computes_other_features_is_not_believed(chains, made):
    wrong = chains.peers[Layout.CSR]
    facts = wrong.facts.assign(home=(wrong.facts["home"] + 1) % 3)
    spoilt = replace(chains, peers={Layout.CSR: replace(wrong, facts=facts)})
    with pytest.raises(ModelError, match="different features"):
        two_stages(spoilt, [made.vacancies], most=50)


def test_a_chain_that_finds_other_people_is_not_believed(chains, made):
    wrong = chains.peers[Layout.CSC]
    spoilt = replace(chains, peers={Layout.CSC: replace(wrong, words=wrong.words * 0.5)})
    with pytest.raises(ModelError, match="different people"):
        two_stages(spoilt, [made.vacancies], most=20)


def test_only_a_learned_ranker_has_a_chain_to_be_measured_against(service, made):
    matcher = service.with_baseline().matcher
    with pytest.raises(ModelError, match="learned ranker"):
        hub(matcher, matcher.pool(made.profiles), [made.vacancies], explained=2)


def test_many_people_are_made_of_parts_of_a_few_and_by_the_seed(service, made):
    people = people_of(made.profiles, service.space)
    one, same, other = (
        many_people(people, service.space, count=50, seed=seed) for seed in (1, 1, 2)
    )
    assert len(set(one.ids)) == 50
    np.testing.assert_array_equal(one.reach.home, same.reach.home)
    assert (one.words.held != same.words.held).nnz == 0
    assert not np.array_equal(one.reach.home, other.reach.home)
    assert one.words.held.nnz / 50 < people.words.held.nnz / 30


def test_vacancies_come_again_where_there_are_fewer(made):
    assert in_turn(made.vacancies[:2], 5) == [made.vacancies[n] for n in (0, 1, 0, 1, 0)]


def test_a_district_is_generated_read_and_learnt_from(service):
    found = material(service, people=40, vacancies=12, seed=5)
    assert len(found.profiles) == 40
    assert 0 < len(found.vacancies) <= 12
    assert 0 < found.ranker.no_information() < 1


def test_people_are_told_in_words(report):
    out = io.StringIO()
    print_ranking_speed(Console(file=out, width=160), report)
    for words in ("scipy_csc_one_booster", "stage one keeps", "Booster.predict", "whole shortlist"):
        assert words in out.getvalue()


def test_a_recorded_run_follows_its_configuration(service, made, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(ranking_speed_run, "material", lambda *_, **__: made)
    fields = {"people": 30, "vacancies": 6, "pool": 200, "each": 1, "rounds": 1, "explained": 2}
    lines = [f"{name} = {value}" for name, value in (fields | {"compared": 1, "seed": 5}).items()]
    (tmp_path / "config.toml").write_text("\n".join(['benchmark = "ranking-speed"', *lines]))
    run_ranking_speed(lambda: service, record=tmp_path, as_json=True)
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == written
    assert (written["pool"], written["explained"], written["seed"]) == (200, 2, 5)


@pytest.mark.parametrize("line", ["pool = 0", "rounds = -1", 'people = "many"', "other = 3"])
def test_a_configuration_that_makes_no_sense_is_refused(tmp_path, line):
    fields = dict.fromkeys(
        ("people", "vacancies", "pool", "each", "rounds", "explained", "compared", "seed"), 1
    )
    fields.pop(line.split(" ")[0], None)
    lines = [f"{name} = {value}" for name, value in fields.items()]
    (tmp_path / "config.toml").write_text("\n".join(['benchmark = "ranking-speed"', *lines, line]))
    with pytest.raises(InputError, match=line.split(" ")[0]):
        read_ranking_speed(tmp_path, "ranking-speed")
