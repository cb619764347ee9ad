"""Progress of an import and of a download, on stderr where somebody is looking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TransferSpeedColumn,
)


@contextmanager
def counting_files() -> Iterator[Callable[[str, int, int], None]]:
    """A bar that is told the file that is read now, its number, and how many there are."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with _bar(*columns) as bar:
        task = bar.add_task("Reading archives", total=None)

        def step(name: str, number: int, total: int) -> None:
            bar.update(task, description=f"Importing {name}", completed=number, total=total)

        yield step


@contextmanager
def counting_bytes(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar that is told the bytes so far and in all."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
    )
    with _bar(*columns) as bar:
        task = bar.add_task(name, total=None)

        def progress(done: int, total: int | None) -> None:
            bar.update(task, completed=done, total=total)

        yield progress


def _bar(*columns: ProgressColumn) -> Progress:
    console = Console(stderr=True)
    # As in ``progress``: results on stdout stay there.
    return Progress(
        *columns,
        console=console,
        transient=True,
        redirect_stdout=False,
        disable=not console.is_terminal,
    )
