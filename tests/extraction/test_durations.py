import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.durations import durations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("per un anno", [12]),
        ("ventitre anni in fabbrica", [276]),
        ("trentun anni di lavoro", [372]),
        ("2 anni e 3 mesi", [27]),
        ("un anno e mezzo", [18]),
        ("5/6 mesi", [5]),
        ("una ventina d'anni", [240]),
        ("2 anni come cuoco e 3 mesi come barista", [24, 3]),
    ],
)
def test_months_of_a_duration(text: str, expected: list[int]) -> None:
    assert [duration.months for duration in durations(text)] == expected


def test_up_to_now_is_told_from_a_bare_duration() -> None:
    assert [d.since for d in durations("da tre anni come colf")] == [True]
    assert [d.since for d in durations("da oltre tre anni come colf")] == [True]
    assert [d.since for d in durations("per tre anni come colf")] == [False]
    assert [d.since for d in durations("da 2 a 3 anni")] == [False]


def test_a_whole_career_is_told_from_a_bare_duration() -> None:
    assert [d.total for d in durations("3 anni di esperienza")] == [True]
    assert [d.total for d in durations("esperienza di 3 anni")] == [True]
    assert [d.total for d in durations("esperienza triennale")] == [True]
    assert [d.total for d in durations("per 3 anni")] == [False]


def test_an_age_is_none_even_beside_experience() -> None:
    assert list(durations("ho 52 anni e molta esperienza")) == []
    assert [d.months for d in durations("ho 30 anni di esperienza")] == [360]


@given(st.integers(1, 15), st.sampled_from(["anni", "mesi"]))
def test_figures_count_by_their_unit(count: int, unit: str) -> None:
    (found,) = durations(f"ho lavorato per {count} {unit} in cucina")
    assert found.months == count * (12 if unit == "anni" else 1)


@given(st.integers(1, 8), st.integers(1, 7), st.sampled_from(["-", "/", " o ", " a "]))
def test_of_a_range_the_lower_number_counts(low: int, more: int, link: str) -> None:
    (found,) = durations(f"per {low}{link}{low + more} anni in cucina")
    assert found.months == low * 12
