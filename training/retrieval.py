"""How well an ordered list answers a query: pure functions over ranks of what is relevant.

A system returns items in an order; ``ranks`` are the places, from 1, at which the relevant ones
stand, in any order, without those it did not return; ``relevant`` is how many there are in all.
Lists without ties: see :mod:`training.evaluation` for scores that may tie.
"""

from collections.abc import Hashable, Iterable, Sequence

from matching.errors import DataError


def relevant_ranks(
    order: Sequence[Hashable], relevant: Iterable[Hashable]
) -> tuple[tuple[int, ...], int]:
    """The places of the relevant items in an order, and how many are relevant in all.

    >>> relevant_ranks(["b", "a", "d"], {"a", "c"})
    ((2,), 2)
    """
    wanted = set(relevant)
    return tuple(n for n, item in enumerate(order, start=1) if item in wanted), len(wanted)


def reciprocal_rank(ranks: Iterable[int]) -> float:
    """One over the place of the first relevant item, 0 when none was returned.

    >>> reciprocal_rank([4, 2])
    0.5
    """
    return 1.0 / min(ranks, default=float("inf"))


def average_precision(ranks: Iterable[int], *, relevant: int) -> float:
    """Mean, over all relevant items, of the precision at their place; 0 for one not returned.

    >>> average_precision([1, 4], relevant=2)
    0.75
    """
    _check(relevant)
    return sum(n / rank for n, rank in enumerate(sorted(ranks), start=1)) / relevant


def success(ranks: Iterable[int], *, k: int) -> float:
    """Whether a relevant item is among the first ``k``: 1 or 0."""
    return float(any(rank <= k for rank in ranks))


def r_precision(ranks: Iterable[int], *, relevant: int, k: int) -> float:
    """RP@k: relevant items among the first ``k``, of as many as could be: min(k, relevant).

    >>> r_precision([1, 3, 9], relevant=3, k=5)
    0.6666666666666666
    """
    _check(relevant)
    return sum(rank <= k for rank in ranks) / min(k, relevant)


def _check(relevant: int) -> None:
    if relevant < 1:
        raise DataError("No item is relevant, so no order is better than another; leave it out.")
