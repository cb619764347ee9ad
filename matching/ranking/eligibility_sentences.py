"""The barriers between one person and one vacancy, in words: what is asked, known, changes it.

Nothing is applied here: a barrier is stated, with its rule, the law and the words that prove it.
"""

from collections.abc import Iterable, Iterator

from matching.domain import Barrier, BarrierState, ConceptKind, Fact, Profile
from matching.ranking.eligibility import (
    HardRequirements,
    Requirement,
    hours_cannot_be,
    most_weekly_hours,
    shifts_cannot_be,
    states,
)
from matching.ranking.eligibility_licences import licence_answers, says_no_licence
from matching.taxonomy import Taxonomy
from matching.wording import Wording

HOURS, SHIFTS = "hours", "shifts"


def barriers(
    asked: HardRequirements, profile: Profile, *, taxonomy: Taxonomy, wording: Wording
) -> tuple[Barrier, ...]:
    """The hard requirements that a person is not shown to meet, those not met first.

    Parameters
    ----------
    asked
        What the vacancy insists on.
    profile
        The person.
    taxonomy
        Names licences and certificates.
    wording
        The language of the sentences.
    """
    found = [
        _of_rule(requirement, state, asked, profile, taxonomy, wording)
        for requirement, state in states(asked, profile)
    ]
    found += _of_hours(asked, profile, wording)
    found += _of_shifts(asked, profile, wording)
    return tuple(sorted(found, key=lambda barrier: barrier.state is not BarrierState.NOT_MET))


def _of_rule(
    requirement: Requirement,
    state: BarrierState,
    asked: HardRequirements,
    profile: Profile,
    taxonomy: Taxonomy,
    wording: Wording,
) -> Barrier:
    rule = requirement.rule
    wanted = _named(requirement, taxonomy, wording)
    parts = [wording.say("barrier.asked", list=wanted)] if requirement.asked else []
    known, evidence = _known(requirement, asked, profile)
    parts += [wording.say(f"rule.{rule.id}"), wording.say(known)]
    if state is BarrierState.NOT_MET:
        answer = "barrier.answer_obtain"
    elif rule.state_when_missing is BarrierState.TO_CHECK and not requirement.asked:
        answer = "barrier.answer_employer"
    else:
        answer = "barrier.answer_ask"
    return Barrier(
        rule=rule.id,
        state=state,
        text=" ".join(parts),
        answer=wording.say(answer, list=wanted),
        law=rule.law if rule.verified else wording.say("barrier.law_to_check", law=rule.law),
        person_evidence=evidence,
        vacancy_evidence=_words(requirement.evidence),
    )


def _known(
    requirement: Requirement, asked: HardRequirements, profile: Profile
) -> tuple[str, tuple[str, ...]]:
    """The sentence on what the profile says of a requirement not shown to be met, and its words."""
    facts = profile.facts
    answers = licence_answers(profile, asked.codes)
    codes = requirement.licences or requirement.rule.presupposes
    listed = _words(item.evidence for item in facts.licences)
    if codes and all(answers.get(code) is False for code in codes):
        if facts.own_vehicle is not None and says_no_licence(facts) and not listed:
            return "barrier.no_licence", _words([facts.own_vehicle.evidence])
        return "barrier.other_licences", listed
    if requirement.licences and any(answers.get(code) for code in codes):
        return "barrier.some_licences", listed
    jobs = [job for job in profile.occupations if job.uri in requirement.rule.jobs]
    if jobs:
        return "barrier.worked", _words(part.text for job in jobs for part in job.evidence)
    return "barrier.silent", ()


def _named(requirement: Requirement, taxonomy: Taxonomy, wording: Wording) -> str:
    def label(uri: str) -> str:
        return taxonomy.concepts[uri].label(wording.language)

    by_code = taxonomy.by_code
    names = [
        # Not every category is a concept of the lexicon.
        label(by_code[ConceptKind.LICENCE, code])
        if (ConceptKind.LICENCE, code) in by_code
        else wording.say("value.licence", code=code)
        for code in requirement.licences
    ]
    return wording.list(names or [label(uri) for uri in requirement.rule.certificates])


def _of_hours(asked: HardRequirements, profile: Profile, wording: Wording) -> Iterator[Barrier]:
    given = profile.facts
    if not hours_cannot_be(asked, given):
        return
    most, wanted = most_weekly_hours(given), asked.facts.weekly_hours
    if asked.weekly_hours is not None and most is not None:
        text = wording.say("barrier.weekly_hours", asked=asked.weekly_hours, given=most)
    else:
        text = wording.say("barrier.full_time")
    yield Barrier(
        rule=HOURS,
        state=BarrierState.NOT_MET,
        text=text,
        answer=wording.say("barrier.answer_hours"),
        person_evidence=_evidence([*given.hours, given.weekly_hours]),
        vacancy_evidence=_evidence([*asked.facts.hours, wanted]),
    )


def _of_shifts(asked: HardRequirements, profile: Profile, wording: Wording) -> Iterator[Barrier]:
    given = profile.facts
    if not shifts_cannot_be(asked, given):
        return
    wanted = [item for item in asked.facts.shifts if item.value in asked.shifts]
    yield Barrier(
        rule=SHIFTS,
        state=BarrierState.NOT_MET,
        text=wording.say(
            "barrier.shifts", list=wording.list([wording.say(f"value.{i.value}") for i in wanted])
        ),
        answer=wording.say("barrier.answer_shifts"),
        person_evidence=_evidence(i for i in given.shifts_refused if i.value in asked.shifts),
        vacancy_evidence=_evidence(wanted),
    )


def _evidence(facts: Iterable[Fact | None]) -> tuple[str, ...]:
    return _words(fact.evidence for fact in facts if fact is not None)


def _words(evidence: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for words in evidence if words))
