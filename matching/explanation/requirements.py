"""Reasons of education, languages and reach."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from matching.domain import ConceptKind, LanguageFact
from matching.explanation.pair import MET, Pair, Sentence
from matching.explanation.skills import not_shown, written_essentials
from matching.features.qualifications import language_share
from matching.features.reach import VEHICLE, everyday_answers, everyday_asked, travels_by_car
from matching.territory import Basis, Mode

PAPERS = frozenset({ConceptKind.CERTIFICATE, ConceptKind.LICENCE})
_MINUTES_STEP = 5  # an estimate is not shown to the minute


def education_sentences(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield how the level held compares with the one asked, and certificates shown and not."""
    yield from _level(pair, features)
    asked = [skill for skill in written_essentials(pair) if is_certified(pair, skill.uri)]
    if not asked:
        return
    held = pair.held
    lacking = not_shown(pair)
    groups = {
        "reason.education_certified": [skill for skill in asked if skill.uri in held],
        "reason.education_uncertified": [skill for skill in asked if skill in lacking],
    }
    for key, skills in groups.items():
        if skills:
            proofs = [held[skill.uri].evidence for skill in skills if skill.uri in held]
            yield pair.sentence(
                key,
                person=[evidence.text for proof in proofs for evidence in proof],
                vacancy=[evidence.text for skill in skills for evidence in skill.evidence],
                list=pair.labels(skill.uri for skill in skills),
            )


def _level(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    asked, held = pair.vacancy.facts.education_level, pair.profile.facts.education_level
    if asked is None or held is None:
        return
    met = features["education_level"] >= MET
    yield pair.sentence(
        "reason.education_met" if met else "reason.education_short",
        person=[held.evidence],
        vacancy=[asked.evidence],
        held=pair.level(held),
        asked=pair.level(asked),
    )


def language_sentences(pair: Pair) -> Iterator[Sentence]:
    """Yield the languages asked, by how the CV answers for each; silence is not an answer."""
    held = {item.code: item for item in pair.profile.facts.languages}
    groups: dict[str, list[LanguageFact]] = {}
    for asked in pair.vacancy.facts.languages:
        share, mine = language_share(asked, held), held.get(asked.code)
        if share is None:
            continue
        if mine is None:
            key = "reason.languages_absent"
        elif share >= MET:
            key = "reason.languages_met"
        elif mine.level is None:
            key = "reason.languages_unsaid"
        else:
            key = "reason.languages_short"
        groups.setdefault(key, []).append(asked)
    for key, items in groups.items():
        mine_all = [held[item.code] for item in items if item.code in held]
        yield pair.sentence(
            key,
            # That a language is absent is proved by the ones that are listed.
            person=[item.evidence for item in mine_all or held.values()],
            vacancy=[item.evidence for item in items],
            list=pair.wording.list([_language(pair, item, held) for item in items]),
        )


def reach_sentences(pair: Pair, features: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield the estimated journey, and the licences and vehicle asked for."""
    vehicle = pair.profile.facts.own_vehicle
    home, place = pair.profile.facts.comune, pair.vacancy.facts.comune
    if home and place and not np.isnan(features["reach_minutes"]):
        by_car = travels_by_car(pair.profile.facts)
        mode = Mode.CAR if by_car else Mode.PUBLIC_TRANSPORT
        way = pair.space.territory.journey(str(home.value), str(place.value), mode)
        by_timetable = way.basis is Basis.TIMETABLE
        yield pair.sentence(
            "reason.reach_car"
            if by_car
            else "reason.reach_timetable"
            if by_timetable
            else "reason.reach_public",
            person=[home.evidence],
            vacancy=[place.evidence],
            home=pair.space.territory.municipality(str(home.value)).name,
            place=pair.space.territory.municipality(str(place.value)).name,
            minutes=_MINUTES_STEP * round(features["reach_minutes"] / _MINUTES_STEP),
        )
    answers = everyday_answers(pair.profile.facts)
    asked = [item for item in everyday_asked(pair.vacancy.facts) if item in answers]
    # Who has a vehicle surely drives it, but the CV does not say with what licence.
    facts = pair.profile.facts
    written = answers if vehicle is None else everyday_answers(replace(facts, own_vehicle=None))
    guessed = [i for i in asked if i != VEHICLE and answers[i] and not written.get(i)]
    mine = [*pair.profile.facts.licences, *([vehicle] if vehicle else [])]
    groups = {
        "reason.reach_licence_met": [i for i in asked if answers[i] and i not in guessed],
        "reason.reach_licence_vehicle": guessed,
        "reason.reach_licence_short": [i for i in asked if not answers[i]],
    }
    for key, items in groups.items():
        if items:
            yield pair.sentence(
                key,
                person=[fact.evidence for fact in mine],
                vacancy=_asking(pair, items),
                list=pair.wording.list([means(pair, item) for item in items]),
            )


def means(pair: Pair, item: str) -> str:
    """Return the name of a licence, or of a vehicle of one's own."""
    say = pair.wording.say
    return say("value.vehicle") if item == VEHICLE else say("value.licence", code=item)


def is_certified(pair: Pair, uri: str) -> bool:
    """Whether a skill is a certificate, or a licence to work: something on paper."""
    return pair.space.taxonomy.concepts[uri].kind in PAPERS


def _asking(pair: Pair, items: list[str]) -> list[str]:
    facts = pair.vacancy.facts
    found = [fact.evidence for fact in facts.licences if fact.value in items]
    if VEHICLE in items and facts.own_vehicle:
        found.append(facts.own_vehicle.evidence)
    return found


def _language(pair: Pair, asked: LanguageFact, held: Mapping[str, LanguageFact]) -> str:
    name, mine = pair.language(asked.code), held.get(asked.code)
    if mine is None or mine.level is None:
        return name
    if asked.level is None or language_share(asked, held) == 1.0:
        return f"{name} ({mine.level})"
    return pair.wording.say(
        "value.language_short", language=name, held=mine.level, asked=asked.level
    )
