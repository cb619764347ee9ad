"""What a schema says of a value is what is taken: a client that checks first is not surprised."""

import base64
import binascii
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from matching.api.hub.documents import Base64
from matching.api.limits import EARLIEST, LATEST
from matching.api.payloads import VISIBLE, AsOf, Change, FormYesNo, Payload
from matching.service.records import can_identify

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.one_of(_TEXTS, st.text(" \t\n\x00\x7f\x85\xa0\u2003\u2028\u3000a", max_size=4)))
def test_the_pattern_of_a_line_takes_what_is_taken(text: str) -> None:
    assert (re.search(VISIBLE, text) is not None) == can_identify(text)


@pytest.mark.parametrize("days", [-1, 0, 1])
@pytest.mark.parametrize("edge", [EARLIEST, LATEST])
def test_the_pattern_of_a_day_has_the_bounds_of_what_can_be_computed(edge: date, days: int) -> None:
    day = str(edge + timedelta(days=days))
    says = re.search(TypeAdapter(AsOf).json_schema()["pattern"], day) is not None
    assert says == is_taken(AsOf, day) == (EARLIEST <= date.fromisoformat(day) <= LATEST)


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
