"""Who had a hand in what is contested, and who is left to decide on it."""

from collections.abc import Set
from typing import Any

from sqlalchemy import Row

from matching.domain.access import Role
from matching.hub.accounts import ACTIVE
from matching.hub.decisions import VACANCY
from matching.store import Work
from matching.store.tables import accounts, decisions, proposals, results


def hands_in(work: Work, row: Row[Any]) -> Set[str]:
    """Accounts with a hand in what is contested, and the one that wrote the contest down."""
    hands = {row.opened_by}
    if row.result_id is not None:
        hands.add(work.one(results, results.c.id == row.result_id).made_by)
    if row.decision_id is None:
        return hands
    first = work.one(decisions, decisions.c.id == row.decision_id)
    same = work.rows(
        decisions, decisions.c.pseudonym == row.pseudonym,
        decisions.c.subject_kind == first.subject_kind,
        decisions.c.subject_id == first.subject_id,
    )  # fmt: skip
    hands |= {one.decided_by for one in same}
    if first.subject_kind == VACANCY:
        asked = work.rows(
            proposals, proposals.c.pseudonym == row.pseudonym,
            proposals.c.vacancy_id == first.subject_id,
        )  # fmt: skip
        hands |= {one.made_by for one in asked}
        hands |= {one.acceptance_recorded_by for one in asked if one.acceptance_recorded_by}
    return hands


def has_decider(work: Work, hub: str, hands: Set[str]) -> bool:
    """Whether any manager could decide: with an account of the hub, and no hand in it."""
    others = work.count(
        accounts, accounts.c.home_hub == hub, accounts.c.role == Role.COMMUNITY_MANAGER,
        accounts.c.state == ACTIVE, accounts.c.id.not_in(sorted(hands)),
    )  # fmt: skip
    return others > 0


def whom_to_leave_it_to(work: Work, hub: str, hands: Set[str]) -> str:
    """Who decides instead of whoever had a hand in it, and where nobody can, what to do."""
    if has_decider(work, hub, hands):
        return "leave it to a colleague."
    return (
        "and nobody else has an account of this hub. Ask an administrator to give a community "
        "manager of another hub of the territory an account of this one too: valoriamo accounts "
        f"invite USERNAME --role {Role.COMMUNITY_MANAGER} --hub {hub}"
    )
