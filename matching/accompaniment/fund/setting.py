"""What surrounds a proposal in a territory: its rules, its seats, its managers, its money."""

from collections.abc import Mapping, Sequence
from datetime import date

from matching.accompaniment.catalogue import Catalogue
from matching.accompaniment.fund.allocation import Question
from matching.accompaniment.fund.policy import FundPolicy
from matching.accompaniment.fund.preparing import seats_of
from matching.accompaniment.fund.purse import Money
from matching.accompaniment.fund.room import Limits
from matching.domain.allocation import FundRequest
from matching.errors import FundError
from matching.territory import Territory


def question_of(
    requests: Sequence[FundRequest],
    *,
    territory: Territory,
    policy: FundPolicy | None,
    catalogue: Catalogue | None,
    money: Money,
    spent_cents: Mapping[str, int],
    as_of: date,
    managers: int | None = None,
) -> Question:
    """What a proposal is made from.

    Parameters
    ----------
    requests
        The steps asked for.
    territory, policy, catalogue
        Its ambiti and staff, its rules of the fund, its services with their seats.
    money
        What can be spent.
    spent_cents
        What each person had in the twelve months before, by her pseudonym.
    as_of
        The day of the proposal.
    managers
        Managers of each hub; the territory's number without it.

    Raises
    ------
    FundError
        For a territory without a fund, a day outside the validity of its rules, or an ambito that
        it does not have.
    """
    rules = required(policy, territory)
    if not rules.valid_on(as_of):
        raise FundError(
            f"The rules of the fund are valid from {rules.valid_from} to {rules.valid_to}, not on "
            f"{as_of}; propose for a day of theirs, or renew fund.toml."
        )
    ambiti = [ambito.code for ambito in territory.ambiti]
    for one in requests:
        if one.ambito and one.ambito not in ambiti:
            raise FundError(
                f"Request {one.id!r}: ambito = {one.ambito!r} is none of {', '.join(ambiti)}; "
                "write one of these, or nothing where it is not known."
            )
    hubs = [hub.ambito for hub in territory.hubs]
    each = managers or territory.settings.community_managers_per_hub
    seats = {} if catalogue is None else {one.slug: one.seats for one in catalogue.services}
    return Question(
        requests=requests,
        policy=rules,
        money=money,
        limits=Limits(
            seats=seats_of(requests, seats),
            people={
                code: hubs.count(code) * each * rules.people_per_manager.most for code in ambiti
            },
            person_cap_cents=rules.person_cap.most,
            spent_cents=spent_cents,
        ),
        as_of=as_of,
    )


def required(policy: FundPolicy | None, territory: Territory) -> FundPolicy:
    """The rules of a territory's fund.

    Raises
    ------
    FundError
        For a territory without a fund.
    """
    if policy is None:
        raise FundError(
            f"The territory {territory.code!r} has no fund: its folder has no fund.toml; add one, "
            "with the rules that it decides on."
        )
    return policy
