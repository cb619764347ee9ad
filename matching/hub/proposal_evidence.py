"""What a company is shown of somebody who said yes: what she can do, proved, and nothing else.

No risk, no result of a legal rule, no protected attribute, no wish, no home; of her CV's words
only those that name nothing an employer may not choose by (D.Lgs 276/2003 art. 10). A skill whose
words are not quoted stays: where she learned it is her own affair. Jobs come with months, never
with the years in which they were: years tell an age, and gaps.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pydantic import TypeAdapter

from matching.domain import ConceptKind, Evidence, Fact, OccupationHeld, Profile, SkillHeld, Vacancy
from matching.errors import ConflictError
from matching.hub.forbidden_matters import Ground, grounds_in, may_be_quoted
from matching.hub.people import Contacts
from matching.taxonomy import Taxonomy

MOST_WORDS = 3
"""Quotations beside one skill."""

LONGEST_WORDS = 200
"""Characters of a quotation; a longer one is left out, since a cut one may say something else."""

_LEVELS = frozenset({"A1", "A2", "B1", "B2", "C1", "C2"})
# Skills of everyday life tell of family, parish and country of origin by their very name.
_EVERYDAY = "informal"
_NEVER_NAMED = frozenset({Ground.BELIEF, Ground.UNION})


class ContactChosen(StrEnum):
    """How the person wants to be reached by the company; through the hub if she gives nothing."""

    TELEPHONE = "telephone"
    EMAIL = "email"
    HUB = "hub"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillShown:
    """A skill, and the words that prove it, where they may be quoted."""

    label: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JobShown:
    """A job that she did, and for how many months, None where no date says so."""

    label: str
    months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageShown:
    """A language that the vacancy asks for (ISO 639-1), with its CEFR level where it is known."""

    code: str
    level: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When she can work: values as :class:`matching.domain.Facts` has them."""

    start: str | None = None
    contracts: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    weekly_hours: int | None = None
    shifts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """All that a company is shown. ``name`` and ``contact`` are there once she said yes."""

    skills: tuple[SkillShown, ...] = ()
    jobs: tuple[JobShown, ...] = ()
    licences: tuple[str, ...] = ()
    has_vehicle: bool = False
    languages: tuple[LanguageShown, ...] = ()
    availability: Availability = field(default_factory=Availability)
    name: str | None = field(default=None, repr=False)
    reached_by: ContactChosen | None = None
    contact: str | None = field(default=None, repr=False)


_SHOWN = TypeAdapter(Shown)


def evidence_for(profile: Profile, vacancy: Vacancy, taxonomy: Taxonomy) -> Shown:
    """What a company would be shown of a profile for a vacancy, without name and contact.

    Skills that the vacancy asks for come first. A language is shown only where it is asked for:
    which ones somebody speaks tells where she comes from.
    """
    facts = profile.facts
    asked = {one.uri for one in vacancy.skills}
    skills = [one for one in profile.skills if _may_be_named(one, taxonomy)]
    jobs = [one for one in profile.occupations if _may_be_named(one, taxonomy)]
    wanted = {one.code for one in vacancy.facts.languages}
    return Shown(
        skills=tuple(
            SkillShown(label=one.label, words=_words(one.evidence))
            for one in sorted(skills, key=lambda one: (one.uri not in asked, one.label))
        ),
        jobs=tuple(JobShown(label=one.label, months=one.months) for one in jobs),
        licences=tuple(str(one.value) for one in facts.licences),
        has_vehicle=facts.own_vehicle is not None and facts.own_vehicle.value is True,
        languages=tuple(
            LanguageShown(code=one.code, level=one.level if one.level in _LEVELS else None)
            for one in facts.languages
            if one.code in wanted
        ),
        availability=Availability(
            start=None if facts.start is None else str(facts.start.value),
            contracts=_values(facts.contracts),
            hours=_values(facts.hours),
            weekly_hours=None if facts.weekly_hours is None else int(facts.weekly_hours.value),
            shifts=_values(facts.shifts),
        ),
    )


def with_contact(shown: Shown, contacts: Contacts, chosen: ContactChosen) -> Shown:
    """The same with her name and the one contact that she chose.

    Raises
    ------
    ConflictError
        Where that contact is not on file.
    """
    contact = None if chosen is ContactChosen.HUB else getattr(contacts, chosen.value)
    if contact is None and chosen is not ContactChosen.HUB:
        raise ConflictError(
            f"There is no {chosen.value} on file: put it there first, or choose another contact."
        )
    name = " ".join(f"{contacts.given_name} {contacts.family_name}".split())
    return replace(shown, name=name, reached_by=chosen, contact=contact)


def written(shown: Shown) -> bytes:
    """As it is sealed."""
    return _SHOWN.dump_json(shown)


def read(content: bytes) -> Shown:
    """What was sealed."""
    return _SHOWN.validate_json(content)


def _may_be_named(held: SkillHeld | OccupationHeld, taxonomy: Taxonomy) -> bool:
    concept = taxonomy.concepts.get(held.uri)
    grounds = set(grounds_in(held.label))
    if concept is not None and concept.kind is ConceptKind.LANGUAGE:
        return False
    if concept is None or concept.family == _EVERYDAY:
        return not grounds
    # A trade may be named after those whom it serves: the sick, children, prisoners.
    return grounds.isdisjoint(_NEVER_NAMED)


def _words(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_quotable(evidence)))[:MOST_WORDS]


def _quotable(evidence: Iterable[Evidence]) -> Iterator[str]:
    for one in evidence:
        text = " ".join(one.text.split())
        if len(text) <= LONGEST_WORDS and may_be_quoted(one.text):
            yield text


def _values(facts: Iterable[Fact]) -> tuple[str, ...]:
    return tuple(str(one.value) for one in facts)
