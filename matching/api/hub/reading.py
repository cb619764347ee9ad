"""Texts that are sent to be kept -> profiles and vacancies, read before anything is written."""

from dataclasses import replace
from datetime import date

from matching.api.hub.persons import SentProfile
from matching.domain import Profile, Vacancy
from matching.errors import InputError
from matching.hub.profiles import KeptProfile
from matching.profiles import with_comune
from matching.service import Service, records


def profile_of(
    sent: SentProfile, service: Service, *, as_of: date, before: KeptProfile | None = None
) -> KeptProfile:
    """The profile in what was sent; what it leaves out stays as it was before.

    Raises
    ------
    InputError
        For a CV that cannot be read, or a municipality that the territory does not know.
    """
    answers = {} if before is None else dict(before.answers)
    answers |= sent.answers.model_dump(exclude_unset=True)
    profile = Profile(id="somebody") if before is None else before.profile
    lexicon, read_on = (None, None) if before is None else (before.lexicon, before.read_on)
    if sent.cv is not None:
        profile, problems = records.read_person(
            service, "somebody", sent.cv, as_of=as_of, comune=sent.municipality
        )
        if problems:
            raise InputError(f"profile: {problems[0]}")
        lexicon, read_on = service.taxonomy.digest, as_of
    elif sent.municipality is not None:
        istat = istat_of(service, sent.municipality, "profile.municipality")
        profile = replace(profile, facts=with_comune(profile.facts, istat))
    return KeptProfile(profile=profile, answers=answers, lexicon=lexicon, read_on=read_on)


def vacancy_of(
    title: str, text: str, municipality: str | None, service: Service, *, as_of: date
) -> Vacancy:
    """The vacancy in what was sent.

    Raises
    ------
    InputError
        For a text that cannot be read, or a municipality that the territory does not know.
    """
    vacancy, problems = records.read_vacancy(
        service, "vacancy", text, as_of=as_of, title=title, comune=municipality
    )
    if problems:
        raise InputError(f"text: {problems[0]}")
    return vacancy


def istat_of(service: Service, name: str, where: str) -> str:
    """The ISTAT code of a municipality; ``where`` names the field that it was sent in.

    Raises
    ------
    InputError
        For one that the territory does not know.
    """
    istat, problems = records.place_of(service, name)
    if istat is None:
        raise InputError(f"{where}: {problems[0]}")
    return istat
