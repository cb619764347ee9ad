"""The same person twice: what is proposed, what is not, and why."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.upkeep import Aspect, Identity, MergeProposal, Verdict, identity_of, same_people
from matching.wording import load_wording

WORDING = load_wording(Path(__file__).parents[2] / "data" / "wording", "it")
BORN = date(1985, 3, 12)
LIKELY, POSSIBLE = Verdict.VERY_LIKELY, Verdict.POSSIBLE
# Others, all different, so that the register is no register of two.
OTHERS = [
    identity_of(f"x{n}", name=f"{given}{n % 7} {surname}{n}", born=date(1960 + n, 5, 1 + n % 28))
    for n, (given, surname) in enumerate(zip("abcdefghij" * 4, "klmnopqrst" * 4, strict=True))
]


def an_identity(record_id: str = "1", name: str = "Ada Verdini", **known: object) -> Identity:
    values = {
        "born": BORN,
        "phone": "333 0001122",
        "email": "ada@posta.example",
        "comune": "097042",
    }
    return identity_of(record_id, name=name, **(values | known))  # type: ignore[arg-type]


def proposals(*identities: Identity) -> tuple[MergeProposal, ...]:
    return same_people([*OTHERS, *identities], wording=WORDING, places={"097042": "Lecco"})


def verdict(first: Identity, second: Identity) -> Verdict | None:
    found = proposals(first, second)
    assert {frozenset((p.first, p.second)) for p in found} <= {frozenset((first.id, second.id))}
    return found[0].verdict if found else None


@pytest.mark.parametrize(
    "name",
    [
        "Verdini Ada",
        "ADA VERDINI",
        "Ada Verdini Bianchi",
        "Ada Maria Verdini",
        "Sig.ra Ada Verdini",
    ],
)
def test_a_name_in_another_order_or_longer_is_very_likely_the_same_person(name: str) -> None:
    assert verdict(an_identity(), an_identity("2", name, email="", phone="")) is LIKELY


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mohamed Tazarini", "Tazarini Muhammad"),
        ("Oleksandr Bondarino", "Aleksandr Bondarino"),
        ("Niccolò D'Angelori", "De Angelori Nicolo'"),
        ("Ada Dellosasso", "Ada Dello Sasso"),
    ],
)
def test_a_name_spelled_in_another_way_is_very_likely_the_same_person(
    first: str, second: str
) -> None:
    assert verdict(an_identity(name=first), an_identity("2", second, email="")) is LIKELY


@pytest.mark.parametrize("born", [date(1985, 12, 3), date(1985, 3, 13), date(1984, 3, 12)])
def test_a_slip_in_the_birth_date_is_forgiven_where_a_contact_agrees(born: date) -> None:
    assert verdict(an_identity(), an_identity("2", born=born, email="")) is LIKELY
    assert verdict(an_identity(), an_identity("2", born=born, email="", phone="")) is POSSIBLE


def test_without_a_birth_date_the_mailbox_is_a_persons_own_and_the_telephone_a_household_s() -> (
    None
):
    assert verdict(an_identity(born=None), an_identity("2", phone="")) is LIKELY
    assert verdict(an_identity(born=None), an_identity("2", email="")) is POSSIBLE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Luca Verdini", "Lucia Verdini"),
        ("Marco Verdini", "Mario Verdini"),
        ("Marina Verdini", "Martina Verdini"),
        ("Mariana Verdini", "Marina Verdini"),
        ("Francesco Verdini", "Francesca Verdini"),
        ("Giulia Verdini", "Anna Verdini"),
    ],
)
def test_twins_are_possible_at_most_and_it_is_said_what_differs(first: str, second: str) -> None:
    found = proposals(an_identity(name=first, email=""), an_identity("2", second, email=""))
    assert all(one.verdict is POSSIBLE for one in found)
    assert all(Aspect.NAME in {d.aspect for d in one.differences} for one in found)


@pytest.mark.parametrize("years", [15, 20, 28, 40])
def test_a_parent_and_a_child_of_one_name_are_possible_at_most(years: int) -> None:
    child = an_identity("2", born=BORN.replace(year=BORN.year + years))
    (found,) = proposals(an_identity(), child)
    assert found.verdict is POSSIBLE
    assert [d.aspect for d in found.differences] == [Aspect.BORN]
    assert "famiglia" in found.note


def test_brothers_and_sisters_are_not_proposed() -> None:
    sister = an_identity("2", "Bea Verdini", born=date(1988, 7, 30))
    assert verdict(an_identity(), sister) is None


def test_husband_and_wife_are_not_proposed() -> None:
    assert verdict(an_identity(), an_identity("2", "Ugo Neri", born=date(1980, 1, 5))) is None


def test_a_name_alone_is_possible_and_not_where_the_birth_dates_differ() -> None:
    bare = identity_of("2", name="Ada Verdini")
    assert verdict(an_identity(), bare) is POSSIBLE
    other = identity_of("2", name="Ada Verdini", born=date(1990, 7, 30))
    assert verdict(an_identity(), other) is None


def test_a_married_name_in_place_of_ones_own_is_possible() -> None:
    assert verdict(an_identity(), an_identity("2", "Ada Bianchi")) is POSSIBLE


def test_nothing_is_concluded_from_nothing() -> None:
    assert verdict(identity_of("1"), identity_of("2")) is None
    assert verdict(identity_of("1", comune="097042"), identity_of("2", comune="097042")) is None


@pytest.mark.parametrize("field", ["phone", "email", "comune", "born"])
def test_a_field_that_one_lacks_is_in_no_remark_and_weighs_nothing(field: str) -> None:
    nothing = None if field in ("comune", "born") else ""
    whole = proposals(an_identity(), an_identity("2", **{field: nothing}))
    neither = proposals(an_identity(**{field: nothing}), an_identity("2", **{field: nothing}))
    said = {remark.aspect for p in whole for remark in (*p.agreements, *p.differences)}
    assert Aspect(field) not in said
    assert [p.score for p in whole] == pytest.approx([p.score for p in neither], abs=0.1)


def test_a_desk_s_own_mailbox_joins_nobody() -> None:
    names = ("Ugo Neri", "Bea Fonti", "Ivo Sarti", "Lia Monti", "Pia Galli", "Teo Zurlo")
    desk = [identity_of(name, name=name, email="caf@posta.example") for name in names]
    assert proposals(*desk) == ()


def test_a_common_name_weighs_less_than_a_rare_one() -> None:
    crowd = [identity_of(f"c{n}", name="Maria Rossi", born=date(1950 + n, 2, 3)) for n in range(40)]

    def score(name: str) -> float:
        pair = (an_identity("1", name), an_identity("2", name))
        found = same_people([*crowd, *OTHERS, *pair], wording=WORDING, places={})
        return next(p.score for p in found if {p.first, p.second} == {"1", "2"})

    assert score("Ada Verdini") > score("Maria Rossi") + 4


def test_words_that_others_are_called_are_no_slips() -> None:
    others = [
        identity_of(f"c{n}", name=f"{('Marco', 'Mario')[n % 2]} {chr(97 + n)}ssandrini")
        for n in range(8)
    ]
    pair = (an_identity("1", "Marco Verdini"), an_identity("2", "Mario Verdini", born=None))
    assert proposals(*pair)
    found = same_people([*others, *OTHERS, *pair], wording=WORDING, places={})
    assert not [p for p in found if {p.first, p.second} == {"1", "2"}]


def test_what_agrees_and_what_differs_is_said_field_by_field() -> None:
    second = an_identity("2", "Verdini Ada", phone="+39 340 9998877", born=date(1985, 12, 3))
    (found,) = proposals(an_identity(), second)
    assert [remark.text for remark in found.agreements] == [
        "Nome: «Ada Verdini» e «Verdini Ada», scritti in modi diversi",
        "E-mail: ada@posta.example",
        "Comune: Lecco",
    ]
    assert [remark.text for remark in found.differences] == [
        "Data di nascita: «12/03/1985» e «03/12/1985», con poche differenze",
        "Telefono: «3330001122» e «3409998877»",
    ]


def test_the_surest_come_first() -> None:
    found = proposals(
        an_identity("1"),
        an_identity("2"),
        an_identity("3", "Bea Neri", email="", phone=""),
        an_identity("4", "Bea Neri", email="", phone="", born=date(1985, 3, 13)),
    )
    assert [(p.first, p.second, p.verdict) for p in found] == [
        ("1", "2", LIKELY),
        ("3", "4", POSSIBLE),
    ]


def test_an_empty_register_has_nobody_twice() -> None:
    assert same_people([], wording=WORDING, places={}) == ()


@given(st.booleans(), st.sampled_from(["Ada Verdini", "Verdini A.", "Ada Bianchi", "Àda Verdìni"]))
def test_the_order_of_two_records_changes_nothing(is_known: bool, name: str) -> None:
    one, other = an_identity("1"), an_identity("2", name, born=BORN if is_known else None)
    there, back = proposals(one, other), proposals(other, one)
    assert [(p.verdict, round(p.score, 9)) for p in there] == [
        (p.verdict, round(p.score, 9)) for p in back
    ]
