"""What is asked and answered of accounts, tokens and organisations; a secret is shown once."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, model_validator

from matching.api.hub.fields import Code, Id, Line
from matching.api.payloads import NUMBER, Payload, YesNo
from matching.domain.access import Act, Role
from matching.hub.organisations import OrganisationKind
from matching.hub.tokens import MOST_DAYS

Username = Annotated[str, Field(min_length=3, max_length=200)]
Days = Annotated[int, Field(ge=1, le=MOST_DAYS), NUMBER]
_USUAL_DAYS = 90


class InviteRequest(Payload):
    """Somebody to let in. `hub` is needed but for roles of the whole territory.

    `organisation_id` is needed for an agency, an employer, a referrer, a provider; a person is
    invited by her hub (`POST /v1/persons/{id}/account`).
    """

    username: Username
    role: Role
    hub: Code | None = None
    organisation_id: Id | None = None


class PersonInvite(Payload):
    """The name that a person wants to sign in with, such as an e-mail address."""

    username: Username


class InvitedAnswer(Payload):
    """A one-time link's token, for `POST /v1/invitations`.

    It is shown now and never again: null where the request was sent again.
    """

    account_id: str
    token: str | None
    expires_at: datetime


class UnlockRequest(Payload):
    """`second_factor`: whoever lost the telephone may set up another; sessions end."""

    second_factor: YesNo = False


class AccountAnswer(Payload):
    """An account; `home_hub` is `*` for those of the whole territory.

    `left_in_charge` counts protected files of a closed account, to be handed over: nobody else
    may change them.
    """

    id: str
    username: str
    role: Role
    home_hub: str
    organisation_id: str | None
    person_id: str | None
    state: str
    has_second_factor: bool
    is_external: bool
    locked_until: datetime | None
    created_at: datetime
    version: int
    left_in_charge: int


class HandOverRequest(Payload):
    """The account of the community manager of the same hub whom the files go to."""

    to: Id


class HandedOverAnswer(Payload):
    """How many protected files have another manager in charge now."""

    files: int


class AccountsPage(Payload):
    """A page of accounts."""

    accounts: tuple[AccountAnswer, ...]
    next_cursor: str | None


class TokenRequest(Payload):
    """A token for a programme: what it may do, with which hub, for how many days."""

    name: Line
    hub: Code
    acts: Annotated[list[Act], Field(min_length=1, max_length=len(Act))]
    role: Role = Role.MACHINE
    days: Days = _USUAL_DAYS
    organisation_id: Id | None = None


class TokenMade(Payload):
    """A token, shown now and never again: null where the request was sent again."""

    id: str
    token: str | None
    expires_at: datetime


class TokenAnswer(Payload):
    """A token as it is listed, also after it ended."""

    id: str
    name: str
    role: Role
    home_hub: str
    organisation_id: str | None
    acts: tuple[str, ...]
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class TokensPage(Payload):
    """A page of tokens."""

    tokens: tuple[TokenAnswer, ...]
    next_cursor: str | None


class OrganisationRequest(Payload):
    """An organisation that a hub works with. `hub` is needed by whoever works for several.

    `provider` is the slug of the provider of the catalogue that it stands for.
    """

    name: Line
    kind: OrganisationKind
    hub: Code | None = None
    provider: Line | None = None


class OrganisationChange(Payload):
    """What changes of an organisation; `provider` null: it stands for none any more."""

    name: Line | None = None
    provider: Line | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> "OrganisationChange":
        if not self.model_fields_set or self.model_fields_set == {"name"} and self.name is None:
            raise ValueError("says nothing to change")
        return self


class OrganisationAnswer(Payload):
    """An organisation."""

    id: str
    hub: str
    kind: OrganisationKind
    name: str
    provider: str | None
    created_at: datetime
    version: int


class OrganisationsPage(Payload):
    """A page of organisations."""

    organisations: tuple[OrganisationAnswer, ...]
    next_cursor: str | None
