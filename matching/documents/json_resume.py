"""JSON Resume (the schema of jsonresume.org, also its older names) -> lines.

Of the person only the town is kept: no name, contact, street or photograph.
"""

from collections.abc import Iterator
from typing import Any

from matching.documents.curriculum import (
    Entry,
    entries,
    home_lines,
    joined,
    period,
    place,
    section,
)
from matching.documents.fragments import fragment_lines
from matching.documents.json_data import objects, said, texts
from matching.documents.tongues import tongue

_LISTS = frozenset({"work", "education", "volunteer", "skills", "languages", "projects"})


def is_json_resume(value: Any) -> bool:
    """Say whether a JSON value is a CV of this schema."""
    if not isinstance(value, dict):
        return False
    lists = sum(isinstance(value.get(name), list) for name in _LISTS)
    return (
        isinstance(value.get("basics"), dict)
        or "jsonresume" in said(value.get("$schema"))
        or (lists >= 2)
    )


def json_resume_lines(resume: dict[str, Any]) -> list[str]:
    """Return a CV as the lines of an ordinary one."""
    basics = next(iter(objects(resume.get("basics"))), {})
    location = next(iter(objects(basics.get("location"))), {})
    summary = [said(basics.get("label")), *_lines(basics.get("summary"))]
    return [
        *home_lines(place(said(location.get("city")), said(location.get("countryCode")))),
        *section("PROFILO PROFESSIONALE", filter(None, summary)),
        *entries("ESPERIENZE LAVORATIVE", map(_job, objects(resume.get("work")))),
        *entries("VOLONTARIATO", map(_job, objects(resume.get("volunteer")))),
        *entries("ISTRUZIONE E FORMAZIONE", map(_study, objects(resume.get("education")))),
        *entries("CERTIFICAZIONI", map(_certificate, objects(resume.get("certificates")))),
        *section("LINGUE", _languages(resume)),
        *section("COMPETENZE", _keyworded(resume.get("skills"))),
        *entries("PROGETTI", map(_project, objects(resume.get("projects")))),
        *entries("RICONOSCIMENTI", map(_award, objects(resume.get("awards")))),
        *entries("PUBBLICAZIONI", map(_publication, objects(resume.get("publications")))),
        *section("INTERESSI", _keyworded(resume.get("interests"))),
        *section(
            "REFERENZE",
            (
                line
                for one in objects(resume.get("references"))
                for line in _lines(one.get("reference"))
            ),
        ),
    ]


def _lines(value: Any) -> list[str]:
    return [line for text in texts(value) for line in fragment_lines(text)]


def _details(one: dict[str, Any], *names: str) -> tuple[str, ...]:
    plain = [text for name in names for text in texts(one.get(name))]
    marked = [
        text if text.startswith("-") else f"- {text}" for text in texts(one.get("highlights"))
    ]
    return (*plain, *marked)


def _period(one: dict[str, Any]) -> str:
    start, end = said(one.get("startDate")), said(one.get("endDate"))
    # The schema leaves the end of what still goes on out.
    return period(start, end, ongoing=bool(start) and not end)


def _job(one: dict[str, Any]) -> Entry:
    firm = said(one.get("name")) or said(one.get("company")) or said(one.get("organization"))
    return Entry(
        period=_period(one),
        title=said(one.get("position")),
        where=joined([firm, said(one.get("location"))]),
        details=_details(one, "description", "summary"),
    )


def _study(one: dict[str, Any]) -> Entry:
    start, end = said(one.get("startDate")), said(one.get("endDate"))
    score = said(one.get("score")) or said(one.get("gpa"))
    return Entry(
        period=period(start, end, ongoing=False),
        title=joined([said(one.get("studyType")), said(one.get("area"))], by=" - "),
        where=said(one.get("institution")),
        details=(f"Voto: {score}" if score else "", *(f"- {c}" for c in texts(one.get("courses")))),
    )


def _certificate(one: dict[str, Any]) -> Entry:
    return Entry(
        period=period(said(one.get("date")), "", ongoing=False),
        title=said(one.get("name")),
        where=said(one.get("issuer")),
    )


def _project(one: dict[str, Any]) -> Entry:
    words = joined(texts(one.get("keywords")))
    return Entry(
        period=period(said(one.get("startDate")), said(one.get("endDate")), ongoing=False),
        title=said(one.get("name")),
        where=joined([*texts(one.get("roles")), said(one.get("entity"))]),
        details=(*_details(one, "description", "summary"), words),
    )


def _award(one: dict[str, Any]) -> Entry:
    return Entry(
        period=period(said(one.get("date")), "", ongoing=False),
        title=said(one.get("title")),
        where=said(one.get("awarder")),
        details=_details(one, "summary"),
    )


def _publication(one: dict[str, Any]) -> Entry:
    return Entry(
        period=period(said(one.get("releaseDate")), "", ongoing=False),
        title=said(one.get("name")),
        where=said(one.get("publisher")),
        details=_details(one, "summary"),
    )


def _languages(resume: dict[str, Any]) -> Iterator[str]:
    for one in objects(resume.get("languages")):
        name = tongue(said(one.get("language")) or said(one.get("name")))
        fluency = said(one.get("fluency")) or said(one.get("level"))
        yield f"{name}: {fluency}" if name and fluency else name


def _keyworded(value: Any) -> Iterator[str]:
    """Yield skills or interests: the name with its level, then its keywords."""
    for one in value if isinstance(value, list) else []:
        if not isinstance(one, dict):
            yield from texts(one)
            continue
        name, level = said(one.get("name")), said(one.get("level"))
        head = f"{name} ({level})" if name and level else name
        words = joined(texts(one.get("keywords")))
        yield f"{head}: {words}" if head and words else head or words
