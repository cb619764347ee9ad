"""Hard requirements of a vacancy, and what one person's profile says of each.

Eligibility is not fit: what the law asks for the job, and hours and shifts that cannot be. What a
vacancy would merely like is never hard. A requirement that a profile does not speak of is to check;
only what the profile itself answers makes it not met. Nothing here reads anything else about a
person: no protected attribute, no date, no gap.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matching.domain import (
    BarrierState,
    Fact,
    Facts,
    Hours,
    Importance,
    Profile,
    SkillAsked,
    Vacancy,
)
from matching.ranking.eligibility_licences import licence_answers
from matching.ranking.rules import Rule, Rules

_MOST_HOURS = 48  # a week; a larger number in the words is no week's length


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A rule that a vacancy calls up.

    ``licences`` are needed all together where ``asked`` (the vacancy names them), else any one is
    enough. ``asked`` says that the vacancy asks in writing, ``certain`` that it surely needs it;
    ``evidence`` are the vacancy's words.
    """

    rule: Rule
    asked: bool
    certain: bool
    licences: tuple[str, ...]
    certificates: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def state_when_missing(self) -> BarrierState:
        """What it is for a person who surely lacks it."""
        hard = self.asked or self.rule.state_when_missing is BarrierState.NOT_MET
        return BarrierState.NOT_MET if hard and self.certain else BarrierState.TO_CHECK


@dataclass(frozen=True, slots=True, kw_only=True)
class HardRequirements:
    """All that a vacancy insists on, compiled once: the law's rules, hours, shifts.

    ``full_time_only`` and ``part_time_too`` say which hours are offered; ``weekly_hours`` is None
    where not said. The facts that say so are kept for their words.
    """

    requirements: tuple[Requirement, ...]
    codes: Mapping[str, str]
    full_time_only: bool
    offers_both: bool
    weekly_hours: int | None
    shifts: frozenset[str]
    facts: Facts


def hard_requirements(vacancy: Vacancy, rules: Rules, *, as_of: date) -> HardRequirements:
    """Compile what a vacancy insists on, by the rules that hold on a day."""
    facts = vacancy.facts
    offered = {str(item.value) for item in facts.hours}
    insisted = {str(item.value) for item in facts.hours if _insists(item)}
    weekly = facts.weekly_hours
    found = (_requirement(vacancy, rule, rules) for rule in rules.valid_on(as_of))
    return HardRequirements(
        requirements=tuple(item for item in found if item is not None),
        codes=rules.codes,
        full_time_only=Hours.FULL_TIME in insisted and Hours.PART_TIME not in offered,
        offers_both=offered >= {Hours.FULL_TIME, Hours.PART_TIME},
        weekly_hours=int(weekly.value) if weekly is not None and _insists(weekly) else None,
        shifts=frozenset(str(item.value) for item in facts.shifts if _insists(item)),
        facts=facts,
    )


def _requirement(vacancy: Vacancy, rule: Rule, rules: Rules) -> Requirement | None:
    jobs = [job for job in vacancy.occupations if job.uri in rule.jobs]
    if rule.only_for_jobs and not jobs:
        return None
    asked, liked = _licences_named(vacancy, rule, rules), _liked(vacancy, rule, rules)
    wanted = _certificates_named(vacancy, rule)
    words = [*asked.values(), *(part.text for skill in wanted for part in skill.evidence)]
    if not words and not jobs:
        return None
    if not words and liked and rule.state_when_missing is BarrierState.TO_CHECK:
        return None  # the employer gives it, and says that it need not be there already
    # Of several jobs any one will do, and one of them may not need it.
    surely = all(job.uri in rule.occupations for job in vacancy.occupations) and not liked
    return Requirement(
        rule=rule,
        asked=bool(words),
        certain=bool(words) or surely,
        licences=tuple(asked) or rule.licences,
        certificates=(*rule.certificates, *rule.met_by),
        evidence=tuple(words) or tuple(part.text for job in jobs for part in job.evidence),
    )


def _licences_named(vacancy: Vacancy, rule: Rule, rules: Rules) -> dict[str, str]:
    """Licences of a rule that the vacancy insists on, with the words that say so."""
    found = {
        str(item.value): item.evidence
        for item in vacancy.facts.licences
        if item.value in rule.licences and _insists(item)
    }
    for skill in vacancy.skills:
        code = rules.codes.get(skill.uri)
        if code in rule.licences and code not in found and _written(skill):
            found[str(code)] = skill.evidence[0].text if skill.evidence else skill.label
    return {code: found[code] for code in rule.licences if code in found}


def _certificates_named(vacancy: Vacancy, rule: Rule) -> list[SkillAsked]:
    return [skill for skill in vacancy.skills if skill.uri in rule.certificates and _written(skill)]


def _liked(vacancy: Vacancy, rule: Rule, rules: Rules) -> bool:
    """Whether the vacancy would merely like what the rule asks for."""
    meets = {*rule.certificates, *rule.met_by}
    return any(
        item.value in rule.licences and item.importance is Importance.OPTIONAL
        for item in vacancy.facts.licences
    ) or any(
        (skill.uri in meets or rules.codes.get(skill.uri) in rule.licences)
        and skill.importance is Importance.OPTIONAL
        for skill in vacancy.skills
    )


def _insists(item: Fact) -> bool:
    return item.importance is not Importance.OPTIONAL


def _written(skill: SkillAsked) -> bool:
    return skill.importance is Importance.ESSENTIAL and not skill.implied


def state_of(
    requirement: Requirement, answers: Mapping[str, bool], held: Iterable[str]
) -> BarrierState | None:
    """What is known of one requirement for one person; None where it is met.

    Parameters
    ----------
    requirement
        What the vacancy calls up.
    answers
        Licences that the profile answers for, as :func:`licence_answers` gives them.
    held
        URIs of the skills held.
    """
    if requirement.licences:
        known = [answers.get(code) for code in requirement.licences]
        enough = all if requirement.asked else any
        met, missing = enough(one is True for one in known), all(one is False for one in known)
    else:
        met = not set(requirement.certificates).isdisjoint(held)
        presupposed = requirement.rule.presupposes
        missing = bool(presupposed) and all(answers.get(code) is False for code in presupposed)
    if met:
        return None
    return requirement.state_when_missing if missing else BarrierState.TO_CHECK


def states(asked: HardRequirements, profile: Profile) -> list[tuple[Requirement, BarrierState]]:
    """The requirements that a person is not shown to meet."""
    if not asked.requirements:
        return []
    answers = licence_answers(profile, asked.codes)
    held = {skill.uri for skill in profile.skills}
    found = ((item, state_of(item, answers, held)) for item in asked.requirements)
    return [(item, state) for item, state in found if state is not None]


def hours_cannot_be(asked: HardRequirements, given: Facts) -> bool:
    """Whether the hours asked for are more than the person says she can work.

    Only where both say so. Who accepts full time accepts any hours, and an offer of both leaves the
    choice; where both give hours a week, these decide.
    """
    wished = {str(item.value) for item in given.hours}
    if asked.offers_both or Hours.FULL_TIME in wished:
        return False
    most = most_weekly_hours(given)
    if asked.weekly_hours is not None and most is not None:
        return asked.weekly_hours > most
    return asked.full_time_only and Hours.PART_TIME in wished


def most_weekly_hours(given: Facts) -> int | None:
    """The most hours a week that a person says she can work: of *20-25 ore* it is 25."""
    fact = given.weekly_hours
    if fact is None:
        return None
    written = (int(number) for number in re.findall(r"\d{1,3}", fact.evidence))
    return max([int(fact.value), *(number for number in written if number <= _MOST_HOURS)])


def shifts_cannot_be(asked: HardRequirements, given: Facts) -> bool:
    """Whether the person refuses, in words, every shift that the vacancy insists on."""
    refused = {str(item.value) for item in given.shifts_refused}
    return bool(asked.shifts) and asked.shifts <= refused
