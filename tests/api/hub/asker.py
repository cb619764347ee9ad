"""Somebody of a role for the contract of a hub: shows who asks, and asks for what there is."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pyotp
from schemathesis.generation.case import Case

from matching.api.hub.gate import COOKIE, csrf_token
from matching.domain.access import Act, Role
from matching.hub.accounts import account_named, invite
from matching.hub.accounts_second_factor import begin_factor
from matching.hub.scoring import is_stopped, stop
from matching.hub.sessions import open_session
from matching.hub.tokens import make_token
from matching.store.work import new_id
from tests.api.hub.desk import Desk, quick_passwords
from tests.api.hub.following_situations import FOLLOWING
from tests.api.hub.proposing_situations import PROPOSING
from tests.api.hub.test_matrix import everything_of
from tests.databases import LECCO, everybody
from tests.hub.entering import PASSWORD, an_account

COMPANIES = frozenset({Role.AGENCY, Role.EMPLOYER})


class Asker:
    """Signs requests as somebody of a role, and puts into them what there is in her hub.

    Every fourth request stays as it was made: what is not there, what was changed meanwhile and
    what was sent before with the same key are part of the contract, too. What is there is made
    anew before it is taken away, and from time to time, since much comes to its end.
    """

    def __init__(self, desk: Desk, role: Role, things: Mapping[str, str]) -> None:
        self.desk, self.role = desk, role
        self.turn = 0
        self.things = self._own(things)
        self._name = things["person_id"] if role is Role.PERSON else ""

    @property
    def known(self) -> dict[str, list[str]]:
        """Identifiers of what there is, by the name of the parameter that takes them."""
        return {name: [one] for name, one in self.things.items()}

    def prepare(self, case: Case) -> None:
        """Sign a request, and make one that the document allows fit what there is."""
        self.turn += 1
        self._begin_again()
        is_allowed = case.meta is not None and case.meta.generation.mode.is_positive
        session = None if self.role is Role.MACHINE else self._session(case.operation.label)
        given = case.path_parameters or {}
        case.path_parameters = {**given, **_of(self._spare(case), _identifiers(given))}
        if is_allowed:
            self._complete(case)
        if is_allowed and self.turn % 4:
            session = self._fit(case, session)
        if session is None:
            case.headers["Authorization"] = f"Bearer {self.desk.token(self.role)}"
            return
        case.cookies = {**(case.cookies or {}), COOKIE: session}
        if case.method.upper() != "GET":
            case.headers["X-CSRF-Token"] = csrf_token(session)

    def anew(self) -> dict[str, str]:
        """One of everything that nobody touched yet."""
        self._begin_again()
        return self._own(everything_of(self.desk, LECCO))

    def _own(self, things: Mapping[str, str]) -> dict[str, str]:
        own = (
            {"vacancy_id": self.desk.add_vacancy(role=self.role)} if self.role in COMPANIES else {}
        )
        return {**things, **own}

    def _spare(self, case: Case) -> dict[str, str]:
        # Answers tell of all accounts, also of those that the askers themselves act with.
        asked = case.operation.path
        return spares(self.desk) if "{account_id}" in asked or "{token_id}" in asked else {}

    def _begin_again(self) -> None:
        # Whoever may stop computing does so, for everybody.
        with self.desk.store.reading(everybody()) as work:
            stopped = is_stopped(work)
        if stopped:
            with self.desk.store.writing(everybody()) as work:
                stop(work, stopped=False)

    def _session(self, operation: str) -> str:
        session = self.desk.session(self.role, name=self._name)
        if operation != "DELETE /v1/sessions/current":
            return session
        with self.desk.store.writing(everybody()) as work:
            account = account_named(work, f"{self.role}-{LECCO}-{self._name}").id
            opened = open_session(work, account, confirmed=True)
            work.tell(Act.SIGN_IN, "account", account)
        return opened.token

    def _complete(self, case: Case) -> None:
        # By chance Schemathesis leaves out a header that its document requires.
        for one in case.operation.headers:
            if one.is_required and one.name not in case.headers:
                case.headers[one.name] = '"1"'

    def _fit(self, case: Case, session: str | None) -> str | None:
        given = case.path_parameters or {}
        if given and case.method.upper() == "DELETE" and self.role is not Role.PERSON:
            case.path_parameters = {**given, **_of(self.anew(), given)}
        elif given and self.turn % 3:
            # One that an answer made known is there as well.
            case.path_parameters = {**given, **_of(self.things, given)}
        case.query = {name: one for name, one in (case.query or {}).items() if name != "cursor"}
        headers = {name.lower(): name for name in case.headers}
        if "idempotency-key" in headers:
            case.headers[headers["idempotency-key"]] = f"{self.role} {self.turn}"
        if "if-match" in headers:
            there = case.operation.path.format(**(case.path_parameters or {}))
            case.headers[headers["if-match"]] = version_at(self.desk, there)
        situation = SITUATIONS.get(case.operation.label)
        return session if situation is None else situation(self, case, session)


def who_may(desk: Desk, operation: str, things: Mapping[str, str]) -> tuple[Role, str]:
    """Role and name of somebody who may ask an operation: a manager, where managers may."""
    method, _, path = operation.partition(" ")
    roles = desk.app.openapi()["paths"][path][method.lower()].get("x-roles", {})
    if not roles or Role.COMMUNITY_MANAGER in roles:
        # Whoever signs out would be nobody afterwards.
        return Role.COMMUNITY_MANAGER, "leaves" if path == "/v1/sessions/current" else ""
    role = Role(next(iter(roles)))
    return role, things["person_id"] if role is Role.PERSON else ""


def version_at(desk: Desk, path: str) -> str:
    """The version of what is at an address, or of what it is a part of."""
    parts = path.split("/")
    for number in range(len(parts), 2, -1):
        etag = desk.get("/".join(parts[:number])).headers.get("etag")
        if etag is not None:
            return str(etag)
    return '"1"'


def spares(desk: Desk) -> dict[str, str]:
    """An account and a token that nobody acts with."""
    with desk.store.writing(everybody()) as work:
        invited = invite(work, f"{new_id()}@hub.example", role=Role.COMMUNITY_MANAGER, hub=LECCO)
        made = make_token(
            work, "prova", role=Role.MACHINE, hub=LECCO, acts=[Act.READ_SERVICES], days=1
        )
    return {"account_id": invited.account_id, "token_id": made.token_id}


def _identifiers(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in given.items() if re.fullmatch(r"[0-9a-f-]{36}", str(one))}


def _of(things: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, str]:
    return {name: things[name] for name in given if name in things}


class Turns:
    """Several, each of whom asks the operations that are hers."""

    def __init__(self, askers: Mapping[str, Asker]) -> None:
        self.askers = askers

    @property
    def known(self) -> dict[str, list[str]]:
        """Identifiers of what there is for whoever asks."""
        return {name: ids for asker in self.askers.values() for name, ids in asker.known.items()}

    def prepare(self, case: Case) -> None:
        """Sign a request as the one whose turn it is."""
        self.askers[case.operation.label].prepare(case)


Situation = Callable[[Asker, Case, str | None], str | None]


def _enters(asker: Asker, case: Case, session: str | None) -> str | None:
    username = f"{asker.role}-entra-{asker.turn}@hub.example"
    an_account(asker.desk.store, username, passwords=quick_passwords())
    case.body = {"username": username, "password": PASSWORD}
    return session


def _is_invited(asker: Asker, case: Case, session: str | None) -> str | None:
    with asker.desk.store.writing(everybody()) as work:
        username = f"{asker.role}-invito-{asker.turn}@hub.example"
        link = invite(work, username, role=Role.COMMUNITY_MANAGER, hub=LECCO)
    case.body = {"token": link.token, "password": PASSWORD}
    return session


def _has_a_factor(asker: Asker, case: Case, session: str | None) -> str | None:
    if session is None or asker.role is Role.PERSON:
        return session
    # Whoever confirms a factor ends the other sessions of the account.
    own = asker.desk.session(asker.role, name=f"factor {asker.turn}")
    with asker.desk.store.writing(everybody()) as work:
        case.body = {"code": pyotp.TOTP(begin_factor(work, own).secret).now()}
    return own


SITUATIONS: Mapping[str, Situation] = MappingProxyType(
    {
        "POST /v1/sessions": _enters,
        "POST /v1/invitations": _is_invited,
        "POST /v1/me/second-factor/confirmation": _has_a_factor,
        **PROPOSING,
        **FOLLOWING,
    }
)
"""What has to be there before an operation can be answered 2xx, where nothing else makes it."""
