"""RTF is decoded whatever wrote it."""

import pytest

from .factories import rtf


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Citt\'e0 perch\'e9", "Città perché"),
        (r"\u224?\u8217?\u-3913?", "à’"),
        (r"prezzo \u8364\'80 netto", "prezzo € netto"),
        (r"\uc2\u233xxfine\uc0\u232 y", "éfineèy"),
        (r"faccia \u-10179?\u-8704?", "faccia 😀"),
        (r"{\f2 \'a3\'f3d\'9f}", "Łódź"),
        (r"{\f1\'b7\tab}saldatura", "- saldatura"),
        (r"l\rquote ora \ldblquote mai\rdblquote  2011\endash 2016", "l’ora “mai” 2011–2016"),
        (r"uno\par due\line tre\tab quattro", "uno\ndue\ntre\tquattro"),
        (r"a\~b e\_mail soft\-ware \{x\}", "a b e-mail software {x}"),
    ],
)
def test_characters_are_decoded(text_of, body, text):
    assert text_of(rtf(body), "cv.rtf") == text


def test_the_code_page_of_the_document_is_used(text_of):
    data = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0 \'cf\'f0\'e8\'e2\'e5\'f2}"
    assert text_of(data, "cv.rtf") == "Привет"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"{\field{\*\fldinst HYPERLINK \"http://x.it\"}{\fldrslt il sito}}", "il sito"),
        (r"visto {\v nascosto}{\pict\pngblip 89504e47}{\*\ignoto x}ancora", "visto ancora"),
        (r"a{\pict\bin4 }}}}}b", "ab"),
        (r"{\header in alto\par}corpo{\footer in basso\par}", "in alto\n\ncorpo\n\nin basso"),
        (r"p {\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt nel riquadro\par}}{\shprslt doppio}}",
         "p nel riquadro"),
    ],
    ids=["link", "hidden", "binary", "header and footer", "text box"],
)  # fmt: skip
def test_what_is_seen_is_read_and_the_rest_is_not(text_of, body, text):
    assert text_of(rtf(body), "cv.rtf") == text


def test_a_table_row_is_a_line_unless_a_cell_has_several(text_of):
    body = (
        r"\trowd\cellx1\cellx2\intbl 2011-2016\cell Magazziniere\cell\row"
        r"\trowd\cellx1\cellx2\intbl Contatti\par Lecco\cell Esperienze\cell\row"
    )
    expected = "2011-2016\tMagazziniere\nContatti\nLecco\nEsperienze"
    assert text_of(rtf(body), "cv.rtf") == expected


def test_a_document_cut_before_its_last_brace_gives_what_it_has(text_of):
    assert text_of(rtf(r"prima\par seconda")[:-1], "cv.rtf") == "prima\nseconda"
