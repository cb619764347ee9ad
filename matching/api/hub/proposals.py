"""What is sent and answered of proposals: by role, so that nobody is given what is not for them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import model_validator

from matching.api.hub.fields import Code, Id, Words
from matching.api.payloads import Payload
from matching.domain.access import Role
from matching.hub.answers import Answer
from matching.hub.proposal_evidence import ContactChosen, Shown
from matching.hub.proposal_rows import AcceptedWay, ProposalState
from matching.hub.proposal_views import ProposalSeen
from matching.hub.vacancies import COMPANIES


class NewProposalRequest(Payload):
    """Whom to ask, for which vacancy.

    `organisation_id` is needed where the vacancy is of no company; `result_id` is the list that she
    was chosen from, a shortlist or her matches, left out where there was none.
    """

    person_id: Id
    vacancy_id: Id
    organisation_id: Id | None = None
    result_id: Id | None = None


class Reply(Payload):
    """What she says to one vacancy and one company.

    With a yes, `way` is `account` where she says it herself, `spoken` or `written` where a manager
    records it, and `contact` is how the company may reach her. A no is a no: nothing goes with it.
    """

    says: Literal["yes", "no"]
    way: AcceptedWay | None = None
    contact: ContactChosen | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Reply":
        given = (self.way is not None, self.contact is not None)
        if self.says == "yes" and given != (True, True):
            raise ValueError("is a yes without way and contact: write how it was said, and which")
        if self.says == "no" and any(given):
            raise ValueError("is a no with way or contact: leave both out")
        return self


class CompanysAnswer(Payload):
    """What a company does. `reason_code`, one of `GET /v1/reasons`, goes with `not_suitable`."""

    answer: Answer
    reason_code: Code | None = None
    text: Words | None = None


class SkillShownAnswer(Payload):
    """A skill, with words of the CV that prove it, where they may be quoted."""

    label: str
    words: tuple[str, ...]


class JobShownAnswer(Payload):
    """A job that she did, with its months, null where no date says so."""

    label: str
    months: int | None


class LanguageShownAnswer(Payload):
    """A language that the vacancy asks for (ISO 639-1), with its level (CEFR)."""

    code: str
    level: str | None


class AvailabilityAnswer(Payload):
    """When she can work."""

    start: str | None
    contracts: tuple[str, ...]
    hours: tuple[str, ...]
    weekly_hours: int | None
    shifts: tuple[str, ...]


class ShownAnswer(Payload):
    """All that the company is shown. `name` and `contact` are null until she said yes."""

    name: str | None
    reached_by: ContactChosen | None
    contact: str | None
    skills: tuple[SkillShownAnswer, ...]
    jobs: tuple[JobShownAnswer, ...]
    licences: tuple[str, ...]
    has_vehicle: bool
    languages: tuple[LanguageShownAnswer, ...]
    availability: AvailabilityAnswer


class CompanysProposal(Payload):
    """A proposal as its company sees it: that somebody is there who said yes to it.

    `shown` is null in lists, and once it does not go on.
    """

    id: str
    vacancy_id: str
    title: str
    mission_from: date | None
    mission_until: date | None
    sender: str
    state: ProposalState
    sent_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: Answer | None
    version: int
    shown: ShownAnswer | None


class OwnProposal(Payload):
    """A proposal as she sees it who is asked: the vacancy, the company, all that is shown of her.

    `sentences` say it in words; `offer` is the text of the vacancy; `seen_at` when the company
    first read it. Shown, said and offered is in one proposal, and null or empty in lists.
    """

    id: str
    vacancy_id: str
    title: str
    mission_from: date | None
    mission_until: date | None
    offer: str | None
    organisation_id: str
    company: str
    sender: str
    state: ProposalState
    made_at: datetime
    accepted_at: datetime | None
    accepted_way: AcceptedWay | None
    sent_at: datetime | None
    due_at: datetime | None
    seen_at: datetime | None
    answered_at: datetime | None
    answer: Answer | None
    reason_code: str | None
    version: int
    shown: ShownAnswer | None
    sentences: tuple[str, ...] = ()


class HubsProposal(OwnProposal):
    """A proposal as her hub sees it, with the company's reason where that may be passed on."""

    hub: str
    person_id: str | None
    reason_text: str | None


ProposalAnswer = HubsProposal | OwnProposal | CompanysProposal


class ProposalsPage(Payload):
    """A page of proposals, in a fixed order, as whoever asks may see them."""

    proposals: tuple[ProposalAnswer, ...]
    next_cursor: str | None


class AskedAnswer(Payload):
    """A proposal that was made, and all that its company would be shown, to be read with her."""

    id: str
    version: int
    # An answer that is kept to be given again goes with whoever it names, once she is erased.
    person_id: str
    sentences: tuple[str, ...]


def proposal_answer(
    seen: ProposalSeen, role: Role, sentences: Sequence[str] = ()
) -> ProposalAnswer:
    """A proposal as it is answered to a role."""
    kind: type[ProposalAnswer] = HubsProposal
    if role is Role.PERSON:
        kind = OwnProposal
    elif role in COMPANIES:
        kind = CompanysProposal
    values: dict[str, Any] = {
        name: getattr(seen, name) for name in kind.model_fields if hasattr(seen, name)
    }
    values["shown"] = None if seen.shown is None else _shown(seen.shown)
    if kind is not CompanysProposal:
        values["sentences"] = tuple(sentences)
    return kind.model_validate(values)


def _shown(shown: Shown) -> ShownAnswer:
    return ShownAnswer.model_validate(shown)
