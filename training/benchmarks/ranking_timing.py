"""Times of steps, and ratios of one chain's to another's, on a machine that others use as well.

Times are of the processor, in milliseconds; what the clock on the wall said stands beside them.
"""

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

_Found = TypeVar("_Found")
_WALL = "wall"


@dataclass(slots=True)
class Watch:
    """Times of the steps of one run."""

    steps: dict[str, float] = field(default_factory=dict)
    wall: float = 0.0

    def __call__(self, step: str, work: Callable[[], _Found]) -> _Found:
        """Do some work, and keep how long it took under the name of a step."""
        begun, clock = time.process_time(), time.perf_counter()
        found = work()
        self.steps[step] = (time.process_time() - begun) * 1000
        self.wall += (time.perf_counter() - clock) * 1000
        return found

    @property
    def total(self) -> float:
        """Of all steps."""
        return sum(self.steps.values())


@contextmanager
def settled() -> Iterator[None]:
    """Tell the garbage collector that what was built stays."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def mean_of(watches: Sequence[Watch]) -> Watch:
    """The mean of several runs of the same steps."""
    return Watch(
        {name: statistics.mean(one.steps[name] for one in watches) for name in watches[0].steps},
        statistics.mean(one.wall for one in watches),
    )


def spread(values: Sequence[float], *, digits: int = 3) -> Mapping[str, float]:
    """Median, least and most."""
    return {
        "median": round(statistics.median(values), digits),
        "least": round(min(values), digits),
        "most": round(max(values), digits),
    }


def milliseconds(rounds: Sequence[Watch]) -> Mapping[str, object]:
    """Of each step the median over rounds, of all together median, least and most."""
    return {
        **{
            name: round(statistics.median(one.steps[name] for one in rounds), 3)
            for name in rounds[0].steps
        },
        "total": spread([one.total for one in rounds]),
        _WALL: spread([one.wall for one in rounds]),
    }


def compared(rounds: Mapping[str, Sequence[Watch]], *, own: str) -> Mapping[str, object]:
    """Milliseconds of every chain, and how many times as long as the product each took.

    A ratio is of two times of one round.
    """
    return {
        "milliseconds": {name: milliseconds(taken) for name, taken in rounds.items()},
        "ratios": {
            name: spread(
                [other.total / one.total for other, one in zip(taken, rounds[own], strict=True)],
                digits=1,
            )
            for name, taken in rounds.items()
            if name != own
        },
    }
