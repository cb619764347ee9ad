from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching.accompaniment.fund.ledger import Ledger, post_all
from matching.accompaniment.fund.publication import FEWEST, PublishedGroup, publication
from matching.accompaniment.fund.statement import statement
from matching.domain import Measure
from matching.domain.fund import ClosePeriod, Correct, LineKind, Operation, Repay
from tests.accompaniment.fund.worlds import a_ledger, commit, day, gift, grant, loan, open_line

CLOSED = ClosePeriod(id="close", on=day(1, 12), year=2026, month=11)
FIFTH = day(5)
LATER = date(2026, 12, 15)


def helped(people: Sequence[tuple[str, str, Measure]], on: date = FIFTH) -> list[Operation]:
    """One grant of 10.00 for each person, ambito and measure."""
    operations: list[Operation] = []
    for number, (person, ambito, measure) in enumerate(people):
        key = f"{on}-{number}"
        operations += [
            commit(1_000, f"k{key}", person=person, ambito=ambito, measure=measure, on=on),
            grant(1_000, f"k{key}", f"g{key}", on=on),
        ]
    return operations


def people(count: int, ambito: str = "a", start: int = 0) -> list[tuple[str, str, Measure]]:
    return [(f"p{start + n}", ambito, Measure.COURSE) for n in range(count)]


def shown(rows: Sequence[PublishedGroup]) -> dict[str, tuple[int | None, int | None]]:
    return {row.group: (row.people, row.cents) for row in rows}


def test_of_those_helped_closed_months_alone_are_shown() -> None:
    open_month = a_ledger(*helped(people(12)))
    assert publication(open_month, as_of=LATER).stretches == ()
    (stretch,) = publication(post_all(open_month, (CLOSED,)), as_of=LATER).stretches
    assert (stretch.since, stretch.until) == (day(1), day(30))
    assert (stretch.people, stretch.cents) == (12, 12_000)
    assert shown(stretch.by_ambito) == {"a": (12, 12_000)}


def test_months_with_few_people_wait_for_the_next() -> None:
    second = [*helped(people(6, start=6), on=day(5, 12))]
    ledger = a_ledger(*helped(people(6)), CLOSED)
    assert publication(ledger, as_of=LATER).stretches == ()
    ledger = post_all(
        ledger, (*second, ClosePeriod(id="c2", on=date(2027, 1, 2), year=2026, month=12))
    )
    (stretch,) = publication(ledger, as_of=date(2027, 1, 3)).stretches
    assert (stretch.since, stretch.until, stretch.people) == (day(1), day(31, 12), 12)


def test_a_group_of_few_is_hidden_with_another_so_that_none_is_found_by_subtracting() -> None:
    ledger = a_ledger(
        *helped([*people(20, "a"), *people(15, "b", 20), *people(3, "c", 35)]), CLOSED
    )
    (stretch,) = publication(ledger, as_of=LATER).stretches
    assert shown(stretch.by_ambito) == {
        "a": (20, 20_000),
        "b": (None, None),
        "c": (None, None),
    }


def test_a_table_in_which_only_few_could_be_hidden_is_not_shown() -> None:
    ledger = a_ledger(*helped([*people(9, "a"), ("p0", "b", Measure.COURSE)]), CLOSED)
    assert publication(ledger, as_of=LATER).stretches == ()
    same = [*people(10, "a"), *[(f"p{n}", "b", Measure.COURSE) for n in range(3)]]
    (stretch,) = publication(a_ledger(*helped(same), CLOSED), as_of=LATER).stretches
    assert shown(stretch.by_ambito) == {"a": (None, None), "b": (None, None)}


def test_a_stretch_once_shown_stays_as_it_was() -> None:
    ledger = a_ledger(*helped(people(12)), CLOSED)
    before = publication(ledger, as_of=LATER).stretches
    fixed = post_all(
        ledger,
        (
            Correct(id="fix", on=day(2, 12), entry=f"g{day(5)}-0", reason="x"),
            ClosePeriod(id="c2", on=date(2027, 1, 2), year=2026, month=12),
        ),
    )
    assert publication(fixed, as_of=date(2027, 1, 5)).stretches == before


def test_campaigns_and_lines_say_what_came_in_and_name_no_source() -> None:
    ledger = a_ledger(
        open_line("corsi", LineKind.CAMPAIGN, target_cents=40_000), gift(10_000, "corsi")
    )
    found = publication(ledger, as_of=LATER)
    (campaign,) = found.campaigns
    assert (campaign.raised, campaign.progress) == (10_000, 0.25)
    assert found.came_in == 160_000
    assert {line.line: line.came_in for line in found.lines}["corsi"] == 10_000


def test_a_loan_counts_as_help_and_shows_as_overdue_until_it_is_back() -> None:
    ledger = a_ledger(loan(20_000), Repay(id="b", on=day(25), loan="l", cents=5_000))
    assert statement(ledger, as_of=day(20)).overdue == ()
    (late,) = statement(ledger, as_of=day(26)).overdue
    assert (late.loan, late.owed) == ("l", 15_000)
    back = post_all(ledger, (Repay(id="b2", on=day(27), loan="l", cents=15_000),))
    assert statement(back, as_of=day(28)).overdue == ()


GROUPS = st.lists(
    st.tuples(
        st.integers(0, 40).map("p{}".format),
        st.sampled_from("abcd"),
        st.sampled_from((Measure.COURSE, Measure.FOOD, Measure.CARE)),
    ),
    max_size=60,
)


@given(first=GROUPS, second=GROUPS)
def test_no_table_and_no_subtraction_tells_of_fewer_than_ten(
    first: list[tuple[str, str, Measure]], second: list[tuple[str, str, Measure]]
) -> None:
    ledger = a_ledger(
        *helped(first),
        *helped(second, on=day(5, 12)),
        ClosePeriod(id="c2", on=date(2027, 1, 2), year=2026, month=12),
    )
    given_to = {day(5): first, day(5, 12): second}
    for stretch in publication(ledger, as_of=date(2027, 1, 5)).stretches:
        rows = [
            row
            for on, found in given_to.items()
            if stretch.since <= on <= stretch.until
            for row in found
        ]
        assert stretch.people == len({person for person, _, _ in rows}) >= FEWEST
        for place, table in ((1, stretch.by_ambito), (2, stretch.by_measure)):
            hidden: set[str] = set()
            for group in table:
                members = {row[0] for row in rows if row[place] == group.group}
                if group.people is None:
                    assert group.cents is None
                    hidden |= members
                else:
                    assert group.people == len(members) >= FEWEST
            assert not hidden or len(hidden) >= FEWEST
            assert sum(group.people is None for group in table) != 1


def test_an_empty_ledger_shows_nothing() -> None:
    assert publication(Ledger(), as_of=LATER).stretches == ()
