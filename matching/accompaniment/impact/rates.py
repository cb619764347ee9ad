"""Shares with their intervals, and what they would be were those not known one way or the other."""

from dataclasses import dataclass

from scipy.stats import binomtest

from matching.accompaniment.impact.following import Split

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How many of the people followed an outcome came of.

    ``share`` is among those of whom it is known, None where it is known of nobody, with its 95%
    interval (``lower``, ``upper``); ``least`` and ``most`` are what it would be among all of them
    had it come of nobody, or of everybody, of whom it is not known.
    """

    followed: int
    yes: int
    no: int
    unknown: int
    share: float | None
    lower: float
    upper: float
    least: float
    most: float


def rate(split: Split) -> Rate:
    """The share of a split; no interval is narrower than what is known allows."""
    yes, no, unknown = len(split.yes), len(split.no), len(split.unknown)
    known, followed = yes + no, yes + no + unknown
    lower, upper = wilson(yes, known)
    return Rate(
        followed=followed,
        yes=yes,
        no=no,
        unknown=unknown,
        share=yes / known if known else None,
        lower=lower,
        upper=upper,
        least=yes / followed if followed else 0.0,
        most=(yes + unknown) / followed if followed else 1.0,
    )


def wilson(yes: int, known: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson 1927); from 0 to 1 where nothing is known.

    >>> [round(end, 3) for end in wilson(8, 10)]
    [0.49, 0.943]
    """
    if known == 0:
        return 0.0, 1.0
    found = binomtest(yes, known).proportion_ci(CONFIDENCE, method="wilson")
    return float(found.low), float(found.high)
