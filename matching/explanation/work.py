"""Reasons of experience and aspirations: jobs done, and jobs wanted, against the one offered."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from matching.domain import OccupationHeld
from matching.explanation.pair import MET, Pair, Sentence
from matching.features.experience import NEAR

_SAME = 0.99


def experience_sentences(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield the nearest job held, and how the experience compares with the months asked.

    Of jobs whose likeness to the one offered is not known nothing is said, and where there is one
    of them it is not said either that experience is elsewhere or too short.
    """
    job = _nearest(pair, pair.profile.occupations)
    if job is None:
        return
    near, placed = _proximity(pair, job), all_placed(pair, pair.profile.occupations)
    if near >= NEAR or placed:
        yield pair.sentence(
            f"reason.experience_{_likeness(near)}",
            person=[evidence.text for evidence in job.evidence],
            vacancy=[evidence.text for o in pair.vacancy.occupations for evidence in o.evidence],
            job=pair.label(job.uri),
            months="" if job.months is None else f" ({pair.wording.months(job.months)})",
        )
    required = pair.vacancy.facts.months_required
    if required is None or np.isnan(features["experience_required"]):
        return
    if features["experience_required"] < MET and not placed:
        return
    asked, proved = int(required.value), months_near(pair)
    if features["experience_required"] >= MET:
        key = "reason.experience_required_met"
    elif proved == 0:
        key = "reason.experience_required_none"
    elif proved < asked:
        key = "reason.experience_required_short"
    else:  # long enough, in jobs that are near and not the same
        key = "reason.experience_required_near"
    yield pair.sentence(
        key,
        vacancy=[required.evidence],
        required=pair.wording.months(asked),
        months=pair.wording.months(proved),
    )


def aspiration_sentences(pair: Pair) -> Iterator[Sentence]:
    """Yield how the job wanted compares with the one offered."""
    job = _nearest(pair, pair.profile.aspirations)
    if job is None:
        return
    near = _proximity(pair, job)
    if near >= NEAR or all_placed(pair, pair.profile.aspirations):
        yield pair.sentence(
            f"reason.aspirations_{_likeness(near)}",
            person=[evidence.text for evidence in job.evidence],
            job=pair.label(job.uri),
        )


def all_placed(pair: Pair, jobs: Iterable[OccupationHeld]) -> bool:
    """Whether it is known of all jobs how near they are to others."""
    return all(job.uri in pair.space.occupations.numbers for job in jobs)


def _likeness(near: float) -> str:
    return "same" if near >= _SAME else "near" if near >= NEAR else "far"


def months_near(pair: Pair) -> int:
    """Return the months that the CV dates in jobs the same as, or near to, the one offered.

    Whole months, as the CV says them: the feature counts near jobs in part.
    """
    near = [job for job in pair.profile.occupations if _proximity(pair, job) >= NEAR]
    return sum(job.months or 0 for job in near)


def _nearest(pair: Pair, jobs: tuple[OccupationHeld, ...]) -> OccupationHeld | None:
    known = pair.space.occupations.numbers
    if not any(occupation.uri in known for occupation in pair.vacancy.occupations):
        return None
    placed = [job for job in jobs if job.uri in known]
    return max(placed, key=lambda job: (_proximity(pair, job), job.months or 0), default=None)


def _proximity(pair: Pair, job: OccupationHeld) -> float:
    targets = [occupation.uri for occupation in pair.vacancy.occupations]
    return pair.space.occupations.near(job.uri, targets)
