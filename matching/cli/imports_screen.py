"""What an import would take and what it took: on a screen, as JSON, as a file to correct."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from matching.cli.telling import say
from matching.interchange import (
    ColumnMapping,
    FileTable,
    Preview,
    ProblemCode,
    RowProblem,
    Written,
    csv_bytes,
)
from matching.wording import Wording

if TYPE_CHECKING:
    from matching.jobs.import_preview import Compared
    from matching.jobs.kinds import RowState
    from matching.jobs.queue import Job

_SHOWN = 20  # rows with problems on a screen
_LEFT_OUT = ("held", "refused")
_STATES = ("written", "known", "held", "refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowSaid:
    """What is to be said of a row; ``value`` is for whoever sent the file alone."""

    number: int
    state: "RowState"
    code: ProblemCode
    heading: str
    said: str
    value: str = field(repr=False)
    others: tuple[str, ...] = ()


def print_preview(
    console: Console,
    words: Wording,
    name: str,
    shown: Preview,
    compared: "Compared | None",
    written: Written,
) -> None:
    """How a file is understood, its first rows, and what is wrong."""
    kind = words.say(f"file_kind.{shown.kind}")
    say(words, "importing.title", file=name, rows=shown.rows, kind=kind)
    columns = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    columns.add_column(words.say("importing.column"), overflow="fold")
    columns.add_column(words.say("importing.field"), overflow="fold")
    for heading, said in _columns(shown.headings, shown.mapping, words):
        columns.add_row(Text(heading), Text(said))
    console.print(columns)
    for one in shown.mapping.missing:
        say(words, "importing.lacking", field=one)
    assumed = (words.say(f"assumed.{one.what}", how=one.how) for one in shown.assumptions)
    say(words, "importing.assumed", list="; ".join(assumed))
    if shown.first:
        console.print(Text(words.say("importing.first")))
        for row in shown.first:
            console.print(Text("  " + " | ".join(row)), soft_wrap=True)
    if not shown.can_be_read:
        return
    say(words, "importing.counts", good=len(shown.good), rows=shown.rows)
    if compared is not None:
        say(words, "importing.known", rows=compared.rows, known=compared.known)
    _print_problems(words, [*problems_said(shown, compared, written, words)])


def preview_row(
    shown: Preview, compared: "Compared | None", written: Written, words: Wording
) -> dict[str, Any]:
    """A preview as JSON; ``known`` and what only the store can tell are of the rows compared."""
    mapping = shown.mapping
    return {
        "kind": shown.kind, "rows": shown.rows, "good": len(shown.good),
        "known": None if compared is None else compared.known,
        "compared": None if compared is None else compared.rows,
        "can_be_read": shown.can_be_read, "columns": dict(mapping.columns),
        "proposals": [
            {"column": one.heading, "field": one.field, "likeness": one.likeness}
            for one in mapping.proposals
        ],
        "unread": list(mapping.unread), "missing": list(mapping.missing),
        "refused": [{"column": one.heading, "ground": one.ground} for one in mapping.refused],
        "assumptions": [{"what": one.what, "how": one.how} for one in shown.assumptions],
        "problems": [_row(one) for one in problems_said(shown, compared, written, words)],
    }  # fmt: skip


def problems_said(
    shown: Preview, compared: "Compared | None", written: Written, words: Wording
) -> Iterator[RowSaid]:
    """What is wrong with the rows of a file, and what the store says of the good ones."""
    from matching.jobs.kinds import RowState

    headings = {name: heading for heading, name in shown.mapping.columns.items()}
    for one in (*shown.problems, *(() if compared is None else compared.problems)):
        heading = headings.get(one.column, one.column)
        is_like = one.code is ProblemCode.MIGHT_BE
        yield RowSaid(
            number=one.number, state=RowState.HELD if is_like else RowState.REFUSED,
            code=one.code, heading=heading, value=written.under(one.number, heading),
            said=_said(one, words),
        )  # fmt: skip


def print_rows(words: Wording, rows: Sequence[RowSaid]) -> None:
    """The rows of which there is something to say."""
    _print_problems(words, rows)


def print_outcome(
    words: Wording, job: "Job", rows: Sequence[RowSaid], refused_file: Path | None
) -> None:
    """What became of a file."""
    for name in _STATES:
        if count := job.report.get(name):
            say(words, "importing.counted", name=words.say(f"row_state.{name}"), count=count)
    held = sum(one.code is ProblemCode.MIGHT_BE for one in rows)
    if held:
        say(words, "importing.similar", count=held)
    if refused_file is not None:
        say(words, "importing.refused_file", file=refused_file)
    elif rows and not any(job.report.get(name) for name in ("written", "known")):
        say(words, "importing.nothing_taken")


def outcome_row(job: "Job", rows: Sequence[RowSaid], refused_file: Path | None) -> dict[str, Any]:
    """What became of a file, as JSON."""
    return {
        "job": job.id, "state": job.state, "rows": job.total,
        **{name: job.report.get(name, 0) for name in _STATES},
        "problems": [_row(one) for one in rows],
        "refused_file": None if refused_file is None else str(refused_file),
    }  # fmt: skip


def refused_bytes(table: FileTable, rows: Sequence[RowSaid], words: Wording) -> bytes | None:
    """The rows that were not taken, with what to correct in a column more; None without any."""
    said: dict[int, list[str]] = {}
    for one in rows:
        if one.state in _LEFT_OUT:
            said.setdefault(one.number, []).append(_with_heading(one))
    if not said:
        return None
    problem = words.say("importing.problem_heading")
    # Of a file that is sent again the column is there already.
    places = [place for place, heading in enumerate(table.headings) if heading != problem]
    written = Written(table)
    return csv_bytes(
        [*(table.headings[place] for place in places), problem],
        (
            [*(written.cells(number)[place] for place in places), "; ".join(problems)]
            for number, problems in said.items()
        ),
    )


def _columns(
    headings: Sequence[str], mapping: ColumnMapping, words: Wording
) -> Iterator[tuple[str, str]]:
    proposed = {one.heading: one.field for one in mapping.proposals}
    refused = {one.heading: one.ground for one in mapping.refused}
    for heading in headings:
        if heading in refused:
            ground = words.say(f"column_ground.{refused[heading]}")
            yield heading, words.say("importing.forbidden", ground=ground)
        elif heading in proposed:
            field_name = proposed[heading]
            yield heading, words.say("importing.to_confirm", field=field_name, heading=heading)
        else:
            yield heading, mapping.columns.get(heading) or words.say("importing.not_read")


def _print_problems(words: Wording, rows: Sequence[RowSaid]) -> None:
    for one in rows[:_SHOWN]:
        value = words.say("importing.value", value=one.value) if one.value else ""
        if one.heading:
            say(
                words, "importing.problem", row=one.number, column=one.heading, value=value,
                said=one.said,
            )  # fmt: skip
        else:
            say(words, "importing.problem_of_row", row=one.number, said=one.said)
    if len(rows) > _SHOWN:
        say(words, "importing.more", count=len(rows) - _SHOWN)


def _said(problem: RowProblem, words: Wording) -> str:
    return words.say(f"row_problem.{problem.code}", detail=problem.detail)


def _with_heading(one: RowSaid) -> str:
    return f"{one.heading}: {one.said}" if one.heading else one.said


def _row(one: RowSaid) -> dict[str, Any]:
    return {
        "row": one.number, "state": one.state, "column": one.heading, "value": one.value,
        "code": one.code, "message": one.said, "others": list(one.others),
    }  # fmt: skip
