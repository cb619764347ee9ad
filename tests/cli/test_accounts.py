import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from matching.cli.accounts import add_accounts
from matching.cli.group import CommandGroup
from matching.domain.access import the_system
from matching.hub.accounts_invitations import accept_with_password, read_invitation
from matching.hub.accounts_sign_in import FAILURES, Outcome
from matching.hub.organisations import OrganisationKind, add_organisation
from matching.hub.people import Contacts, NewPerson, add_person, row_of
from matching.hub.tokens import actor_of_token
from matching.settings import Settings, read_settings, shipped_data
from matching.store import Store, open_store
from matching.store.keyring import new_keyring, save_keyring
from matching.wording import load_wording
from tests.databases import LECCO, everybody, made
from tests.hub.entering import ANNA, HUBS, PASSWORD, QUICK, tries

MANAGER = ("--role", "community_manager", "--hub", LECCO)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of an installation in the territory of Lecco."""
    made("sqlite", tmp_path).dispose()
    save_keyring(new_keyring(), tmp_path / "keys" / "keyring.json")
    (tmp_path / "anchor").mkdir()
    return tmp_path


def settings_of(home: Path) -> Settings:
    return read_settings(home=home, territory="lecco")


def store_of(home: Path) -> Store:
    return open_store(
        f"sqlite:///{home / 'hub.db'}",
        home / "keys" / "keyring.json",
        home / "anchor" / "journal.heads",
    )


def run_in(home: Path, *arguments: str, language: str = "it") -> Any:
    app = typer.Typer(cls=CommandGroup)

    @app.callback()
    def whole() -> None:
        """Stand for the command line that the commands are part of."""

    add_accounts(
        app,
        settings=lambda: settings_of(home),
        wording=lambda _: load_wording(shipped_data() / "wording", language),
    )
    return CliRunner(env={"COLUMNS": "120"}).invoke(app, list(arguments))


def read(home: Path, *arguments: str) -> list[dict[str, Any]]:
    result = run_in(home, *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return [json.loads(line) for line in result.stdout.splitlines()]


def an_account(home: Path, store: Store, username: str = ANNA) -> str:
    invited = read(home, "accounts", "invite", username, *MANAGER)[0]
    with store.writing(everybody()) as work:
        chosen = QUICK.hashed(PASSWORD, username=username)
        return accept_with_password(work, invited["token"], chosen)


def test_an_invitation_is_a_code_alone_on_its_line_that_is_shown_once(home: Path) -> None:
    result = run_in(home, "accounts", "invite", ANNA, *MANAGER)
    said, token = result.stdout.splitlines()[0], result.stdout.splitlines()[-1]
    assert "una volta sola" in said
    store = store_of(home)
    with store.reading(the_system(frozenset())) as work:
        assert read_invitation(work, token).username == ANNA
    store.engine.dispose()
    listed = run_in(home, "accounts", "list")
    assert "invito in attesa" in listed.stdout
    assert token not in listed.stdout


def test_accounts_are_listed_for_people_and_for_programmes(home: Path) -> None:
    assert "nessun accesso" in run_in(home, "accounts", "list").stdout
    assert read(home, "accounts", "list") == []
    read(home, "accounts", "invite", ANNA, *MANAGER)
    read(home, "accounts", "invite", "committee@x", "--role", "fund_committee")
    rows = read(home, "accounts", "list")
    assert [(row["username"], row["role"], row["hub"], row["state"]) for row in rows] == [
        (ANNA, "community_manager", LECCO, "invited"),
        ("committee@x", "fund_committee", "*", "invited"),
    ]
    shown = run_in(home, "accounts", "list", language="en").stdout
    assert "fund committee" in shown
    assert "hash" not in f"{rows} {shown}"


def test_an_account_is_closed_opened_anew_and_unlocked(home: Path) -> None:
    store = store_of(home)
    an_account(home, store)
    for _ in range(FAILURES):
        tries(store, password="wrong")
    assert "sospeso fino" in run_in(home, "accounts", "list").stdout
    assert "di nuovo possibile" in run_in(home, "accounts", "unlock", ANNA).stdout
    assert tries(store).outcome is Outcome.SIGNED_IN
    assert read(home, "accounts", "unlock", ANNA, "--second-factor")[0]["second_factor"] is False
    assert read(home, "accounts", "disable", ANNA.upper())[0]["state"] == "disabled"
    assert "chiuso" in run_in(home, "accounts", "disable", ANNA).stdout
    assert tries(store).outcome is Outcome.REFUSED
    assert read(home, "accounts", "invite", ANNA, "--again")[0]["token"]
    assert read(home, "accounts", "list")[0]["state"] == "invited"
    assert store.verified().problems == ()
    store.engine.dispose()


def test_protected_files_of_a_closed_account_are_handed_over_and_counted_alone(home: Path) -> None:
    store, eva = store_of(home), "eva@hub.example"
    manager, taker = an_account(home, store), an_account(home, store, eva)
    with store.writing(everybody()) as work:
        contacts = Contacts(given_name="Zenobia", family_name="Prova")
        new = NewPerson(
            hub=LECCO, contacts=contacts, taken_on=work.today, manager_id=manager, is_protected=True
        )
        person = add_person(work, new)
    early = run_in(home, "accounts", "hand-over", ANNA, eva)
    assert (early.exit_code, "not closed" in early.stderr) == (1, True)
    closed = run_in(home, "accounts", "disable", ANNA)
    assert "seguirle: 1." in closed.stdout
    assert read(home, "accounts", "list")[0]["left_in_charge"] == 1
    assert "affidate: 1." in run_in(home, "accounts", "hand-over", ANNA, eva).stdout
    assert read(home, "accounts", "hand-over", ANNA, eva) == [{"files": 0}]
    with store.reading(everybody()) as work:
        assert row_of(work, person).manager_id == taker
    store.engine.dispose()


def test_a_token_is_made_shown_once_and_revoked(home: Path) -> None:
    acts = ("--act", "read_vacancy", "--act", "add_vacancy")
    assert "nessuna chiave" in run_in(home, "tokens", "list").stdout
    result = run_in(home, "tokens", "make", "gestionale", "--hub", LECCO, *acts)
    token = result.stdout.splitlines()[-1]
    assert token.startswith("valoriamo_")
    store = store_of(home)
    with store.reading(everybody()) as work:
        actor = actor_of_token(work, token, HUBS)
    assert actor is not None
    assert actor.only == {"read_vacancy", "add_vacancy"}
    row = read(home, "tokens", "list")[0]
    assert (row["name"], row["role"], row["acts"]) == (
        "gestionale", "machine", ["add_vacancy", "read_vacancy"],
    )  # fmt: skip
    assert token not in f"{row} {run_in(home, 'tokens', 'list').stdout}"
    assert "gestionale" in run_in(home, "tokens", "list").stdout
    assert "non apre" in run_in(home, "tokens", "revoke", row["id"]).stdout
    assert "revocata" in run_in(home, "tokens", "list").stdout
    assert run_in(home, "tokens", "revoke", row["id"]).exit_code == 1
    with store.reading(everybody()) as work:
        assert actor_of_token(work, token, HUBS) is None
    store.engine.dispose()


def test_a_company_has_a_token_of_its_own(home: Path) -> None:
    store = store_of(home)
    with store.writing(everybody()) as work:
        agency = add_organisation(work, hub=LECCO, kind=OrganisationKind.AGENCY, name="Agenzia")
    store.engine.dispose()
    given = ("--hub", LECCO, "--role", "agency", "--organisation", agency, "--days", "30")
    made_one = read(home, "tokens", "make", "ATS", *given, "--act", "answer_proposal")[0]
    assert read(home, "tokens", "list")[0]["organisation"] == agency
    revoked = read(home, "tokens", "revoke", made_one["id"])[0]
    assert revoked["revoked_at"] is not None


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("accounts", "invite", ANNA), 2, "--role"),
        (("accounts", "invite", ANNA, *MANAGER, "--again"), 2, "--role"),
        (("accounts", "invite", ANNA, "--role", "agency"), 2, "--hub"),
        (("accounts", "invite", ANNA, "--role", "agency", "--hub", LECCO), 1, "organisation"),
        (("accounts", "invite", ANNA, "--role", "admin", "--hub", LECCO), 1, "territory"),
        (("accounts", "invite", ANNA, *MANAGER[:3], "hub-nowhere"), 1, "hub-nowhere"),
        (("accounts", "disable", ANNA), 1, "accounts list"),
        (("tokens", "make", "x", "--hub", LECCO), 2, "--act"),
        (("tokens", "make", "x", "--hub", LECCO, "--act", "read_notes"), 1, "read_notes"),
        (("tokens", "make", "x", "--hub", LECCO, "--act", "score", "--days", "366"), 1, "365"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    home: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = run_in(home, *arguments)
    assert result.exit_code == code
    assert result.stdout == ""
    assert said in result.stderr
    assert read(home, "accounts", "list") == read(home, "tokens", "list") == []


def test_without_an_installation_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    result = run_in(tmp_path, "accounts", "list")
    assert result.exit_code == 1
    assert "valoriamo init" in result.stderr
    assert list(tmp_path.iterdir()) == []
