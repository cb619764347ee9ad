"""Words with places become lines, without any PDF."""

import pytest

from matching.documents.boxes import Box, segments_of
from matching.documents.dates import is_date_cell
from matching.documents.layout import reading_lines


def words(text, x, y, *, order=0, height=12.0, letter=5.0):
    """The words of one line; a letter is ``letter`` wide."""
    boxes = []
    for number, word in enumerate(text.split()):
        right = x + letter * len(word)
        boxes.append(Box(word, x, y, right, y + height, order * 100 + number))
        x = right + letter
    return boxes


def column(lines, x, *, top=0.0, pitch=14.0, order=0):
    return [
        word
        for number, line in enumerate(lines)
        for word in words(line, x, top + pitch * number, order=order + number)
    ]


def test_words_in_any_order_make_the_same_line():
    line = words("addetto al magazzino", 0, 0)
    assert reading_lines(line[::-1]) == ["addetto al magazzino"]


def test_a_wide_gap_in_a_line_becomes_a_tab():
    assert reading_lines(words("Inglese", 0, 0) + words("B2", 200, 0)) == ["Inglese\tB2"]


def test_words_spread_evenly_to_fill_a_line_are_not_cells():
    spread = [*words("gestione", 0, 0), *words("del", 80, 0), *words("personale,", 135, 0)]
    assert reading_lines(spread) == ["gestione del personale,"]


def test_a_superscript_stays_on_its_line():
    line = words("primo livello", 0, 10)
    raised = Box("2", line[-1].right + 1, 8, line[-1].right + 4, 17)
    assert reading_lines([*line, raised]) == ["primo livello 2"]


def test_a_segment_ends_where_the_gap_is_wider_than_a_space():
    segments = segments_of(words("uno due", 0, 0) + words("tre", 150, 0))
    assert [segment.text for segment in segments] == ["uno due", "tre"]


def test_fewer_than_three_rows_on_a_side_are_read_across():
    left = column(["Mario Rossi", "Via Roma 1", "Lecco", "Italia"], 0)
    right = column(["333 1234567", "mario@example.it"], 300)
    assert reading_lines(left + right)[:2] == [
        "Mario Rossi\t333 1234567",
        "Via Roma 1\tmario@example.it",
    ]


def test_unaligned_columns_are_read_down_even_if_the_file_alternates_between_them():
    left = column(["uno", "due", "tre", "quattro"], 0, pitch=18, order=0)
    right = column(["primo testo", "secondo", "terzo", "quarto", "quinto"], 200)
    shuffled = sorted(left + right, key=lambda word: word.top)
    lines = reading_lines(shuffled)
    assert [line for line in lines if line] == [
        "uno", "due", "tre", "quattro", "primo testo", "secondo", "terzo", "quarto", "quinto",
    ]  # fmt: skip


def test_dates_that_have_text_on_both_sides_go_with_what_follows_them():
    sidebar = column(["Excel", "Word", "Access", "Internet", "Posta"], 0, pitch=19)
    dates = column(["2011-2016", "2016-2019", "2019", "2020"], 120)
    jobs = column(["Magazziniere", "Autista", "Operaio", "Cuoco"], 220)
    lines = [line for line in reading_lines(sidebar + dates + jobs) if line]
    assert lines[5:] == [
        "2011-2016\tMagazziniere", "2016-2019\tAutista", "2019\tOperaio", "2020\tCuoco",
    ]  # fmt: skip


def test_no_word_is_lost_on_a_page_of_scattered_words():
    scattered = [
        Box(
            f"w{n}",
            (n * 7919) % 500,
            (n * 104729) % 700,
            (n * 7919) % 500 + 20,
            (n * 104729) % 700 + 12,
            n,
        )
        for n in range(300)
    ]
    lines = reading_lines(scattered)
    assert sorted(" ".join(lines).split()) == sorted(box.text for box in scattered)


def test_a_page_without_words_has_no_lines():
    assert reading_lines([]) == []


@pytest.mark.parametrize(
    "text",
    ["2011-2016", "2016 – oggi", "da marzo 2019 a oggi", "09/2003 - 06/2008", "dal 2015 al 2018",
     "12.05.2020", "Set 2010 – Ott 2012", "in corso", "(2014)", "2019 - present"],
)  # fmt: skip
def test_a_span_of_time_is_a_date_cell(text):
    assert is_date_cell(text)


@pytest.mark.parametrize(
    "text",
    ["Diploma 2008", "Tel. 0341 123456", "Excel", "Agosto", "23900 Lecco", "333 1234567", "",
     "dal 2011 magazziniere presso la ditta Rossi di Lecco"],
)  # fmt: skip
def test_other_cells_are_not_dates(text):
    assert not is_date_cell(text)
