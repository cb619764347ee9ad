"""A hub's application for tests, asked over HTTP by whoever a token is made for."""

import asyncio
import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy.engine import Engine

from matching.access.passwords import Passwords, open_passwords
from matching.api.hub import create_hub_app
from matching.api.hub.gate import COOKIE, csrf_token
from matching.domain.access import EVERYWHERE, Act, Role
from matching.hub.accounts_names import kept_name
from matching.hub.notices import add_notice
from matching.hub.organisations import OrganisationKind, add_organisation, stand_for
from matching.hub.scoring import approve
from matching.hub.sessions import open_session
from matching.hub.tokens import allowed_acts, make_token
from matching.service import Service
from matching.settings import read_settings
from matching.store import Store
from matching.store.store import utc_now
from matching.store.tables import accounts
from matching.store.work import new_id
from tests.databases import LECCO, a_store, everybody

CV = (
    "ESPERIENZE LAVORATIVE\nMagazziniera presso una ditta di ricambi, dal 03/2019 al 02/2023\n"
    "- carico e scarico merci con il muletto, inventario\nFORMAZIONE\nDiploma. "
    "Patentino per carrelli elevatori. Patente B, automunita."
)
OFFER = (
    "Per un magazzino di ricambi cerchiamo una persona per carico e scarico merci e inventario.\n"
    "Requisiti: esperienza di almeno un anno, patentino del muletto, patente B."
)


def quick_passwords() -> Passwords:
    """Hashes that take no time: for tests alone."""
    return open_passwords(memory_kib=8, passes=1, lanes=1)


@dataclass
class Desk:
    """An application with its store; ``ask`` sends a request with somebody's token."""

    app: FastAPI
    store: Store
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)
    sessions: dict[tuple[str, str, str], str] = field(default_factory=dict)
    organisations: dict[str, str] = field(default_factory=dict)

    def token(self, role: Role, hub: str = LECCO, acts: Collection[Act] = ()) -> str:
        """A token of a machine, or of a company's, made when it is first asked for."""
        name = (str(role), hub + "".join(sorted(acts)))
        if name not in self.tokens:
            with self.store.writing(everybody()) as work:
                made = make_token(
                    work, "prova", role=role, hub=hub, acts=acts or allowed_acts(role), days=30,
                    organisation_id=self._of(work, role, hub),
                )  # fmt: skip
            self.tokens[name] = made.token
        return self.tokens[name]

    def session(self, role: Role, hub: str = LECCO, *, name: str = "") -> str:
        """A session of somebody with an account, made when it is first asked for.

        ``name`` tells several of a role apart: for a person it is that of her file, for those of a
        company another name is another company.
        """
        key = (str(role), hub, name)
        if key not in self.sessions:
            with self.store.writing(everybody()) as work:
                account = new_id()
                work.add(
                    accounts,
                    {
                        "id": account, **kept_name(work, account, f"{role}-{hub}-{name}"),
                        "role": role,
                        "home_hub": EVERYWHERE if role in TERRITORIAL else hub,
                        "organisation_id": self._of(work, role, hub, name), "state": "active",
                        "person_id": name if role is Role.PERSON else None, "failures": 0,
                        "created_at": work.now, "version": 1,
                    },
                )  # fmt: skip
                opened = open_session(work, account, confirmed=True)
                work.tell(Act.SIGN_IN, "account", account)
            self.sessions[key] = opened.token
        return self.sessions[key]

    def _of(self, work: Any, role: Role, hub: str, name: str = "") -> str | None:
        return self._organisation(work, str(role), hub, name) if role in COMPANIES else None

    def _organisation(self, work: Any, kind: str, hub: str, name: str = "") -> str:
        key = f"{kind}/{hub}" + (f"/{name}" if name else "")
        if key not in self.organisations:
            self.organisations[key] = add_organisation(
                work, hub=hub, kind=OrganisationKind(kind), name=f"{kind} srl"
            )
        return self.organisations[key]

    def stands_for(self, provider: str | None, *, hub: str = LECCO, name: str = "") -> None:
        """Those of a provider's role, by ``name``, act for a provider of the catalogue."""
        self.session(Role.PROVIDER, hub, name=name)
        key = f"{Role.PROVIDER}/{hub}" + (f"/{name}" if name else "")
        known = self.app.state.service.catalogue.providers
        with self.store.writing(everybody()) as work:
            stand_for(work, self.organisations[key], provider, known=known)

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        role: Role | None = Role.COMMUNITY_MANAGER,
        hub: str = LECCO,
        **options: Any,
    ) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        name = options.pop("name", "")
        if role is Role.MACHINE:
            headers["authorization"] = f"Bearer {self.token(role, hub)}"
        elif role is not None:
            session = self.session(role, hub, name=name)
            headers |= {"cookie": f"{COOKIE}={session}", "x-csrf-token": csrf_token(session)}
        sent = {} if body is None else {"json": body}
        return self.send(method, path, headers=headers, **sent, **options)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request as it is given."""

        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://hub") as client:
                return await client.request(method, path, **options)

        return asyncio.run(once())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, body: object = None, **options: Any) -> httpx.Response:
        return self.ask("POST", path, body, **options)

    def add_person(self, given: str = "Ada", *, informed: bool = True, **more: Any) -> str:
        """Somebody with a CV, informed unless told otherwise; her identifier."""
        hub = more.pop("hub", LECCO)
        body = {
            "contacts": {"given_name": given, "family_name": "Prova"},
            "profile": {"cv": CV, "municipality": "Lecco", "answers": {"weekly_hours": 30}},
            **more,
        }
        answer = self.post("/v1/persons", body, hub=hub)
        assert answer.status_code == 201, answer.text
        person: str = answer.json()["id"]
        if informed:
            given_to = self.post(
                f"/v1/persons/{person}/notices", {"version": "1", "way": "paper"}, hub=hub
            )
            assert given_to.status_code == 201, given_to.text
        return person

    def add_vacancy(self, **more: Any) -> str:
        hub, role = more.pop("hub", LECCO), more.pop("role", Role.COMMUNITY_MANAGER)
        body = {"title": "Magazziniere/a", "text": OFFER, "municipality": "Lecco", **more}
        answer = self.post("/v1/vacancies", body, hub=hub, role=role)
        assert answer.status_code == 201, answer.text
        vacancy: str = answer.json()["id"]
        return vacancy


COMPANIES = frozenset({Role.AGENCY, Role.EMPLOYER, Role.REFERRER, Role.PROVIDER})
TERRITORIAL = frozenset({Role.ADMIN, Role.EVALUATOR, Role.FUND_COMMITTEE})


def make_ready(store: Store) -> None:
    """Let people be scored, and a notice be given."""
    with store.writing(everybody()) as work:
        approve(work, "DPIA-2026-1")
        add_notice(work, "1", "it", "Informativa di prova.", valid_from=date(2026, 1, 1))


@contextlib.contextmanager
def a_desk(
    service: Service,
    engine: Engine,
    folder: Path,
    *,
    clock: Callable[[], datetime] = utc_now,
    **settings: Any,
) -> Iterator[Desk]:
    """An application on a database, where people may be scored and a notice can be given."""
    store = replace(a_store(engine, folder), clock=clock)
    make_ready(store)
    # The tests of limits set their own.
    made = read_settings(home=folder, **{"api_per_minute": 1_000_000, **settings})
    app = create_hub_app(service, store, made, passwords=quick_passwords(), is_secure=False)
    yield Desk(app, store)


@dataclass
class Remote(Desk):
    """The same over the network: a server that was started on the store's database."""

    client: httpx.Client = field(default_factory=httpx.Client)

    def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request as it is given."""
        return self.client.request(method, path, **options)
