"""Contributions, catalog and wording -> reasons with evidence, what is missing, what to ask.

No sentence states what the data does not say: each is built only where its feature is known and
asked, from the same profile and vacancy that the feature was computed from. What to ask is found
by trying the possible answers.
"""

from matching.explanation.explainer import Explainer
from matching.explanation.questions import questions_by_trial

__all__ = ["Explainer", "questions_by_trial"]
