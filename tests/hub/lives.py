"""People with something in every table, and words in it that stand nowhere else."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from matching.domain import Evidence, ModelStamp, Profile, SkillHeld
from matching.domain.access import Act
from matching.domain.household import Citizenship, Household, Member, Relation, Sex
from matching.domain.outcomes import OutcomeKind
from matching.hub.accounts_names import kept_name
from matching.hub.consents import ConsentFor, give_consent
from matching.hub.documents import NewDocument, PaperKind, add_document
from matching.hub.households import keep_household
from matching.hub.notes import add_note
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.outcomes import NewOutcome, record_outcome
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.protected import Protected, keep_protected
from matching.hub.results import NewResult, ResultKind, computed, keep_result
from matching.store import Store, Work
from matching.store.anchor import Anchor
from matching.store.person_keys import PersonKey, key_of
from matching.store.tables import (
    accounts,
    contests,
    decisions,
    job_rows,
    jobs,
    kept_requests,
    metadata,
    organisations,
    plan_events,
    proposals,
    referrals,
    reserved_reports,
    sessions,
    vacancies,
)
from matching.store.work import new_id
from tests.databases import LECCO, everybody

DAY = date(2026, 11, 27)
NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Life:
    """A person, and ``told``: the words that were written of her."""

    person: str
    pseudonym: str
    household: str
    vacancy: str
    told: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """All that leads to her: what was told of her, and her number."""
        return (*self.told, self.person)


def timed(store: Store, clock: Clock) -> Store:
    """The same store by another clock."""
    return Store(store.engine, store.ring, Anchor(store.anchor.path), clock)


def a_notice(work: Work) -> None:
    add_notice(work, "2026-11", "it", "Un testo.", valid_from=DAY)


def an_organisation(work: Work) -> str:
    name = new_id()
    work.add(
        organisations,
        {
            "id": name, "hub": LECCO, "kind": "agency", "name": "Agenzia", "created_at": work.now,
            "version": 1,
        },
    )  # fmt: skip
    return name


def a_person(work: Work, tag: str = "", hub: str = LECCO, **values: Any) -> str:
    """Somebody on file with nothing but a name."""
    contacts = Contacts(given_name="Anna", family_name=f"Prova{tag}")
    return add_person(
        work, NewPerson(hub=hub, contacts=contacts, taken_on=work.now.date(), **values)
    )


def a_life(work: Work, tag: str, *, with_member: str | None = None) -> Life:
    """Somebody with rows in every table about people; ``with_member`` is of her household too."""
    a_notice(work)
    contacts = Contacts(
        given_name=f"Nome{tag}", family_name=f"Cognome{tag}", birth_date=date(1980, 2, 3),
        telephone="3331234567", email=f"{tag}@posta.example", address=f"Via {tag} 1",
    )  # fmt: skip
    person = add_person(work, NewPerson(hub=LECCO, contacts=contacts, taken_on=work.now.date()))
    key = key_of(work, person)
    give_notice(work, person, "2026-11", "it", Way.PAPER)
    give_consent(work, person, ConsentFor.LATER_CONTACT, "2026-11")
    shown = (Evidence(text=f"saldavo {tag}", start=0, end=9),)
    skill = SkillHeld(uri="urn:skill:1", label="saldare", confidence=0.9, evidence=shown)
    keep_profile(work, person, KeptProfile(profile=Profile(id="x", skills=(skill,))))
    add_note(work, person, f"colloquio {tag}")
    new = NewDocument(
        kind=PaperKind.CV, name=f"cv-{tag}.txt", content=f"bytes {tag}".encode(), text=f"CV {tag}"
    )
    add_document(work, person, new)
    members = (Member(id=person, relation=Relation.APPLICANT, birth=date(1980, 2, 3)),)
    if with_member is not None:
        members += (Member(id=with_member, relation=Relation.PARTNER, sex=Sex.MALE),)
    household, _ = keep_household(work, person, Household(id="x", members=members, rent_eur=450))
    keep_protected(
        work, person, Protected(sex=Sex.FEMALE, born_from=1980, citizenship=Citizenship.ITALIAN)
    )
    record_outcome(
        work,
        NewOutcome(
            person_id=person, kind=OutcomeKind.WORK, happened_on=DAY, note=f"esito {tag}",
            external_id=f"esterno-{tag}",
        ),
    )  # fmt: skip
    vacancy = _decided(work, key, tag)
    _around(work, key, tag)
    told = (
        f"Nome{tag}", f"Cognome{tag}", f"{tag}@posta", f"Via {tag}", f"saldavo {tag}",
        f"colloquio {tag}", f"cv-{tag}", f"bytes {tag}", f"esito {tag}", f"esterno-{tag}",
        f"prova {tag}", f"motivo {tag}", f"utente-{tag}",
    )  # fmt: skip
    return Life(person, key.pseudonym, household, vacancy, told)


def dump(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with store.reading(everybody()) as work:
        # Row-level security of PostgreSQL shows what its reader may see: here it is everything.
        return {
            one.name: [tuple(row) for row in work.connection.execute(sa.select(one))]
            for one in metadata.sorted_tables
        }


def _decided(work: Work, key: PersonKey, tag: str) -> str:
    """A vacancy, a list as shown, a proposal that was refused, a decision, a contest, a path."""
    company, vacancy = an_organisation(work), new_id()
    work.add(
        vacancies,
        {
            "id": vacancy, "hub": LECCO, "organisation_id": company, "title": "Saldatura",
            "body": b"{}", "state": "open", "opened_on": DAY, "answer_hours": 48,
            "created_by": "x", "created_at": work.now, "changed_at": work.now, "version": 1,
        },
    )  # fmt: skip
    new = NewResult(
        kind=ResultKind.SHORTLIST, hub=LECCO, as_of=DAY, model=ModelStamp(name="baseline"),
        body={"matches": [{"person": key.pseudonym, "score": 0.5}]}, inputs={"n": 1},
        entries=[(0, key, {"reasons": [f"saldavo {tag}"]})], vacancy_id=vacancy,
    )  # fmt: skip
    result = keep_result(work, computed(new)).id
    proposal, contest, decision, event = (new_id() for _ in range(4))
    work.add(
        proposals,
        {
            "id": proposal, "hub": LECCO, "pseudonym": key.pseudonym, "vacancy_id": vacancy,
            "organisation_id": company, "result_id": result, "state": "sent", "sender": "Servizio",
            "sealed_evidence": key.seal(
                f'{{"words": "prova {tag}"}}'.encode(), f"proposals.sealed_evidence:{proposal}"
            ),
            "accepted_at": work.now, "sent_at": work.now, "made_by": "x", "made_at": work.now,
            "version": 1,
        },
    )  # fmt: skip
    text, key_id = work.seal(f"motivo {tag}".encode(), f"reserved_reports.sealed_text:{proposal}")
    work.add(
        reserved_reports,
        {
            "id": proposal, "hub": LECCO, "proposal_id": proposal, "organisation_id": company,
            "ground": "age", "sealed_text": text, "key_id": key_id, "state": "open",
            "opened_at": work.now,
        },
    )  # fmt: skip
    work.add(
        contests,
        {
            "id": contest, "hub": LECCO, "pseudonym": key.pseudonym, "kind": "contest",
            "result_id": result, "state": "upheld", "opened_by": "x", "opened_at": work.now,
            "decided_by": "y", "decided_at": work.now,
            "sealed_text": key.seal(f"motivo {tag}".encode(), f"contests.sealed_text:{contest}"),
        },
    )  # fmt: skip
    work.add(
        decisions,
        {
            "id": decision, "hub": LECCO, "pseudonym": key.pseudonym, "subject_kind": "proposal",
            "subject_id": proposal, "result_id": result, "outcome": "confirmed",
            "is_override": False, "contest_id": contest, "decided_by": "y", "decided_at": work.now,
            "sealed_reason": key.seal(
                f"motivo {tag}".encode(), f"decisions.sealed_reason:{decision}"
            ),
        },
    )  # fmt: skip
    work.add(
        plan_events,
        {
            "id": event, "hub": LECCO, "plan_id": new_id(), "pseudonym": key.pseudonym,
            "position": 1, "sealed": key.seal(b'{"step": 1}', f"plan_events.sealed:{event}"),
            "made_by": "x", "made_at": work.now,
        },
    )  # fmt: skip
    work.tell(Act.DECIDE, "person", key.pseudonym, hub=LECCO)
    return vacancy


def _around(work: Work, key: PersonKey, tag: str) -> None:
    """A referral, an account with a session, an imported row, an answer that is kept."""
    referral, account, job = new_id(), new_id(), new_id()
    sealed, key_id = work.seal(f"Nome{tag}".encode(), f"referrals.sealed:{referral}")
    work.add(
        referrals,
        {
            "id": referral, "hub": LECCO, "pseudonym": key.pseudonym, "state": "taken_in_charge",
            "source_kind": "parish", "network": "informal", "sealed": sealed, "key_id": key_id,
            "agreed_on": DAY, "made_by": "x", "made_at": work.now, "version": 1,
        },
    )  # fmt: skip
    work.add(
        accounts,
        {
            "id": account, **kept_name(work, account, f"utente-{tag}", key.person_id),
            "role": "person", "home_hub": LECCO,
            "person_id": key.person_id, "state": "active", "failures": 0, "created_at": work.now,
            "version": 1,
        },
    )  # fmt: skip
    work.add(
        sessions,
        {
            "digest": key.pseudonym, "account_id": account, "confirmed": False,
            "created_at": work.now, "seen_at": work.now,
            "expires_at": work.now + timedelta(hours=1),
        },
    )  # fmt: skip
    work.add(
        jobs,
        {
            "id": job, "hub": LECCO, "kind": "import", "state": "done", "settings": "{}",
            "attempts": 1, "run_at": work.now, "done": 1, "made_by": "x", "made_at": work.now,
            "finished_at": work.now, "report": f'{{"who": "{key.person_id}"}}',
        },
    )  # fmt: skip
    work.add(
        job_rows,
        {"job_id": job, "number": 1, "hub": LECCO, "state": "written", "subject": key.person_id},
    )
    answer, key_id = work.seal(key.person_id.encode(), f"kept_requests.sealed_answer:x/{tag}")
    work.add(
        kept_requests,
        {
            "actor": "x", "request_key": tag, "hub": LECCO, "asked_digest": "0", "status": 201,
            "sealed_answer": answer, "key_id": key_id, "made_at": work.now,
        },
    )  # fmt: skip


def people(store: Store, *tags: str) -> list[Life]:
    """People with everything, the installation having written it."""
    found = []
    for tag in tags:
        with store.writing(everybody()) as work:
            found.append(a_life(work, tag))
    return found
