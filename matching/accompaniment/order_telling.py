"""Why a step stands where it does, and what is left to decide, in the words of the screens."""

from collections.abc import Iterator

from matching.accompaniment.ordering import Because, NotKept, Placed, Unkept
from matching.accompaniment.rules.telling import line
from matching.wording import Wording


def order_reasons(placed: Placed, wording: Wording) -> Iterator[str]:
    """Why a step stands where it does, one line for each rule, and why its date was chosen."""
    for because in placed.because:
        yield told_rule(because, wording)
    if placed.not_before is not None:
        yield wording.say("path.not_before", day=placed.not_before)
    if placed.first is not None and placed.postponed is not None:
        yield wording.say(f"path.moved_{placed.postponed}", first=placed.first)


def order_doubts(placed: Placed, wording: Wording) -> Iterator[str]:
    """What could not be kept, and is to be decided with the person."""
    for one in placed.not_kept:
        yield told_doubt(one, wording)


def told_rule(because: Because, wording: Wording) -> str:
    """The reason of a rule, with the step that comes first where there is one."""
    reason = line(because.rule.reason, wording)
    if because.after is None:
        return reason
    return wording.say("path.after", name=because.after.name, reason=reason)


def told_doubt(one: NotKept, wording: Wording) -> str:
    """What could not be kept, in words."""
    if one.rule is None or one.after is None:
        return wording.say("path.full" if one.why is Unkept.NO_SEATS else "path.gone")
    reason = line(one.rule.reason, wording)
    return wording.say(f"path.unkept_{one.why}", name=one.after.name, reason=reason)
