import os
import sys
from pathlib import Path

import numpy as np
import pytest

from matching.errors import DataError
from matching.settings import read_settings
from training.benchmarks.survival_peers import (
    NoPeer,
    Peer,
    find_peer,
    peer_curves,
    peer_metrics,
)
from training.censored import (
    Times,
    censoring_curve,
    dynamic_auc,
    harrell_concordance,
    integrated_ipcw_brier,
    ipcw_brier,
    ipcw_concordance,
)

NAMED = os.environ.get("VALORIAMO_PEER_PYTHON")
with_peer = pytest.mark.skipif(
    NAMED is None,
    reason="NOT RUN: agreement with scikit-survival; VALORIAMO_PEER_PYTHON names no environment",
)


@pytest.fixture(scope="module")
def peer() -> Peer:
    found = find_peer(Path(str(NAMED)))
    assert isinstance(found, Peer), found.why
    return found


def seen(count: int, *, whole: bool, seed: int = 0) -> Times:
    rng = np.random.default_rng(seed)
    event, lost = rng.exponential(10, count), rng.exponential(15, count)
    if whole:
        event, lost = np.ceil(event), np.ceil(lost)
    return Times(
        time=np.minimum(event, lost), found=event <= lost, gone=np.zeros(count, dtype=bool)
    )


@with_peer
@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("apart", [False, True])
def test_the_metrics_are_those_of_the_peer(peer: Peer, whole: bool, apart: bool) -> None:
    outcomes = seen(600, whole=whole)
    losses_of = seen(900, whole=whole, seed=1) if apart else outcomes
    # The peer takes no time after the last that it knows the losses of.
    near = outcomes.time <= losses_of.time.max()
    outcomes = Times(time=outcomes.time[near], found=outcomes.found[near], gone=outcomes.gone[near])
    rng = np.random.default_rng(2)
    count = len(outcomes.time)
    risk, at = rng.random(count).round(2 if whole else 12), np.array([2.0, 5.0, 7.5, 12.0])
    survival = rng.random((count, 4))
    theirs = peer_metrics(
        peer, outcomes, survival, risk, at, tau=9.0, censoring_of=losses_of if apart else None
    )
    curve = censoring_curve(losses_of)
    ours = {
        "brier": ipcw_brier(outcomes, survival, at, censoring=curve),
        "integrated_brier": integrated_ipcw_brier(outcomes, survival, at, censoring=curve),
        "auc": dynamic_auc(outcomes, risk, at, censoring=curve),
        "concordance": harrell_concordance(outcomes, risk),
        "concordance_ipcw": ipcw_concordance(outcomes, risk, censoring=curve),
        "concordance_ipcw_tau": ipcw_concordance(outcomes, risk, tau=9.0, censoring=curve),
    }
    assert theirs.keys() == ours.keys()
    for name, value in ours.items():
        np.testing.assert_allclose(value, theirs[name], rtol=0, atol=1e-9, err_msg=name)


@with_peer
def test_the_peer_draws_curves_for_people_it_did_not_learn_from(peer: Peer) -> None:
    outcomes = seen(400, whole=True)
    covariates = np.column_stack([outcomes.time + np.random.default_rng(0).normal(0, 5, 400)])
    everybody, cox = peer_curves(
        peer, outcomes, covariates, np.array([[1.0], [20.0]]), np.array([3.0, 8.0])
    )
    assert 1 > everybody[0] > everybody[1] > 0
    assert (cox[0] < cox[1]).all()
    assert (cox[:, 0] > cox[:, 1]).all()


@with_peer
def test_a_question_that_the_peer_cannot_answer_is_refused_with_its_reason(peer: Peer) -> None:
    outcomes = seen(50, whole=False)
    with pytest.raises(DataError, match="follow-up"):
        peer_metrics(peer, outcomes, np.ones((50, 1)), np.ones(50), np.array([1e6]), tau=1.0)


def test_without_an_environment_the_state_says_how_to_make_one(tmp_path: Path) -> None:
    for python in (None, tmp_path / "python"):
        found = find_peer(python)
        assert isinstance(found, NoPeer)
        assert "make peers" in found.why
        assert "VALORIAMO_PEER_PYTHON" in found.why


def test_an_environment_without_the_peer_is_none() -> None:
    found = find_peer(Path(sys.executable))
    assert isinstance(found, NoPeer)
    assert "sksurv" in found.why


@pytest.mark.parametrize(
    ("does", "says"), [('echo \'{"version": "0.1.0"}\'', "0.1.0"), ("echo no", "no JSON")]
)
def test_what_is_no_peer_is_not_taken_for_one(tmp_path: Path, does: str, says: str) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    python.chmod(0o755)
    found = find_peer(python)
    assert isinstance(found, NoPeer)
    assert says in found.why


def test_the_peer_is_not_asked_of_competing_exits() -> None:
    outcomes = Times(time=np.ones(2), found=np.array([True, False]), gone=np.array([False, True]))
    with pytest.raises(DataError, match="no exit but one"):
        peer_curves(
            Peer(Path("none"), "0.28.0"), outcomes, np.ones((2, 1)), np.ones((1, 1)), np.ones(1)
        )


def test_the_environment_is_named_by_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VALORIAMO_PEER_PYTHON", "/srv/peers/bin/python")
    assert read_settings().peer_python == Path("/srv/peers/bin/python")
