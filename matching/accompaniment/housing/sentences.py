"""What a match of a family and a dwelling says in words."""

from collections.abc import Iterator

from matching.accompaniment.housing.law import SizeRule
from matching.domain.housing import (
    AskedOf,
    HomeMatch,
    HousingCheck,
    HousingPart,
    HousingRule,
    PartFit,
    RentHelp,
    Standing,
)
from matching.wording import Wording


def rule_said(check: HousingCheck, wording: Wording) -> str:
    """A rule with its numbers, and whether the guarantee fund answers for it."""
    numbers = {
        "needed": _number(check.needed, wording),
        "found": _number(check.found, wording),
    }
    text = wording.say(f"homes.rule_{check.rule}", **numbers)
    if check.by_fund:
        return wording.say("homes.by_fund", rule=text)
    return text


def law_said(law: SizeRule | None, wording: Wording) -> str:
    """The law on the size of homes, and whether it was read."""
    if law is None:
        return wording.say("homes.no_law")
    return wording.say("homes.law" if law.verified else "homes.law_unread", law=law.law)


def would_change(check: HousingCheck, wording: Wording) -> str:
    """What to ask, and whom, or what would change a rule that is not met; empty where it is."""
    if check.standing is Standing.MET:
        return ""
    if check.ask is not None:
        at_desk = check.rule is HousingRule.SIZE and check.ask is AskedOf.DESK
        return wording.say(
            "homes.ask",
            who=wording.say(f"homes.of_{check.ask}"),
            text=wording.say("homes.ask_desk" if at_desk else f"homes.ask_{check.rule}"),
        )
    return wording.say("homes.change", text=wording.say(f"homes.change_{check.rule}"))


def part_said(part: PartFit, wording: Wording) -> str:
    """How well one part suits, with what was measured."""
    name = wording.say(f"homes.part_{part.part}")
    if part.least is None or part.most is None:
        key = "homes.no_income" if part.lower == part.upper else "homes.unknown"
        return wording.say("homes.part", name=name, what=wording.say(key), fit=_fit(part))
    scale = 100 if part.part is HousingPart.RENT else 1
    low, high = round(scale * part.least), round(scale * part.most)
    key = f"homes.measured_{part.part}"
    if part.part is HousingPart.TIME and high < 0:
        key, low, high = "homes.measured_late", -high, -low
    what = wording.say(
        key, value=f"{low}" if low == high else wording.say("homes.range", low=low, high=high)
    )
    return wording.say("homes.part", name=name, what=what, fit=_fit(part))


def help_said(needed: RentHelp, share: float, wording: Wording) -> str:
    """What would bring the rent to the territory's share."""
    values = {"top_up": needed.top_up_eur, "share": f"{share:.0%}"}
    if needed.calmed_rent_eur is None:
        said = wording.say("homes.help", **values)
    else:
        said = wording.say("homes.help_or_calmed", rent=needed.calmed_rent_eur, **values)
    return said if needed.exact else f"{said} {wording.say('homes.help_at_most')}"


def to_ask(match: HomeMatch, wording: Wording) -> Iterator[str]:
    """What would make the fit surer: the parts of which nothing is known."""
    for part in match.parts:
        if part.lower < part.upper:
            yield wording.say(f"homes.surer_{part.part}")


def _fit(part: PartFit) -> str:
    low, high = f"{part.lower:.2f}", f"{part.upper:.2f}"
    return low if low == high else f"{low}-{high}"


def _number(value: float | None, wording: Wording) -> str:
    if value is None:
        return wording.say("homes.not_known")
    if value == int(value):
        return str(int(value))
    written = f"{value:.1f}"
    return written.replace(".", ",") if wording.language == "it" else written
