"""An internship and what must be on record before it starts. It is never a job."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InternshipKind(StrEnum):
    """The regional extra-curricular internship is the default; inclusion is for social services."""

    EXTRA_CURRICULAR = "extra_curricular"
    SOCIAL_INCLUSION = "social_inclusion"


class Lacking(StrEnum):
    """What an internship lacks before it may start."""

    PROMOTER = "promoter"
    HOST = "host"
    AGREEMENT = "agreement"
    PROJECT = "project"
    PROMOTER_TUTOR = "promoter_tutor"
    HOST_TUTOR = "host_tutor"
    TWO_TUTORS = "two_tutors"
    ACCIDENT_INSURANCE = "accident_insurance"
    LIABILITY_INSURANCE = "liability_insurance"
    SOCIAL_ASSESSMENT = "social_assessment"
    START = "start"


@dataclass(frozen=True, slots=True, kw_only=True)
class InternshipRecord:
    """The papers of one internship. A day is that of a signature, or from which a cover holds.

    ``allowance_eur`` is a month's, gross; ``daily_hours`` and ``meals`` (vouchers or canteen) say
    which minimum it is compared with. ``length_rule`` is the id of a limit of
    ``data/measures/internships.toml``. ``social_assessment_by`` names the professional social
    service that assessed, for the inclusion kind.
    """

    id: str
    person_id: str
    kind: InternshipKind = InternshipKind.EXTRA_CURRICULAR
    promoter: str | None = None
    host: str | None = None
    agreement_on: date | None = None
    project_on: date | None = None
    promoter_tutor: str | None = None
    host_tutor: str | None = None
    accident_insured_from: date | None = None
    liability_insured_from: date | None = None
    social_assessment_by: str | None = None
    social_assessment_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    allowance_eur: int | None = None
    daily_hours: float | None = None
    meals: bool | None = None
    public_host: bool | None = None
    host_employees: int | None = None
    host_interns: int | None = None
    length_rule: str | None = None
