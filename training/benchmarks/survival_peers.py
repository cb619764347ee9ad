"""scikit-survival as a peer: asked in a process of its own, never imported.

It is GPL, so it is no dependency, and lives in an environment of its own (``make peers``); where
none is named, or it does not answer, that is a state with a reason, and no number is made up.
"""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from matching.errors import DataError
from training.censored import Times

Array = npt.NDArray[np.float64]

SCRIPT = Path(__file__).parents[2] / "experiments" / "peers" / "survival_peer.py"
VERSION = "0.28"
_SECONDS = 900
_HOW = "make one with 'make peers' and name its Python in VALORIAMO_PEER_PYTHON"


@dataclass(frozen=True, slots=True)
class Peer:
    """A Python in which scikit-survival answers."""

    python: Path
    version: str


@dataclass(frozen=True, slots=True)
class NoPeer:
    """There is no peer to ask, and why."""

    why: str


def find_peer(python: Path | None) -> Peer | NoPeer:
    """The peer of an environment, if it is one."""
    if python is None:
        return NoPeer(f"No peer environment is named; {_HOW}.")
    if not python.is_file():
        return NoPeer(f"{python} is no file; {_HOW}.")
    if not SCRIPT.is_file():
        return NoPeer(f"{SCRIPT.name} is not there: the peer is asked from a checkout only.")
    try:
        version = str(_asked(python, {"ask": "about"})["version"])
    except DataError as error:
        return NoPeer(str(error))
    if not version.startswith(f"{VERSION}."):
        return NoPeer(f"{python} has scikit-survival {version}, and {VERSION} is due; {_HOW}.")
    return Peer(python, version)


def peer_metrics(
    peer: Peer,
    outcomes: Times,
    survival: Array,
    risk: Array,
    at: Array,
    *,
    tau: float,
    censoring_of: Times | None = None,
) -> dict[str, Any]:
    """The numbers of ``training.censored`` as the peer computes them.

    Parameters
    ----------
    peer
        Who is asked.
    outcomes, survival, risk, at
        As the functions there take them; nobody has left another way.
    tau
        Of the second of the two weighted concordances.
    censoring_of
        Whose losses from sight are made up for, by default those of the outcomes.

    Returns
    -------
    dict
        ``brier`` and ``auc`` for each time, ``integrated_brier``, ``concordance``,
        ``concordance_ipcw``, ``concordance_ipcw_tau``.

    Raises
    ------
    DataError
        If somebody left another way, which the peer cannot be told, or it gives no answer.
    """
    question = {
        "ask": "metrics",
        **_told(outcomes),
        "train": None if censoring_of is None else _told(censoring_of),
        "at": at.tolist(),
        "survival": survival.tolist(),
        "risk": risk.tolist(),
        "tau": tau,
    }
    return _asked(peer.python, question)


def peer_curves(
    peer: Peer, outcomes: Times, covariates: Array, others: Array, at: Array
) -> tuple[Array, Array]:
    """Chances of no event by each time: Kaplan-Meier's, and Cox's for the others.

    Parameters
    ----------
    peer
        Who is asked.
    outcomes, covariates
        Of the persons learnt from; covariates without blanks.
    others
        Covariates of the persons foretold.
    at
        The times.

    Returns
    -------
    tuple
        Shapes (times,) and (others, times).

    Raises
    ------
    DataError
        As :func:`peer_metrics`.
    """
    question = {
        "ask": "curves",
        **_told(outcomes),
        "covariates": covariates.tolist(),
        "others": others.tolist(),
        "at": at.tolist(),
    }
    found = _asked(peer.python, question)
    return np.array(found["kaplan_meier"]), np.array(found["cox"]).reshape(len(others), len(at))


def _told(outcomes: Times) -> dict[str, Any]:
    if outcomes.gone.any():
        raise DataError("The peer knows no exit but one: leave competing exits out.")
    return {"time": outcomes.time.tolist(), "found": outcomes.found.tolist()}


def _asked(python: Path, question: Mapping[str, Any]) -> dict[str, Any]:
    try:
        done = subprocess.run(
            [str(python), "-I", str(SCRIPT)],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DataError(f"The peer {python} cannot be asked ({error}); {_HOW}.") from error
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise DataError(f"The peer {python} failed ({last}); {_HOW}.")
    try:
        answer = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise DataError(f"The peer {python} gave no JSON ({error}); {_HOW}.") from error
    return dict(answer)
