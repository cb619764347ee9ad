"""The chain by itself: no entry can be changed, moved, left out or put in."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from matching.store.chain import Entry, Head, broken, canonical, code_of

KEY, OTHER = bytes(range(32)), bytes(32)
TEXT = st.text(max_size=8)
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)).map(
    lambda moment: moment.replace(tzinfo=UTC)
)


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    said = st.builds(
        Entry, number=st.just(0), hub=TEXT, at=MOMENTS, actor=TEXT, role=TEXT, act=TEXT,
        subject_kind=TEXT, subject=st.none() | TEXT, detail=TEXT, request=st.none() | TEXT,
    )  # fmt: skip
    every = draw(st.lists(said, min_size=1, max_size=8))
    return [replace(one, number=number) for number, one in enumerate(every, start=1)]


def chained(every: list[Entry], key: bytes = KEY) -> list[tuple[Entry, str]]:
    found, previous = [], Head().mac
    for one in every:
        previous = code_of(one, previous, key)
        found.append((one, previous))
    return found


def breaks(chain: list[tuple[Entry, str]], key: bytes = KEY) -> list[int]:
    return [number for number, _ in broken(chain, Head(), key)]


@given(entries())
def test_a_chain_holds_and_under_another_key_no_entry_does(every: list[Entry]) -> None:
    chain = chained(every)
    assert breaks(chain) == []
    assert breaks(chain, OTHER) == [one.number for one in every]


@given(st.data())
def test_an_entry_of_which_anything_changed_is_told_by_its_number(data: st.DataObject) -> None:
    every = data.draw(entries())
    place = data.draw(st.integers(0, len(every) - 1))
    name = data.draw(st.sampled_from([one.name for one in fields(Entry) if one.name != "number"]))
    before = every[place]
    changed = before.at + timedelta(microseconds=1) if name == "at" else f"{getattr(before, name)}."
    chain = chained(every)
    chain[place] = (replace(before, **{name: changed}), chain[place][1])
    assert breaks(chain) == [before.number]


@given(st.data())
def test_an_entry_left_out_is_missed(data: st.DataObject) -> None:
    chain = chained(data.draw(entries()))
    place = data.draw(st.integers(0, len(chain) - 1))
    del chain[place]
    # A cut tail looks whole to the chain: the heads outside tell it.
    assert breaks(chain) == ([] if place == len(chain) else [place + 2])


@given(st.data())
def test_entries_in_another_order_do_not_hold(data: st.DataObject) -> None:
    every = data.draw(entries())
    order = data.draw(st.permutations(every))
    renumbered = [replace(one, number=number) for number, one in enumerate(order, start=1)]
    codes = {one.number: mac for one, mac in chained(every)}
    chain = [(new, codes[old.number]) for new, old in zip(renumbered, order, strict=True)]
    assert (breaks(chain) == []) == (list(order) == every)


@given(entries())
def test_where_one_value_ends_and_the_next_begins_is_not_open_to_doubt(every: list[Entry]) -> None:
    one = every[0]
    moved = replace(one, actor=one.actor + one.role, role="")
    assert (code_of(one, "", KEY) == code_of(moved, "", KEY)) == (one == moved)


@given(entries())
def test_a_moment_is_the_same_in_every_zone_that_the_database_gives_back(
    every: list[Entry],
) -> None:
    one = every[0]
    other = replace(one, at=one.at.astimezone(timezone(timedelta(hours=1))).astimezone(UTC))
    assert code_of(one, "", KEY) == code_of(other, "", KEY)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4))
def test_equal_contents_have_equal_texts(content: dict[str, object]) -> None:
    assert canonical(content) == canonical(dict(reversed(content.items())))
