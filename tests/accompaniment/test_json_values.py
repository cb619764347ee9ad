from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest

from matching.accompaniment.json_values import from_json, to_json, typed
from matching.errors import InputError


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    on: date
    share: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outer:
    name: str
    count: int | None = None
    sure: bool | None = None
    colours: frozenset[Colour] | None = None
    parts: tuple[Inner, ...] = ()
    opens: time | None = None


FULL = {
    "name": "x",
    "count": 0,
    "sure": False,
    "colours": ["red"],
    "parts": [{"on": "2026-11-22", "share": 0.5}],
    "opens": "09:30",
}


def test_an_object_becomes_a_value_and_back() -> None:
    value = from_json(Outer, FULL, "file")
    assert value.parts == (Inner(on=date(2026, 11, 22), share=0.5),)
    assert value.colours == frozenset({Colour.RED})
    assert to_json(value) == FULL


def test_what_is_null_or_not_there_is_the_default() -> None:
    assert from_json(Outer, {"name": "x", "count": None}, "file") == Outer(name="x")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": None}, r"file\.name is missing"),
        ({"name": 7}, r"file\.name must be a text"),
        ({"count": True}, r"file\.count must be a whole number"),
        ({"count": 1.5}, r"file\.count must be a whole number"),
        ({"count": -1}, r"file\.count must not be below 0"),
        ({"sure": 1}, r"file\.sure must be true or false"),
        ({"colours": "red"}, r"file\.colours must be a list"),
        ({"colours": ["blu"]}, r"file\.colours\[0\] is not valid; write one of red"),
        ({"parts": [3]}, r"file\.parts\[0\] must be a JSON object"),
        ({"parts": [{"on": "31/12/2026"}]}, r"file\.parts\[0\]\.on must be a day"),
        ({"parts": [{"on": 3}]}, r"file\.parts\[0\]\.on must be a day"),
        ({"parts": [{"on": "2026-11-22", "share": "x"}]}, r"\.share must be a number"),
        ({"parts": [{"on": "2026-11-22", "share": True}]}, r"\.share must be a number"),
        ({"opens": "9.30"}, r"file\.opens must be an hour like 09:30"),
        ({"opens": "24:00"}, r"file\.opens must be an hour like 09:30"),
        ({"opens": 9}, r"file\.opens must be an hour like 09:30"),
        ({"segreto": 1}, r"'segreto' is no field of it"),
    ],
)
def test_a_field_of_another_type_is_refused_by_its_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        from_json(Outer, FULL | change, "file")


def test_a_message_names_the_field_and_not_what_is_in_it() -> None:
    with pytest.raises(InputError) as refused:
        from_json(Outer, FULL | {"count": "Ada Verdini"}, "file")
    assert "Verdini" not in str(refused.value)


def test_a_single_value_is_read_as_a_field_is() -> None:
    assert typed(date, "2026-11-22", "on") == date(2026, 11, 22)
    with pytest.raises(InputError, match="on must be a day"):
        typed(date, None, "on")
