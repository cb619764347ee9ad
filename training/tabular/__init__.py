"""Any table with unknown columns: read, judged, and made into what models of risk read."""

from training.tabular.columns import Column, Kind, typed, unread
from training.tabular.design import Design, Form, Output
from training.tabular.evidence import Suspect, Why
from training.tabular.inputs import Inputs, LeftOut, Reason, choose_inputs
from training.tabular.kinds import infer
from training.tabular.leaks import intake_days, suspects
from training.tabular.outcome import LabelTask, Outcome, SpellTask, read_outcome
from training.tabular.protected import named_protected, protected
from training.tabular.reading import RawTable, raw_of, read_table

__all__ = [
    "Column",
    "Design",
    "Form",
    "Inputs",
    "Kind",
    "LabelTask",
    "LeftOut",
    "Outcome",
    "Output",
    "RawTable",
    "Reason",
    "SpellTask",
    "Suspect",
    "Why",
    "choose_inputs",
    "infer",
    "intake_days",
    "named_protected",
    "protected",
    "raw_of",
    "read_outcome",
    "read_table",
    "suspects",
    "typed",
    "unread",
]
