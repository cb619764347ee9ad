"""The agreed path: begun from a plan, lived as events, printed in plain words.

Nothing in it is an obligation, and nothing that happens to it takes anything away. What writes PDF
(:mod:`matching.accompaniment.agreement.pdf`) is imported where it is used: its library is large.
"""

from matching.accompaniment.agreement.beginning import begun, begun_of_rows, step_of_service
from matching.accompaniment.agreement.calls import calls
from matching.accompaniment.agreement.document import RightToCheck, ToPrint, agreement_paper
from matching.accompaniment.agreement.html import paper_html
from matching.accompaniment.agreement.life import begin, happen, live
from matching.accompaniment.agreement.lines import agreement_lines, read_agreements
from matching.accompaniment.agreement.offering import alternatives, offered
from matching.accompaniment.agreement.paths import Paths, load_paths
from matching.accompaniment.agreement.readability import gulpease
from matching.accompaniment.agreement.reminders import reminders

__all__ = [
    "Paths",
    "RightToCheck",
    "ToPrint",
    "agreement_lines",
    "agreement_paper",
    "alternatives",
    "begin",
    "begun",
    "begun_of_rows",
    "calls",
    "gulpease",
    "happen",
    "live",
    "load_paths",
    "offered",
    "paper_html",
    "read_agreements",
    "reminders",
    "step_of_service",
]
