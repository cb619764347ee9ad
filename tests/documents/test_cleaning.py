"""Lines are repaired as a careful typist would."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.documents.cells import join_cells
from matching.documents.cleaning import clean_line, clean_pages
from matching.documents.hyphens import join_hyphenated


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("Citt`a", "Città"),
        ("perch´e no", "perché no"),
        ("CITT`A", "CITTÀ"),
        ("citta` e perche`", "città e perchè"),
        ("e` nato, `E nato", "è nato, È nato"),
        ("cosı` e cos`ı", "così e così"),
        ("l´azienda dell`ospedale", "l'azienda dell'ospedale"),
        ("Mu¨ller, M¨uller", "Mu¨ller, Müller"),
        ("cittadinanza: e\u0300", "cittadinanza: è"),
        ("citta' e l'ora", "citta' e l'ora"),
        ("`codice` fra apici", "`codice` fra apici"),
        ("CittÃ\u00a0 di Lecco", "Città di Lecco"),
        ("CittÃ di Lecco", "Città di Lecco"),
        ("perchÃ© Ã¨ piÃ¹ cosÃ¬", "perché è più così"),
        ("lâ€™azienda â€œRossiâ€\u009d â‚¬", "l’azienda “Rossi” €"),
        ("PerchÃƒÂ© no", "Perché no"),
        ("• voce", "• voce".replace("•", "-")),
        ("â€¢ voce", "- voce"),
        ("IRMÃ, SÃO, Ângela, château", "IRMÃ, SÃO, Ângela, château"),
        ("e´ arrivata, cosi´ e perche´", "é arrivata, così e perché".replace("così", "cosí")),
        ("PERCHE`, CITTA`", "PERCHÈ, CITTÀ"),
    ],
)
def test_accents_are_joined_to_their_letters(broken, repaired):
    assert clean_line(broken) == repaired


@pytest.mark.parametrize(
    "bullet", ["•", "\uf0b7", "\uf0a7 ", "➢\t", "■  ", "– ", "* ", "o\t", "\uf0fc\u00a0", "• - "]
)
def test_every_bullet_becomes_a_dash(bullet):
    assert clean_line(f"  {bullet}saldatura") == "- saldatura"


@pytest.mark.parametrize("kept", ["o saldatura", "-5 gradi", "a • b", "Lecco - Como", "2011-2016"])
def test_what_is_not_a_bullet_is_kept(kept):
    assert clean_line(kept) == kept


def test_a_bullet_without_text_is_dropped():
    assert clean_pages([["prima", "\uf0b7 ", "dopo"]]) == "prima\n\ndopo"


def test_spaces_ligatures_and_invisible_characters_are_made_plain():
    assert clean_line("uﬃcio\u00a0\u2003 ac\u200bque\ufeff \x92fine\x93") == "ufficio acque ’fine“"


def test_icons_in_a_line_are_dropped():
    assert clean_line("tel \uf095 333 \ue0b0") == "tel 333"


def test_lines_end_at_every_kind_of_line_break():
    assert clean_pages([["a\r\nb\rc\x0bd\x0ce\u2028f"]]) == "a\nb\nc\nd\ne\nf"


def test_one_blank_line_at_most_separates_lines():
    assert clean_pages([["", "", "a", "", " \t", "", "b", ""]]) == "a\n\nb"


@pytest.mark.parametrize("number", ["2", "- 2 -", "2/3", "2 di 3", "Pagina 2", "pag. 2 di 3"])
def test_page_numbers_alone_on_a_line_are_dropped(number):
    assert clean_pages([["uno", number], ["due", number]]) == "uno\n\ndue"


def test_a_year_alone_on_the_last_line_is_kept():
    assert clean_pages([["uno", "2016"], ["due", "1998"]]) == "uno\n2016\n\ndue\n1998"


def test_a_number_in_the_middle_of_a_page_is_kept():
    assert "\n7\n" in clean_pages([["a", "b", "7", "c", "d"], ["e"]])


def test_a_running_header_with_a_changing_page_number_is_kept_once():
    pages = [[f"CV di Mario Rossi, pag. {n} di 3", f"testo {'abc'[n - 1]}"] for n in (1, 2, 3)]
    assert clean_pages(pages) == "CV di Mario Rossi, pag. 1 di 3\ntesto a\n\ntesto b\n\ntesto c"


def test_the_same_line_inside_two_pages_is_kept_twice():
    page = ["a", "b", "c", "Operaio presso Rossi", "d", "e", "f"]
    other = ["g", "h", "i", "Operaio presso Rossi", "l", "m", "n"]
    assert clean_pages([page, other]).count("Operaio presso Rossi") == 2


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["magazzi-", "niere a Lecco"], ["magazziniere", "a Lecco"]),
        (["magazzi\u00ad", "niere"], ["magazziniere"]),
        (["soft\u00adware"], ["software"]),
        (["magazzi-", "niere, poi"], ["magazziniere,", "poi"]),
        (["problem-", "solving"], ["problem-solving"]),
        (["pasticcere-", "gelataio", "il pasticcere-gelataio"],
         ["pasticcere-gelataio", "il pasticcere-gelataio"]),
        (["lunedì-", "venerdì"], ["lunedì-venerdì"]),
        (["e-", "mail"], ["e-", "mail"]),
        (["Rossi-", "Bianchi"], ["Rossi-", "Bianchi"]),
        (["2011-", "2016"], ["2011-", "2016"]),
        (["patente B -", "automunito"], ["patente B -", "automunito"]),
        (["magazzi-", "", "niere"], ["magazzi-", "", "niere"]),
    ],
)  # fmt: skip
def test_cut_words_are_joined_only_when_they_are_words(lines, joined):
    assert join_hyphenated(lines) == joined


def test_a_cell_of_one_line_shares_its_line_with_the_next():
    assert join_cells([["2011"], ["Operaio", "linea"], ["Lecco"]]) == [
        "2011\tOperaio", "linea", "Lecco",
    ]  # fmt: skip


def test_empty_cells_leave_no_trace():
    assert join_cells([[], ["  "], ["uno"], [""], ["due"]]) == ["uno\tdue"]


@given(st.lists(st.text(), max_size=8))
def test_clean_text_is_composed_and_can_be_stored(lines):
    text = clean_pages([lines])
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\n\n\n" not in text
    assert not any("\x00" <= character < "\t" for character in text)
