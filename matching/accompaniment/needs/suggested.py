"""Needs that a CV suggests asking about: marked, without a level, with the words that say so.

A suggestion is a question to a person, and counts in no score. Only what was read in the document
is used (:class:`matching.domain.Extraction`); nothing here takes the notes of a conversation.
"""

from collections.abc import Iterator
from dataclasses import replace

from matching.accompaniment.needs.form import Form
from matching.domain import (
    Assessment,
    ConceptKind,
    Evidence,
    Extraction,
    Fact,
    LanguageFact,
    Level,
    Need,
    NeedAnswer,
)
from matching.features.reach import everyday_answers
from matching.taxonomy import Taxonomy
from matching.territory import Mode, Territory

_ITALIAN = "it"
_CAR = "B"


def suggested_needs(
    found: Extraction, *, form: Form, taxonomy: Taxonomy, territory: Territory
) -> tuple[NeedAnswer, ...]:
    """What a CV suggests asking about, in the order of the needs.

    * Mobility, where home is poorly served by public transport (the journey to its own hub takes
      ``far_minutes`` or more) and the CV shows no licence B, or says that there is no vehicle.
    * Skills, where a level of Italian is stated and is one of ``italian_levels``.
    * Digital, where the CV shows no digital skill at all; a CV that shows no skill whatever
      suggests nothing.

    What is not in a CV is not proof that it is lacking: these are questions.
    """
    suggestions = (
        *_italian(found, form),
        *_mobility(found, form, territory),
        *_digital(found, taxonomy),
    )
    order = list(Need)
    return tuple(sorted(suggestions, key=lambda one: order.index(one.need)))


def with_suggestions(
    assessment: Assessment, suggestions: tuple[NeedAnswer, ...]
) -> tuple[NeedAnswer, ...]:
    """The answers of an assessment, with a suggestion where nothing was settled by an answer.

    Levels do not change: what somebody answered stands, and what nobody did stays unknown.
    """
    by_need = {one.need: one for one in suggestions}
    return tuple(
        replace(
            answer,
            suggested=True,
            why=by_need[answer.need].why,
            evidence=by_need[answer.need].evidence,
        )
        if answer.level is Level.UNKNOWN and answer.need in by_need
        else answer
        for answer in assessment.answers
    )


def _italian(found: Extraction, form: Form) -> Iterator[NeedAnswer]:
    for language in found.facts.languages:
        if language.code == _ITALIAN and language.level in form.italian_levels:
            yield _suggestion(Need.SKILLS, "suggested.italian", language)


def _mobility(found: Extraction, form: Form, territory: Territory) -> Iterator[NeedAnswer]:
    facts = found.facts
    home = facts.comune
    if home is None:
        return
    hub = territory.hub_of(territory.municipality(str(home.value)))
    if hub is None:
        return
    journey = territory.journey(str(home.value), hub.municipality, Mode.PUBLIC_TRANSPORT)
    if journey.minutes < form.far_minutes:
        return
    vehicle = facts.own_vehicle
    if vehicle is not None and vehicle.value is False:
        yield _suggestion(Need.MOBILITY, "suggested.no_vehicle", vehicle)
    elif vehicle is None and not everyday_answers(facts).get(_CAR):
        yield _suggestion(Need.MOBILITY, "suggested.no_licence", home)


def _digital(found: Extraction, taxonomy: Taxonomy) -> Iterator[NeedAnswer]:
    kinds = {taxonomy.concepts[skill.uri].kind for skill in found.skills}
    if kinds and ConceptKind.DIGITAL not in kinds:
        yield _suggestion(Need.DIGITAL, "suggested.no_digital", None)


def _suggestion(need: Need, why: str, read: Fact | LanguageFact | None) -> NeedAnswer:
    evidence = read and Evidence(text=read.evidence, start=read.start, end=read.end)
    return NeedAnswer(
        need=need, level=Level.UNKNOWN, suggested=True, why=why, evidence=evidence or None
    )
