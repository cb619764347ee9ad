"""A progress bar on stderr, where somebody is looking."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

_Item = TypeVar("_Item")


def progress(items: Sequence[_Item], label: str) -> Iterator[_Item]:
    """The items, with a bar that goes away at the end. Without a terminal there is none."""
    console = Console(stderr=True)
    if len(items) < 2 or not console.is_terminal:
        yield from items
        return
    bar = _bar(console)
    with bar:
        yield from bar.track(items, description=label)


def progress_beside_results(items: Sequence[_Item], label: str) -> Iterator[_Item]:
    """As ``progress``, for a command whose results go to stdout while it runs.

    On a terminal the results are progress enough, and a bar would be drawn between them.
    """
    return iter(items) if sys.stdout.isatty() else progress(items, label)


@contextmanager
def counting(label: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that is told how much is done, of how much; without a terminal there is none."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda done, total: None
        return
    bar = _bar(console)
    with bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        # Rich would send stdout, and so the results, to the console of the bar: to stderr.
        redirect_stdout=False,
    )


@contextmanager
def waiting(label: str) -> Iterator[None]:
    """Say what is going on during a step that cannot be counted."""
    console = Console(stderr=True)
    with console.status(label):
        yield
