"""What a fit says first: what is foretold, from what, by which candidate, how well."""

from training.tabular.fitting import Fitted
from training.tabular.intervals import Interval
from training.tabular.markdown import interval, number, points, rows, safe
from training.tabular.measures import brier_of
from training.tabular.reliability import reliability
from training.tabular.risk_scores import area_of
from training.tabular.scored import Scored
from training.tabular.table_model import TaskFile

_HEAD = ("candidate", "AUC", "Brier", "ECE", "slope", "gap")


def fit_page(fitted: Fitted, task: TaskFile) -> str:
    """The first page of a model's card, as Markdown.

    Parameters
    ----------
    fitted
        The kept model and the comparison.
    task
        What it foretells.
    """
    judged = fitted.read
    lines = []
    for name in fitted.selection.scores:
        people = fitted.people(task.horizon, name)
        mark = " (kept)" if name == fitted.selection.chosen else ""
        lines.append((f"{name}{mark}", *_numbers(people)))
    people = fitted.people(task.horizon)
    notes = [
        *judged.raw.notes,
        *judged.outcome.notes,
        *(note for column in judged.columns for note in column.notes),
    ]
    parts = [
        f"# Model: {safe(task.said)}",
        f"{len(judged.outcome):,} of {len(judged.raw.frame):,} rows have an outcome; "
        f"{int((people.bad == 1).sum()):,} of them had {safe(task.said)}. Foretold out of fold:",
        rows(_HEAD, lines),
        fitted.selection.reason,
        "Read: " + ", ".join(safe(column.name) for column in judged.inputs.used) + ".",
    ]
    if judged.inputs.left_out:
        parts.append("Not read:")
        parts.append(
            points(f"{safe(one.column)}: {safe(one.text)}" for one in judged.inputs.left_out)
        )
    asked = [one.text for one in judged.suspects if not one.sure]
    if asked:
        parts.append("Look at these again, for they may be known too late:")
        parts.append(points(safe(text) for text in asked))
    if judged.inputs.allowed:
        let_in = ", ".join(map(safe, judged.inputs.allowed))
        parts.append(f"Let in although protected or suspected, because it was said: {let_in}.")
    if notes:
        parts.append("How cells were read:")
        parts.append(points(safe(note) for note in dict.fromkeys(notes)))
    return "\n\n".join(parts)


def _numbers(people: Scored) -> tuple[str, ...]:
    line = reliability(people)
    shown: tuple[Interval, ...] = (area_of(people), brier_of(people))
    return (
        *map(interval, shown),
        number(line.ece),
        interval(line.slope),
        interval(line.gap),
    )
