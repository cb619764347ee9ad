"""What was read, plus what was answered, as a Profile or a Vacancy."""

import math
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from matching.domain import (
    DocumentKind,
    Evidence,
    Extraction,
    Fact,
    Facts,
    Importance,
    OccupationHeld,
    OccupationMention,
    Profile,
    Situation,
    SkillAsked,
    SkillHeld,
    SkillMention,
    Vacancy,
)
from matching.errors import InputError
from matching.taxonomy import Taxonomy

# A mention in passing (not the title, not the hiring sentence) has at most half confidence.
_IN_PASSING = 0.6
_NEAR_BEST = 0.9
# What speaks for a job to be a CV's main one: weights of a logistic regression over the jobs of the
# 60 annotated CVs that may be looked at (experiments/2026-11-italian-extraction), rounded.
_FIRST, _EARLY, _LONGEST, _LONG, _LATEST, _NEEDING = 0.8, 0.9, 0.6, 0.6, 1.2, 1.4
# And how sure it is, in log-odds; chosen on CVs that the trees behind it did not learn from.
_SURE, _LEAST_SURE = 0.5, 0.01
_CAREER_MONTHS, _MANY_SKILLS = 240, 8


def profile_from(person_id: str, extraction: Extraction, *, comune: str | None = None) -> Profile:
    """The profile of a person from one extracted document and the answers of the form.

    Parameters
    ----------
    person_id
        The caller's identifier.
    extraction
        What was read in the CV.
    comune
        ISTAT code answered in the form; it wins over the one read in the document.
    """
    held = [mention for mention in extraction.occupations if not mention.wanted]
    wanted = [mention for mention in extraction.occupations if mention.wanted]
    return Profile(
        id=person_id,
        skills=_skills_held(extraction.skills),
        occupations=_occupations_held(held),
        aspirations=_occupations_held(wanted),
        facts=with_comune(extraction.facts, comune),
        words=extraction.words,
    )


def situation_of(profile: Profile, **answers: int | float | str | bool | None) -> Situation:
    """The situation of a person from the answers of the form, and from her CV where they are none.

    Parameters
    ----------
    profile
        What her CV says; where it lists licences, it lists all of them.
    answers
        Fields of a situation; they win over the CV.

    Raises
    ------
    InputError
        For an answer to what no situation asks.
    """
    known = {field.name for field in fields(Situation)} - {"person_id"}
    if strange := sorted(set(answers) - known):
        raise InputError(f"A situation has no {strange[0]!r}; give some of {sorted(known)}.")
    facts = profile.facts
    single = ("own_vehicle", "education_level", "weekly_hours")
    read: dict[str, Any] = {
        name: fact.value for name in single if (fact := getattr(facts, name)) is not None
    }
    read["italian_level"] = next((one.level for one in facts.languages if one.code == "it"), None)
    if facts.licences:
        # Every licence but these is issued only to holders of B.
        read["driving_licence"] = any(one.value not in ("AM", "A") for one in facts.licences)
    given = {name: answer for name, answer in answers.items() if answer is not None}
    return Situation(person_id=profile.id, **(read | given))


def vacancy_from(
    vacancy_id: str,
    title: str,
    extraction: Extraction,
    taxonomy: Taxonomy,
    *,
    comune: str | None = None,
) -> Vacancy:
    """The vacancy in one extracted text, with what its trade usually needs marked as implied.

    Parameters
    ----------
    vacancy_id
        The caller's identifier.
    title
        The title as written, possibly empty.
    extraction
        What was read in title and text together.
    taxonomy
        Says which skills the occupations asked for cannot do without.
    comune
        ISTAT code given beside the text; it wins over the one read in it.
    """
    occupations = _occupations_held(_targets(extraction.occupations))
    written = _skills_asked(extraction.skills)
    named = {skill.uri for skill in written}
    implied = sorted(
        {
            uri
            for occupation in occupations
            for uri in taxonomy.concepts[occupation.uri].essential
            if uri not in named
        }
    )
    return Vacancy(
        id=vacancy_id,
        title=title,
        skills=(
            *written,
            *(
                SkillAsked(
                    uri=uri,
                    label=taxonomy.concepts[uri].label(),
                    importance=Importance.ESSENTIAL,
                    implied=True,
                )
                for uri in implied
            ),
        ),
        occupations=occupations,
        facts=with_comune(extraction.facts, comune),
        words=extraction.words,
    )


def main_occupation(extraction: Extraction, taxonomy: Taxonomy) -> str | None:
    """The URI of the occupation that a document is about first of all, None where it names none.

    In a vacancy, the job in the surest place (the title, then the hiring sentence). In a CV, the
    job that most speaks for: named early, done for long, ended last, and needing the skills that
    the CV names.
    """
    if extraction.kind is DocumentKind.VACANCY:
        targets = _targets(extraction.occupations)
        return targets[0].uri if targets else None
    done = sorted(
        (mention for mention in extraction.occupations if not mention.wanted),
        key=lambda mention: mention.start,
    )
    if not done:
        return None
    months: dict[str, int] = {}
    until: dict[str, str] = {}
    start: dict[str, int] = {}
    sure: dict[str, float] = {}
    for mention in done:
        sure[mention.uri] = max(mention.confidence, sure.get(mention.uri, _LEAST_SURE))
        months[mention.uri] = months.get(mention.uri, 0) + (mention.months or 0)
        until[mention.uri] = max(mention.until or "", until.get(mention.uri, ""))
        start.setdefault(mention.uri, mention.start)
    skills = {mention.uri for mention in extraction.skills}
    end = max([m.end for m in done] + [m.end for m in extraction.skills])
    longest, latest = max(months.values()) or 1, max(until.values())

    def weight(uri: str) -> float:
        needed = taxonomy.concepts[uri].essential | taxonomy.concepts[uri].optional
        chance = min(sure[uri], 1 - _LEAST_SURE)
        return (
            _SURE * math.log(chance / (1 - chance))
            + _FIRST * (start[uri] == done[0].start)
            + _EARLY * (1 - start[uri] / end)
            + _LONGEST * months[uri] / longest
            + _LONG * min(months[uri], _CAREER_MONTHS) / _CAREER_MONTHS
            + _LATEST * (bool(latest) and until[uri] == latest)
            + _NEEDING * min(len(skills & needed), _MANY_SKILLS) / _MANY_SKILLS
        )

    # Of equals, the first named: dictionaries keep the order of the text.
    return max(months, key=weight)


def main_first(extraction: Extraction, taxonomy: Taxonomy) -> Extraction:
    """The same, with the mentions of the main occupation before all others."""
    main = main_occupation(extraction, taxonomy)
    ordered = sorted(extraction.occupations, key=lambda mention: mention.uri != main)
    return replace(extraction, occupations=tuple(ordered))


def _evidence(mentions: Iterable[SkillMention | OccupationMention]) -> tuple[Evidence, ...]:
    return tuple(Evidence(text=m.evidence, start=m.start, end=m.end) for m in mentions)


def _skills_held(mentions: Iterable[SkillMention]) -> tuple[SkillHeld, ...]:
    groups: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.uri, []).append(mention)
    return tuple(
        SkillHeld(
            uri=uri,
            label=group[0].label,
            confidence=max(mention.confidence for mention in group),
            evidence=_evidence(group),
        )
        for uri, group in sorted(groups.items())
    )


def _skills_asked(mentions: Iterable[SkillMention]) -> tuple[SkillAsked, ...]:
    groups: dict[str, list[SkillMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.uri, []).append(mention)
    return tuple(
        SkillAsked(
            uri=uri,
            label=group[0].label,
            importance=(
                Importance.OPTIONAL
                if all(mention.importance is Importance.OPTIONAL for mention in group)
                else Importance.ESSENTIAL
            ),
            evidence=_evidence(group),
        )
        for uri, group in sorted(groups.items())
    )


def _occupations_held(mentions: Iterable[OccupationMention]) -> tuple[OccupationHeld, ...]:
    groups: dict[str, list[OccupationMention]] = {}
    for mention in mentions:
        groups.setdefault(mention.uri, []).append(mention)
    held: list[OccupationHeld] = []
    for uri, group in sorted(groups.items()):
        dated = [mention.months for mention in group if mention.months is not None]
        held.append(
            OccupationHeld(
                uri=uri,
                label=group[0].label,
                isco08=group[0].isco08,
                months=sum(dated) if dated else None,
                evidence=_evidence(group),
            )
        )
    return tuple(held)


def _targets(mentions: Iterable[OccupationMention]) -> list[OccupationMention]:
    """The jobs a vacancy is for: those in the surest place; in passing, only the first."""
    found = sorted(mentions, key=lambda mention: (-mention.confidence, mention.start))
    if not found:
        return []
    best = found[0].confidence
    if best < _IN_PASSING:
        return found[:1]
    return [mention for mention in found if mention.confidence >= best * _NEAR_BEST]


def with_comune(facts: Facts, comune: str | None) -> Facts:
    """Facts with the municipality (an ISTAT code) that was answered in the form."""
    if comune is None:
        return facts
    return replace(facts, comune=Fact(value=comune, evidence="", start=0, end=0))
