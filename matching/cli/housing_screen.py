"""Dwellings for a family, and families for a dwelling, on screen and as JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.housing import HousingSetting
from matching.accompaniment.housing.sentences import (
    help_said,
    law_said,
    part_said,
    rule_said,
    to_ask,
    would_change,
)
from matching.accompaniment.json_values import to_json
from matching.domain.housing import (
    Dwelling,
    HomeMatch,
    HomeSought,
    HousingRule,
    PlacedMatch,
    Standing,
)
from matching.wording import Wording

_STYLES = {Standing.MET: "green", Standing.TO_CHECK: "yellow", Standing.NOT_MET: "bold red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeScreen:
    """What the screens say things with."""

    wording: Wording
    setting: HousingSetting
    dwellings: Mapping[str, Dwelling]
    as_of: date


def print_homes(
    console: Console, screen: HomeScreen, sought: HomeSought, found: Sequence[PlacedMatch]
) -> None:
    """Every dwelling for a family, with its rules, its parts and what would change them."""
    say = screen.wording.say
    console.print(
        Text(say("homes.title", family=sought.household_id, on=screen.as_of), style="bold")
    )
    console.print(Text(say("homes.first")))
    _print_grounds(console, screen)
    if not found:
        console.print(Text(say("homes.none")))
    for placed in _with_heads(console, found, screen):
        _print_match(console, screen, placed, _dwelling_said(placed.match, screen))


def print_families(
    console: Console, screen: HomeScreen, dwelling: str, found: Sequence[PlacedMatch]
) -> None:
    """Every family for a dwelling, by the same number."""
    say = screen.wording.say
    console.print(Text(say("homes.families_title", home=dwelling, on=screen.as_of), style="bold"))
    console.print(Text(say("homes.families_first")))
    _print_grounds(console, screen)
    for placed in _with_heads(console, found, screen):
        _print_match(console, screen, placed, placed.match.household_id)


def match_row(placed: PlacedMatch, screen: HomeScreen) -> dict[str, Any]:
    """A match as JSON says it."""
    match, wording = placed.match, screen.wording
    policy = screen.setting.policy
    return {
        "household_id": match.household_id,
        "dwelling_id": match.dwelling_id,
        "rank": placed.rank,
        "apart": placed.apart,
        "standing": match.standing.value,
        "fit": round(match.fit, 6),
        "lower": round(match.lower, 6),
        "upper": round(match.upper, 6),
        "checks": [
            {
                **to_json(check),
                "text": rule_said(check, wording),
                "would_change": would_change(check, wording) or None,
                "source": _source(check.rule, screen),
            }
            for check in match.checks
        ],
        "parts": [{**to_json(part), "text": part_said(part, wording)} for part in match.parts],
        "help": None
        if match.help is None
        else {
            **to_json(match.help),
            "share": policy.share,
            "text": help_said(match.help, policy.share, wording),
        },
        "to_ask": list(to_ask(match, wording)),
        "settings_valid": policy.valid_on(screen.as_of),
    }


def _source(rule: HousingRule, screen: HomeScreen) -> dict[str, Any]:
    if rule is HousingRule.SIZE:
        law = screen.setting.law(screen.as_of)
        if law is not None:
            return {
                "from": "law",
                "law": law.law,
                "source": law.source,
                "verified": law.verified,
                "checked": law.checked.isoformat(),
            }
        return {"from": "law"}
    return {"from": "family" if rule is HousingRule.ACCESSIBLE else "owner"}


def _with_heads(
    console: Console, found: Sequence[PlacedMatch], screen: HomeScreen
) -> Iterator[PlacedMatch]:
    """The matches, a sentence before the first of those that stand apart."""
    said = False
    for placed in found:
        if placed.apart and not said:
            console.print(Text(f"\n{screen.wording.say('homes.apart')}", style="bold"))
            said = True
        yield placed


def _print_match(console: Console, screen: HomeScreen, placed: PlacedMatch, name: str) -> None:
    wording, match = screen.wording, placed.match
    head = Text(f"\n{placed.rank}. {name}", style="bold")
    head.append(
        " - "
        + wording.say(
            "homes.fit",
            fit=f"{match.fit:.2f}",
            low=f"{match.lower:.2f}",
            high=f"{match.upper:.2f}",
        ),
        style="",
    )
    console.print(head)
    for check in match.checks:
        line = Text(f"{wording.say(f'homes.{check.standing}')}: ", style=_STYLES[check.standing])
        line.append(rule_said(check, wording), style="default")
        changes = would_change(check, wording)
        if changes:
            line.append(f" {changes}", style="default")
        console.print(Padding(line, (0, 0, 0, 3)))
    lines = [part_said(part, wording) for part in match.parts]
    if match.help is not None:
        lines.append(help_said(match.help, screen.setting.policy.share, wording))
    lines.extend(to_ask(match, wording))
    for text in lines:
        console.print(Padding(Text(text), (0, 0, 0, 3)))


def _dwelling_said(match: HomeMatch, screen: HomeScreen) -> str:
    dwelling, wording = screen.dwellings[match.dwelling_id], screen.wording
    place = screen.setting.territory.municipality(dwelling.municipality).name
    said = [place]
    if dwelling.floor_m2 is not None:
        said.append(wording.say("homes.floor", m2=dwelling.floor_m2))
    if dwelling.rent_eur is not None:
        said.append(wording.say("homes.rent", rent=dwelling.rent_eur))
    return f"{dwelling.id} ({', '.join(said)})"


def _print_grounds(console: Console, screen: HomeScreen) -> None:
    policy = screen.setting.policy
    law = screen.setting.law(screen.as_of)
    console.print(Text(law_said(law, screen.wording)))
    if not policy.valid_on(screen.as_of):
        text = screen.wording.say("homes.not_valid", first=policy.valid_from, last=policy.valid_to)
        console.print(Text(text, style="yellow"))
