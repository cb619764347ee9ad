"""Who a service is for, what to bring, whom to ask: the words of the catalogue."""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Whom a service is for; where it names several, all of them must be true of the person.

    They say what a provider asks, and nothing of any person: nobody is left out because of them.
    ``EVERYONE`` says openly that nothing is asked; no audience at all means that it is not known.
    """

    EVERYONE = "everyone"
    JOB_SEEKERS = "job_seekers"
    EMPLOYED = "employed"
    STARTING_WORK = "starting_work"
    STARTING_BUSINESS = "starting_business"
    JOB_CENTRE_CLIENTS = "job_centre_clients"
    SOCIAL_SERVICES_CLIENTS = "social_services_clients"
    WOMEN = "women"
    FAMILIES_WITH_CHILDREN = "families_with_children"
    CARERS = "carers"
    PEOPLE_WITH_DISABILITY = "people_with_disability"
    NEW_TO_ITALIAN = "new_to_italian"
    TENANTS = "tenants"
    HOME_AT_RISK = "home_at_risk"
    WITHOUT_HOME = "without_home"
    LOW_INCOME = "low_income"
    IN_DEBT = "in_debt"


class Paper(StrEnum):
    """Documents to bring; ``NOTHING`` says openly that none is asked."""

    NOTHING = "nothing"
    IDENTITY = "identity"
    HEALTH_CARD = "health_card"
    RESIDENCE_PERMIT = "residence_permit"
    CV = "cv"
    DRIVING_LICENCE = "driving_licence"
    CERTIFICATE = "certificate"
    QUALIFICATION = "qualification"
    AVAILABILITY = "availability"
    ISEE = "isee"
    INCOME = "income"
    RENT_CONTRACT = "rent_contract"
    BILLS = "bills"
    MEDICAL = "medical"
    OTHER = "other"


class Channel(StrEnum):
    """Ways to ask for a service; ``HUB`` is the welfare community manager."""

    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    IN_PERSON = "in_person"
    HUB = "hub"
    REFERRAL = "referral"


class Interpreting(StrEnum):
    """Whether somebody interprets."""

    PRESENT = "present"
    ON_REQUEST = "on_request"
    NONE = "none"


class Freshness(StrEnum):
    """Whether what is known of a service was confirmed as recently as the territory wants."""

    FRESH = "fresh"
    STALE = "stale"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """A document to bring, and, where its kind does not say enough, which one."""

    kind: Paper
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A way to ask for a service: a number, an address, a place, or whom to turn to."""

    channel: Channel
    value: str
