"""What is sent and answered of people: contacts apart from the profile, answers of the form."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from matching.api.hub.fields import Code, Id, Line, LongText, Prose
from matching.api.payloads import NUMBER, Change, Day, Payload, YesNo
from matching.hub.people import Contacts, Person
from matching.hub.profiles import KeptProfile

Count = Annotated[int, Field(ge=0, le=1200), NUMBER]


class SentContacts(Payload):
    """Who somebody is and how she is reached."""

    given_name: Line
    family_name: Line
    birth_date: Day | None = None
    telephone: Line | None = None
    email: Line | None = None
    address: Line | None = None
    caution: Prose | None = None


class Answers(Payload):
    """What she told of her situation; what is not known is left out, and stays not known."""

    months_since_last_job: Count | None = None
    share_worked_5y: Annotated[float, Field(ge=0, le=1), NUMBER] | None = None
    jobs_5y: Count | None = None
    longest_job_5y: Annotated[int, Field(ge=0, le=60), NUMBER] | None = None
    past_long_spells: Annotated[int, Field(ge=0, le=50), NUMBER] | None = None
    education_level: Annotated[int, Field(ge=1, le=8), NUMBER] | None = None
    italian_level: Literal["A1", "A2", "B1", "B2", "C1", "C2"] | None = None
    driving_licence: YesNo | None = None
    own_vehicle: YesNo | None = None
    weekly_hours: Annotated[int, Field(ge=0, le=60), NUMBER] | None = None
    debt_stress: YesNo | None = None
    housing_stress: YesNo | None = None
    own_rating: Annotated[int, Field(ge=1, le=5), NUMBER] | None = None


class SentProfile(Payload):
    """A CV as a text, the municipality where she lives, and answers; any of them, or none."""

    cv: LongText | None = None
    municipality: Line | None = None
    answers: Answers = Answers()


class NewPersonRequest(Payload):
    """Somebody to take in charge. `hub` is needed by whoever works for several."""

    contacts: SentContacts
    profile: SentProfile | None = None
    hub: Code | None = None
    point: Code | None = None
    taken_on: Day | None = None
    is_protected: YesNo = False


class PersonChange(Change):
    """What changes of a file; what is left out stays as it is.

    `confirmed` says that the profile was gone through with her and holds.
    """

    contacts: SentContacts | None = None
    profile: SentProfile | None = None
    state: Literal["open", "closed"] | None = None
    point: Code | None = None
    manager_id: Id | None = None
    is_protected: YesNo | None = None
    confirmed: YesNo = False


class Held(Payload):
    """A skill, with the words that prove it."""

    uri: str
    label: str
    evidence: tuple[str, ...]


class Did(Held):
    """An occupation, with the months that dates prove."""

    isco08: str
    months: int | None


class ShownProfile(Payload):
    """What was read in her CV, and what she answered."""

    skills: tuple[Held, ...]
    occupations: tuple[Did, ...]
    aspirations: tuple[Did, ...]
    municipality: str | None
    answers: dict[str, Any]
    read_on: date | None
    lexicon: str | None
    version: int


class PersonAnswer(Payload):
    """A file, as its hub sees it. `profile` is null in lists, and before one was made."""

    id: str
    hub: str
    state: str
    is_protected: bool
    manager_id: str | None
    point: str | None
    household_id: str | None
    taken_on: date
    confirmed_on: date
    version: int
    contacts: SentContacts
    profile: ShownProfile | None = None


class PersonsPage(Payload):
    """A page of files. Protected ones are in no list."""

    persons: tuple[PersonAnswer, ...]
    next_cursor: str | None


def contacts_of(sent: SentContacts) -> Contacts:
    """Contacts as they are kept."""
    return Contacts(**sent.model_dump())


def person_answer(person: Person, profile: tuple[KeptProfile, int] | None = None) -> PersonAnswer:
    """A file as it is answered."""
    known = {name: getattr(person, name) for name in PersonAnswer.model_fields if name != "profile"}
    known["contacts"] = SentContacts.model_construct(**_dict(person.contacts))
    return PersonAnswer.model_construct(
        **known, profile=None if profile is None else profile_answer(*profile)
    )


def profile_answer(kept: KeptProfile, version: int) -> ShownProfile:
    """A profile as it is answered."""
    profile = kept.profile

    def shown(one: Any) -> dict[str, Any]:
        return {
            "uri": one.uri, "label": one.label,
            "evidence": [words.text for words in one.evidence],
        }  # fmt: skip

    def did(one: Any) -> dict[str, Any]:
        return {**shown(one), "isco08": one.isco08, "months": one.months}

    place = profile.facts.comune
    # In one call: making each model in Python takes longer than all of them are checked in.
    return ShownProfile.model_validate(
        {
            "skills": [shown(one) for one in profile.skills],
            "occupations": [did(one) for one in profile.occupations],
            "aspirations": [did(one) for one in profile.aspirations],
            "municipality": None if place is None else str(place.value),
            "answers": {name: said for name, said in kept.answers.items() if said is not None},
            "read_on": kept.read_on,
            "lexicon": kept.lexicon,
            "version": version,
        }
    )


def _dict(contacts: Contacts | None) -> dict[str, Any]:
    if contacts is None:
        return {}
    return {name: getattr(contacts, name) for name in SentContacts.model_fields}
