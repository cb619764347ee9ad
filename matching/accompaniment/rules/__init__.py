"""Dated rules in three values: conditions that hold, fail, or cannot be told from what is known."""

from matching.accompaniment.rules.condition import Ask, Clause, Condition, Joined
from matching.accompaniment.rules.dated import (
    DeskKind,
    Lines,
    Period,
    Rule,
    RuleState,
    judged,
)
from matching.accompaniment.rules.truth import (
    Check,
    Truth,
    every,
    leaves,
    some,
    what_changes,
    what_holds,
)

__all__ = [
    "Ask",
    "Check",
    "Clause",
    "Condition",
    "DeskKind",
    "Joined",
    "Lines",
    "Period",
    "Rule",
    "RuleState",
    "Truth",
    "every",
    "judged",
    "leaves",
    "some",
    "what_changes",
    "what_holds",
]
