"""The ``Candidate`` XML of the Europass editor since 2020 (HR Open with additions) -> lines.

The schema is not published; elements are found by their local names, wherever the editor's
versions put them. Parts that are not known are kept with their own titles.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lxml import etree  # type: ignore[import-untyped]  # ships without annotations

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
from matching.documents.markup import at, children, local_name, raw_at, text_at
from matching.documents.tongues import tongue

_ABILITIES: Mapping[str, str] = MappingProxyType(
    {
        "CEF-Understanding-Listening": "listening",
        "CEF-Understanding-Reading": "reading",
        "CEF-Speaking-Interaction": "interaction",
        "CEF-Speaking-Production": "production",
        "CEF-Writing-Production": "writing",
    }
)
_SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "CommunicationAndInterpersonalSkills": "COMPETENZE COMUNICATIVE",
        "OrganisationalSkills": "COMPETENZE ORGANIZZATIVE",
        "Certifications": "CERTIFICAZIONI",
        "CourseCertifications": "CORSI",
        "ConferencesAndSeminars": "CORSI",
        "VoluntaryWorks": "VOLONTARIATO",
        "SocialAndPoliticalActivities": "ATTIVITÀ SOCIALI",
        "Projects": "PROGETTI",
        "CreativeWorks": "OPERE",
        "PublicationHistory": "PUBBLICAZIONI",
        "NetworksAndMemberships": "RETI E AFFILIAZIONI",
        "HonoursAndAwards": "RICONOSCIMENTI",
        "EmploymentReferences": "REFERENZE",
        "HobbiesAndInterests": "HOBBY",
    }
)
_READ = frozenset(
    {
        "ID", "ExecutiveSummary", "EmploymentHistory", "EducationHistory", "Licenses",
        "PersonQualifications", "Skills", "DigitalSkills", "Attachment", "RenderingInformation",
        "ClosingStatement",
    }
)  # fmt: skip
# Codes, links and formats, which no reader of a CV wants.
_NO_TEXT = frozenset(
    {
        "Link", "DOI", "EmbeddedData", "FileType", "Instructions", "ID", "TypeCode", "UseCode",
        "ChannelCode", "CurrentIndicator", "Ongoing", "TaxonomyID",
    }
)  # fmt: skip


def candidate_lines(root: etree._Element) -> list[str]:
    """Return a ``Candidate`` as the lines of an ordinary CV."""
    person, profile = at(root, "CandidatePerson"), at(root, "CandidateProfile")
    lines = home_lines(_home(person))
    lines.extend(section("PROFILO", fragment_lines(raw_at(profile, "ExecutiveSummary"))))
    employers = children(at(profile, "EmploymentHistory"), "EmployerHistory")
    jobs = (job for employer in employers for job in _jobs(employer))
    lines.extend(entries("ESPERIENZE LAVORATIVE", jobs))
    schools = children(at(profile, "EducationHistory"), "EducationOrganizationAttendance")
    lines.extend(entries("ISTRUZIONE E FORMAZIONE", map(_study, schools)))
    lines.extend(section("LINGUE", _languages(person, profile)))
    lines.extend(section("COMPETENZE DIGITALI", _digital_skills(profile)))
    categories = [
        text_at(licence, "LicenseTypeCode") for licence in children(at(profile, "Licenses"))
    ]
    lines.extend(section("PATENTE DI GUIDA", [licence_line(categories)]))
    for part in children(profile):
        if local_name(part) not in _READ:
            lines.extend(_other_section(part))
    return lines


def _home(person: etree._Element | None) -> str:
    for way in children(person, "Communication"):
        address = at(way, "Address")
        if text_at(address, "CityName"):
            return place(text_at(address, "CityName"), text_at(address, "CountryCode"))
    return ""


def _dates(element: etree._Element | None) -> str:
    start = text_at(element, "StartDate/FormattedDateTime") or text_at(element, "StartDate")
    end = text_at(element, "EndDate/FormattedDateTime") or text_at(element, "EndDate")
    ongoing = "true" in (text_at(element, "CurrentIndicator"), text_at(element, "Ongoing"))
    return period(start, end, ongoing=ongoing and not end)


def _address(contact: etree._Element | None) -> str:
    for way in children(contact, "Communication"):
        if city := text_at(way, "Address/CityName"):
            return place(city, text_at(way, "Address/CountryCode"))
    return ""


def _jobs(employer: etree._Element) -> Iterator[Entry]:
    firm = text_at(employer, "OrganizationName")
    town = _address(at(employer, "OrganizationContact"))
    for job in children(employer, "PositionHistory"):
        here = place(text_at(job, "City"), text_at(job, "Country"))
        when = _dates(at(job, "EmploymentPeriod")) or _dates(at(employer, "EmploymentPeriod"))
        yield Entry(
            period=when,
            title=text_at(job, "PositionTitle"),
            where=joined([firm, here or town]),
            details=(raw_at(job, "Description"),),
        )


def _study(school: etree._Element) -> Entry:
    degree = at(school, "EducationDegree")
    level = text_at(school, "EducationLevelCode") or text_at(degree, "EducationLevelCode")
    grade, thesis = text_at(degree, "FinalGrade/ScoreText"), text_at(degree, "Thesis")
    return Entry(
        period=_dates(at(school, "AttendancePeriod")),
        title=text_at(degree, "DegreeName") or text_at(school, "ProgramName"),
        where=joined(
            [text_at(school, "OrganizationName"), _address(at(school, "OrganizationContact"))]
        ),
        details=(
            f"Livello EQF {level}" if level else "",
            f"Voto finale: {grade}" if grade else "",
            f"Tesi: {thesis}" if thesis else "",
            raw_at(degree, "OccupationalSkillsCovered"),
        ),
    )


def _languages(person: etree._Element | None, profile: etree._Element | None) -> Iterator[str]:
    for mother in children(person, "PrimaryLanguageCode"):
        if name := tongue("".join(mother.itertext())):
            yield f"Madrelingua: {name}"
    for one in children(at(profile, "PersonQualifications"), "PersonCompetency"):
        levels = {
            _ABILITIES[kind]: text_at(dimension, "Score/ScoreText")
            for dimension in children(one, "CompetencyDimension")
            if (kind := text_at(dimension, "CompetencyDimensionTypeCode")) in _ABILITIES
        }
        if text_at(one, "TaxonomyID") == "language" or levels:
            yield language_line(tongue(text_at(one, "CompetencyID")), levels)


def _digital_skills(profile: etree._Element | None) -> Iterator[str]:
    """Yield the named skills, group by group, whichever version of the editor wrote them."""
    for part in children(profile, "Skills", "DigitalSkills", "PersonQualifications"):
        loose = [name for one in children(part) if (name := _skill_name(one))]
        yield from filter(None, [joined(loose)])
        for group in children(part, "SkillsGroup", "DigitalSkillsGroup"):
            names = joined(name for one in children(group) if (name := _skill_name(one)))
            title = text_at(group, "Title")
            yield f"{title}: {names}" if title and names else title or names
        yield from fragment_lines(raw_at(part, "Description"))


def _skill_name(element: etree._Element) -> str:
    if local_name(element) == "PersonCompetency":
        return text_at(element, "CompetencyName")
    if local_name(element) == "DigitalSkill":
        return " ".join("".join(element.itertext()).split())
    return ""


def _other_section(part: etree._Element) -> list[str]:
    name = local_name(part)
    header = _SECTIONS.get(name) or text_at(part, "Title").upper() or "ULTERIORI INFORMAZIONI"
    inner = [child for child in children(part) if local_name(child) != "Title" or len(child)]
    if not inner:
        return section(header, fragment_lines("".join(part.itertext())))
    return entries(header, map(_other_entry, inner))


def _other_entry(element: etree._Element) -> Entry:
    """Return any element as an entry: its title, its dates, and every text that it holds."""
    if not len(element):
        return Entry(details=("".join(element.itertext()),))
    titles = [child for child in children(element) if local_name(child).endswith(("Title", "Name"))]
    title = " ".join("".join(titles[0].itertext()).split()) if titles else ""
    spans = [element, *children(element, "Date", "Period", "EmploymentPeriod", "AttendancePeriod")]
    when = next((found for span in spans if (found := _dates(span))), "")
    details = [
        "".join(child.itertext())
        for child in children(element)
        if child not in titles[:1] and local_name(child) not in _NO_TEXT and not _is_span(child)
    ]
    return Entry(period=when, title=title, details=tuple(details))


def _is_span(element: etree._Element) -> bool:
    return local_name(element).endswith(("Date", "Period"))
