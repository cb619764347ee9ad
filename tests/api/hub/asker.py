"""Somebody of a role for the contract of a hub: shows who asks, and asks for what there is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import pyotp
from schemathesis.generation.case import Case

from matching.api.hub.gate import COOKIE, csrf_token
from matching.domain.access import Act, Role
from matching.hub.accounts import account_named, invite
from matching.hub.accounts_second_factor import begin_factor
from matching.hub.sessions import open_session
from tests.api.hub.desk import Desk, quick_passwords
from tests.databases import LECCO, everybody
from tests.hub.entering import PASSWORD, an_account

COMPANIES = frozenset({Role.AGENCY, Role.EMPLOYER})


class Asker:
    """Signs requests as somebody of a role, and puts into them what there is in her hub.

    Every fourth request stays as it was made: what is not there, what was changed meanwhile and
    what was sent before with the same key are part of the contract, too.
    """

    def __init__(self, desk: Desk, role: Role, things: Mapping[str, str]) -> None:
        self.desk, self.role = desk, role
        self.turn = 0
        self.things = dict(things)
        if role in COMPANIES:
            self.things["vacancy_id"] = desk.add_vacancy(role=role)
        self._name = things["person_id"] if role is Role.PERSON else ""

    @property
    def known(self) -> dict[str, list[str]]:
        """Identifiers of what there is, by the name of the parameter that takes them."""
        return {name: [one] for name, one in self.things.items()}

    def prepare(self, case: Case) -> None:
        """Sign a request, and make one that the document allows fit what there is."""
        self.turn += 1
        is_allowed = case.meta is not None and case.meta.generation.mode.is_positive
        session = None if self.role is Role.MACHINE else self._session(case.operation.label)
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

    def fresh_session(self) -> str:
        """Another session of the same account."""
        self.desk.session(self.role, name=self._name)
        with self.desk.store.writing(everybody()) as work:
            account = account_named(work, f"{self.role}-{LECCO}-{self._name}").id
            opened = open_session(work, account, confirmed=True)
            work.tell(Act.SIGN_IN, "account", account)
        return opened.token

    def _session(self, operation: str) -> str:
        if operation == "DELETE /v1/sessions/current":
            return self.fresh_session()
        return self.desk.session(self.role, name=self._name)

    def _complete(self, case: Case) -> None:
        # By chance Schemathesis leaves out a header that its document requires.
        for one in case.operation.headers:
            if one.is_required and one.name not in case.headers:
                case.headers[one.name] = '"1"'

    def _fit(self, case: Case, session: str | None) -> str | None:
        given = case.path_parameters or {}
        case.path_parameters = {name: self._thing(name, value) for name, value in given.items()}
        headers = {name.lower(): name for name in case.headers}
        if "idempotency-key" in headers:
            case.headers[headers["idempotency-key"]] = f"{self.role} {self.turn}"
        if "if-match" in headers:
            case.headers[headers["if-match"]] = self._version(case)
        situation = SITUATIONS.get(case.operation.label)
        return session if situation is None else situation(self, case, session)

    def _thing(self, name: str, value: Any) -> Any:
        # One that an answer made known is there as well.
        is_example = self.turn % 2 == 0
        return self.things.get(name, value) if is_example else value

    def _version(self, case: Case) -> str:
        path, _, _ = case.operation.path.rpartition("}")
        for name, value in (case.path_parameters or {}).items():
            path = path.replace(f"{{{name}", str(value))
        return self.desk.get(path).headers.get("etag", '"1"')


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
    }
)
"""What has to be there before an operation can be answered 2xx, where nothing else makes it."""
