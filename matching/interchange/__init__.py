"""Files of people, vacancies and outcomes: read with their mapping, written safely."""

from matching.interchange.fields import ANSWERS, Field, FileKind, fields_of
from matching.interchange.limits import FileLimits
from matching.interchange.mapping import ColumnMapping, Refusal, map_columns, usable
from matching.interchange.preview import Preview, Written, preview
from matching.interchange.problems import ProblemCode, RowProblem
from matching.interchange.rows import (
    FileRow,
    OutcomeRow,
    PersonRow,
    ReadRows,
    VacancyRow,
    read_rows,
)
from matching.interchange.table import Assumed, Assumption, FileTable, TableRow
from matching.interchange.tables import read_table
from matching.interchange.values import Gazetteer
from matching.interchange.writing import Value, csv_bytes, xlsx_bytes

__all__ = [
    "ANSWERS",
    "Assumed",
    "Assumption",
    "ColumnMapping",
    "Field",
    "FileKind",
    "FileLimits",
    "FileRow",
    "FileTable",
    "Gazetteer",
    "OutcomeRow",
    "PersonRow",
    "Preview",
    "ProblemCode",
    "ReadRows",
    "Refusal",
    "RowProblem",
    "TableRow",
    "VacancyRow",
    "Value",
    "Written",
    "csv_bytes",
    "fields_of",
    "map_columns",
    "preview",
    "read_rows",
    "read_table",
    "usable",
    "xlsx_bytes",
]
