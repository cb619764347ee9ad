"""Reasons of the skills dimension, and the skills that a CV does not show."""

from collections.abc import Iterator, Mapping, Set

import numpy as np

from matching.domain import Importance, SkillAsked
from matching.explanation.pair import Pair, Sentence
from matching.features import shared_words


def skill_sentences(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield what the CV, and the jobs in it, show of the skills asked, and of kindred ones."""
    written = [s for s in pair.counted if not s.implied]
    essential = written_essentials(pair)
    optional = [s for s in written if s.importance is Importance.OPTIONAL]
    trade = [s for s in pair.counted if s.implied]
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
    yield from _kindred(pair)
    if not np.isnan(features["skills_words"]):
        yield from _words(pair)


def _kindred(pair: Pair) -> Iterator[Sentence]:
    """Yield the skills asked that count, in part, only because a kindred one is shown."""
    shown = pair.held.keys() | pair.worked
    found = [
        (skill, kin)
        for skill in pair.counted
        # What would only be liked counts for what is shown, and for no more.
        if skill.implied or skill.importance is Importance.ESSENTIAL
        if (kin := _kin_shown(pair, skill.uri, shown)) is not None
    ]
    if not found:
        return
    yield pair.sentence(
        "reason.skills_related",
        person=_proofs(pair, {kin for _, kin in found}),
        vacancy=[evidence.text for skill, _ in found for evidence in skill.evidence],
        list=pair.wording.list(
            [
                pair.wording.say(
                    "value.skill_kin", held=pair.label(kin), asked=pair.label(skill.uri)
                )
                for skill, kin in found
            ]
        ),
    )


def _kin_shown(pair: Pair, uri: str, shown: Set[str]) -> str | None:
    """The kindred skill that CV or jobs show where the skill itself is shown by neither.

    Of several one that the CV names, the surest, before those that a job only involves.
    """
    if uri in shown:
        return None
    space = pair.space.skills
    near = space.kin.indptr[space.numbers[uri] : space.numbers[uri] + 2]
    numbers = set(space.kin.indices[near[0] : near[1]].tolist())
    kindred = [other for other in shown if space.numbers.get(other) in numbers]
    held = pair.held

    def order(other: str) -> tuple[float, str]:
        return -held[other].confidence if other in held else 0.0, other

    return min(kindred, key=order, default=None)


def _words(pair: Pair) -> Iterator[Sentence]:
    """Yield the trade words in common, but for those that prove a skill already named."""
    common = shared_words(pair.vacancy, pair.profile, pair.space.words)
    if not common:
        return
    texts = [evidence.text for skill in pair.profile.skills for evidence in skill.evidence]
    named = " ".join(texts).lower()
    shared = [(mine, asked) for mine, asked in common if mine.evidence.lower() not in named]
    if shared:
        yield pair.sentence(
            "reason.skills_words",
            person=[mine.evidence for mine, _ in shared],
            vacancy=[asked.evidence for _, asked in shared],
            list=pair.wording.list([mine.evidence.lower() for mine, _ in shared]),
        )


def written_essentials(pair: Pair) -> list[SkillAsked]:
    """Return the skills that the vacancy says it cannot do without."""
    return [
        skill
        for skill in pair.counted
        if not skill.implied and skill.importance is Importance.ESSENTIAL
    ]


def not_shown(pair: Pair) -> list[SkillAsked]:
    """Return the skills that the vacancy cannot do without and neither CV nor jobs show.

    Those that tell trades apart come first.
    """
    shown = pair.held.keys() | pair.worked
    missing = [
        skill
        for skill in pair.counted
        if skill.importance is Importance.ESSENTIAL and skill.uri not in shown
    ]
    return sorted(missing, key=lambda skill: (-weight(pair, skill.uri), pair.label(skill.uri)))


def weight(pair: Pair, uri: str) -> float:
    """Return how much a counted skill weighs in the coverage of those asked."""
    return float(pair.space.skills.weights[pair.space.skills.numbers[uri]])


def _held(pair: Pair, asked: list[SkillAsked]) -> list[SkillAsked]:
    return [skill for skill in asked if skill.uri in pair.held]


def _through_work(pair: Pair, asked: list[SkillAsked]) -> list[SkillAsked]:
    held, worked = pair.held, pair.worked
    return [skill for skill in asked if skill.uri in worked and skill.uri not in held]


def _proofs(pair: Pair, uris: Set[str]) -> list[str]:
    """The words of the CV that prove skills: those of the skill, else of the jobs that need it."""
    held = [skill for skill in pair.profile.skills if skill.uri in uris]
    rest = uris - {skill.uri for skill in held}
    jobs = [
        job
        for job in pair.profile.occupations
        if rest & pair.space.taxonomy.concepts[job.uri].essential
    ]
    proofs = [*(skill.evidence for skill in held), *(job.evidence for job in jobs)]
    return [evidence.text for proof in proofs for evidence in proof]


def _about(pair: Pair, key: str, skills: list[SkillAsked], **values: object) -> Sentence:
    return pair.sentence(
        key,
        person=_proofs(pair, {skill.uri for skill in skills}),
        vacancy=[evidence.text for skill in skills for evidence in skill.evidence],
        list=pair.labels(skill.uri for skill in skills),
        **values,
    )
