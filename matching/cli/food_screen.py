"""Points for families and for surplus, on screen and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from matching.accompaniment.food import FoodPolicy
from matching.accompaniment.json_values import to_json
from matching.domain.food import FamilyFood, FoodPlan, FoodWeek, LotOffer, Stay
from matching.territory import Territory
from matching.wording import Wording

_STYLES = {Stay.COVER: "yellow", Stay.NONE: "bold red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoodScreen:
    """What the screens say things with."""

    wording: Wording
    territory: Territory
    policy: FoodPolicy
    as_of: date
    weeks: int


def food_rows(
    plan: FoodPlan, offers: Sequence[LotOffer], screen: FoodScreen
) -> Iterator[dict[str, Any]]:
    """A row for each family, point, lot, and week without a point; ``row`` says which."""
    valid = screen.policy.valid_on(screen.as_of)
    for family in plan.families:
        weeks = [{**to_json(week), "text": _week_said(week, screen)} for week in family.weeks]
        yield {"row": "family", **to_json(family), "weeks": weeks, "settings_valid": valid}
    for point in plan.points:
        yield {"row": "point", **to_json(point)}
    for family, week in plan.unmet:
        yield {
            "row": "unmet",
            "household_id": family.household_id,
            "municipality": family.municipality,
            "people": family.people,
            "starts": week.starts.isoformat(),
            "why": week.why,
            "text": _week_said(week, screen),
        }
    for offer in offers:
        yield {
            "row": "lot",
            **to_json(offer),
            "why": [{"reason": why, "points": list(points)} for why, points in offer.why],
            "text": list(_left_said(offer, screen)),
        }


def print_weeks(console: Console, screen: FoodScreen, plan: FoodPlan) -> None:
    """Every family week after week, then the weeks that nobody can serve."""
    say = screen.wording.say
    console.print(Text(say("food_plan.title", weeks=screen.weeks, on=screen.as_of), style="bold"))
    if not screen.policy.valid_on(screen.as_of):
        text = say(
            "food_plan.not_valid", first=screen.policy.valid_from, last=screen.policy.valid_to
        )
        console.print(Text(text, style="yellow"))
    for family in plan.families:
        console.print(Text(f"\n{_family_said(family, screen)}", style="bold"))
        for week, count in _together(family.weeks):
            key = "food_plan.week" if count == 1 else "food_plan.in_a_row"
            line = Text(say(key, on=week.starts, weeks=count) + " ")
            line.append(_week_said(week, screen), style=_STYLES.get(week.stay, "default"))
            console.print(Padding(line, (0, 0, 0, 3)))
        for ask in family.to_ask:
            console.print(Padding(Text(say(f"food_plan.ask_{ask}")), (0, 0, 0, 3)))
    _print_unmet(console, screen, plan)


def print_lots(console: Console, screen: FoodScreen, offers: Sequence[LotOffer]) -> None:
    """Every lot, where it goes, and what is left of it, with why."""
    say = screen.wording.say
    console.print(Text(f"\n{say('food_plan.lots')}", style="bold"))
    if not offers:
        console.print(Text(say("food_plan.no_lots")))
    for offer in offers:
        lot = offer.lot
        console.print(
            Text(
                "\n"
                + say(
                    "food_plan.lot",
                    lot=lot.id,
                    kind=say(f"food_plan.kind_{lot.kind}"),
                    portions=lot.portions,
                    on=lot.expires_on,
                    place=screen.territory.municipality(lot.pick_up).name,
                ),
                style="bold",
            )
        )
        for share in offer.shares:
            text = say(
                "food_plan.share", point=share.point_id, portions=share.portions, on=share.from_day
            )
            console.print(Padding(Text(text), (0, 0, 0, 3)))
        for text in _left_said(offer, screen):
            console.print(Padding(Text(text, style="yellow"), (0, 0, 0, 3)))


def _together(weeks: Sequence[FoodWeek]) -> Iterator[tuple[FoodWeek, int]]:
    """The weeks, those in a row that lack a point for the same reason counted as one."""
    for _, row in groupby(weeks, key=lambda week: week.why or week.starts):
        same = list(row)
        yield same[0], len(same)


def _print_unmet(console: Console, screen: FoodScreen, plan: FoodPlan) -> None:
    say = screen.wording.say
    if not plan.unmet:
        console.print(Text(f"\n{say('food_plan.all_met')}"))
        return
    console.print(Text(f"\n{say('food_plan.unmet')}", style="bold"))
    counted = Counter(
        (_place(family.municipality, screen), str(week.why)) for family, week in plan.unmet
    )
    for (place, why), weeks in sorted(counted.items()):
        text = say(
            "food_plan.unmet_line", place=place, weeks=weeks, why=say(f"food_plan.why_{why}")
        )
        console.print(Padding(Text(text), (0, 0, 0, 3)))


def _family_said(family: FamilyFood, screen: FoodScreen) -> str:
    return screen.wording.say(
        "food_plan.family",
        family=family.household_id,
        place=_place(family.municipality, screen),
        people=family.people,
    )


def _place(municipality: str | None, screen: FoodScreen) -> str:
    if municipality is None:
        return screen.wording.say("food_plan.no_home")
    return screen.territory.municipality(municipality).name


def _week_said(week: FoodWeek, screen: FoodScreen) -> str:
    say = screen.wording.say
    if week.point_id is None or week.on is None or week.slot is None:
        return say("food_plan.stay_none", why=say(f"food_plan.why_{week.why}"))
    text = say(
        f"food_plan.stay_{week.stay}",
        point=week.point_id,
        when=say(
            "food_plan.when",
            day=say(f"weekday.{week.slot.day}"),
            on=week.on,
            starts=week.slot.starts,
            ends=week.slot.ends,
        ),
    )
    if week.minutes is None:
        return text
    return f"{text} {say('food_plan.minutes', minutes=round(week.minutes))}"


def _left_said(offer: LotOffer, screen: FoodScreen) -> Iterator[str]:
    say = screen.wording.say
    if not offer.left:
        return
    yield say("food_plan.left", portions=offer.left)
    for why, points in offer.why:
        text = say(f"food_plan.left_{why}")
        yield text if not points else say("food_plan.left_of", why=text, points=", ".join(points))
