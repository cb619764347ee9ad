"""Europass XML -> lines: ``SkillsPassport`` (version 3, until 2020) and ``Candidate`` (since).

Of the person only the town is kept: no name, birth, sex, citizenship, contact or photograph.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree  # type: ignore[import-untyped]  # ships without annotations

from matching.documents.candidate import candidate_lines
from matching.documents.curriculum import (
    Entry,
    entries,
    home_lines,
    joined,
    language_line,
    licence_line,
    period,
    place,
    section,
)
from matching.documents.fragments import fragment_lines
from matching.documents.markup import at, children, local_name, parse_markup, raw_at, text_at
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

ROOTS = frozenset({"SkillsPassport", "LearnerInfo", "Candidate"})

_WHAT = "The Europass XML"
_HEADLINES: Mapping[str, str] = MappingProxyType(
    {
        "preferred_job": "LAVORO DESIDERATO",
        "job_applied_for": "OCCUPAZIONE PER LA QUALE SI CONCORRE",
        "position": "PROFILO PROFESSIONALE",
        "personal_statement": "PROFILO PERSONALE",
    }
)
_SKILLS: Mapping[str, str] = MappingProxyType(
    {
        "Communication": "COMPETENZE COMUNICATIVE",
        "Organisational": "COMPETENZE ORGANIZZATIVE",
        "JobRelated": "COMPETENZE PROFESSIONALI",
        "Computer": "COMPETENZE DIGITALI",
        "Other": "ALTRE COMPETENZE",
    }
)
_ABILITIES: Mapping[str, str] = MappingProxyType(
    {
        "listening": "Listening",
        "reading": "Reading",
        "interaction": "SpokenInteraction",
        "production": "SpokenProduction",
        "writing": "Writing",
    }
)
_DIGITAL: Mapping[str, str] = MappingProxyType(
    {
        "Information": "elaborazione delle informazioni",
        "Communication": "comunicazione",
        "ContentCreation": "creazione di contenuti",
        "Safety": "sicurezza",
        "ProblemSolving": "risoluzione di problemi",
    }
)
_GRADES: Mapping[str, str] = MappingProxyType(
    {"A": "utente base", "B": "utente autonomo", "C": "utente avanzato"}
)
# What people file under "achievements" and what section of a CV it belongs to.
_ACHIEVEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "courses": "CORSI",
        "certifications": "CERTIFICAZIONI",
        "seminars": "CORSI",
        "workshops": "CORSI",
    }
)


def read_europass(data: bytes) -> list[str]:
    """Return a Europass CV as the lines of an ordinary one."""
    root = parse_markup(data, _WHAT)
    name = local_name(root)
    if name == "Candidate":
        return candidate_lines(root)
    learner = root if name == "LearnerInfo" else at(root, "LearnerInfo")
    if learner is None:
        raise DocumentError(
            DocumentErrorCode.CORRUPT,
            f"{_WHAT} has no CV in it (no LearnerInfo). Export it again, or as PDF.",
        )
    return [*_learner_lines(learner), *_letter_lines(at(root, "CoverLetter"))]


def _learner_lines(learner: etree._Element) -> list[str]:
    skills = at(learner, "Skills")
    lines = home_lines(_town(learner, "Identification"))
    lines.extend(_headline(at(learner, "Headline")))
    jobs = (_job(one) for one in _listed(learner, "WorkExperience"))
    lines.extend(entries("ESPERIENZE LAVORATIVE", jobs))
    studies = (_study(one) for one in _listed(learner, "Education"))
    lines.extend(entries("ISTRUZIONE E FORMAZIONE", studies))
    lines.extend(section("LINGUE", _languages(at(skills, "Linguistic"))))
    for name, header in _SKILLS.items():
        lines.extend(section(header, _skill_lines(at(skills, name))))
    categories = [
        text for one in children(at(skills, "Driving/Description")) if (text := _own(one))
    ]
    lines.extend(section("PATENTE DI GUIDA", [licence_line(categories)]))
    lines.extend(fragment_lines(raw_at(skills, "Driving/Other")))
    for one in _listed(learner, "Achievement"):
        code = text_at(one, "Title/Code")
        header = _ACHIEVEMENTS.get(code) or text_at(one, "Title/Label") or "ULTERIORI INFORMAZIONI"
        lines.extend(section(header.upper(), fragment_lines(raw_at(one, "Description"))))
    return lines


def _listed(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield entries in their list, or without one, as some programs write a single entry."""
    yield from children(at(parent, f"{name}List"), name)
    yield from children(parent, name)


def _own(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _town(element: etree._Element, path: str) -> str:
    contact = at(element, f"{path}/ContactInfo/Address/Contact")
    country = text_at(contact, "Country/Label") or text_at(contact, "Country/Code")
    return place(text_at(contact, "Municipality"), country)


def _headline(headline: etree._Element | None) -> list[str]:
    header = _HEADLINES.get(text_at(headline, "Type/Code"), "") or text_at(headline, "Type/Label")
    said = raw_at(headline, "Description/Label") or raw_at(headline, "Description")
    lines = fragment_lines(said)
    return section(header.upper(), lines) if header else ["", *lines] if lines else []


def _period(element: etree._Element) -> str:
    span = at(element, "Period")
    ongoing = text_at(span, "Current").casefold() in {"true", "1"}
    return period(_date(at(span, "From")), _date(at(span, "To")), ongoing=ongoing)


def _date(element: etree._Element | None) -> str:
    if element is None:
        return ""
    year, month = element.get("year", ""), element.get("month", "").strip("-")
    return f"{year}-{month}" if year and month.isdecimal() else year


def _job(one: etree._Element) -> Entry:
    sector = text_at(one, "Employer/Sector/Label")
    return Entry(
        period=_period(one),
        title=text_at(one, "Position/Label") or text_at(one, "Position"),
        where=joined([text_at(one, "Employer/Name"), _town(one, "Employer")]),
        details=(raw_at(one, "Activities"), f"Settore: {sector}" if sector else ""),
    )


def _study(one: etree._Element) -> Entry:
    field = text_at(one, "Field/Label")
    level = text_at(one, "Level/Code")
    named = text_at(one, "Level/Label")
    return Entry(
        period=_period(one),
        title=text_at(one, "Title/Label") or text_at(one, "Title"),
        where=joined([text_at(one, "Organisation/Name"), _town(one, "Organisation")]),
        details=(
            f"Indirizzo di studi: {field}" if field else "",
            named or (f"Livello EQF {level}" if level else ""),
            raw_at(one, "Activities"),
        ),
    )


def _languages(linguistic: etree._Element | None) -> Iterator[str]:
    if linguistic is None:
        return
    for one in _listed(linguistic, "MotherTongue"):
        if name := _described(one):
            yield f"Madrelingua: {name}"
    for one in _listed(linguistic, "ForeignLanguage"):
        levels = {
            ability: text_at(one, f"ProficiencyLevel/{tag}") for ability, tag in _ABILITIES.items()
        }
        yield language_line(_described(one), levels)
        yield from _certificates(one)


def _described(one: etree._Element) -> str:
    return text_at(one, "Description/Label") or text_at(one, "Description")


def _certificates(one: etree._Element) -> Iterator[str]:
    for certificate in one.iter():
        if local_name(certificate) == "Certificate":
            title = text_at(certificate, "Title") or _own(certificate)
            body = text_at(certificate, "AwardingBody")
            if said := joined([title, text_at(certificate, "Level"), body]):
                yield f"Certificato: {said}"


def _skill_lines(skill: etree._Element | None) -> Iterator[str]:
    if skill is None:
        return
    yield from fragment_lines(raw_at(skill, "Description"))
    for tag, label in _DIGITAL.items():
        if grade := _GRADES.get(text_at(skill, f"ProficiencyLevel/{tag}")):
            yield f"{label}: {grade}"
    yield from _certificates(skill)


def _letter_lines(letter: etree._Element | None) -> list[str]:
    parts = ("SubjectLine", "Body/Opening", "Body/MainBody", "Body/Closing")
    found = [line for part in parts for line in fragment_lines(raw_at(at(letter, "Letter"), part))]
    return section("PRESENTAZIONE", found)
