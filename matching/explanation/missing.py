"""What a vacancy insists on and a CV does not show."""

from collections.abc import Iterator, Mapping

from matching.domain import Importance
from matching.explanation.pair import MET, Pair
from matching.explanation.requirements import means
from matching.explanation.skills import not_shown
from matching.explanation.work import all_placed, months_near
from matching.features.qualifications import language_share
from matching.features.reach import VEHICLE, everyday_answers, everyday_asked


def missing(pair: Pair, features: Mapping[str, float]) -> Iterator[str]:
    """Yield the skills not shown, those that tell trades apart first, then the rest.

    Only written requirements, and only where the CV answers: what it is silent about, skills
    apart, is a question.
    """
    say = pair.wording.say
    for skill in not_shown(pair):
        if not skill.implied:
            yield pair.label(skill.uri)
    answers = everyday_answers(pair.profile.facts)
    liked = {
        str(fact.value)
        for fact in pair.vacancy.facts.licences
        if fact.importance is Importance.OPTIONAL
    }
    vehicle = pair.vacancy.facts.own_vehicle
    if vehicle and vehicle.importance is Importance.OPTIONAL:
        liked.add(VEHICLE)
    for item in everyday_asked(pair.vacancy.facts):
        if answers.get(item) == 0.0 and item not in liked:
            yield means(pair, item)
    required = pair.vacancy.facts.months_required
    placed = all_placed(pair, pair.profile.occupations)
    if required is not None and features["experience_required"] < MET and placed:
        length, proved = pair.wording.months(int(required.value)), months_near(pair)
        if proved == 0:
            yield say("missing.months_none", required=length)
        else:
            # Months enough, in jobs that are near and not the same, are months of something else.
            short = proved < int(required.value)
            key = "missing.months" if short else "missing.months_near"
            yield say(key, required=length, months=pair.wording.months(proved))
    asked = pair.vacancy.facts.education_level
    if asked is not None and features["education_level"] < MET:
        yield say("missing.education", asked=pair.level(asked))
    yield from _languages(pair)


def _languages(pair: Pair) -> Iterator[str]:
    held = {item.code: item for item in pair.profile.facts.languages}
    for asked in pair.vacancy.facts.languages:
        share = language_share(asked, held)
        if share is None or share >= MET or asked.importance is Importance.OPTIONAL:
            continue
        if asked.level is not None:
            name = pair.language(asked.code)
            yield pair.wording.say("missing.language", language=name, level=asked.level)
        elif asked.code not in held:
            yield pair.language(asked.code)
