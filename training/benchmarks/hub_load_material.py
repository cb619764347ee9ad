"""What a hub is loaded with: an installation with people, vacancies, and managers signed in.

Everybody in it is invented (:mod:`training.synthetic`). It is written through the product's own
acts, so that every row has its entry in the journal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from matching.access.passwords import open_passwords
from matching.domain.access import EVERYWHERE, Actor, Role, the_system
from matching.hub.accounts import invite
from matching.hub.accounts_invitations import accept_with_password
from matching.hub.notices import Way, add_notice, give_notice
from matching.hub.people import Contacts, NewPerson, add_person
from matching.hub.profiles import KeptProfile, keep_profile
from matching.hub.scoring import approve
from matching.hub.sessions import open_session
from matching.hub.vacancies import NewVacancy, add_vacancy
from matching.operations.installing import make_installation
from matching.operations.places import Places, opened
from matching.service import Service
from matching.store import Store
from training.dataset import read_person, read_vacancy
from training.synthetic import MILD, Size, generate

_AT_ONCE = 100  # people or vacancies of one transaction
_PASSWORD = "cavallo graffetta batteria giusto"  # of accounts that end with the run
_NOTICE = ("1", "it")


@dataclass(frozen=True, slots=True)
class Hub:
    """An installation that was filled: where it is, who is signed in, and what is in it."""

    places: Places = field(repr=False)
    sessions: tuple[str, ...] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    vacancies: tuple[str, ...] = field(repr=False)


def places_in(home: Path) -> Places:
    """The places of an installation in a folder, as they are without further settings."""
    return Places(
        home=home,
        database=f"sqlite:///{home / 'hub.db'}",
        keyring=home / "keys" / "keyring.json",
        anchor=home / "anchor" / "journal.heads",
    )


def filled(
    home: Path,
    service: Service,
    *,
    people: int,
    vacancies: int,
    managers: int,
    seed: int,
    today: date,
) -> Hub:
    """Make an installation and fill one of its hubs.

    Parameters
    ----------
    home
        An empty folder.
    service
        What reads the texts.
    people, vacancies, managers
        How many: all in one hub, everybody given the notice, every vacancy open.
    seed
        Of what is invented.
    today
        The day on which everybody was taken in charge and everything was posted.
    """
    places = places_in(home)
    district = generate(
        service.territory, service.taxonomy, seed=seed, setting=MILD,
        size=Size(people=people, vacancies=vacancies),
    )  # fmt: skip
    make_installation(places, "admin")
    hub = service.territory.hubs[0].id
    everybody = the_system(frozenset({hub, EVERYWHERE}))
    with opened(places) as store:
        with store.writing(everybody) as work:
            approve(work, "synthetic")
            add_notice(work, *_NOTICE, "Informativa di prova.", valid_from=today)
        return Hub(
            places=places,
            sessions=tuple(_signed_in(store, everybody, hub, number) for number in range(managers)),
            people=tuple(_people(store, everybody, hub, service, district.people, today)),
            vacancies=tuple(_vacancies(store, everybody, hub, service, district.vacancies, today)),
        )


def _people(
    store: Store, actor: Actor, hub: str, service: Service, table: pd.DataFrame, today: date
) -> Iterator[str]:
    for rows in _parts(table):
        # Read before: no transaction waits for a text to be read.
        read = [read_person(service, row) for row in rows]
        with store.writing(actor) as work:
            for row, profile in zip(rows, read, strict=True):
                contacts = Contacts(
                    given_name=str(row["id"]), family_name="Sintetico",
                    telephone=f"+39 000 {len(profile.skills):06d}",
                    email=f"{row['id']}@sintetico.invalid",
                )  # fmt: skip
                person = add_person(work, NewPerson(hub=hub, contacts=contacts, taken_on=today))
                keep_profile(work, person, KeptProfile(profile=profile, read_on=today))
                give_notice(work, person, *_NOTICE, Way.PAPER)
                yield person


def _vacancies(
    store: Store, actor: Actor, hub: str, service: Service, table: pd.DataFrame, today: date
) -> Iterator[str]:
    for rows in _parts(table):
        read = [read_vacancy(service, row) for row in rows]
        with store.writing(actor) as work:
            for row, vacancy in zip(rows, read, strict=True):
                new = NewVacancy(
                    hub=hub, text=str(row["text"]), vacancy=vacancy,
                    lexicon=service.taxonomy.digest, opened_on=today, answer_hours=48,
                )  # fmt: skip
                yield add_vacancy(work, new)


def _signed_in(store: Store, actor: Actor, hub: str, number: int) -> str:
    """The session of a new manager of the hub."""
    username = f"manager{number}@sintetico.invalid"
    # Cheap hashes: nobody signs in while the load is on.
    chosen = open_passwords(memory_kib=8, passes=1).hashed(_PASSWORD, username=username)
    with store.writing(actor) as work:
        invited = invite(work, username, role=Role.COMMUNITY_MANAGER, hub=hub)
        account = accept_with_password(work, invited.token, chosen)
        return open_session(work, account, confirmed=True).token


def _parts(table: pd.DataFrame) -> Iterator[Sequence[dict[str, object]]]:
    rows = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
    for part in np.array_split(np.arange(len(rows)), max(1, len(rows) // _AT_ONCE)):
        yield [rows[number] for number in part]
