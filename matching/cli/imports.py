"""``import`` and ``export``: files of people, vacancies and outcomes, in and out of a hub."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from matching.cli.files import check_there, next_free, write_private
from matching.cli.imports_screen import (
    RowSaid,
    outcome_row,
    preview_row,
    print_outcome,
    print_preview,
    print_rows,
    refused_bytes,
)
from matching.cli.installation import Installation, check_hub, installed
from matching.cli.options import Json
from matching.cli.progress import counting, waiting
from matching.cli.records import json_line
from matching.cli.stopping import stopped_by_signals
from matching.cli.telling import say
from matching.errors import InputError
from matching.interchange import (
    FileKind,
    FileLimits,
    FileTable,
    Written,
    csv_bytes,
    preview,
    read_table,
    xlsx_bytes,
)
from matching.service import Service
from matching.settings import Settings
from matching.wording import Wording

if TYPE_CHECKING:
    from threading import Event

    from matching.jobs.import_files import ImportFile
    from matching.jobs.queue import Job, Progress

_LOOKS = 0.5  # seconds between two looks at a job that another worker has
_WRITERS = {".csv": csv_bytes, ".xlsx": xlsx_bytes}

_Kind = Annotated[FileKind, typer.Argument(metavar="persons|vacancies|outcomes")]
_Hub = Annotated[str, typer.Option(metavar="HUB", help="Whose they are.")]


def add_imports(
    app: typer.Typer,
    *,
    settings: Callable[[], Settings],
    wording: Callable[[Settings], Wording],
    service: Callable[[], Service],
) -> None:
    """Register ``import`` and ``export`` on a command line.

    Parameters
    ----------
    app
        The command line.
    settings, wording, service
        Read the settings, say in which language to answer, and give what reads texts.
    """

    @app.command("import")
    def import_file(
        kind: _Kind,
        file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV or XLSX.")],
        hub: _Hub,
        columns: Annotated[
            list[str] | None,
            typer.Option(
                "--map", metavar="COLUMN=FIELD", help="What a column is; without FIELD, not read."
            ),
        ] = None,
        sheet: Annotated[
            str | None, typer.Option(metavar="NAME", help="Of a workbook [the first shown].")
        ] = None,
        organisation: Annotated[
            str | None, typer.Option(metavar="ID", help="The company whose vacancies they are.")
        ] = None,
        good_rows: Annotated[
            bool, typer.Option("--good-rows", help="Take the good rows; without it, all or none.")
        ] = False,
        take_similar: Annotated[
            bool,
            typer.Option("--take-similar", help="Also rows like somebody who is on file."),
        ] = False,
        only_preview: Annotated[
            bool, typer.Option("--preview", help="Say what would be taken, and write nothing.")
        ] = False,
        refused: Annotated[
            Path | None,
            typer.Option(
                metavar="FILE", help="Rows that were not taken [FILE.refused.csv beside it]."
            ),
        ] = None,
        as_json: Json = False,
    ) -> None:
        """Take people, vacancies or outcomes of a file in. Exit 1 where nothing was taken.

        Sent twice, a file is taken once; after an interruption the same command goes on. Rows that
        were not taken are told by number, column and value, and with --good-rows written to a file
        that can be corrected and sent again.

        Example: valoriamo import persons elenco.csv --hub HUB --preview
        """
        chosen = settings()
        words = wording(chosen)
        check_there([file], "FILE")
        told = dict(map(_told, columns or ()))
        content = _content(file)
        with installed(chosen) as found:
            check_hub(found, hub)
            with waiting("Reading the file"):
                table = read_table(content, sheet=sheet)
            _check_told(told, table)
            asked = _Asked(
                file=file, kind=kind, hub=hub, content=content, table=table, told=told,
                sheet=sheet, organisation=organisation, good_rows=good_rows,
                take_similar=take_similar,
            )  # fmt: skip
            if only_preview or not _is_clear(asked):
                _show_preview(found, asked, words, as_json=as_json, is_all=only_preview)
                return
            taken = _take(found, asked, words, service, refused)
        if as_json:
            typer.echo(json_line(outcome_row(taken.job, taken.rows, taken.refused_file)))
        else:
            print_rows(words, taken.rows)
            print_outcome(words, taken.job, taken.rows, taken.refused_file)
        if not any(taken.job.report.get(name) for name in ("written", "known")):
            raise typer.Exit(1)

    @app.command("export")
    def export_file(
        kind: _Kind,
        out: Annotated[Path, typer.Option(metavar="FILE", help="Ends in .csv or .xlsx.")],
        hub: _Hub,
        force: Annotated[
            bool, typer.Option("--force", help="Replace a file that is there.")
        ] = False,
    ) -> None:
        """Write people, vacancies or outcomes of a hub to a file that a spreadsheet opens.

        Protected files are left out, and nothing in it is a formula. It can be imported again.

        Example: valoriamo export persons --hub HUB --out persone.csv
        """
        from matching.hub.listings import listing

        chosen = settings()
        written = _WRITERS.get(out.suffix.lower())
        if written is None:
            raise typer.BadParameter(f"{out}: end its name in .csv or .xlsx.", param_hint="--out")
        if out.exists() and not force:
            raise InputError(f"{out}: there already. Name another, or replace with --force.")
        with installed(chosen) as found:
            check_hub(found, hub)
            territory = found.territory
            places = (*territory.municipalities, *territory.neighbours)
            names = {one.istat: one.name for one in places}
            with waiting("Exporting"), found.store.writing(found.actor()) as work:
                rows = listing(work, hub, kind, place=names.get)
            write_private(out, written(rows.headings, rows.rows))
        words = wording(chosen)
        label = words.say(f"file_kind.{kind}")
        typer.echo(
            words.say("importing.exported", count=len(rows.rows), kind=label, file=out), err=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    file: Path
    kind: FileKind
    hub: str
    content: bytes = field(repr=False)
    table: FileTable = field(repr=False)
    told: dict[str, str]
    sheet: str | None
    organisation: str | None
    good_rows: bool
    take_similar: bool

    def read(self) -> "ImportFile":
        from matching.jobs.import_files import read_file

        return read_file(
            self.content, self.kind, hub=self.hub, told=self.told, sheet=self.sheet,
            organisation_id=self.organisation, table=self.table,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    job: "Job"
    rows: list[RowSaid]
    refused_file: Path | None


def _is_clear(asked: _Asked) -> bool:
    from matching.interchange import map_columns

    mapping = map_columns(asked.table.headings, asked.kind, asked.told)
    return not (mapping.refused or mapping.proposals or mapping.missing)


def _show_preview(
    found: Installation, asked: _Asked, words: Wording, *, as_json: bool, is_all: bool
) -> None:
    from matching.jobs.gazetteer import gazetteer_of
    from matching.jobs.import_preview import compare

    day = found.store.clock().date()
    places = gazetteer_of(found.territory)(asked.hub)
    shown = preview(asked.table, asked.kind, as_of=day, places=places, told=asked.told)
    compared = None
    if shown.can_be_read:
        with waiting("Comparing"), found.store.reading(found.actor()) as work:
            compared = compare(work, asked.read(), shown.good, as_of=day)
    written = Written(asked.table)
    if as_json:
        typer.echo(json_line(preview_row(shown, compared, written, words)))
    else:
        print_preview(Console(), words, asked.file.name, shown, compared, written)
        if shown.can_be_read and is_all:
            say(words, "importing.preview_only")
    if not shown.can_be_read:
        raise typer.Exit(1)


def _take(
    found: Installation,
    asked: _Asked,
    words: Wording,
    service: Callable[[], Service],
    refused: Path | None,
) -> _Taken:
    from matching.jobs.import_files import Mode, Similar, ask_import
    from matching.jobs.queue import ENDED, read_job

    file = asked.read()
    with found.store.writing(found.actor()) as work:
        job_id, is_new = ask_import(
            work,
            file,
            mode=Mode.GOOD_ROWS if asked.good_rows else Mode.ALL_OR_NOTHING,
            similar=Similar.WRITE if asked.take_similar else Similar.HOLD,
        )
        is_done = not is_new and read_job(work, job_id).state in ENDED
    if is_done:
        typer.echo(words.say("importing.already"), err=True)
    job = _done(found, job_id, words, service)
    rows = _rows_said(found, job, file, words)
    left = refused_bytes(asked.table, rows, words) if asked.good_rows else None
    if left is None:
        return _Taken(job=job, rows=rows, refused_file=None)
    target = refused or next_free(asked.file.with_name(f"{asked.file.stem}.refused.csv"))
    write_private(target, left)
    return _Taken(job=job, rows=rows, refused_file=target)


def _done(
    found: Installation, job_id: str, words: Wording, service: Callable[[], Service]
) -> "Job":
    """The job once it has ended: done here, or by a worker that was quicker."""
    from matching.jobs.queue import ENDED, JobState, read_job

    with stopped_by_signals() as stop, counting("Importing") as moved:
        while True:
            with found.store.reading(found.actor()) as work:
                job = read_job(work, job_id)
            moved(job.done, job.total)
            if job.state in ENDED or stop.is_set():
                break
            _work_on(found, job, service, moved, stop)
    if job.state not in ENDED:
        typer.echo(words.say("importing.stopped"), err=True)
        raise typer.Exit(1)
    if job.state is not JobState.DONE:
        problem = job.report.get("problem") or words.say(f"job_state.{job.state}")
        raise InputError(words.say("importing.job_failed", problem=problem))
    return job


def _work_on(
    found: Installation,
    job: "Job",
    service: Callable[[], Service],
    moved: Callable[[int, int | None], None],
    stop: "Event",
) -> None:
    from matching.jobs.composition import worker_name
    from matching.jobs.gazetteer import gazetteer_of
    from matching.jobs.import_writers import hub_writers
    from matching.jobs.imports import import_handler
    from matching.jobs.kinds import JobKind
    from matching.jobs.worker import Worker, work_on

    def told(progress: "Progress") -> None:
        moved(progress.done, progress.total)

    handler = import_handler(hub_writers(service()), gazetteer_of(found.territory))
    worker = Worker(
        name=worker_name(),
        hubs=found.hubs,
        handlers={JobKind.IMPORT: handler},
        said=lambda sentence: typer.echo(sentence, err=True),
        moved=told,
    )
    if work_on(found.store, worker, job.id, stop) is None:
        stop.wait(_LOOKS)


def _rows_said(
    found: Installation, job: "Job", file: "ImportFile", words: Wording
) -> list[RowSaid]:
    from matching.jobs.import_rows import rows_of_import

    headings = {name: file.table.headings[int(place)] for place, name in file.columns.items()}
    written = Written(file.table)
    rows: list[RowSaid] = []
    after = 0
    while True:
        with found.store.reading(found.actor()) as work:
            page = rows_of_import(work, job.id, after=after, limit=1_000)
        if not page:
            return rows
        after = page[-1].number
        for one in page:
            if one.code is None:
                continue
            heading = headings.get(one.field, "")
            rows.append(
                RowSaid(
                    number=one.number, state=one.state, code=one.code, heading=heading,
                    value=written.under(one.number, heading), others=one.others,
                    said=words.say(
                        f"row_problem.{one.code}", detail=headings.get(one.detail, one.detail)
                    ),
                )
            )  # fmt: skip


def _told(option: str) -> tuple[str, str]:
    heading, separator, name = option.rpartition("=")
    if not separator or not heading.strip():
        raise typer.BadParameter(
            f'{option!r} is not COLUMN=FIELD, such as "Tel. casa=telephone".', param_hint="--map"
        )
    return heading, name.strip()


def _check_told(told: dict[str, str], table: FileTable) -> None:
    there = {heading.casefold() for heading in table.headings}
    wrong = [heading for heading in told if heading.strip().casefold() not in there]
    if wrong:
        raise typer.BadParameter(
            f"the file has no column {wrong[0]!r}; it has {', '.join(table.headings)}.",
            param_hint="--map",
        )


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise InputError(f"{file}: is a folder; name a CSV or XLSX file.")
    try:
        with file.open("rb") as opened:
            # One byte more is refused as too large.
            return opened.read(FileLimits().max_bytes + 1)
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}. Copy it again.") from error
