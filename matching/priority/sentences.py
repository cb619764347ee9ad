"""Bands and rules in plain words: what each promises, and why somebody stands on the list."""

from matching.domain import Attention, Priority, Thresholds, WorklistEntry
from matching.territory import PriorityPolicy
from matching.wording import Wording


def rule(entry: WorklistEntry, one: Attention, policy: PriorityPolicy, wording: Wording) -> str:
    """Why a rule speaks for a person, with her own numbers."""
    rose = 0 if entry.rose is None else round(100 * entry.rose)
    return wording.say(
        f"attention.{one}",
        points=rose,
        days=entry.days_without_contact,
        months=policy.assessment_months,
    )


def rules(policy: PriorityPolicy, wording: Wording) -> tuple[str, ...]:
    """Every rule of the list, as the territory has set it."""
    return tuple(
        wording.say(
            f"attention_rule.{one}",
            points=round(100 * policy.rising),
            days=policy.no_contact_days,
            months=policy.assessment_months,
        )
        for one in Attention
    )


def band(priority: Priority, limits: Thresholds, wording: Wording) -> str:
    """The band, the bands that the interval reaches, and what the hub can carry of each."""
    name = wording.say(f"priority.{priority.band}")
    if priority.lowest is priority.highest:
        said = wording.say("priority.sure", band=name)
    else:
        said = wording.say(
            "priority.between",
            band=name,
            lowest=wording.say(f"priority.{priority.lowest}"),
            highest=wording.say(f"priority.{priority.highest}"),
        )
    carried = wording.say(
        "priority.carried", people=limits.people, closely=limits.closely, lightly=limits.lightly
    )
    return f"{said} {carried}"
