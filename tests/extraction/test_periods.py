from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.periods import Period, periods, union_months
from matching.normalisation import plain
from tests.extraction.clock import quickly

TODAY = date(2026, 11, 22)


def months(text: str, as_of: date = TODAY) -> list[int]:
    return [period.months for period in periods(plain(text), as_of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dal 2011 al 2016", [60]),
        ("2011-2016", [60]),
        ("2011 – 2016", [60]),
        ("2011/16", [60]),
        ("dal 2011 al 2011", [6]),
        ("03/2015 - 04/2015", [2]),
        ("dal 03/2015 al 04/2015", [2]),
        ("01/06/2001 – 31/12/2012", [139]),
        ("1.6.2001-31.12.2012", [139]),
        ("2015-03 - 2016-02", [12]),
        ("2015/03 – 2016/02", [12]),
        ("9/90 – 12/93", [40]),
        ("marzo 2015 - maggio 2015", [3]),
        ("Sett. 2019 – oggi", [87]),
        ("sett. 2012 - 11/2017", [63]),
        ("mar 2025 - oggi", [21]),
        ("ottobre 2022 – alla data attuale", [50]),
        ("da ottobre 2022 ad oggi", [50]),
        ("dal 15 marzo 2010 al 3 maggio 2010", [3]),
        ("dal 1° marzo 2010 al 31 marzo 2010", [1]),
        ("2024 gennaio - 2026 agosto", [32]),
        ("1994 - gennaio 2003", [103]),
        ("dal '97 al dicembre 2009", [150]),
        ("'98-'05", [84]),
        ("dal 98 al 2005", [84]),
        ("a.s. 2019/20", [12]),
        ("dal 2016 a oggi", [125]),
        ("dal 2016", [125]),
        ("da gennaio 2026", [11]),
        ("a partire dal 2016", [125]),
        ("2016 - in corso", [125]),
        ("da marzo a dicembre 2022", [10]),
        ("settembre/ottobre 2023", [2]),
        ("da novembre a febbraio 2023", [4]),
        ("nel 2015", [6]),
        ("maggio 2015", [1]),
        ("estate 2021", [4]),
        ("stagione estiva 2021", [4]),
        ("inverno 2021-22", [4]),
        ("2019-20 stagione invernale", [4]),
        ("lug 18 - set 20", [27]),
        ("dal lug 18 al set 20", [27]),
        ("giu 21 - oggi", [66]),
        ("dal mese di marzo 2015 al mese di maggio 2016", [15]),
        ("luglio 2025 dopo 12 anni", [1, 144]),
        ("2021, 2022, 2023", [6, 6, 6]),
        ("2019 e 2021", [6, 6]),
        ("estati 2008/2009/2010", [4, 4, 4]),
        ("Stagioni 2023 / 2024 / 2025", [4, 4, 4]),
        ("gennaio 2022 (3 mesi)", [3]),
        ("2017 tirocinio 6 mesi", [6]),
        ("Dal 2005 operaio, dal 2010 capoturno", [60, 197]),
    ],
)
def test_dates_in_every_way_of_writing(text: str, expected: list[int]) -> None:
    assert months(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 anni", [36]),
        ("tre anni e mezzo", [42]),
        ("due anni e 6 mesi", [30]),
        ("un anno", [12]),
        ("un'anno", [12]),
        ("vent'anni di fabbrica", [240]),
        ("per ventuno anni", [252]),
        ("un paio d'anni", [24]),
        ("una decina di anni", [120]),
        ("mezzo anno", [6]),
        ("6 (sei) mesi", [6]),
        ("mesi 6", [6]),
        ("per anni 3", [36]),
        ("3 stagioni", [12]),
        ("per 5 estati", [20]),
        ("10+ anni come cuoco", [120]),
        ("da 2 a 3 anni", [24]),
        ("2/3 anni", [24]),
        ("2-3 anni", [24]),
        ("2 o 3 anni", [24]),
        ("5-6 mesi", [5]),
        ("esperienza ventennale", [240]),
        ("quinquennale esperienza", [60]),
        ("35 anni di esperienza", [420]),
    ],
)
def test_durations_in_words_and_figures(text: str, expected: list[int]) -> None:
    assert months(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "dal 2016 al 2011",
        "04/2015 - 03/2015",
        "dal 2028 al 2030",
        "da gennaio 2027",
        "13/2015 - 14/2015",
        "Tel. 0341 202015",
        "cell. 338 2010 2015",
        "338/2015201",
        "20100 Milano",
        "23807 Merate (LC)",
        "Via Roma 2015",
        "Piazza 25 aprile 1945",
        "RAL 2000 euro",
        "€ 1950 al mese",
        "2000 dipendenti",
        "capannone di 2000 mq",
        "D.Lgs 81/08",
        "D.Lgs. 81/2008",
        "d.lgs. 9 aprile 2008",
        "L. 68/99",
        "legge 104/92",
        "legge 12/1999",
        "D.M. 37/2008",
        "Regolamento UE 2016/679",
        "Reg. UE 679/2016",
        "ISO 9001:2015",
        "UNI EN ISO 2015",
        "Office 2016 ed Excel 2019",
        "nata il 3/4/1980",
        "nato a Lecco il 3 aprile 1980",
        "nata nel 1980",
        "classe 1968",
        "data di nascita: 14/02/1981",
        "ho 52 anni",
        "52 anni, coniugato",
        "35 anni",
        "Bianchi Ada, 35 anni",
        "di anni 54",
        "figli di 4 e 7 anni",
        "due bambini (8 e 5 anni)",
        "signora di 91 anni",
        "assistevo un uomo di 85 anni",
        "ragazzi da 14 a 18 anni",
        "fascia 3-6 anni",
        "una bimba di 3 anni",
        "fino al 2015",
        "prima del 2000",
        "patentino scaduto nel 2019",
        "attestato valido 5 anni",
        "ogni 6 mesi",
        "preavviso di 1 mese",
        "corso di 2 anni",
        "Merate, 12/03/2024",
        "12 marzo 2024",
        "turni 6-14 / 14-22",
        "8.30-12.30 e 14-18",
    ],
)
def test_other_numbers_are_no_periods(text: str) -> None:
    assert months(text) == []


def test_a_place_that_begins_like_today_is_not_today() -> None:
    assert months("nata il : 3 aprile 1967 a Oggiono") == []
    assert months("dal 2001 al 2003 a Oggiono") == [24]


def test_from_so_many_years_runs_up_to_the_day_of_reading() -> None:
    (period,) = periods("lavoro come saldatore da 15 anni", TODAY)
    assert (period.months, period.last) == (180, 2026 * 12 + 11)
    assert period.first == 2011 * 12 + 11


def test_a_statement_on_a_career_is_told_from_a_stretch_of_work() -> None:
    assert [p.total for p in periods("dieci anni di esperienza; 2 anni come cuoco", TODAY)] == [
        True,
        False,
    ]


def test_a_running_job_ends_on_the_day_of_reading() -> None:
    assert months("dal 01/2026 ad oggi", date(2026, 3, 31)) == [3]
    assert months("dal 2026", date(2026, 3, 31)) == [3]


def test_the_future_part_of_a_contract_is_not_counted() -> None:
    assert months("01/2026 - 12/2027", date(2026, 6, 1)) == [6]


def test_union_counts_overlaps_once() -> None:
    found = [Period(0, 1, 12, 100, 112), Period(2, 3, 12, 106, 118), Period(4, 5, 3, 200, 203)]
    assert union_months(found) == 21


def test_union_leaves_bare_durations_out() -> None:
    assert union_months([Period(0, 1, 36)]) == 0


_STARTS = st.integers(1960, 2018)


@given(
    first=_STARTS,
    length=st.integers(0, 8),
    month=st.integers(1, 12),
    shift=st.integers(-10, 10),
    form=st.sampled_from(
        [
            "dal {a} al {b}",
            "{m:02d}/{a} - 12/{b}",
            "marzo {a} – oggi",
            "dal {a}",
            "nel {a}",
            "estate {a}",
            "{a}, {b}",
            "01/02/{a} - 28/02/{b}",
            "{a}-{m:02d} - {b}-12",
        ]
    ),
)
def test_shifting_every_year_changes_no_months(
    first: int, length: int, month: int, shift: int, form: str
) -> None:
    def read(by: int) -> list[int]:
        text = form.format(a=first + by, b=first + length + by, m=month)
        return [p.months for p in periods(text, date(2030 + by, 5, 1))]

    assert read(0) == read(shift)
    assert read(0)


@given(
    st.lists(
        st.sampled_from([*"0123456789/-.' ,:\ndalmsr", "anni", "2015", " al ", "oggi", "marzo"]),
        max_size=40,
    ).map("".join)
)
def test_no_text_gives_a_period_after_the_day_of_reading_or_backwards(text: str) -> None:
    for period in periods(text, TODAY):
        assert 0 <= period.start < period.end <= len(text)
        assert period.months > 0
        if period.first is not None and period.last is not None:
            assert period.months == period.last - period.first
            assert period.last <= TODAY.year * 12 + TODAY.month


@pytest.mark.parametrize("unit", ["a", "1", " ", "2015", "1/", "dal ", "un ", "anni "])
def test_long_lines_are_read_in_linear_time(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    with quickly():
        found = periods(text, TODAY)
    assert all(0 <= period.start < period.end <= len(text) for period in found)


@pytest.mark.parametrize(
    ("text", "begun", "ended"),
    [
        ("2011-2016", "2011", "2016"),
        ("dal 98 al 2005", "1998", "2005"),
        ("03/2015 - 04/2016", "2015-03", "2016-04"),
        ("lug 18 - set 20", "2018-07", "2020-09"),
        ("da marzo a dicembre 2022", "2022-03", "2022-12"),
        ("1994 - gennaio 2003", "1994", "2003-01"),
        ("dal 2016", "2016", "ongoing"),
        ("sett. 2019 - in corso", "2019-09", "ongoing"),
        ("01/2026 - 12/2027", "2026-01", "ongoing"),
        ("11/2025 - 11/2026", "2025-11", "2026-11"),
        ("gennaio 2022 (3 mesi)", "2022-01", "2022-03"),
        ("2017 tirocinio 6 mesi", "2017", "2017"),
        ("da 3 anni", None, "ongoing"),
        ("3 anni", None, None),
    ],
)
def test_the_ends_are_as_precise_as_they_are_written(
    text: str, begun: str | None, ended: str | None
) -> None:
    (period,) = periods(plain(text), TODAY)
    assert (period.begun, period.ended) == (begun, ended)


def test_a_beginning_ends_the_job_before_it() -> None:
    found = periods(plain("Dal 2005 operaio, dal 03/2010 capoturno"), TODAY)
    assert [period.ended for period in found] == ["2010-03", "ongoing"]


_STRETCHES = st.lists(
    st.tuples(st.integers(1990, 2024), st.integers(1, 12), st.integers(1, 40)),
    min_size=1,
    max_size=6,
)


def written(year: int, month: int, length: int) -> str:
    end = year * 12 + month - 1 + length - 1
    return f"{month:02d}/{year} - {end % 12 + 1:02d}/{end // 12}"


def covered(stretches: list[tuple[int, int, int]]) -> int:
    text = "\n".join(written(*one) for one in stretches)
    return union_months(periods(text, date(2032, 1, 1)))


@given(_STRETCHES, st.randoms(use_true_random=False))
def test_the_order_of_jobs_changes_no_months(
    stretches: list[tuple[int, int, int]], chance: Random
) -> None:
    shuffled = list(stretches)
    chance.shuffle(shuffled)
    assert covered(shuffled) == covered(stretches)


@given(_STRETCHES, st.tuples(st.integers(1990, 2024), st.integers(1, 12), st.integers(1, 40)))
def test_one_job_more_adds_its_uncovered_months_and_no_more(
    stretches: list[tuple[int, int, int]], more: tuple[int, int, int]
) -> None:
    def months_of(year: int, month: int, length: int) -> set[int]:
        first = year * 12 + month - 1
        return set(range(first, first + length))

    before = set().union(*(months_of(*one) for one in stretches))
    gained = covered([*stretches, more]) - covered(stretches)
    assert gained == len(months_of(*more) - before)
