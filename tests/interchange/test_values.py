from datetime import date
from typing import Any

import pytest

from matching.interchange import FileKind, ProblemCode, fields_of
from matching.interchange.values import Cannot, read_value
from tests.interchange.files import DAY, PLACES

FIELDS = {one.name: one for kind in FileKind for one in fields_of(kind)}


def value(cell: Any, field: str) -> Any:
    return read_value(cell, FIELDS[field], as_of=DAY, places=PLACES)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("02/04/1971", date(1971, 4, 2)),
        ("2.4.1971", date(1971, 4, 2)),
        ("2-4-1971", date(1971, 4, 2)),
        ("1971-04-02", date(1971, 4, 2)),
        ("1971-04-02T00:00:00", date(1971, 4, 2)),
        ("02/04/1971 00:00", date(1971, 4, 2)),
        (date(1971, 4, 2), date(1971, 4, 2)),
        ("", None),
        ("n.d.", None),
        (None, None),
    ],
)
def test_a_day_is_read_day_first_as_in_italy(cell: Any, read: date | None) -> None:
    assert value(cell, "birth_date") == read


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/1971", ProblemCode.NOT_A_DATE),
        ("04/13/1971", ProblemCode.NOT_A_DATE),
        ("aprile 1971", ProblemCode.NOT_A_DATE),
        ("02/04/71", ProblemCode.SHORT_YEAR),
        ("29/11/2026", ProblemCode.IN_THE_FUTURE),
        ("02/04/1871", ProblemCode.TOO_LONG_AGO),
        ("#RIF!", ProblemCode.BROKEN_CELL),
    ],
)
def test_a_day_that_cannot_be_is_a_problem(cell: str, code: ProblemCode) -> None:
    assert value(cell, "birth_date") == Cannot(code)


def test_a_deadline_may_lie_ahead_but_not_by_a_slip() -> None:
    assert value("31/12/2026", "expires_on") == date(2026, 12, 31)
    assert value("31/12/2206", "expires_on") == Cannot(ProblemCode.IN_THE_FUTURE)


@pytest.mark.parametrize(
    ("field", "cell", "read"),
    [
        ("weekly_hours", "30", 30),
        ("weekly_hours", "30,0", 30),
        ("weekly_hours", 30.0, 30),
        ("months_since_last_job", "0", 0),
        ("share_worked_5y", "0,25", 0.25),
        ("share_worked_5y", "0.25", 0.25),
        ("share_worked_5y", "1", 1.0),
        ("share_worked_5y", "", None),
    ],
)
def test_a_number_may_have_an_italian_comma(field: str, cell: Any, read: Any) -> None:
    assert value(cell, field) == read


@pytest.mark.parametrize(
    ("field", "cell", "code", "right"),
    [
        ("weekly_hours", "trenta", ProblemCode.NOT_A_NUMBER, ""),
        ("weekly_hours", "30,5", ProblemCode.NOT_A_NUMBER, ""),
        ("weekly_hours", True, ProblemCode.NOT_A_NUMBER, ""),
        ("weekly_hours", "1.000", ProblemCode.OUT_OF_RANGE, "0-80"),
        ("weekly_hours", "-3", ProblemCode.OUT_OF_RANGE, "0-80"),
        ("share_worked_5y", "25%", ProblemCode.NOT_A_NUMBER, ""),
        ("share_worked_5y", "25", ProblemCode.OUT_OF_RANGE, "0-1"),
        ("education_level", "9", ProblemCode.OUT_OF_RANGE, "1-8"),
    ],
)
def test_a_number_that_cannot_be_is_a_problem_with_what_would_be_right(
    field: str, cell: Any, code: ProblemCode, right: str
) -> None:
    assert value(cell, field) == Cannot(code, right)


@pytest.mark.parametrize(
    ("cell", "read"),
    [("Sì", True), ("SI", True), ("x", True), (True, True), ("no", False), (False, False),
     ("", None), ("?", None), ("non so", None)],
)  # fmt: skip
def test_what_is_not_known_is_neither_yes_nor_no(cell: Any, read: bool | None) -> None:
    assert value(cell, "driving_licence") is read


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("driving_licence", "forse", ProblemCode.NOT_YES_OR_NO),
        ("italian_level", "madrelingua", ProblemCode.NOT_A_CHOICE),
        ("email", "ada@", ProblemCode.NOT_AN_EMAIL),
        ("email", "ada@x.it, eva@x.it", ProblemCode.NOT_AN_EMAIL),
        ("telephone", "chiamare la sorella", ProblemCode.NOT_A_TELEPHONE),
        ("person_id", "17", ProblemCode.NOT_AN_IDENTIFIER),
        ("municipality", "Atlantide", ProblemCode.UNKNOWN_MUNICIPALITY),
        ("point", "Punto di Atlantide", ProblemCode.UNKNOWN_POINT),
        ("given_name", "", ProblemCode.MISSING),
        ("given_name", "n.d.", ProblemCode.MISSING),
        ("given_name", "A\x00da", ProblemCode.STRANGE_CHARACTERS),
        ("given_name", "A\ud800", ProblemCode.STRANGE_CHARACTERS),
        ("text", "uno\x07", ProblemCode.STRANGE_CHARACTERS),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(field: str, cell: str, code: ProblemCode) -> None:
    found = value(cell, field)
    assert isinstance(found, Cannot)
    assert found.code is code


def test_a_text_that_is_too_long_says_how_long_it_may_be() -> None:
    assert value("x" * 101, "given_name") == Cannot(ProblemCode.TOO_LONG, "100")


def test_lines_are_put_together_and_texts_stay_as_they_are() -> None:
    assert value(" Via  Roma\n 1 ", "address") == "Via Roma 1"
    assert value("uno\n\tdue ", "text") == "uno\n\tdue"


@pytest.mark.parametrize(
    ("cell", "read"),
    [(3331234567.0, "3331234567"), (3331234567, "3331234567"), ("0341/12.34.56", "0341/12.34.56")],
)  # fmt: skip
def test_a_telephone_is_kept_as_a_spreadsheet_shows_it(cell: Any, read: str) -> None:
    assert value(cell, "telephone") == read


def test_choices_are_known_by_their_words() -> None:
    assert value("b2", "italian_level") == "B2"
    assert value("Corso concluso", "kind") == "course_completed"
    assert value("course_completed", "kind") == "course_completed"


def test_places_are_known_by_name_and_code() -> None:
    assert value("Lecco", "municipality") == "097042"
    assert value("097042", "municipality") == "097042"
    assert value("Punto di Lecco", "point") == "punto-lecco"
