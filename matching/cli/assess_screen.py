"""The questions of the intake assessment and what was answered, on screen and as JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from rich.console import Console
from rich.text import Text

from matching.accompaniment.json_values import to_json
from matching.accompaniment.needs import Form, need_score, to_ask_again
from matching.accompaniment.rules.telling import line
from matching.domain import Assessment, Level
from matching.wording import Wording


def print_form(console: Console, wording: Wording, form: Form) -> None:
    """Every question with its answers."""
    console.print(Text(wording.say("assess.form", minutes=form.minutes), style="bold"))
    need = None
    for asked in form.questions:
        if asked.need is not need:
            need = asked.need
            console.print(Text("\n" + wording.say(f"need.{need}"), style="bold"))
        console.print(Text(f"{line(asked.text, wording)} [{asked.id}]"))
        for choice in asked.choices.values():
            console.print(Text(f"   - {line(choice.text, wording)} [{choice.id}]"))


def form_rows(form: Form, wording: Wording) -> Iterator[dict[str, Any]]:
    """Every question as JSON."""
    for asked in form.questions:
        yield {
            "id": asked.id,
            "need": asked.need.value,
            "text": line(asked.text, wording),
            "answers": [
                {"id": one.id, "text": line(one.text, wording), "level": one.level.value}
                for one in asked.choices.values()
            ],
        }


def print_assessment(
    console: Console, wording: Wording, found: Assessment, form: Form, *, as_of: date
) -> None:
    """The level of each need, what is left to ask, and the interval of the sum."""
    console.print(
        Text(
            wording.say(
                "assess.title", on=found.made_on, author=found.author, until=found.valid_until
            ),
            style="bold",
        )
    )
    if found.expired(as_of):
        console.print(Text(wording.say("assess.expired"), style="yellow"))
    for answer in found.answers:
        need, level = (wording.say(f"need.{answer.need}"), _level(answer.level, wording))
        console.print(
            Text(wording.say("assess.line", need=need, level=level))
            if answer.up_to is None
            else Text(
                wording.say(
                    "assess.open_line", need=need, level=level, up_to=_level(answer.up_to, wording)
                )
            )
        )
    score = need_score(found)
    console.print(
        Text(
            wording.say("assess.score", low=score.low, high=score.high, count=score.unsettled)
            if score.unsettled
            else wording.say("assess.one_score", low=score.low)
        )
    )
    left = to_ask_again(found, form, as_of=as_of)
    for asked in left:
        console.print(Text(wording.say("assess.again", text=line(asked.text, wording))))
    if not left:
        console.print(Text(wording.say("assess.nothing_left")))


def assessment_row(found: Assessment, form: Form, *, as_of: date) -> dict[str, Any]:
    """An assessment as JSON says it."""
    score = need_score(found)
    return {
        **to_json(found),
        "valid_until": found.valid_until.isoformat(),
        "expired": found.expired(as_of),
        "need_score": {"low": score.low, "high": score.high, "unsettled": score.unsettled},
        "to_ask": [asked.id for asked in to_ask_again(found, form, as_of=as_of)],
    }


def _level(level: Level, wording: Wording) -> str:
    return wording.say(f"need_level.{level}")
