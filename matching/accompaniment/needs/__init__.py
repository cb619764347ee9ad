"""Needs: asked of the person, with levels, and what urgency and need come to.

Nothing here takes notes of a conversation: there is no function that reads free text. A level comes
from a closed answer; what a CV says only suggests what to ask.
"""

from matching.accompaniment.needs.assessing import assess, to_ask_again
from matching.accompaniment.needs.form import Form, load_form
from matching.accompaniment.needs.scores import (
    NeedScore,
    Urgency,
    need_quartiles,
    need_score,
    urgency,
)
from matching.accompaniment.needs.suggested import suggested_needs, with_suggestions
from matching.accompaniment.needs.told import told

__all__ = [
    "Form",
    "NeedScore",
    "Urgency",
    "assess",
    "load_form",
    "need_quartiles",
    "need_score",
    "suggested_needs",
    "to_ask_again",
    "told",
    "urgency",
    "with_suggestions",
]
