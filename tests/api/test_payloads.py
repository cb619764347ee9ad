"""What a schema says of a value is what is taken: a client that checks first is not surprised."""

import base64
import binascii
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from matching.api.day_bounds import with_bounds_of_days
from matching.api.hub.documents import Base64
from matching.api.limits import EARLIEST, LATEST
from matching.api.payloads import VISIBLE, AsOf, Change, FormYesNo, Payload
from matching.service.records import can_identify

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.one_of(_TEXTS, st.text(" \t\n\x00\x7f\x85\xa0\u2003\u2028\u3000a", max_size=4)))
def test_the_pattern_of_a_line_takes_what_is_taken(text: str) -> None:
    assert (re.search(VISIBLE, text) is not None) == can_identify(text)


@given(st.integers(0, 9998), st.integers(0, 9998), st.dates())
def test_the_pattern_of_a_day_has_the_years_that_are_taken(one: int, other: int, day: date) -> None:
    first, last = sorted((one + 1, other + 1))
    bounds = {"ge": str(date(first, 1, 1)), "le": str(date(last, 12, 31))}
    said = with_bounds_of_days({"anyOf": [{"type": "string", "format": "date", **bounds}]})
    ((kept,),) = said.values()
    assert kept.keys() == {"type", "format", "pattern"}
    assert (re.search(kept["pattern"], str(day)) is not None) == (first <= day.year <= last)


def test_a_day_as_of_which_is_computed_has_its_bounds_in_the_schema() -> None:
    schema = with_bounds_of_days(TypeAdapter(AsOf).json_schema())
    for day in (EARLIEST, LATEST):
        assert re.search(schema["pattern"], str(day)) is not None
        assert is_taken(AsOf, str(day))
    for day in (EARLIEST - timedelta(days=1), LATEST + timedelta(days=1)):
        assert re.search(schema["pattern"], str(day)) is None
        assert not is_taken(AsOf, str(day))


@given(st.one_of(st.binary(max_size=9).map(base64.b64encode), st.binary(max_size=9)))
def test_the_pattern_of_base64_takes_what_can_be_decoded(sent: bytes) -> None:
    text = sent.decode("latin-1")
    try:
        base64.b64decode(text, validate=True)
        can_be = True
    except (binascii.Error, ValueError):
        can_be = False
    pattern = TypeAdapter(Base64).json_schema()["pattern"]
    assert (re.fullmatch(pattern, text) is not None) == can_be == is_taken(Base64, text)


@pytest.mark.parametrize(
    ("sent", "taken"), [("true", True), ("false", True), ("1", False), ("True", False), ("", False)]
)
def test_a_form_says_yes_and_no_as_the_document_writes_them(sent: str, taken: bool) -> None:
    assert is_taken(FormYesNo, sent) is taken


def test_a_change_of_nothing_is_refused_by_its_schema_too() -> None:
    class Named(Change):
        name: str | None = None

    assert Named.model_json_schema()["minProperties"] == 1
    assert not is_taken(Named, {})
    assert is_taken(Named, {"name": "Ada"})
    assert "minProperties" not in Payload.model_json_schema()


def is_taken(kind: object, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True
