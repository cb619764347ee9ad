"""How people are proposed to companies: the section ``[proposals]`` of ``policy.toml``."""

from dataclasses import dataclass

from matching.errors import TerritoryError
from matching.territory.reading import Table

LONGEST_SENDER = 200
"""Characters of the name that companies see above a proposal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPolicy:
    """Who proposes, as companies see it, and how long they have.

    ``sender`` is the name that a company reads above a proposal: a fund's name says that somebody
    is poor, and can stigmatise. ``answer_hours`` are hours of working days within which a vacancy
    is answered unless it says otherwise; the one reminder comes ``reminder_hours`` of the clock
    before they are over.
    """

    sender: str
    answer_hours: int
    reminder_hours: int
    reason: str


def read_proposals(table: Table) -> ProposalPolicy:
    """Read the section; a fault is a ``TerritoryError``."""
    policy = ProposalPolicy(
        sender=table.text("sender"),
        answer_hours=table.whole("answer_hours"),
        reminder_hours=table.whole("reminder_hours"),
        reason=table.text("reason"),
    )
    table.finish()
    if len(policy.sender) > LONGEST_SENDER:
        raise TerritoryError(
            f"{table.where}: sender has {len(policy.sender)} characters; write at most "
            f"{LONGEST_SENDER}"
        )
    if policy.reminder_hours >= policy.answer_hours:
        raise TerritoryError(
            f"{table.where}: reminder_hours = {policy.reminder_hours} is not less than "
            f"answer_hours = {policy.answer_hours}; correct one"
        )
    return policy
