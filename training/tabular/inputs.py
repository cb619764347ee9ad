"""Which columns of a table a model may read, and why it may not read the others."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd

from matching.errors import InputError
from training.tabular.columns import Column, Kind, check_known
from training.tabular.evidence import Suspect
from training.tabular.outcome import Outcome
from training.tabular.protected import protected

_SAYS_NOTHING: Mapping[Kind, str] = {
    Kind.EMPTY: "it has no value",
    Kind.CONSTANT: "it has the same value in every row",
    Kind.IDENTIFIER: "it names persons or rows",
    Kind.FREE_TEXT: "it is free text",
}
_PER_VALUE = 5


class Reason(StrEnum):
    """Why a column is no input."""

    OUTCOME = "outcome"
    EXCLUDED = "excluded"
    KIND = "kind"
    PROTECTED = "protected"
    LEAK = "leak"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A column that is no input."""

    column: str
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The columns that a model reads, in the order of the table, and all others with a reason.

    ``protected`` are all protected columns, inputs or not, each with what it tells: an audit goes
    by them. ``allowed`` are those of them, and of the suspected leaks, that were let in.
    """

    used: tuple[Column, ...]
    left_out: tuple[LeftOut, ...]
    protected: tuple[tuple[str, str], ...]
    allowed: tuple[str, ...]


def choose_inputs(
    table: pd.DataFrame,
    columns: Sequence[Column],
    outcome: Outcome,
    suspects: Sequence[Suspect],
    *,
    exclude: Sequence[str] = (),
    declared: Sequence[str] = (),
    allow: Sequence[str] = (),
    drop_leaks: bool = False,
) -> Inputs:
    """Choose the inputs: what says something, is not protected and does not know the outcome.

    Parameters
    ----------
    table, columns
        As :func:`training.tabular.columns.typed` gives the table, and its columns.
    outcome
        What is foretold; its columns are no inputs.
    suspects
        What :func:`training.tabular.leaks.suspects` found.
    exclude
        Columns not to use.
    declared
        Columns that are protected whatever their name.
    allow
        Columns to use although they are or look protected, or seem to know the outcome.
    drop_leaks
        Leave the sure suspects out. Otherwise there may be none that is not excluded or allowed.

    Raises
    ------
    InputError
        For a name that is no column, or is both excluded and allowed; for a sure suspect that
        nothing was said about; and if no input is left.
    """
    names = [column.name for column in columns]
    for option, given in (("--exclude", exclude), ("--protected", declared), ("--allow", allow)):
        check_known(given, names, option)
    if both := [name for name in allow if name in exclude or name in outcome.columns]:
        raise InputError(
            f"--allow: {both[0]!r} is excluded, or the outcome itself; leave one of the two out."
        )
    sensitive = protected(table, columns, declared=declared)
    proxies = _proxies(table, columns, sensitive, allow)
    known = {one.column: one for one in suspects if one.sure}
    used: list[Column] = []
    out: list[LeftOut] = []
    seen: dict[bytes, str] = {}
    for column in columns:
        name, reason = column.name, None
        if name in outcome.columns:
            reason = (Reason.OUTCOME, "it is the outcome")
        elif name in exclude:
            reason = (Reason.EXCLUDED, "it was excluded")
        elif column.kind in _SAYS_NOTHING:
            reason = (Reason.KIND, _SAYS_NOTHING[column.kind])
        elif name in sensitive and name not in allow:
            reason = (Reason.PROTECTED, _protected_text(sensitive[name]))
        elif name in proxies:
            reason = (Reason.PROTECTED, f"it says the same as {proxies[name]!r}, protected")
        elif name in known and name not in allow:
            reason = (Reason.LEAK, known[name].text)
        elif (first := seen.setdefault(_print(table[name]), name)) != name:
            reason = (Reason.DUPLICATE, f"it has the values of {first!r}")
        if reason is None:
            used.append(column)
        else:
            out.append(LeftOut(column=name, reason=reason[0], text=reason[1]))
    leaks = [one for one in out if one.reason is Reason.LEAK]
    if leaks and not drop_leaks:
        raise InputError(
            f"Columns seem to know the outcome: {' '.join(one.text for one in leaks[:5])}"
            f"{' …' if len(leaks) > 5 else ''} Say --drop-leaks to leave them out, or --allow for "
            "one that is known at intake."
        )
    if not used:
        why = "; ".join(f"{one.column!r}: {one.text}" for one in out[:10])
        raise InputError(f"No column is left to learn from ({why}); add some, or --allow one.")
    let_in = tuple(one.name for one in used if one.name in allow)
    return Inputs(
        used=tuple(used),
        left_out=tuple(out),
        protected=tuple(sensitive.items()),
        allowed=tuple(name for name in let_in if name in sensitive or name in known),
    )


def _protected_text(what: str) -> str:
    return "it was declared protected" if what == "declared" else f"it looks protected ({what})"


def _proxies(
    table: pd.DataFrame,
    columns: Sequence[Column],
    sensitive: Mapping[str, str],
    allow: Sequence[str],
) -> dict[str, str]:
    """Columns whose values stand for those of a protected one, one for one, by their name."""
    kept = [
        column
        for column in columns
        if 1 < column.distinct * _PER_VALUE <= column.rows and column.kind not in _SAYS_NOTHING
    ]
    order = {one.name: pd.factorize(table[one.name])[0].tobytes() for one in kept}
    by_order = {order[name]: name for name in sensitive if name in order and name not in allow}
    return {
        name: by_order[codes]
        for name, codes in order.items()
        if codes in by_order and name not in sensitive and name not in allow
    }


def _print(values: "pd.Series[Any]") -> bytes:
    """A fingerprint of the values of a column, blanks included."""
    hashed = pd.util.hash_pandas_object(values, index=False).to_numpy(dtype=np.uint64)
    return hashlib.sha256(str(values.dtype).encode() + hashed.tobytes()).digest()
