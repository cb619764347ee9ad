"""The register of what enters the estimate of priority, for the person herself."""

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.features.situation import SITUATION
from matching.territory import RiskPolicy
from matching.wording import Wording

_EFFECTS = {
    1: "register_screen.helps",
    0: "register_screen.depends",
    -1: "register_screen.hinders",
}


def inputs_row(wording: Wording, policy: RiskPolicy) -> dict[str, Any]:
    """The register as JSON says it."""
    say = wording.say
    return {
        "inputs": [
            {
                "name": column.name,
                "label": say(column.label),
                "question": say(column.question),
                "direction": column.direction,
                "changeable": column.changeable,
            }
            for column in SITUATION
        ],
        "age": policy.age,
        "never": say("register_screen.never"),
        "use": say("register_screen.use"),
    }


def print_inputs(console: Console, wording: Wording, policy: RiskPolicy) -> None:
    """Every answer, its question and what it does as a rule; what never enters; what it is for."""
    say = wording.say
    console.print(Text(say("register_screen.title"), style="bold"))
    console.print(Text(say("register_screen.intro")))
    console.print()
    for column in SITUATION:
        console.print(Text(say(column.label).capitalize(), style="bold"))
        effect = say(_EFFECTS[column.direction])
        kind = say("register_screen.changeable" if column.changeable else "register_screen.fixed")
        lines = (
            f"{say('register_screen.question')}: {say(column.question)}",
            f"{say('register_screen.effect')}: {effect}; {kind}.",
        )
        console.print(Padding(Text("\n".join(lines)), (0, 0, 0, 2)))
    console.print()
    console.print(Text(say("register_screen.never")))
    age = "register_screen.age_in" if policy.age else "register_screen.age_out"
    console.print(Text(say(age, reason=policy.reason)))
    console.print(Text(say("register_screen.use")))
