from dataclasses import fields
from datetime import date

import pytest

from matching.domain import Profile
from matching.errors import InputError
from matching.features import COLUMNS, CONTEXT
from matching.upkeep import Identity, identity_of, merged

ADA = identity_of(
    "1",
    name=" Ada  Verdi ",
    born=date(1985, 3, 12),
    email=["Ada.Verdi@posta.example", "nessuna"],
    phone="+39 333 0001122",
    comune="097042",
)


def test_an_identity_holds_contacts_in_one_form() -> None:
    assert ADA.name == "Ada Verdi"
    assert ADA.emails == ("ada.verdi@posta.example",)
    assert ADA.phones == ("3330001122",)


def test_a_printed_identity_does_not_say_who_it_is() -> None:
    assert repr(ADA) == "Identity(id='1')"


def test_nothing_of_an_identity_is_in_a_profile_or_a_feature() -> None:
    own = {field.name for field in fields(Identity)} - {"id", "comune"}
    assert not own & {field.name for field in fields(Profile)}
    named = {part for column in (*COLUMNS, *CONTEXT) for part in str(column).split("_")}
    assert not named & (own | {"birth", "age", "email", "phone", "updated"})


def test_merging_keeps_contacts_of_both_and_what_only_one_knows() -> None:
    other = identity_of("2", name="Ada Verdi", phone="0341 000123", email="av@altra.example")
    whole = merged(ADA, other, choices={})
    assert whole == identity_of(
        "1",
        name="Ada Verdi",
        born=date(1985, 3, 12),
        email=["ada.verdi@posta.example", "av@altra.example"],
        phone=["3330001122", "0341000123"],
        comune="097042",
    )


def test_merging_takes_the_side_that_was_chosen() -> None:
    other = identity_of("2", name="Verdi Ada", born=date(1985, 12, 3))
    whole = merged(ADA, other, choices={"name": "second", "born": "first"})
    assert (whole.id, whole.name, whole.born) == ("1", "Verdi Ada", date(1985, 3, 12))


def test_merging_picks_nothing_by_itself() -> None:
    other = identity_of("2", name="Ada Verdi", born=date(1985, 12, 3))
    with pytest.raises(InputError, match=r"'1' and '2' differ in 'born'.*choose"):
        merged(ADA, other, choices={})


def test_a_choice_of_what_is_no_field_is_refused() -> None:
    with pytest.raises(InputError, match="'emails'"):
        merged(ADA, ADA, choices={"emails": "first"})
