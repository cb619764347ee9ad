from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matching.accompaniment.needs import (
    assess,
    load_form,
    need_score,
    suggested_needs,
    with_suggestions,
)
from matching.domain import (
    ConceptKind,
    DocumentKind,
    Extraction,
    Level,
    Need,
    NeedAnswer,
    SkillMention,
)
from matching.settings import shipped_data
from matching.territory import Hub
from tests.factories import (
    HILL,
    SKILLS,
    VALLEY,
    a_fact,
    a_skill,
    a_taxonomy,
    a_territory,
    some_facts,
)

FORM = load_form(shipped_data() / "measures")
TAXONOMY = a_taxonomy([*SKILLS, a_skill("sheets", kind=ConceptKind.DIGITAL)])
# By public transport the valley is 48 minutes from the hill, past the 45 of the form.
TERRITORY = replace(
    a_territory(),
    hubs=(Hub(id="h", name="Hub", ambito="prova", municipality=VALLEY, example=True, points=()),),
)


def a_mention(uri: str) -> SkillMention:
    return SkillMention(uri=uri, label=uri, evidence=uri, start=0, end=len(uri), confidence=0.9)


def suggested(skills: Iterable[str] = (), **facts: Any) -> dict[Need, NeedAnswer]:
    found = Extraction(
        kind=DocumentKind.CV,
        language="it",
        skills=tuple(map(a_mention, skills)),
        facts=some_facts(**facts),
    )
    made = suggested_needs(found, form=FORM, taxonomy=TAXONOMY, territory=TERRITORY)
    assert all(one.suggested and one.level is Level.UNKNOWN for one in made)
    return {one.need: one for one in made}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"comune": HILL}, "suggested.no_licence"),
        ({"comune": HILL, "licences": ["A"]}, "suggested.no_licence"),
        ({"comune": HILL, "licences": ["B"]}, None),
        ({"comune": HILL, "licences": ["C"]}, None),
        ({"comune": HILL, "own_vehicle": True}, None),
        ({"comune": HILL, "licences": ["B"], "own_vehicle": False}, "suggested.no_vehicle"),
        ({"comune": VALLEY}, None),
        ({}, None),
    ],
)
def test_moving_about_is_suggested_where_home_is_poorly_served_and_nothing_shows_a_car(
    facts: dict[str, Any], why: str | None
) -> None:
    one = suggested(**facts).get(Need.MOBILITY)
    assert (one and one.why) == why


def test_a_suggestion_shows_the_words_of_the_cv_where_there_are_any() -> None:
    one = suggested(comune=HILL, own_vehicle=a_fact(False, "senza auto"))[Need.MOBILITY]
    assert one.evidence is not None
    assert one.evidence.text == "senza auto"
    assert suggested(["forklift"])[Need.DIGITAL].evidence is None


@pytest.mark.parametrize(
    ("level", "found"), [("A1", True), ("A2", True), ("B1", False), (None, False)]
)
def test_a_course_of_italian_is_suggested_by_a_stated_level_alone(
    level: str | None, found: bool
) -> None:
    one = suggested(languages=[("it", level)]).get(Need.SKILLS)
    assert (one is not None) is found
    assert suggested(languages=[("de", "A1")]) == {}
    if one is not None:
        assert one.evidence is not None
        assert one.evidence.text == "parlo it"


def test_digital_skills_are_suggested_where_a_cv_shows_others_and_none_of_them() -> None:
    assert set(suggested(["forklift"])) == {Need.DIGITAL}
    assert suggested(["forklift", "sheets"]) == {}
    assert suggested() == {}


def test_a_suggestion_marks_what_nobody_answered_and_changes_no_level() -> None:
    made = assess(
        FORM,
        {"digital_device": "no", "digital_alone": "no"},
        person_id="p",
        author="A",
        made_on=date(2026, 11, 1),
        valid_months=6,
    )
    found = tuple(suggested(["forklift"], comune=HILL).values())
    after = with_suggestions(made, found)
    marked = {one.need for one in after if one.suggested}
    # Of the digital need the person said herself how it is.
    assert marked == {Need.MOBILITY}
    assert need_score(replace(made, answers=after)) == need_score(made)
