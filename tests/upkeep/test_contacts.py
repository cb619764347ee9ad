import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep.contacts import (
    email_addresses,
    near_addresses,
    near_numbers,
    phone_numbers,
)


@pytest.mark.parametrize(
    "written",
    [
        "3330001122",
        "333 0001122",
        "333-000.11.22",
        "+39 333 0001122",
        "0039 3330001122",
        "0039-333-0001122",
        "393330001122",
        "(+39) 333 0001122",
        "tel. 333/0001122",
        "cell: +39333 000 1122",
    ],
)
def test_a_mobile_number_has_one_form(written: str) -> None:
    assert phone_numbers(written) == ("3330001122",)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0341 000123", ("0341000123",)),
        ("+39 0341 000123", ("0341000123",)),
        ("(0341) 00.01.23 int. 4", ("0341000123",)),
        ("391 2345678", ("3912345678",)),
        ("+40 722 000 111", ("+40722000111",)),
        ("0040722000111", ("+40722000111",)),
        ("333 0001122 / 0341 000123", ("3330001122", "0341000123")),
        ("3330001122; 3330001122, 0341000123", ("3330001122", "0341000123")),
        ("3330001122 oppure 3400001122", ("3330001122", "3400001122")),
        ("0000000", ()),
        ("non ha telefono", ()),
        ("12", ()),
        ("", ()),
    ],
)
def test_numbers_are_read_as_they_are_written_here(written: str, read: tuple[str, ...]) -> None:
    assert phone_numbers(written) == read


@given(st.from_regex(r"3[2-9][0-9]{8}", fullmatch=True), st.lists(st.integers(1, 9), max_size=4))
def test_blanks_and_prefix_change_no_number(number: str, cuts: list[int]) -> None:
    written = number
    for cut in sorted(set(cuts), reverse=True):
        written = f"{written[:cut]} {written[cut:]}"
    for form in (written, f"+39 {written}", f"0039{written}"):
        assert phone_numbers(form) == (() if len(set(number)) == 1 else (number,))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Ada.Verdi@Posta.Example", ("ada.verdi@posta.example",)),
        ("ada.verdi+cv@gmail.com", ("adaverdi@gmail.com",)),
        ("AdaVerdi@googlemail.com", ("adaverdi@gmail.com",)),
        ("ada@posta.example; av@altra.example", ("ada@posta.example", "av@altra.example")),
        ("Ada Verdi <ada@posta.example>", ("ada@posta.example",)),
        ("nessuna", ()),
        ("ada@", ()),
    ],
)
def test_addresses_have_one_form(written: str, read: tuple[str, ...]) -> None:
    assert email_addresses(written) == read


def test_a_number_with_a_digit_off_is_near_and_a_longer_one_is_not() -> None:
    assert near_numbers("3330001122", "3330001132")
    assert near_numbers("3330001122", "3330001212")
    assert not near_numbers("3330001122", "33300011222")
    assert not near_numbers("3330001122", "3330001122")


def test_an_address_with_a_letter_off_is_near_and_another_digit_is_another() -> None:
    assert near_addresses("ada.verdi@posta.example", "ada.verdi@posta.exmple")
    assert near_addresses("ada.verdi@posta.example", "ada.verdi@altra.example")
    assert not near_addresses("verdi1@posta.example", "verdi2@posta.example")
    assert not near_addresses("av@posta.example", "av@altra.example")
