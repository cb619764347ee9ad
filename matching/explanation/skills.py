"""Reasons of the skills dimension, and the skills that a CV does not show."""

from collections.abc import Iterator

from matching.domain import Importance, SkillAsked
from matching.explanation.pair import Pair, Sentence
from matching.features import shared_words


def skill_sentences(pair: Pair) -> Iterator[Sentence]:
    """Yield what the CV, and the jobs in it, show of the skills asked."""
    written = [s for s in _counted(pair) if not s.implied]
    essential = [s for s in written if s.importance is Importance.ESSENTIAL]
    optional = [s for s in written if s.importance is Importance.OPTIONAL]
    trade = [s for s in _counted(pair) if s.implied]
    if essential:
        shown = _held(pair, essential)
        if shown:
            yield _about(pair, "reason.skills_held", shown, count=len(shown), total=len(essential))
        else:
            yield pair.sentence("reason.skills_none", total=len(essential))
    through_work = _through_work(pair, written)
    if through_work:
        yield _about(pair, "reason.skills_worked", through_work)
    liked = _held(pair, optional)
    if liked:
        yield _about(pair, "reason.skills_optional", liked)
    usual = _held(pair, trade) + _through_work(pair, trade)
    if usual:
        yield _about(pair, "reason.skills_trade", usual)
    elif trade and not essential:
        yield pair.sentence("reason.skills_trade_none")
    yield from _words(pair)


def _words(pair: Pair) -> Iterator[Sentence]:
    """Yield the trade words in common, but for those that prove a skill already named."""
    named = " ".join(
        evidence.text.lower() for skill in pair.profile.skills for evidence in skill.evidence
    )
    shared = [
        (mine, asked)
        for mine, asked in shared_words(pair.vacancy, pair.profile, pair.space.words)
        if mine.evidence.lower() not in named
    ]
    if shared:
        yield pair.sentence(
            "reason.skills_words",
            person=[mine.evidence for mine, _ in shared],
            vacancy=[asked.evidence for _, asked in shared],
            list=pair.wording.list([mine.evidence.lower() for mine, _ in shared]),
        )


def not_shown(pair: Pair) -> list[SkillAsked]:
    """Return the skills that the vacancy cannot do without and neither CV nor jobs show.

    Those that tell trades apart come first.
    """
    shown = {skill.uri for skill in pair.profile.skills} | _worked(pair)
    missing = [
        skill
        for skill in _counted(pair)
        if skill.importance is Importance.ESSENTIAL and skill.uri not in shown
    ]
    return sorted(missing, key=lambda skill: (-weight(pair, skill.uri), pair.label(skill.uri)))


def weight(pair: Pair, uri: str) -> float:
    """Return how much a counted skill weighs in the coverage of those asked."""
    return float(pair.space.skills.weights[pair.space.skills.numbers[uri]])


def _counted(pair: Pair) -> list[SkillAsked]:
    return [skill for skill in pair.vacancy.skills if skill.uri in pair.space.skills.numbers]


def _worked(pair: Pair) -> frozenset[str]:
    concepts = pair.space.taxonomy.concepts
    return frozenset(u for job in pair.profile.occupations for u in concepts[job.uri].essential)


def _held(pair: Pair, asked: list[SkillAsked]) -> list[SkillAsked]:
    held = {skill.uri for skill in pair.profile.skills}
    return [skill for skill in asked if skill.uri in held]


def _through_work(pair: Pair, asked: list[SkillAsked]) -> list[SkillAsked]:
    held, worked = {skill.uri for skill in pair.profile.skills}, _worked(pair)
    return [skill for skill in asked if skill.uri in worked and skill.uri not in held]


def _about(pair: Pair, key: str, skills: list[SkillAsked], **values: object) -> Sentence:
    uris = {skill.uri for skill in skills}
    held = {skill.uri: skill for skill in pair.profile.skills if skill.uri in uris}
    jobs = [
        job
        for job in pair.profile.occupations
        if (uris - held.keys()) & pair.space.taxonomy.concepts[job.uri].essential
    ]
    proofs = [held[skill.uri].evidence for skill in skills if skill.uri in held]
    proofs += [job.evidence for job in jobs]
    return pair.sentence(
        key,
        person=[evidence.text for proof in proofs for evidence in proof],
        vacancy=[evidence.text for skill in skills for evidence in skill.evidence],
        list=pair.labels(skill.uri for skill in skills),
        **values,
    )
