"""What is sent and answered of households: the home, the means, the members.

These are protected facts. What is left out is not known; null says that it is not known any more.
"""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, model_validator

from matching.api.hub.fields import Code, Id, Line
from matching.api.hub.paths import Euros
from matching.api.payloads import NUMBER, Day, Payload, YesNo
from matching.domain.answer import Answer
from matching.domain.household import (
    Citizenship,
    Member,
    Relation,
    Sex,
    Tenure,
    WorkStatus,
)
from matching.hub.households import HouseholdListed, KeptHousehold

Months = Annotated[int, Field(ge=0, le=1_200), NUMBER]
Weeks = Annotated[int, Field(ge=0, le=5_000), NUMBER]
_HOME = frozenset(
    {
        "municipality", "tenure", "rent_eur", "arrears_months", "eviction_on", "isee_eur",
        "income_eur", "receives", "care_programme",
    }
)  # fmt: skip
_FACTS = frozenset({"birth", "sex", "disability", "dependant", "citizenship"})


class SentWork(Payload):
    """What a member told of her work, as the law asks about it."""

    out_of_work: Answer | None = None
    declared_on: Day | None = None
    declared: Answer | None = None
    no_regular_job_since: Day | None = None
    job_ended_on: Day | None = None
    lost_involuntarily: Answer | None = None
    collaboration: Answer | None = None
    resigned: Answer | None = None
    weeks_since_resigning: Weeks | None = None
    weeks_contributed: Weeks | None = None
    employee_income_eur: Euros | None = None
    own_income_eur: Euros | None = None
    ever_permanent: Answer | None = None
    first_job: Answer | None = None
    education_level: Annotated[int, Field(ge=1, le=8), NUMBER] | None = None
    education_ended_on: Day | None = None
    targeted_placement: Answer | None = None


class SentMember(Payload):
    """A member. `disability` is only whether there is a certificate; nothing says of what."""

    birth: Day | None = None
    sex: Sex | None = None
    disability: Answer | None = None
    dependant: YesNo | None = None
    citizenship: Citizenship | None = None
    work: SentWork | None = None


class Herself(SentMember):
    """The person whose household it is, as she is to whoever applies."""

    relation: Relation = Relation.APPLICANT


class NewMember(SentMember):
    """Somebody else of the household; `person_id` is hers where she has a file of her own."""

    relation: Relation
    person_id: Id | None = None


class MemberChange(SentMember):
    """What changes of a member; what is left out stays, null says that it is not known any more."""

    relation: Relation = Relation.OTHER

    @model_validator(mode="after")
    def _changes_something(self) -> "MemberChange":
        if not self.model_fields_set:
            raise ValueError("says nothing to change")
        return self


class SentHome(Payload):
    """The home, the means, and the public measures received: ids, empty for none of them."""

    municipality: Line | None = None
    tenure: Tenure | None = None
    rent_eur: Euros | None = None
    arrears_months: Months | None = None
    eviction_on: Day | None = None
    isee_eur: Euros | None = None
    income_eur: Annotated[int, Field(ge=0, le=10_000_000), NUMBER] | None = None
    receives: Annotated[list[Code], Field(max_length=50)] | None = None
    care_programme: Answer | None = None


class NewHouseholdRequest(SentHome):
    """The household of a person who has none on file yet."""

    person_id: Id
    herself: Herself = Herself()
    others: Annotated[list[NewMember], Field(max_length=30)] = []


class HouseholdChange(SentHome):
    """What changes of the home; what is left out stays, null says it is not known any more."""

    @model_validator(mode="after")
    def _changes_something(self) -> "HouseholdChange":
        if not self.model_fields_set:
            raise ValueError("says nothing to change")
        return self


class MemberAnswer(Payload):
    """A member. To one of the household's adults the others are shown as such, and children."""

    id: str
    person_id: str | None
    relation: Relation
    birth: date | None
    sex: Sex | None
    disability: Answer | None
    dependant: bool | None
    citizenship: Citizenship | None
    work: SentWork | None


class HouseholdAnswer(Payload):
    """A household on record. Null is not known, and never read as no."""

    id: str
    version: int
    municipality: str | None
    tenure: Tenure | None
    rent_eur: int | None
    arrears_months: int | None
    eviction_on: date | None
    isee_eur: int | None
    income_eur: int | None
    receives: tuple[str, ...] | None
    care_programme: Answer | None
    members: tuple[MemberAnswer, ...]


class HouseholdListedAnswer(Payload):
    """A household without what is told of it; `persons` are the files of its members."""

    id: str
    hub: str
    changed_at: datetime
    version: int
    persons: tuple[str, ...]


class HouseholdsPage(Payload):
    """A page of households. Those of protected people are in none."""

    households: tuple[HouseholdListedAnswer, ...]
    next_cursor: str | None


def home_values(sent: SentHome) -> dict[str, Any]:
    """The fields of a household that were sent, the municipality left as it was written."""
    said = {name: getattr(sent, name) for name in sent.model_fields_set & _HOME}
    if said.get("receives") is not None:
        said["receives"] = frozenset(said["receives"])
    return said


def member_values(sent: SentMember) -> dict[str, Any]:
    """The fields of a member that were sent."""
    names = sent.model_fields_set & (_FACTS | {"relation"})
    return {name: getattr(sent, name) for name in names}


def work_values(sent: SentMember) -> dict[str, Any] | None:
    """What was sent of a member's work: nothing at all, or None where it is not known any more."""
    if "work" not in sent.model_fields_set:
        return {}
    return None if sent.work is None else sent.work.model_dump(exclude_unset=True)


def member_of(sent: Herself | NewMember, member_id: str) -> tuple[Member, WorkStatus | None]:
    """A member as she is kept, and what she told of her work."""
    facts = {name: getattr(sent, name) for name in _FACTS}
    status = None if sent.work is None else WorkStatus(member=member_id, **sent.work.model_dump())
    return Member(id=member_id, relation=sent.relation, **facts), status


def household_answer(kept: KeptHousehold) -> HouseholdAnswer:
    """A household as it is answered."""
    household = kept.household
    known = {name: getattr(household, name) for name in _HOME}
    if household.receives is not None:
        known["receives"] = tuple(sorted(household.receives))
    return HouseholdAnswer(
        id=kept.id,
        version=kept.version,
        members=tuple(_member(one, kept) for one in household.members),
        **known,
    )


def listed_answer(listed: HouseholdListed) -> HouseholdListedAnswer:
    """A household as it is answered in a list."""
    return HouseholdListedAnswer(
        id=listed.id, hub=listed.hub, changed_at=listed.changed_at, version=listed.version,
        persons=listed.on_file,
    )  # fmt: skip


def _member(member: Member, kept: KeptHousehold) -> MemberAnswer:
    status = next((one for one in kept.statuses if one.member == member.id), None)
    return MemberAnswer(
        id=member.id,
        person_id=member.id if member.id in kept.on_file else None,
        relation=member.relation,
        work=None if status is None else SentWork.model_construct(
            **{name: getattr(status, name) for name in SentWork.model_fields}
        ),
        **{name: getattr(member, name) for name in _FACTS},
    )  # fmt: skip
