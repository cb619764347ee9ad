import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.tick_boxes import without_unticked


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("PARLA ☐ inglese ☐ arabo", ""),
        ("Automunito SÌ ☐ NO ☐", ""),
        ("Patente [x] B [ ] C [ ] D", "Patente [x] B"),
        ("muletto ☑ gru ☐ ruspa ☒", "muletto ☑ ruspa ☒"),
        ("Turni: ( ) notte (x) giorno", "Turni: (x) giorno"),
        # One box may be a bullet, and brackets with words in them are none.
        ("☐ saldatura TIG", "☐ saldatura TIG"),
        ("magazziniere (Lecco) [full time]", "magazziniere (Lecco) [full time]"),
        ("☑ inglese ☑ francese", "☑ inglese ☑ francese"),
    ],
)
def test_what_is_not_ticked_is_not_read(written, read):
    assert " ".join(without_unticked(written).split()) == read


def test_each_line_is_judged_by_itself():
    text = "☐ inglese ☐ arabo\nSaldatura TIG\n"
    assert without_unticked(text).strip() == "Saldatura TIG"


@given(text=st.text(alphabet="ab ☐☑[]x()\n", max_size=40))
def test_every_place_stays_the_same(text):
    read = without_unticked(text)
    assert len(read) == len(text)
    assert all(now in (before, " ") for now, before in zip(read, text, strict=True))
