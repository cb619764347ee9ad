"""The household, as the rules on public measures and incentives ask about it.

These are protected facts: age, sex, family, disability, citizenship, public measures received. They
live only here, and are read only by the legal rules and by the audit. Nothing that extracts,
scores, ranks or explains may import this module (import contract "protected facts apart"), which is
why :mod:`matching.domain` does not hand it on. There is no field for a diagnosis, a percentage of
invalidity, a conviction, a religion or a union.

None means not known, and is never read as no.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matching.domain.answer import Answer


class Sex(StrEnum):
    """Sex on the documents, where a law asks for it."""

    FEMALE = "f"
    MALE = "m"


class Tenure(StrEnum):
    """By what right the household lives where it lives."""

    OWNED = "owned"
    RENTED = "rented"
    PUBLIC_HOUSING = "public_housing"
    LENT = "lent"
    NONE = "none"


class Relation(StrEnum):
    """What a member is to whoever applies."""

    APPLICANT = "applicant"
    PARTNER = "partner"
    CHILD = "child"
    PARENT = "parent"
    OTHER = "other"


class Citizenship(StrEnum):
    """Citizenship and, outside the Union, the kind of permit: residence rules depend on it."""

    ITALIAN = "it"
    EU = "eu"
    LONG_TERM_PERMIT = "non_eu_long"
    OTHER_PERMIT = "non_eu_other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One person of a household.

    ``disability`` says only whether a certificate exists; ``dependant`` whether the person is
    supported by the household.
    """

    id: str
    relation: Relation
    birth: date | None = None
    sex: Sex | None = None
    disability: Answer | None = None
    dependant: bool | None = None
    citizenship: Citizenship | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """People who live together, their home, their means, and the public measures they receive.

    ``members`` are all of them. ``municipality`` is an ISTAT code; ``rent_eur`` is a month's;
    ``isee_eur`` (whole euros, rounded up) and ``income_eur`` are a year's. ``receives`` holds ids
    of ``data/measures/public_measures.toml``: empty for no measure, None where nobody asked.
    ``care_programme`` says whether a member is in a care programme for people whom the
    administration certified as disadvantaged, and nothing of why.
    """

    id: str
    members: tuple[Member, ...]
    municipality: str | None = None
    tenure: Tenure | None = None
    rent_eur: int | None = None
    arrears_months: int | None = None
    eviction_on: date | None = None
    isee_eur: int | None = None
    income_eur: int | None = None
    receives: frozenset[str] | None = None
    care_programme: Answer | None = None

    @property
    def applicant(self) -> Member | None:
        """Who asks, None where nobody is marked as that."""
        return next((one for one in self.members if one.relation is Relation.APPLICANT), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkStatus:
    """What the law asks about the work of one member, as that person tells it.

    ========================== =================================================================
    field                      value
    ========================== =================================================================
    ``member``                 id of the member of the household
    ``out_of_work``            whether there is no job at all now
    ``declared_on``            day of the declaration of immediate availability (DID)
    ``declared``               whether it was made, where the day is not known
    ``no_regular_job_since``   day from which there was no regularly paid job
    ``job_ended_on``           last day of the last job
    ``lost_involuntarily``     whether that job ended against the person's will
    ``collaboration``          whether it was a collaboration (*co.co.co.*), not employment
    ``resigned``               whether a permanent job was resigned in the twelve months before
    ``weeks_since_resigning``  contributed weeks since that resignation
    ``weeks_contributed``      contributed weeks of the last four years
    ``employee_income_eur``    expected income of the year from employment
    ``own_income_eur``         expected income of the year from self-employment
    ``ever_permanent``         whether there ever was a permanent job
    ``first_job``              whether there ever was a regular job
    ``education_level``        highest level, EQF 1-8
    ``education_ended_on``     day on which full-time education ended
    ``targeted_placement``     whether the person is on the lists of L. 68/99
    ========================== =================================================================
    """

    member: str
    out_of_work: Answer | None = None
    declared_on: date | None = None
    declared: Answer | None = None
    no_regular_job_since: date | None = None
    job_ended_on: date | None = None
    lost_involuntarily: Answer | None = None
    collaboration: Answer | None = None
    resigned: Answer | None = None
    weeks_since_resigning: int | None = None
    weeks_contributed: int | None = None
    employee_income_eur: int | None = None
    own_income_eur: int | None = None
    ever_permanent: Answer | None = None
    first_job: Answer | None = None
    education_level: int | None = None
    education_ended_on: date | None = None
    targeted_placement: Answer | None = None
