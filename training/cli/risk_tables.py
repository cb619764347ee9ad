"""``risk fit``, ``predict`` and ``audit``: a model of risk from any table of spells or labels."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from matching.cli.files import check_there, check_writable, whole_file
from matching.cli.progress import waiting
from matching.errors import InputError
from matching.settings import read_settings
from matching.wording import load_wording
from training.tabular import LabelTask, RawTable, SpellTask, read_table, unread
from training.tabular.audit_words import AuditWords
from training.tabular.auditing import audited, audited_again
from training.tabular.card import card
from training.tabular.fit_page import fit_page
from training.tabular.fitting import Asked, fit, median_duration, read
from training.tabular.html_page import to_html
from training.tabular.known_rules import read_rules
from training.tabular.markdown import to_markdown
from training.tabular.report import to_json
from training.tabular.table_model import (
    TableModel,
    read_model,
    table_digest,
    task_file,
    write_model,
)

_Table = Annotated[
    Path, typer.Argument(metavar="TABLE", help="CSV with a header; .gz is read too.")
]
_Model = Annotated[Path, typer.Option("--model", help="Folder that risk fit wrote.")]
_Rules = Annotated[
    Path | None, typer.Option(help="TOML with rules that are known to make outcomes jump.")
]
_DECIMALS = 6


def add_tables(group: typer.Typer) -> None:
    """Register ``fit``, ``predict`` and ``audit`` among the verbs of ``risk``."""
    group.command("fit")(fit_table)
    group.command()(predict)
    group.command("audit")(audit_table)


def fit_table(
    table: _Table,
    out: Annotated[Path, typer.Option(help="Folder for the model, its card and its audit.")],
    label: Annotated[
        str | None, typer.Option(metavar="COL", help="Column with two values, of which one is bad.")
    ] = None,
    positive: Annotated[
        str | None, typer.Option(metavar="VALUE", help="The value whose risk is asked [1, yes].")
    ] = None,
    event: Annotated[
        str | None,
        typer.Option(metavar="COL", help="How spells ended: 1 work, 0 censored, 2 inactive."),
    ] = None,
    duration: Annotated[
        str | None, typer.Option(metavar="COL", help="For how long a spell was seen.")
    ] = None,
    horizon: Annotated[
        float | None,
        typer.Option(help="Of spells: the risk is of no event until then [median duration]."),
    ] = None,
    protected: Annotated[
        str | None, typer.Option(metavar="A,B", help="Groups of the audit, and no inputs.")
    ] = None,
    exclude: Annotated[str | None, typer.Option(metavar="A,B", help="Columns not to read.")] = None,
    allow: Annotated[
        str | None,
        typer.Option(metavar="A,B", help="Columns to read though protected, or suspected."),
    ] = None,
    category: Annotated[
        str | None, typer.Option(metavar="A,B", help="Numbers that are names.")
    ] = None,
    drop_leaks: Annotated[
        bool, typer.Option("--drop-leaks", help="Leave out columns that seem to know the outcome.")
    ] = False,
    intake: Annotated[
        str | None,
        typer.Option(metavar="COL|DATE", help="The day from which is foretold; later is a leak."),
    ] = None,
    rules: _Rules = None,
    folds: Annotated[int, typer.Option(min=2, max=50, help="Of the comparison.")] = 5,
    seed: Annotated[int, typer.Option(min=0, help="Of all chance.")] = 0,
) -> None:
    """Fit models of risk to a table with any columns, keep the one that foretells best, audit it.

    Example: valoriamo risk fit storia.csv --label senza_lavoro --protected sesso --out modello
    """
    check_there([path for path in (table, rules) if path], "TABLE / --rules")
    _check_folder(out)
    known = () if rules is None else read_rules(rules)
    with waiting("Reading the table"):
        raw = read_table(table)
    task = _task(raw, label, positive, event, duration, horizon)
    asked = Asked(
        task=task,
        declared=_names(protected),
        exclude=_names(exclude),
        allow=_names(allow),
        categories=_names(category),
        drop_leaks=drop_leaks,
        intake=intake,
        folds=folds,
        seed=seed,
    )
    with waiting("Looking at its columns"):
        judged = read(raw, asked)
    with waiting("Comparing models"):
        fitted = fit(judged, asked)
    at = judged.outcome.horizons[0]
    made = task_file(fitted, at, label=label or "", event=event or "", duration=duration or "")
    with waiting("Auditing"):
        found = audited(fitted, asked, horizon=at, rules=known)
    hashes = {"table": table_digest(raw)}
    page = fit_page(fitted, made)
    words = _words("en")  # as the page before it, which tells what was made of each column
    text = to_markdown(card(found, words, outcome=words.outcome(made), hashes=hashes))
    write_model(
        out,
        fitted,
        made,
        others={"card.md": f"{page}\n\n{text}", "audit.json": to_json(found, hashes=hashes)},
    )
    typer.echo(page)
    typer.echo(f"\nModel, card.md and audit.json are in {out}.", err=True)


def predict(
    table: _Table,
    model: _Model,
    out: Annotated[Path, typer.Option(help="CSV: risk, lower, upper for each row, in order.")],
) -> None:
    """Foretell the risk of each row, with its 80% interval.

    Example: valoriamo risk predict nuovi.csv --model modello --out rischi.csv
    """
    check_there([table], "TABLE")
    check_writable(out, [table])
    made = read_model(model)
    raw = read_table(table)
    typer.echo(f"The risk is of {made.task.said}, with an 80% interval.", err=True)
    for note in _read_notes(made, raw):
        typer.echo(note, err=True)
    with waiting("Foretelling"):
        risk = np.column_stack(made.risk(made.typed(raw)))
    with whole_file(out) as file:
        file.write("risk,lower,upper\n")
        np.savetxt(file, risk, fmt=f"%.{_DECIMALS}f", delimiter=",")
    typer.echo(f"{len(risk)} rows written to {out}.", err=True)


def audit_table(
    table: _Table,
    model: _Model,
    out: Annotated[Path, typer.Option(help="Folder for card.html, card.md and audit.json.")],
    protected: Annotated[
        str | None, typer.Option(metavar="A,B", help="Groups, besides those that look protected.")
    ] = None,
    exclude: Annotated[
        str | None, typer.Option(metavar="A,B", help="Columns that came after the outcome.")
    ] = None,
    rules: _Rules = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the halves of the search.")] = 0,
) -> None:
    """Audit a model on a table with outcomes: calibration by group, hidden groups, cliffs.

    On the table that it learnt from, by what was foretold out of fold; on another, as it is.
    The pages are in the language of VALORIAMO_LANGUAGE.

    Example: valoriamo risk audit storia.csv --model modello --out verifica
    """
    check_there([path for path in (table, rules) if path], "TABLE / --rules")
    _check_folder(out)
    known = () if rules is None else read_rules(rules)
    made = read_model(model)
    raw = read_table(table)
    with waiting("Auditing"):
        found = audited_again(
            made,
            model,
            raw,
            declared=_names(protected),
            exclude=_names(exclude),
            rules=known,
            seed=seed,
        )
    hashes, words = {"table": table_digest(raw)}, _words()
    said = words.say("audit_page.same_table" if found.out_of_fold else "audit_page.other_table")
    page = card(found, words, outcome=words.outcome(made.task), said=said, hashes=hashes)
    text = to_markdown(page)
    files = {
        "card.html": to_html(page, words),
        "card.md": text,
        "audit.json": to_json(found, hashes=hashes),
    }
    _write(out, files)
    typer.echo(said, err=True)
    typer.echo(text)
    typer.echo(f"{', '.join(files)} are in {out}.", err=True)


def _task(
    raw: RawTable,
    label: str | None,
    positive: str | None,
    event: str | None,
    duration: str | None,
    horizon: float | None,
) -> LabelTask | SpellTask:
    if (label is None) == (event is None) or (event is None) != (duration is None):
        raise typer.BadParameter(
            "give either --label, or --event with --duration.", param_hint="--label / --event"
        )
    if label is not None:
        if horizon is not None:
            raise typer.BadParameter("a label has no horizon.", param_hint="--horizon")
        return LabelTask(column=label, positive=positive)
    if positive is not None:
        raise typer.BadParameter("--positive goes with --label.", param_hint="--positive")
    if event is None or duration is None:
        raise InputError("Give --event with --duration.")
    if horizon is None:
        horizon = median_duration(raw, duration)
        typer.echo(
            f"The risk is of no event by {horizon:g}, the median of {duration!r}; --horizon says "
            "another.",
            err=True,
        )
    return SpellTask(event=event, duration=duration, horizons=(horizon,))


def _names(given: str | None) -> tuple[str, ...]:
    return () if given is None else tuple(name.strip() for name in given.split(",") if name.strip())


def _read_notes(made: TableModel, raw: RawTable) -> Sequence[str]:
    design = made.kept.design
    if design is None:
        return ()
    ignored = design.ignored(raw)
    said = (f"Not read: {', '.join(ignored)}.",) if ignored else ()
    return (*said, *unread(raw, design.inputs))


def _check_folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise InputError(f"{out}: is a file; name a folder to write in.")
    if not out.parent.is_dir():
        raise InputError(f"{out}: the folder {out.parent} does not exist; make it first.")


def _words(language: str | None = None) -> AuditWords:
    settings = read_settings(language=language)
    return AuditWords(load_wording(settings.data_dir / "wording", settings.language))


def _write(out: Path, files: Mapping[str, str]) -> None:
    try:
        out.mkdir(exist_ok=True)
        for name, text in files.items():
            (out / name).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"{out}: the audit cannot be written ({error.strerror}); choose another --out."
        ) from error
