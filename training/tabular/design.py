"""From a typed table to the numbers that a model reads, as learnt on the rows it is fitted on."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal, Self

import numpy as np
import pandas as pd
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from matching.errors import DataError, InputError
from training.tabular.columns import Column, check_there
from training.tabular.encoders import Encoder, learn_linear, learn_trees
from training.tabular.reading import RawTable

_FORMAT: Literal["valoriamo-design/1"] = "valoriamo-design/1"
_MEND = "restore the file or fit again."


class Form(StrEnum):
    """What kind of model reads the design, the simplest first."""

    STRAIGHT = "straight"
    LINEAR = "linear"
    TREES = "trees"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column of a design: its key in frames, the input it comes from, and what it says.

    Keys are ``x1``, ``x2`` and so on, so that no name that a table may have (with characters that a
    library does not take, or like that of another column) reaches a model.
    """

    key: str
    source: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How inputs become numbers.

    ``inputs`` say how their cells are to be read (:func:`training.tabular.columns.typed`);
    ``encoders`` are one for each of them, in the same order.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", allow_inf_nan=False)

    format: Literal["valoriamo-design/1"] = _FORMAT
    form: Form
    inputs: tuple[Column, ...]
    encoders: tuple[Annotated[Encoder, Field(discriminator="type")], ...]

    @classmethod
    def fit(cls, table: pd.DataFrame, inputs: Sequence[Column], *, form: Form) -> Self:
        """Learn from the rows of a typed table, those of training only.

        Parameters
        ----------
        table
            As :func:`training.tabular.columns.typed` gives it; further columns are not read.
        inputs
            The columns to read.
        form
            ``linear``: numbers and days as smooth curves within their usual range, categories as a
            column per level, and the unknown, where it is frequent, as a column of its own.
            ``straight``: the same with lines instead of curves.
            ``trees``: numbers as they are, categories as whole numbers.

        Raises
        ------
        DataError
            If none of the inputs tells the rows apart.
        """
        design = cls(
            form=form,
            inputs=tuple(inputs),
            encoders=tuple(
                learn_trees(table[column.name], column)
                if form is Form.TREES
                else learn_linear(table[column.name], column, bent=form is Form.LINEAR)
                for column in inputs
            ),
        )
        if not design.outputs:
            raise DataError(
                f"None of the inputs {[column.name for column in inputs][:10]} tells the "
                f"{len(table)} rows apart; give more rows or other columns."
            )
        return design

    @property
    def outputs(self) -> tuple[Output, ...]:
        """The columns that :meth:`transform` makes, in their order."""
        said = [(encoder.source, label) for encoder in self.encoders for label in encoder.labels]
        return tuple(
            Output(key=f"x{number}", source=source, label=label)
            for number, (source, label) in enumerate(said, start=1)
        )

    @property
    def silent(self) -> tuple[str, ...]:
        """Inputs that told the rows of training too little apart to be read."""
        return tuple(encoder.source for encoder in self.encoders if not encoder.labels)

    def transform(self, table: pd.DataFrame) -> pd.DataFrame:
        """The columns of the design, floats, a row per row of a typed table.

        NaN where an input is not known, or a category is one that training did not have, and where
        it had too few of those to tell. Estimators take NaN as they do: as unknown.

        Raises
        ------
        InputError
            For an input that the table does not have, or not as numbers where those are due.
        """
        if missing := [one.source for one in self.encoders if one.source not in table]:
            raise InputError(
                f"The table lacks the inputs {missing}; add them, with empty cells where nothing "
                "is known."
            )
        outputs = self.outputs
        values = np.empty((len(table), len(outputs)), order="F")
        first = 0
        for encoder in self.encoders:
            if width := len(encoder.labels):
                encoder.fill(table[encoder.source], values[:, first : first + width])
                first += width
        return pd.DataFrame(values, table.index, [one.key for one in outputs], copy=False)

    def ignored(self, raw: RawTable) -> tuple[str, ...]:
        """Columns of a table to predict for that are not read; the inputs must all be there.

        Raises
        ------
        InputError
            Naming the inputs that the table lacks.
        """
        names = [column.name for column in self.inputs]
        check_there(names, raw)
        return tuple(name for name in raw.names if name not in names)

    def by_input(self, parts: pd.DataFrame) -> pd.DataFrame:
        """Contributions of the design's columns summed to one per input that has any."""
        source = {one.key: one.source for one in self.outputs}
        if strange := [key for key in parts.columns if key not in source]:
            raise DataError(f"{strange[0]!r} is no column of the design; give those of transform.")
        return parts.T.groupby([source[key] for key in parts.columns], sort=False).sum().T

    def to_json(self) -> str:
        """The design as text: equal designs give equal texts."""
        plain = TypeAdapter(Design).dump_python(self, mode="json")
        return json.dumps(plain, ensure_ascii=False, allow_nan=False, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Design":
        """Read a design back; a ``DataError`` if the text is not what :meth:`to_json` writes."""
        try:
            design = TypeAdapter(Design).validate_json(text)
        except ValidationError as error:
            place = ".".join(str(part) for part in error.errors()[0]["loc"])
            raise DataError(
                f"The design is not of the form {_FORMAT!r} (at {place or 'the start'!r}); {_MEND}"
            ) from error
        sources = [encoder.source for encoder in design.encoders]
        if sources != [column.name for column in design.inputs] or not design.outputs:
            raise DataError(f"The design's encoders are not those of its inputs; {_MEND}")
        if broken := [one.source for one in design.encoders if not one.is_sound]:
            raise DataError(f"The design's numbers for {broken[0]!r} do not fit; {_MEND}")
        return design

    def digest(self) -> str:
        """SHA-256 of the design as text."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()
