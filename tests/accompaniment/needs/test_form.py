import re
from pathlib import Path

import pytest

from matching.accompaniment.needs import load_form
from matching.domain import Level, Need
from matching.errors import DataError
from matching.settings import shipped_data

FOLDER = shipped_data() / "measures"
FORM = load_form(FOLDER)
TEXT = (FOLDER / "assessment.toml").read_text("utf-8")


def test_every_need_is_asked_about_in_two_to_four_questions() -> None:
    for need in Need:
        assert 2 <= len(FORM.about(need)) <= 4
    # Half a minute each, within the quarter of an hour that is announced.
    assert 20 <= len(FORM.questions) <= FORM.minutes * 2


def test_every_question_can_be_answered_by_no_need_and_by_a_grave_one() -> None:
    for asked in FORM.questions:
        levels = {choice.level for choice in asked.choices.values()}
        assert Level.NONE in levels
        assert levels & {Level.MILD, Level.SERIOUS, Level.URGENT}, asked.id
        for lines in (asked.text, *(choice.text for choice in asked.choices.values())):
            assert set(lines) == {"it", "en"}


def test_no_question_asks_for_a_diagnosis_a_faith_or_an_offence() -> None:
    words = re.compile(
        r"diagnos|malatti|patolog|invalid|relig|fede\b|sindacat|reat[oi]|condann|carcer|cittadinanz"
        r"|origin|stranier|gravidanz|dipenden",
        re.IGNORECASE,
    )
    for asked in FORM.questions:
        for lines in (asked.text, *(choice.text for choice in asked.choices.values())):
            assert not words.search(lines["it"]), lines["it"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('need = "work"', 'need = "lavoro"', "need = 'lavoro'"),
        ('id = "work_search"', 'id = "work_now"', "'work_now' is used twice"),
        ('id = "enough", level = "none"', 'id = "enough", level = "no"', "level = 'no'"),
        ('id = "little"', 'id = "enough"', "'enough' is used twice"),
        ('need = "social"', 'need = "health"', "'social' has 1 questions"),
        ("minutes = 15", "", "'minutes' is missing"),
        ("far_minutes = 45", "far_minutes = 45\nnear = 1", "unknown key 'near'"),
        (
            'id = "never", level = "none"',
            'id = "never", level = "mild"',
            "one of them of level 'none'",
        ),
    ],
)
def test_a_faulty_form_is_refused_by_entry_and_value(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in TEXT
    (tmp_path / "assessment.toml").write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=said):
        load_form(tmp_path)
