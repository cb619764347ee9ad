"""A person or a vacancy as given -> profile or vacancy; what cannot be read is said, and stays.

Commands and routes read rows through here, so that a row means the same to both.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from matching.domain import (
    ConceptKind,
    DocumentErrorCode,
    Extraction,
    Facts,
    OccupationMention,
    Profile,
    SkillMention,
    Vacancy,
)
from matching.errors import DocumentError, InputError
from matching.profiles import profile_from, vacancy_from
from matching.service.chain import Service
from matching.taxonomy import Concept, Taxonomy
from matching.taxonomy.concepts import SKILL_KINDS
from matching.territory import Municipality, Territory

# Control characters, line separators and halves of surrogate pairs would break a row.
_NOT_IN_AN_ID = frozenset({"Cc", "Zl", "Zp", "Cs"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What of a row could not be used; ``code`` is set where its text was refused."""

    message: str
    code: DocumentErrorCode | None = None

    def __str__(self) -> str:
        """The message, after its code."""
        return self.message if self.code is None else f"{self.code}: {self.message}"


def can_identify(text: str) -> bool:
    """Whether a text can be an identifier: not blank, and of visible characters."""
    return bool(text.strip()) and not _NOT_IN_AN_ID & set(map(unicodedata.category, text))


def read_person(
    service: Service,
    person_id: str,
    source: str | Extraction,
    *,
    as_of: date,
    comune: str | None = None,
) -> tuple[Profile, tuple[Problem, ...]]:
    """The profile in a CV text or in what was read in one; an empty one where none can be read.

    ``comune`` is a name or an ISTAT code; it wins over the text even where it is not known.
    """
    istat, problems = place_of(service, comune)
    try:
        profile = (
            service.person(person_id, source, as_of=as_of, comune=istat)
            if isinstance(source, str)
            else profile_from(person_id, source, comune=istat)
        )
    except DocumentError as error:
        return Profile(id=person_id), (*problems, _refused(error))
    return replace(profile, facts=_only_here(profile.facts, comune, istat)), problems


def read_vacancy(
    service: Service,
    vacancy_id: str,
    source: str | Extraction,
    *,
    as_of: date,
    title: str = "",
    comune: str | None = None,
) -> tuple[Vacancy, tuple[Problem, ...]]:
    """The vacancy in a text or in what was read in one; an empty one where none can be read.

    ``comune`` is a name or an ISTAT code; it wins over the text even where it is not known.
    """
    istat, problems = place_of(service, comune)
    try:
        vacancy = (
            service.vacancy(vacancy_id, source, title=title, as_of=as_of, comune=istat)
            if isinstance(source, str)
            else vacancy_from(vacancy_id, title, source, service.taxonomy, comune=istat)
        )
    except DocumentError as error:
        return Vacancy(id=vacancy_id, title=title), (*problems, _refused(error))
    return replace(vacancy, facts=_only_here(vacancy.facts, comune, istat)), problems


def in_the_words_of(service: Service, extraction: Extraction) -> Extraction:
    """An extraction that was kept elsewhere, with the labels and codes of this lexicon.

    Raises
    ------
    InputError
        For a skill or occupation that the lexicon, or a municipality that the territory, does not
        have: it was read with others.
    """
    occupations = frozenset({ConceptKind.OCCUPATION})
    skills = _concepts(service.taxonomy, extraction.skills, SKILL_KINDS, "skill")
    jobs = _concepts(service.taxonomy, extraction.occupations, occupations, "occupation")
    return replace(
        extraction,
        facts=_facts_here(service.territory, extraction.facts),
        skills=tuple(
            replace(mention, label=concept.label())
            for mention, concept in zip(extraction.skills, skills, strict=True)
        ),
        occupations=tuple(
            replace(mention, label=concept.label(), isco08=concept.isco08)
            for mention, concept in zip(extraction.occupations, jobs, strict=True)
        ),
    )


def _concepts(
    taxonomy: Taxonomy,
    mentions: Iterable[SkillMention | OccupationMention],
    kinds: frozenset[ConceptKind],
    what: str,
) -> list[Concept]:
    found = []
    for mention in mentions:
        concept = taxonomy.concepts.get(mention.uri)
        if concept is None or concept.kind not in kinds:
            raise InputError(
                f"The extraction names {mention.uri!r}, which is no {what} of the lexicon in "
                "service; extract the document again."
            )
        found.append(concept)
    return found


def _facts_here(territory: Territory, facts: Facts) -> Facts:
    if facts.comune is None:
        return facts
    place = find_place(territory, str(facts.comune.value))
    if place is None:
        raise InputError(
            f"The extraction names the municipality {facts.comune.value!r}, which the territory "
            f"{territory.code!r} does not have; extract the document again."
        )
    return replace(facts, comune=replace(facts.comune, value=place.istat))


def place_of(service: Service, comune: str | None) -> tuple[str | None, tuple[Problem, ...]]:
    """The ISTAT code of a municipality as somebody wrote it, and what is to be said of it."""
    if comune is None:
        return None, ()
    place = find_place(service.territory, comune)
    if place is None:
        unknown = Problem(
            message=f"comune {comune!r} is not in the territory {service.territory.code!r} or "
            "near it; treated as not known."
        )
        return None, (unknown,)
    return place.istat, ()


def find_place(territory: Territory, text: str) -> Municipality | None:
    """The municipality of an ISTAT code, or of a name as somebody wrote it."""
    places = (*territory.municipalities, *territory.neighbours)
    coded = next((place for place in places if place.istat == text), None)
    return coded or territory.find_municipality(text)


def _only_here(facts: Facts, comune: str | None, istat: str | None) -> Facts:
    """Facts without a place read in the text, where the row names another that is not known."""
    is_elsewhere = comune is not None and istat is None
    return replace(facts, comune=None) if is_elsewhere else facts


def _refused(error: DocumentError) -> Problem:
    return Problem(code=error.code, message=f"{error.message} Its pairs say not_enough_data.")
