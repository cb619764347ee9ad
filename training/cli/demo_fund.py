"""The fund in the demo: what the committee would see of some steps, with those of a path."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from matching.accompaniment.fund.allocation import propose
from matching.accompaniment.fund.from_plan import requests_of
from matching.accompaniment.fund.purse import one_budget
from matching.accompaniment.fund.setting import question_of
from matching.accompaniment.ordering import Placed
from matching.cli.fund_rows import read_requests
from matching.cli.fund_screen import print_proposal
from matching.cli.quiet import library_silent
from matching.cli.samples import fund_sample
from matching.cli.screens import heading
from matching.domain import Assessment, Profile
from matching.domain.allocation import FundRequest
from matching.service import Service

# Pseudonyms: a request to the fund names nobody.
_PERSON, _PLAN = "persona-demo", "percorso-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """Somebody's path, of which she would ask the fund to pay some steps, and her needs."""

    profile: Profile
    steps: Sequence[Placed]
    assessment: Assessment


def tell_fund(
    console: Console, service: Service, asked: AskedFor | None, as_of: date, *, samples: Path
) -> None:
    """A proposal of the fund over sample requests and the steps of the path that was shown.

    Raises
    ------
    InputError
        For samples that cannot be read.
    FundError
        For a sample request that cannot be used.
    """
    sample = fund_sample(samples)
    policy = service.fund_policy
    if sample is None or policy is None:
        return
    say = service.wording.say
    heading(console, say("demo.fund"))
    if not policy.valid_on(as_of):
        first, last = policy.valid_from, policy.valid_to
        console.print(Text(say("demo.fund_not_valid", date=as_of, first=first, last=last)))
        return
    console.print(Text(say("demo.fund_fictional")))
    mine = () if asked is None else _mine(service, asked, sample.need_quartile, as_of)
    if mine:
        console.print(Text(say("demo.fund_own", person=_PERSON, count=len(mine))))
    file = samples / sample.requests
    question = question_of(
        [*read_requests(file), *mine],
        territory=service.territory,
        policy=policy,
        catalogue=service.catalogue,
        money=one_budget(100 * sample.budget_eur),
        spent_cents={},
        as_of=as_of,
    )
    with library_silent():
        found = propose(question, compared=False)
    print_proposal(console, service, found)
    console.print(Text(say("demo.fund_all", file=file, budget=sample.budget_eur), style="dim"))


def _mine(
    service: Service, asked: AskedFor, need_quartile: int, as_of: date
) -> tuple[FundRequest, ...]:
    home = asked.profile.facts.comune
    place = None if home is None else service.territory.municipality(str(home.value))
    return requests_of(
        asked.steps,
        plan_id=_PLAN,
        person=_PERSON,
        ambito="" if place is None else place.ambito or "",
        assessment=asked.assessment,
        need_quartile=need_quartile,
        asked_on=as_of,
    )
