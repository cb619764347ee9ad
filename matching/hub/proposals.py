"""The life of a proposal: somebody is asked, says yes or no, and only then is her name sent.

A yes is to one vacancy and one company. A no, or no answer, costs nothing: nothing that scores,
ranks or offers reads this module (import contract "a refusal costs nothing").
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from matching.domain import Profile
from matching.domain.access import Act, Role
from matching.errors import ConflictError, InputError, UnknownError
from matching.hub.notices import check_informed
from matching.hub.people import OPEN, contacts_of, row_of
from matching.hub.profiles import read_profile
from matching.hub.proposal_evidence import ContactChosen, evidence_for, read, with_contact, written
from matching.hub.proposal_rows import (
    LIVE,
    UNSENT,
    AcceptedWay,
    ProposalState,
    check_state,
    evidence_place,
    moved,
    proposal_row,
    proposed_key,
)
from matching.hub.vacancies import COMPANIES, KeptVacancy, read_vacancy
from matching.hub.vacancies import OPEN as VACANCY_OPEN
from matching.hub.working_days import after_working_hours
from matching.store import Work
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import organisations, persons, proposals, results, vacancies
from matching.store.work import new_id
from matching.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProposal:
    """Whom to ask, about which vacancy, for which company.

    ``organisation_id`` may be left out where the vacancy is a company's own; ``result_id`` is the
    list from which she was chosen, None where there was none.
    """

    person_id: str
    vacancy_id: str
    organisation_id: str | None = None
    result_id: str | None = None


def propose(work: Work, new: NewProposal, *, taxonomy: Taxonomy, sender: str) -> str:
    """Ask somebody whether she may be proposed; the proposal's identifier. Nothing is sent.

    What the company would be shown is written down now, without name and contact, so that she
    sees it before she answers.

    Parameters
    ----------
    work
        Of a manager of her hub.
    new
        Whom, for what, to whom.
    taxonomy
        What skills are.
    sender
        The name that the company reads above the proposal; the territory decides it.

    Raises
    ------
    UnknownError
        For a person, vacancy, company or list that the actor may not see; for a protected person
        who is not in the actor's own charge.
    ConflictError
        For a file or a vacancy that is not open, a person who was given no notice, a vacancy
        reserved by L. 68/1999, another company than the vacancy's, or a proposal already on its
        way.
    """
    row = row_of(work, new.person_id)
    vacancy = read_vacancy(work, new.vacancy_id)
    company = _recipient(work, vacancy, new.organisation_id)
    key = key_of(work, new.person_id)
    proposal_id = new_id()
    # The entry comes first: whoever makes one holds the journal's head until the end, so that what
    # is looked at afterwards is what everybody before has written.
    work.tell(
        Act.PROPOSE, "proposal", proposal_id, hub=row.hub, person=key.pseudonym,
        vacancy=vacancy.id, organisation=company, result=new.result_id, to=ProposalState.ASKED,
    )  # fmt: skip
    _check_person(work, row_of(work, new.person_id))
    check_informed(work, new.person_id)
    vacancy = read_vacancy(work, new.vacancy_id)
    _check_vacancy(vacancy, row.hub)
    if new.result_id is not None:
        _check_result(work, new.result_id, key, vacancy)
    _check_alone(work, key, vacancy.id, company)
    found = read_profile(work, key)
    # Of somebody whose CV was not read yet nothing is known, and nothing else is shown.
    profile = Profile(id=key.pseudonym) if found is None else found[0].profile
    shown = evidence_for(profile, vacancy.vacancy, taxonomy)
    work.add(
        proposals,
        {
            "id": proposal_id, "hub": row.hub, "pseudonym": key.pseudonym,
            "vacancy_id": vacancy.id, "organisation_id": company, "result_id": new.result_id,
            "state": ProposalState.ASKED, "sender": sender, "made_by": work.actor.id,
            "sealed_evidence": key.seal(written(shown), evidence_place(proposal_id)),
            "made_at": work.now, "version": 1,
        },
    )  # fmt: skip
    return proposal_id


def accept(
    work: Work, proposal_id: str, way: AcceptedWay, contact: ContactChosen, *, version: int
) -> int:
    """Record that she said yes to this vacancy and this company; the new version.

    It can be said again before it is sent: to another contact, or after the vacancy changed.

    Raises
    ------
    UnknownError
        Where there is no such proposal for whoever asks.
    InputError
        For a way that is not the actor's: with her account she alone says yes, in a talk or in
        writing a manager records it.
    ConflictError
        Where it is no longer open, or the contact is not on file.
    StaleError
        Where it changed meanwhile.
    """
    by_herself = work.actor.role is Role.PERSON
    if by_herself != (way is AcceptedWay.ACCOUNT):
        raise InputError(
            f"The way {str(way)!r} is not for whoever records it: a person's own yes is "
            "'account', one that a manager records is 'spoken' or 'written'."
        )
    row = proposal_row(work, proposal_id)
    check_state(row, UNSENT, "accepted")
    key = proposed_key(work, row)
    _check_person(work, work.one(persons, persons.c.id == key.person_id))
    place = evidence_place(row.id)
    shown = with_contact(
        read(key.unseal(row.sealed_evidence, place)), contacts_of(work, key), contact
    )
    return moved(
        work, row, ProposalState.ACCEPTED, act=Act.ACCEPT_PROPOSAL, version=version,
        values={
            "accepted_at": work.now, "accepted_way": way, "acceptance_recorded_by": work.actor.id,
            "sealed_evidence": key.seal(written(shown), place),
        },
        way=way, contact=contact, organisation=row.organisation_id,
    )  # fmt: skip


def decline(work: Work, proposal_id: str, *, version: int) -> int:
    """Record that she said no, without a reason; nothing follows. The new version.

    Raises
    ------
    UnknownError, ConflictError, StaleError
        As :func:`accept`.
    """
    row = proposal_row(work, proposal_id)
    check_state(row, UNSENT, "declined")
    # What a company would have been shown was shown to nobody.
    return moved(
        work, row, ProposalState.DECLINED, act=Act.ACCEPT_PROPOSAL, version=version,
        values={"sealed_evidence": None},
    )  # fmt: skip


def send(work: Work, proposal_id: str, *, version: int) -> int:
    """Send an accepted proposal: from now on the company sees who it is. The new version.

    It is due to be answered after the vacancy's hours, of working days.

    Raises
    ------
    UnknownError
        Where there is no such proposal for whoever asks.
    ConflictError
        Where she did not say yes, or not to the vacancy and the company as they are now; where
        file or vacancy are no longer open.
    StaleError
        Where it changed meanwhile.
    """
    row = proposal_row(work, proposal_id)
    check_state(row, (ProposalState.ACCEPTED,), "sent")
    key = proposed_key(work, row)
    _check_person(work, work.one(persons, persons.c.id == key.person_id))
    vacancy = read_vacancy(work, row.vacancy_id)
    _check_vacancy(vacancy, row.hub)
    since = work.one(vacancies, vacancies.c.id == vacancy.id).changed_at
    if since > row.accepted_at or vacancy.organisation_id not in (None, row.organisation_id):
        raise ConflictError(
            "This vacancy changed after the person said yes to it. Tell what changed, record the "
            "answer again, and send it then."
        )
    due = after_working_hours(work.now, vacancy.answer_hours)
    return moved(
        work, row, ProposalState.SENT, act=Act.SEND_PROPOSAL, version=version,
        values={"sent_at": work.now, "due_at": due}, organisation=row.organisation_id,
        due=due.isoformat(),
    )  # fmt: skip


def _check_person(work: Work, row: Row[Any]) -> None:
    if row.is_protected:
        if work.actor.id == row.manager_id or work.actor.role is Role.PERSON:
            raise ConflictError(
                "This file is protected: nobody in it is proposed to a company. Look for work "
                "with her another way, or end the protection first."
            )
        raise UnknownError("There is no such person.")
    if row.state != OPEN:
        raise ConflictError(f"This file is {row.state}: nobody in it is proposed to a company.")


def _check_vacancy(vacancy: KeptVacancy, hub: str) -> None:
    if vacancy.hub != hub:
        raise UnknownError("There is no such vacancy.")
    if vacancy.state != VACANCY_OPEN:
        raise ConflictError(f"This vacancy is {vacancy.state}: people are proposed for open ones.")
    reserved = vacancy.vacancy.facts.reserved
    if reserved is not None and reserved.value is True:
        raise ConflictError(
            "This vacancy is reserved by L. 68/1999: whoever proposes somebody for it would tell "
            "of her health. It goes through the office of targeted placement."
        )


def _recipient(work: Work, vacancy: KeptVacancy, asked: str | None) -> str:
    if vacancy.organisation_id is not None:
        if asked not in (None, vacancy.organisation_id):
            raise ConflictError(
                "This vacancy is another company's; propose to the company that posted it."
            )
        return vacancy.organisation_id
    if asked is None:
        raise InputError("This vacancy is of no company; say to which one to propose.")
    company = work.one(organisations, organisations.c.id == asked)
    if company.hub != vacancy.hub or company.kind not in COMPANIES:
        raise UnknownError("There is no such company in this hub.")
    return str(company.id)


def _check_result(work: Work, result_id: str, key: PersonKey, vacancy: KeptVacancy) -> None:
    row = work.first(results, results.c.id == result_id)
    if row is None or vacancy.id != row.vacancy_id and key.pseudonym != row.pseudonym:
        raise UnknownError("There is no such list for this vacancy or this person.")


def _check_alone(work: Work, key: PersonKey, vacancy_id: str, company: str) -> None:
    there = work.first(
        proposals, proposals.c.pseudonym == key.pseudonym, proposals.c.vacancy_id == vacancy_id,
        proposals.c.organisation_id == company, proposals.c.state.in_(LIVE),
    )  # fmt: skip
    if there is not None:
        raise ConflictError(
            f"She was asked about this vacancy already: that proposal is {there.state}. Go on "
            "with it, or withdraw it first."
        )
