"""Outcomes and impact: what happened after, towards which targets, and what is missing."""

from matching.accompaniment.impact.export import effects_shown, files, tables
from matching.accompaniment.impact.lines import read_lines, write_lines
from matching.accompaniment.impact.progress import Progress, ProgressState
from matching.accompaniment.impact.rates import Rate, rate
from matching.accompaniment.impact.records import Records, check
from matching.accompaniment.impact.report import By, Impact, impact
from matching.accompaniment.impact.unmet import unfilled_of_shortlist, unmet_of_plan

__all__ = [
    "By",
    "Impact",
    "Progress",
    "ProgressState",
    "Rate",
    "Records",
    "check",
    "effects_shown",
    "files",
    "impact",
    "rate",
    "read_lines",
    "tables",
    "unfilled_of_shortlist",
    "unmet_of_plan",
    "write_lines",
]
