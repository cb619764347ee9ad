import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training.benchmarks.views_sets import write_views
from training.benchmarks.job_views_draws import (
    METRICS,
    Query,
    applicants_for_jobs,
    clustered,
    jobs_for_applicants,
    measured,
)
from training.benchmarks.job_views_set import Applicant, Job, JobViews, Place, read_job_views
from training.evaluation import auc, bootstrap, ndcg, reciprocal_rank


def a_set(viewed, states):
    return JobViews(
        applicants=tuple(
            Applicant(id=str(n), positions=(), interests=(), viewed=tuple(jobs))
            for n, jobs in enumerate(viewed)
        ),
        jobs=tuple(Job(str(n), "title", Place("", state)) for n, state in enumerate(states)),
        left_out=0,
        files={},
    )


SETS = st.integers(2, 40).flatmap(
    lambda jobs: st.builds(
        a_set,
        st.lists(st.lists(st.integers(0, jobs - 1), min_size=1, unique=True), min_size=1),
        st.lists(st.sampled_from(["A", "B"]), min_size=jobs, max_size=jobs),
    )
)


@given(SETS, st.integers(0, 5))
def test_others_are_of_the_same_state_unseen_distinct_and_at_most_so_many(whole, seed):
    queries = jobs_for_applicants(whole, seed=seed, others=19)
    assert queries == jobs_for_applicants(whole, seed=seed, others=19)
    for query in queries:
        seen = set(whole.applicants[query.row].viewed)
        state = whole.jobs[query.pool[0]].place.state
        unseen = [
            n for n, job in enumerate(whole.jobs) if job.place.state == state and n not in seen
        ]
        assert query.pool[0] in seen
        assert set(query.pool[1:]) <= set(unseen)
        assert len(set(query.pool)) == len(query.pool) == 1 + min(19, len(unseen))
    drawn = {(query.row, query.pool[0]) for query in queries}
    missing = {
        (row, job)
        for row, one in enumerate(whole.applicants)
        for job in one.viewed
        if (row, job) not in drawn
    }
    for row, job in missing:
        state = whole.jobs[job].place.state
        of_state = {n for n, other in enumerate(whole.jobs) if other.place.state == state}
        assert of_state <= set(whole.applicants[row].viewed)


@given(SETS, st.integers(0, 5))
def test_turned_round_the_others_opened_a_job_of_the_state_and_not_this_one(whole, seed):
    for query in applicants_for_jobs(whole, seed=seed):
        state = whole.jobs[query.row].place.state
        first, *others = [whole.applicants[number] for number in query.pool]
        assert query.row in first.viewed
        for other in others:
            assert query.row not in other.viewed
            assert state in {whole.jobs[job].place.state for job in other.viewed}


def test_another_seed_draws_others():
    whole = a_set([[0]], ["A"] * 60)
    one, two = (jobs_for_applicants(whole, seed=seed) for seed in (1, 2))
    assert one != two


def test_a_job_alone_in_its_state_is_not_asked_for(tmp_path):
    given_set = read_job_views(write_views(tmp_path))
    rows = [query.row for query in jobs_for_applicants(given_set, seed=0)]
    assert rows == [0, 1, 1]
    assert applicants_for_jobs(given_set, seed=0) == []


@settings(max_examples=40)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=21))
def test_metrics_agree_with_those_of_the_evaluation(scores):
    found = measured([Query(0, tuple(range(len(scores))))], np.array([scores], dtype=float))
    relevant = [1] + [0] * (len(scores) - 1)
    assert found["auc"][0] == pytest.approx(auc(relevant, scores))
    assert found["mrr"][0] == pytest.approx(reciprocal_rank(relevant, scores))
    assert found["ndcg@10"][0] == pytest.approx(ndcg(relevant, scores, k=10))
    assert tuple(found) == METRICS


def test_success_at_five_shares_the_places_of_a_tie():
    # Three above; six level with the one: places 4 to 10, two of these seven within five.
    scores = np.array([[1.0, 2, 2, 2, 1, 1, 1, 1, 1, 1, 0]])
    assert measured([Query(0, tuple(range(11)))], scores)["s@5"][0] == pytest.approx(2 / 7)


def test_with_one_query_for_each_cluster_the_interval_is_the_usual_bootstrap():
    values = np.random.default_rng(3).random(30)
    ours = clustered(values, range(30), draws=300, seed=5)
    usual = bootstrap(values, draws=300, seed=5)
    assert (ours.value, ours.low, ours.high) == pytest.approx((usual.value, usual.low, usual.high))


def test_an_interval_is_wider_where_queries_of_a_person_go_together():
    values = np.repeat([0.0, 1.0] * 5, 20)
    apart = clustered(values, range(200), draws=400, seed=1)
    together = clustered(values, np.repeat(range(10), 20).tolist(), draws=400, seed=1)
    assert apart.value == together.value == 0.5
    assert together.high - together.low > 2 * (apart.high - apart.low)
    assert together.clusters == 10


def test_a_person_with_many_views_counts_for_as_many():
    assert clustered(np.array([1.0, 0, 0, 0]), [7, 8, 8, 8], draws=50, seed=1).value == 0.25
