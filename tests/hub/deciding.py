"""A small hub for tests of proposals and decisions: people, companies, a vacancy, accounts."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from matching.domain import Evidence, ModelStamp, Profile, SkillHeld, Vacancy
from matching.domain.access import Act, Actor, Role
from matching.hub.accounts_names import kept_name
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.proposal_evidence import ContactChosen
from matching.hub.proposal_rows import AcceptedWay
from matching.hub.proposals import NewProposal, accept, propose, send
from matching.hub.reasons import (
    AnswerReasons,
    DecisionReasons,
    load_answer_reasons,
    load_decision_reasons,
)
from matching.hub.results import NewResult, ResultKind, computed, keep_result
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.settings import shipped_data
from matching.store import Store, Work
from matching.store.person_keys import key_of
from matching.store.tables import accounts
from matching.territory import ProposalPolicy
from tests.databases import LECCO, a_manager, everybody
from tests.factories import a_taxonomy

# A Friday afternoon: 48 hours of working days end on Tuesday.
BEGINNING = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
POLICY = ProposalPolicy(sender="Servizio", answer_hours=48, reminder_hours=8, reason="prova")
NAME, TELEPHONE, EMAIL = "Zaira Canarini", "3330001122", "zaira@esempio.example"
WORDS = "impilavo bancali dalla mattina"
STAMP = ModelStamp(name="baseline")
TAXONOMY = a_taxonomy()
MANAGER, COLLEAGUE = a_manager(), a_manager(name="account-2")


@dataclass
class Clock:
    now: datetime = BEGINNING

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Hub:
    """A hub with Zaira, a vacancy of a company, and another company beside it."""

    store: Store
    clock: Clock
    person: str
    vacancy: str
    company: str
    other: str

    @property
    def herself(self) -> Actor:
        return Actor(
            id="account-p", role=Role.PERSON, hubs=frozenset({LECCO}), person_id=self.person
        )

    @property
    def agency(self) -> Actor:
        return of_company(self.company)

    @property
    def rival(self) -> Actor:
        return of_company(self.other)


def of_company(organisation: str) -> Actor:
    return Actor(
        id=f"a-{organisation[:8]}", role=Role.AGENCY, hubs=frozenset({LECCO}),
        organisation=organisation,
    )  # fmt: skip


@cache
def answer_reasons() -> AnswerReasons:
    return load_answer_reasons(Path(shipped_data()) / "rules")


@cache
def decision_reasons() -> DecisionReasons:
    return load_decision_reasons(Path(shipped_data()) / "rules")


def an_account(
    work: Work, name: str, role: Role = Role.COMMUNITY_MANAGER, *, hub: str = LECCO
) -> None:
    work.add(
        accounts,
        {
            "id": name, **kept_name(work, name, f"{name}@hub.example"), "role": role,
            "home_hub": hub, "state": "active", "failures": 0, "created_at": work.now, "version": 1,
        },
    )  # fmt: skip


def a_person(
    work: Work, name: str = NAME, *, words: str = WORDS, is_protected: bool = False
) -> str:
    given, family = name.split()
    contacts = Contacts(
        given_name=given, family_name=family, telephone=TELEPHONE, email=EMAIL,
        birth_date=date(1970, 5, 1), address="via dei Canarini 7", caution="mai di sera",
    )  # fmt: skip
    person = add_person(
        work,
        NewPerson(
            hub=LECCO, contacts=contacts, taken_on=work.now.date(), is_protected=is_protected
        ),
    )
    evidence = (Evidence(text=words, start=0, end=len(words)),)
    skill = SkillHeld(uri="pallets", label="uso di bancali", confidence=1.0, evidence=evidence)
    keep_profile(work, person, KeptProfile(profile=Profile(id=person, skills=(skill,))))
    give_notice(work, person, "1", "it", Way.PAPER)
    return person


def a_vacancy(work: Work, company: str | None, title: str = "Magazziniere") -> str:
    return add_vacancy(
        work,
        NewVacancy(
            hub=LECCO, text="Cerchiamo un magazziniere.", vacancy=Vacancy(id="v", title=title),
            lexicon=None, opened_on=work.now.date(), organisation_id=company,
            answer_hours=POLICY.answer_hours,
        ),
    )  # fmt: skip


def a_hub(store: Store) -> Hub:
    clock = Clock()
    timed = replace(store, clock=clock)
    with timed.writing(everybody()) as work:
        add_notice(work, "1", "it", "Informativa", valid_from=date(2026, 1, 1))
        for name in (MANAGER.id, COLLEAGUE.id, "account-3"):
            an_account(work, name)
        company, other = (
            add_organisation(work, hub=LECCO, kind=OrganisationKind.AGENCY, name=name)
            for name in ("Agenzia Uno", "Agenzia Due")
        )
        person = a_person(work)
        vacancy = a_vacancy(work, company)
    return Hub(timed, clock, person, vacancy, company, other)


def proposed(hub: Hub, person: str | None = None, vacancy: str | None = None) -> str:
    with hub.store.writing(MANAGER) as work:
        new = NewProposal(person_id=person or hub.person, vacancy_id=vacancy or hub.vacancy)
        return propose(work, new, taxonomy=TAXONOMY, sender=POLICY.sender)


def accepted(hub: Hub, person: str | None = None, vacancy: str | None = None) -> str:
    proposal = proposed(hub, person, vacancy)
    with hub.store.writing(MANAGER) as work:
        accept(work, proposal, AcceptedWay.SPOKEN, ContactChosen.TELEPHONE, version=1)
    return proposal


def sent(hub: Hub, person: str | None = None, vacancy: str | None = None) -> str:
    proposal = accepted(hub, person, vacancy)
    with hub.store.writing(MANAGER) as work:
        send(work, proposal, version=2)
    return proposal


def a_shortlist(
    hub: Hub, people: list[str], *, model: ModelStamp = STAMP, by: Actor = MANAGER
) -> str:
    """A list as it would be kept, in the order given."""
    with hub.store.writing(by) as work:
        keys = [key_of(work, person) for person in people]
        rows = [
            {"person": key.pseudonym, "position": place, "rank": place + 1, "apart": False}
            for place, key in enumerate(keys)
        ]
        said = {"reasons": [{"effect": 0.2, "text": "Usa già i bancali."}]}
        new = NewResult(
            kind=ResultKind.SHORTLIST, hub=LECCO, as_of=work.now.date(), model=model,
            body={"matches": rows, "left_out": []}, inputs={"model": model.name},
            entries=[(place, key, said) for place, key in enumerate(keys)],
            vacancy_id=hub.vacancy,
        )  # fmt: skip
        kept = keep_result(work, computed(new))
        work.tell(Act.MAKE_SHORTLIST, "vacancy", hub.vacancy, hub=LECCO, body=kept.body_digest)
    return kept.id
