"""Places in what is left of a text lead back to the whole."""

from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.shown import Edit, Shown, shown

letters = st.text("abcdef\n", max_size=40)


@st.composite
def edited(draw: st.DrawFn, whole: str) -> Shown:
    cuts = sorted(draw(st.sets(st.integers(0, len(whole)), max_size=8)))
    edits = [Edit(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return shown(whole, edits)


@given(st.data(), letters)
def test_every_character_left_is_the_one_that_stood_there(data: st.DataObject, whole: str) -> None:
    one = data.draw(edited(whole))
    assert [whole[one.place(here)] for here in range(len(one.text))] == list(one.text)


@given(st.data(), letters)
def test_what_is_left_of_what_is_left_leads_back_as_well(data: st.DataObject, whole: str) -> None:
    one = data.draw(edited(whole))
    both = one.then(data.draw(edited(one.text)))
    assert [whole[both.place(here)] for here in range(len(both.text))] == list(both.text)


@given(st.data(), letters)
def test_what_is_left_and_what_is_left_out_are_the_whole(data: st.DataObject, whole: str) -> None:
    one = data.draw(edited(whole))
    left = {one.place(here) for here in range(len(one.text))}
    out = {place for start, end in one.left_out for place in range(start, end)}
    assert left | out == set(range(len(whole)))
    assert not left & out


def test_other_words_may_stand_for_a_stretch() -> None:
    one = shown("Mi chiamo Anna Rossi e cucino", [Edit(10, 20, "Xyz")])
    assert one.text == "Mi chiamo Xyz e cucino"
    assert one.whole[one.place(one.text.index("cucino")) :] == "cucino"
