"""What a proposal says in words."""

from matching.domain.allocation import Block, FloorReached, NotFunded, Obstacle
from matching.wording import Wording

_IN_CENTS = (Obstacle.OVER_CAP, Obstacle.PERSON_CAP, Obstacle.LINE, Obstacle.BUDGET)


def euros(cents: int, wording: Wording) -> str:
    """An amount as the language writes it; cents only where there are any.

    >>> euros(123450, Wording("it", {"fund_screen.euros": "{amount} €"}))
    '1.234,50 €'
    """
    whole, rest = divmod(abs(cents), 100)
    written = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    if wording.language == "it":
        written = written.translate(str.maketrans(",.", ".,"))
    sign = "-" if cents < 0 else ""
    return wording.say("fund_screen.euros", amount=sign + written)


def why(left: NotFunded, wording: Wording) -> tuple[str, ...]:
    """Why a step is not proposed and what would change it, a sentence for each obstacle."""
    return tuple(obstacle(left, block, wording) for block in left.blocks)


def obstacle(left: NotFunded, block: Block, wording: Wording) -> str:
    """One obstacle in words."""
    request = left.request
    return wording.say(
        f"obstacle.{block.obstacle}",
        amount=euros(block.amount, wording) if block.obstacle in _IN_CENTS else block.amount,
        what=block.what,
        date=""
        if request.starts_on is None
        else wording.say("screen.date", date=request.starts_on),
        measure=wording.say(f"measure.{request.measure}"),
        ambito=request.ambito,
    )


def floor(reached: FloorReached, wording: Wording) -> str:
    """A floor, whether it is met, and why not where it is not."""
    name = (
        wording.say("fund_screen.highest_need")
        if reached.ambito is None
        else wording.say("fund_screen.ambito", name=reached.ambito)
    )
    key = "met"
    if reached.reached_cents < reached.wanted_cents:
        key = "asked_less" if reached.asked_cents < reached.wanted_cents else "missed"
    return wording.say(
        f"fund_screen.floor_{key}",
        name=name,
        wanted=euros(reached.wanted_cents, wording),
        reached=euros(reached.reached_cents, wording),
        asked=euros(reached.asked_cents, wording),
    )
