"""Conditions in words: what a rule asks, and what to ask a person."""

from collections.abc import Iterable, Mapping
from functools import reduce

from matching.accompaniment.rules.condition import Ask, Clause, Condition
from matching.accompaniment.rules.dated import Lines
from matching.accompaniment.rules.truth import Check
from matching.wording import Wording

_VALUES: Mapping[Ask, str] = {
    Ask.TENURE: "tenure.{}",
    Ask.SEX: "sex.{}",
    Ask.CONTRACT: "value.{}",
    Ask.EMPLOYER: "employer.{}",
    Ask.UNDERREPRESENTED: "underrepresented.{}",
}


def told(clause: Clause, wording: Wording, measures: Mapping[str, str]) -> str:
    """What a clause asks, with its thresholds; ``measures`` are names of public measures by id."""
    if isinstance(clause, Condition):
        return wording.say(
            f"condition.{clause.ask}",
            bound=_bound(clause, wording),
            list=_either(_values(clause, wording, measures), wording),
        )
    parts = [told(part, wording, measures) for part in clause.parts]
    if clause.any_of:
        return wording.say("right.any_of", list="; ".join(parts))
    return reduce(
        lambda first, second: wording.say("right.both", first=first, second=second), parts
    )


def told_all(checks: Iterable[Check], wording: Wording, measures: Mapping[str, str]) -> str:
    """What several checks ask, each said once."""
    said = [told(check.clause, wording, measures) for check in checks]
    return "; ".join(dict.fromkeys(said))


def questions(checks: Iterable[Check], wording: Wording) -> tuple[str, ...]:
    """What to ask a person about single conditions, each question once."""
    asked = [
        wording.say(f"condition_question.{check.clause.ask}")
        for check in checks
        if isinstance(check.clause, Condition)
    ]
    return tuple(dict.fromkeys(asked))


def line(lines: Lines, wording: Wording) -> str:
    """A sentence of the data in the language of the screen."""
    return lines.get(wording.language, "")


def _either(values: Iterable[str], wording: Wording) -> str:
    said = list(values)
    if not said:
        return ""
    return reduce(
        lambda first, second: wording.say("bound.either", first=first, second=second), said
    )


def _bound(condition: Condition, wording: Wording) -> str:
    low, high, more = condition.at_least, condition.at_most, condition.more_than
    if more is not None:
        return wording.say("bound.more_than", low=_number(more, wording))
    if low is not None and high is not None:
        return wording.say("bound.between", low=_number(low, wording), high=_number(high, wording))
    if low is not None:
        return wording.say("bound.at_least", low=_number(low, wording))
    if high is not None:
        return wording.say("bound.at_most", high=_number(high, wording))
    return wording.say("bound.any")


def _number(value: int, wording: Wording) -> str:
    return f"{value:,}".replace(",", "." if wording.language == "it" else ",")


def _values(condition: Condition, wording: Wording, measures: Mapping[str, str]) -> Iterable[str]:
    for value in condition.values:
        if condition.ask is Ask.RECEIVES:
            yield measures.get(value, value)
        else:
            yield wording.say(_VALUES[condition.ask].format(value))
