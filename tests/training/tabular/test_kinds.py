from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from matching.errors import InputError
from training.tabular.columns import Column, Kind, Writing, typed, unread
from training.tabular.kinds import infer
from training.tabular.reading import RawTable, raw_of


def judged(cells: Sequence[object], name: str = "x", **others: Sequence[object]) -> Column:
    return infer(raw_of(pd.DataFrame({name: cells, **others})))[0]


def values(cells: Sequence[object], name: str = "x") -> list[object]:
    raw = raw_of(pd.DataFrame({name: cells}))
    return typed(raw, infer(raw))[name].tolist()


def said(column: Column, words: str) -> bool:
    return any(words in note for note in column.notes)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([1, 2, 3.5], Kind.NUMBER),
        (["1.234,50", "12,5", ""], Kind.NUMBER),
        (["€ 1.200,00", "950 €", "12%"], Kind.NUMBER),
        (["sì", "no", "SÌ"], Kind.YES_NO),
        (["0.0", "1.0", "1"], Kind.YES_NO),
        (["vero", "falso"], Kind.YES_NO),
        (["V", "F"], Kind.YES_NO),
        (["M", "F"], Kind.CATEGORY),
        (["F", ""], Kind.CATEGORY),
        (["yes", "no", "maybe"], Kind.CATEGORY),
        (["2024-01-31", "2023-12-01T10:30:00Z"], Kind.DATE),
        (["31/01/2024", "01/02/2024"], Kind.DATE),
        (["00184", "00185", "20100"], Kind.CATEGORY),
        (["", "NA", "n.d.", "-", ".", "null", "N/A"], Kind.EMPTY),
        (["a", "a"], Kind.CONSTANT),
        (["1", "1.0"], Kind.CONSTANT),
        (["sì", "yes"], Kind.CONSTANT),
        (["a", ""], Kind.CATEGORY),
        ([7, None], Kind.NUMBER),
    ],
)
def test_a_column_is_what_its_cells_are(cells: list[object], kind: Kind) -> None:
    assert judged(cells).kind is kind


def test_blanks_in_every_writing_are_counted_and_are_no_values() -> None:
    column = judged(["5", "NA", " ", "n.d.", "null", "7", "9", "-"])
    assert (column.missing, column.distinct, column.unread) == (5, 3, 0)


def test_numbers_are_read_in_both_writings() -> None:
    assert values(["1.234,5", "3,25", "1.000.000", "7"]) == [1234.5, 3.25, 1e6, 7.0]
    assert values(["1,234.5", "3.25", "1,000,000", "-7e2"]) == [1234.5, 3.25, 1e6, -700.0]


def test_a_number_that_can_be_read_in_two_ways_follows_the_rest_of_its_column() -> None:
    assert values(["1.234", "2.345", "0,5"]) == [1234.0, 2345.0, 0.5]
    assert values(["1.234", "2.345", "0.5"]) == [1.234, 2.345, 0.5]


def test_then_it_follows_the_other_columns_and_that_is_said() -> None:
    raw = raw_of(pd.DataFrame({"x": ["1.234", "2.345"], "y": ["0,5", "2,75"]}))
    column = infer(raw)[0]
    assert typed(raw, [column])["x"].tolist() == [1234.0, 2345.0]
    assert said(column, "decimal comma, as the rest of the file suggests")


def test_where_nothing_tells_the_point_is_decimal_and_that_is_said() -> None:
    column = judged(["1.234", "2.345"])
    assert column.form is Writing.PLAIN
    assert said(column, "as nothing in the table tells")


def test_infinite_and_enormous_numbers_are_unknown_and_said() -> None:
    cells = [*range(20), "inf", "-Infinity", "1e999", "9" * 17]
    assert judged(cells).unread == 4
    assert np.isnan(values(cells)[-4:]).all()


def test_words_among_numbers_are_unknown_up_to_a_fifth_and_the_table_says_so() -> None:
    column = judged([*range(90), *["circa 3"] * 10])
    assert (column.kind, column.unread) == (Kind.NUMBER, 10)
    assert judged([*range(60), *["boh"] * 40]).kind is not Kind.NUMBER


def test_a_date_that_does_not_tell_day_from_month_is_read_as_italian_and_said() -> None:
    column = judged(["03/04/2024", "05/06/2024"])
    assert said(column, "day/month/year")
    assert values(["03/04/2024"]) == ["03/04/2024"]
    assert values(["03/04/2024", "05/06/2024"])[0] == pd.Timestamp(2024, 4, 3)


def test_a_month_first_is_seen_by_a_day_over_twelve() -> None:
    assert values(["03/04/2024", "05/26/2024"])[0] == pd.Timestamp(2024, 3, 4)


def test_days_that_do_not_exist_or_stand_for_never_are_unknown() -> None:
    cells = [f"2024-01-{day:02}" for day in range(1, 29)]
    column = judged([*cells, "2024-02-30", "9999-12-31"])
    assert (column.kind, column.unread) == (Kind.DATE, 2)


def test_eight_digits_are_a_day_only_if_the_name_says_so() -> None:
    assert judged([20240131, 20240201], "data_colloquio").kind is Kind.DATE
    assert judged([20240131, 20240201], "importo").kind is Kind.NUMBER


def test_years_of_two_digits_are_said() -> None:
    assert said(judged(["31/12/49", "01/01/50"]), "1950 to 2049")


def test_what_names_rows_or_persons_is_an_identifier() -> None:
    count = range(40)
    assert judged([n + 100 for n in count]).kind is Kind.IDENTIFIER
    assert judged([n * 7 % 1009 for n in count], "person_id").kind is Kind.IDENTIFIER
    assert judged([f"P{n}" for n in count]).kind is Kind.IDENTIFIER
    assert judged(["a@b.it", "c@d.it"] * 20).kind is Kind.IDENTIFIER
    assert judged([n * 7 % 1009 for n in count], "reddito").kind is Kind.NUMBER


def test_sentences_are_free_text() -> None:
    assert judged([f"ha lavorato come {n}" for n in range(40)]).kind is Kind.FREE_TEXT


def test_na_is_a_value_among_codes_of_two_letters_and_that_is_said() -> None:
    cells = ["MI", "RM", "TO", "NA", "", "n.d."]
    column = judged(cells)
    assert (column.missing, column.distinct) == (2, 4)
    assert said(column, "NA or ND was read as a value")
    assert values(cells)[3] == "NA"
    # And as it was judged, whatever a later table holds.
    raw = raw_of(pd.DataFrame({"x": ["NA", "MI"]}))
    assert typed(raw, [column])["x"].tolist() == ["NA", "MI"]
    plain = replace(column, form=Writing.PLAIN)
    assert typed(raw, [plain])["x"].isna().tolist() == [True, False]


def test_numbers_that_were_said_to_be_categories_are_codes() -> None:
    raw = raw_of(pd.DataFrame({"x": ["1", "1.0", "2", "NA"]}))
    (column,) = infer(raw, categories=["x"])
    assert (column.kind, column.distinct) == (Kind.CATEGORY, 2)
    assert typed(raw, [column])["x"].tolist()[:3] == ["1", "1", "2"]


def test_a_category_that_is_no_column_is_refused() -> None:
    with pytest.raises(InputError, match="--category: there is no column 'z'; the columns are 'x'"):
        infer(raw_of(pd.DataFrame({"x": [1]})), categories=["z"])


def test_a_number_far_off_that_may_mean_unknown_is_asked_about() -> None:
    assert said(judged([1, 2, 3, 4, 5, 99] * 5), "99 stands far")
    assert said(judged([0, 1, 2, 3, -1] * 5), "-1 stands far")
    assert not said(judged([*range(90, 105)] * 2), "far")


def test_values_have_the_types_that_are_promised() -> None:
    frame = pd.DataFrame(
        {"n": ["1", "2,5"], "y": ["sì", ""], "c": ["a", "b"], "d": ["2024-01-01", ""]}
    )
    raw = raw_of(frame)
    table = typed(raw, infer(raw))
    kinds = [str(kind) for kind in table.dtypes]
    assert kinds == ["float64", "float64", "object", "datetime64[s]"]
    assert pd.isna(table.iloc[1]).tolist() == [False, True, False, True]


def later(raw: RawTable) -> RawTable:
    return raw_of(raw.frame.iloc[::-1].assign(more="?"))


def test_a_later_table_is_read_as_the_first_was() -> None:
    raw = raw_of(pd.DataFrame({"x": ["1.234", "0,5"], "y": ["03/25/2024", "01/02/2024"]}))
    columns = infer(raw)
    first, second = typed(raw, columns), typed(later(raw), columns)
    assert second.iloc[::-1].reset_index(drop=True).equals(first)


def test_a_later_table_may_lack_no_column_and_what_is_strange_in_it_is_said() -> None:
    columns = infer(raw_of(pd.DataFrame({"x": [1, 2, 3], "y": ["a", "b", "a"]})))
    with pytest.raises(InputError, match="lacks the columns 'y'"):
        typed(raw_of(pd.DataFrame({"x": [1]})), columns)
    strange = raw_of(pd.DataFrame({"x": ["4", "due", "tre"], "y": ["z", "", "a"]}))
    assert typed(strange, columns)["x"].tolist()[0] == 4.0
    assert unread(strange, columns) == (
        "'x': 2 cells are no number and count as unknown, the first on line 3.",
    )
