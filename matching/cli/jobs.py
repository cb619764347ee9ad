"""``work`` and ``jobs``: whoever works in the background, and what there is to do."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from matching.cli.installation import Installation, installed
from matching.cli.jobs_screen import job_row, print_job, print_jobs, row_row
from matching.cli.options import Json
from matching.cli.records import json_line
from matching.cli.stopping import stopped_by_signals
from matching.cli.telling import say
from matching.domain.access import EVERYWHERE
from matching.service import Service
from matching.settings import Settings
from matching.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matching.jobs.import_rows import RowOutcome
    from matching.jobs.queue import Job
    from matching.jobs.worker import Worker

_MOST = 1_000
_STATES = ("queued", "running", "done", "failed", "cancelled")

_Settings = Callable[[], Settings]
_Says = Callable[[Settings], Wording]
_Id = Annotated[str, typer.Argument(metavar="ID", help="As jobs list shows it.")]


def add_jobs(
    app: typer.Typer, *, settings: _Settings, wording: _Says, service: Callable[[], Service]
) -> None:
    """Register ``work`` and ``jobs`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, service
        Read the settings, say in which language to answer, and give what reads texts.
    """

    @app.command()
    def work(
        once: Annotated[bool, typer.Option("--once", help="Do what is due now, and end.")] = False,
        clock_is_right: Annotated[
            bool,
            typer.Option(
                "--clock-is-right", help="Although the journal's last entry is of a later moment."
            ),
        ] = False,
    ) -> None:
        """Work in the background: imports, reminders, retention, care of the journal's heads.

        Ends on Ctrl-C or SIGTERM, once the step in hand is written; the job goes on with the next
        worker. Several may work at once. Killed, nothing is lost or done twice.

        Example: valoriamo work
        """
        chosen = settings()
        words = wording(chosen)
        with installed(chosen, trusts_clock=clock_is_right) as found, stopped_by_signals() as stop:
            worker = _worker(found, chosen, service())
            hubs = ", ".join(sorted(found.hubs - {EVERYWHERE}))
            typer.echo(words.say("jobs_screen.working", hubs=hubs), err=True)
            if not once:
                from matching.jobs.worker import work_until

                work_until(found.store, worker, stop)
                return
            from matching.jobs.worker import Ending, work_off

            ended = work_off(found.store, worker, stop)
        later = ended.get(Ending.LATER, 0) + ended.get(Ending.STOPPED, 0)
        failed = ended.get(Ending.FAILED, 0)
        typer.echo(
            words.say(
                "jobs_screen.worked", done=ended.get(Ending.DONE, 0), failed=failed, later=later
            ),
            err=True,
        )
        if failed:
            raise typer.Exit(1)

    group = typer.Typer(
        help="Work in the background: how far it is, ended, begun again.\n\n"
        "Example: valoriamo jobs list",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(group, name="jobs")
    _add_looking(group, settings, wording)
    _add_changing(group, settings, wording)


def _add_looking(group: typer.Typer, settings: _Settings, wording: _Says) -> None:
    @group.command("list")
    def list_all(
        states: Annotated[
            list[str] | None,
            typer.Option("--state", metavar="STATE", help=f"One of {', '.join(_STATES)}; again."),
        ] = None,
        limit: Annotated[int, typer.Option(min=1, max=_MOST, help="At most so many.")] = 50,
        as_json: Json = False,
    ) -> None:
        """Say which jobs there are, the latest first. One JSON line each.

        Example: valoriamo jobs list --state failed
        """
        from matching.jobs.queue import JobState, list_jobs

        wrong = sorted({*(states or ())} - {*JobState})
        if wrong:
            raise typer.BadParameter(
                f"{wrong[0]!r} is no state; give one of {', '.join(_STATES)}.",
                param_hint="--state",
            )
        chosen = settings()
        with installed(chosen) as found, found.store.reading(found.actor()) as work:
            jobs = list_jobs(work, states={JobState(one) for one in states or ()}, limit=limit)
        if as_json:
            for one in jobs:
                typer.echo(json_line(job_row(one)))
        else:
            print_jobs(Console(), wording(chosen), jobs)

    @group.command("show")
    def show(
        job: _Id,
        rows: Annotated[
            bool, typer.Option("--rows", help="Of an import, what became of each row.")
        ] = False,
        as_json: Json = False,
    ) -> None:
        """Say how far a job is, and what went wrong. With --rows and --json one JSON line a row.

        Example: valoriamo jobs show 0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10 --rows
        """
        from matching.jobs.queue import read_job

        chosen = settings()
        with installed(chosen) as found:
            with found.store.reading(found.actor()) as work:
                shown = read_job(work, job)
            outcomes = _rows(found, job) if rows else []
        if not as_json:
            print_job(wording(chosen), shown, outcomes)
            return
        if not rows:
            typer.echo(json_line(job_row(shown)))
        for one in outcomes:
            typer.echo(json_line(row_row(one)))


def _add_changing(group: typer.Typer, settings: _Settings, wording: _Says) -> None:
    @group.command("cancel")
    def cancel_one(job: _Id, as_json: Json = False) -> None:
        """End a job that has not ended. What its steps wrote stays written.

        Example: valoriamo jobs cancel 0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10
        """
        from matching.jobs.queue import cancel, read_job

        chosen = settings()
        with installed(chosen) as found, found.store.writing(found.actor()) as work:
            cancel(work, job)
            ended = read_job(work, job)
        _say_changed(wording(chosen), ended, "jobs_screen.cancelled", as_json=as_json)

    @group.command("retry")
    def retry_one(job: _Id, as_json: Json = False) -> None:
        """Queue a job again that failed or was cancelled. An import is sent again instead.

        Example: valoriamo jobs retry 0b0f7f7e-8a3c-4f0e-9d43-3f1a2f6f9f10
        """
        from matching.jobs.queue import read_job, retry

        chosen = settings()
        with installed(chosen) as found, found.store.writing(found.actor()) as work:
            retry(work, job)
            queued = read_job(work, job)
        _say_changed(wording(chosen), queued, "jobs_screen.retried", as_json=as_json)


def _say_changed(words: Wording, job: "Job", key: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json_line(job_row(job)))
    else:
        say(words, key)


def _worker(found: Installation, chosen: Settings, service: Service) -> "Worker":
    from matching.hub.erasure import clear_log
    from matching.jobs.composition import handlers_of, worker_name
    from matching.jobs.schedule import SCHEDULE
    from matching.jobs.worker import Worker
    from matching.operations.erased_file import note_missing
    from matching.operations.places import places_of

    erased = places_of(chosen).erased

    def note(gone: frozenset[str]) -> None:
        note_missing(erased, gone)
        clear_log(found.store)

    return Worker(
        name=worker_name(),
        hubs=found.hubs,
        handlers=handlers_of(service, found.folder, found.store.anchor, note),
        schedule=SCHEDULE,
        said=lambda sentence: typer.echo(sentence, err=True),
    )


def _rows(found: Installation, job: str) -> "Sequence[RowOutcome]":
    from matching.jobs.import_rows import rows_of_import

    rows: list[RowOutcome] = []
    while True:
        with found.store.reading(found.actor()) as work:
            page = rows_of_import(work, job, after=rows[-1].number if rows else 0, limit=_MOST)
        if not page:
            return rows
        rows += page
