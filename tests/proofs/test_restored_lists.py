"""Lists of a hub that was backed up while others wrote: read and computed elsewhere, the same."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from matching.api.hub.results import list_content
from matching.hub.erasure import erase_again
from matching.hub.notes import add_note
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.pools import Pools
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.results import ResultKind, read_result
from matching.hub.scoring import approve
from matching.hub.shortlists import Asked, keep_shortlist, rank_people
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.operations.backup import back_up
from matching.operations.backup_secret import Secret
from matching.operations.places import Places, opened
from matching.operations.restore import restore
from matching.service import Service, records
from matching.store import Store
from matching.store.chain import canonical
from matching.store.tables import results
from tests.api.hub.desk import CV, OFFER
from tests.databases import LECCO, MERATE, a_manager, everybody
from tests.hub.lives import a_person
from tests.operations.installations import content, tools_for
from tests.proofs.killing import check_whole
from tests.proofs.recording import record
from tests.repeats import examples

AS_OF = date(2026, 11, 27)
MANAGER, COLLEAGUE = a_manager(), a_manager(MERATE)
ELSEWHERE = NewPerson(
    hub=MERATE, contacts=Contacts(given_name="Bice", family_name="Prova"), taken_on=AS_OF
)
PEOPLE, VACANCIES, WRITERS = 12, 10, 3
LISTS = examples(5)


@dataclass(frozen=True)
class Shown:
    """A list as it was answered, and what it was asked for."""

    id: str
    vacancy: str
    asked: Asked
    content: str


@pytest.fixture
def shown(places: Places, service: Service) -> list[Shown]:
    """Lists that a hub was shown, for its vacancies in turn, each explained a little further."""
    profile, _ = records.read_person(service, "somebody", CV, as_of=AS_OF, comune="Lecco")
    found = []
    with opened(places) as store:
        with store.writing(everybody()) as work:
            approve(work, "DPIA-2026-1")
            add_notice(work, "1", "it", "Informativa.", valid_from=AS_OF)
            for number in range(PEOPLE):
                person = a_person(work, str(number))
                # Some are as like as two: their order must be kept, too.
                skills = profile.skills[: 1 + number // 2]
                keep_profile(work, person, KeptProfile(profile=replace(profile, skills=skills)))
                give_notice(work, person, "1", "it", Way.PAPER)
        vacancies = [_vacancy(store, service, number) for number in range(VACANCIES)]
        pools = Pools(service)
        for number in range(LISTS):
            asked = Asked(as_of=AS_OF, explained=number % PEOPLE)
            vacancy = vacancies[number % VACANCIES]
            with store.writing(MANAGER) as work:
                made = keep_shortlist(work, rank_people(work, vacancy, pools, asked), pools)
            found.append(Shown(made.id, vacancy, asked, list_content(made)))
    return found


def _vacancy(store: Store, service: Service, number: int) -> str:
    text = OFFER if number % 2 else f"{OFFER}\nSi richiede anche la conoscenza di Excel."
    read, _ = records.read_vacancy(service, "v", text, as_of=AS_OF, title="Magazzino", comune=None)
    new = NewVacancy(
        hub=LECCO, text=text, vacancy=read, lexicon=None, opened_on=AS_OF, answer_hours=48
    )
    with store.writing(MANAGER) as work:
        return add_vacancy(work, new)


@contextmanager
def others_writing(places: Places, note_on: str) -> Iterator[Callable[[], int]]:
    """Others write for as long as this lasts; tells how often they have."""
    over, done = threading.Event(), [0] * WRITERS
    failed: list[BaseException] = []

    def write(at: int) -> None:
        try:
            with opened(places) as store:
                while not over.is_set():
                    with store.writing(COLLEAGUE) as work:
                        add_person(work, ELSEWHERE)
                    with store.writing(MANAGER) as work:
                        add_note(work, note_on, "Ha richiamato.")
                    done[at] += 1
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=write, args=(at,)) for at in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield lambda: sum(done)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert failed == []


def until_more(count: Callable[[], int]) -> None:
    """Wait until they have written once more."""
    before, last = count(), time.monotonic() + 60
    while count() == before:
        assert time.monotonic() < last
        time.sleep(0.005)


def test_lists_of_a_restored_hub_are_read_and_computed_as_they_were_shown(
    places: Places, secret: Secret, shown: list[Shown], service: Service,
    elsewhere: Callable[[], Places], tmp_path: Path, kind: str,
) -> None:  # fmt: skip
    with opened(places) as store, store.reading(MANAGER) as work:
        (some, *_) = read_result(work, shown[0].id, ResultKind.SHORTLIST).people.values()
    with others_writing(places, some) as count:
        until_more(count)
        done = back_up(places, tmp_path / "backup", secret, tools=tools_for(places))
        until_more(count)
    other = elsewhere()
    other.keyring.parent.mkdir(parents=True)
    other.keyring.write_bytes(places.keyring.read_bytes())
    other.keyring.chmod(0o600)
    restore(other, done.path, secret, erase=erase_again, tools=tools_for(places))

    manifest = done.manifest
    counts = {name: len(rows) for name, rows in content(other).items()}
    # The restoring itself is one entry more.
    assert counts == {**manifest.counts, "journal": manifest.counts["journal"] + 1}
    assert manifest.counts["results"] == LISTS
    check_whole(other)
    pools = Pools(service)
    with opened(other) as store:
        assert store.verified().head.number == manifest.head.number + 1
        with store.reading(MANAGER) as work:
            assert work.count(results) == LISTS
            for one in shown:
                kept = read_result(work, one.id, ResultKind.SHORTLIST)
                assert list_content(kept) == one.content
                again = rank_people(work, one.vacancy, pools, one.asked).made.new
                was = {name: value for name, value in kept.body.items() if name != "entries"}
                assert canonical(again.body) == canonical(was)
                said = {place: canonical(words) for place, _, words in again.entries}
                assert said == {place: canonical(words) for place, words in kept.entries.items()}
    record(
        "backed up while others write", kind, lists=len(shown), rows=sum(manifest.counts.values()),
        entries=manifest.head.number, bytes=done.size,
    )  # fmt: skip
