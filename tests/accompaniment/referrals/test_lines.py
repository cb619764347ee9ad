from datetime import date

import pytest

from matching.accompaniment.referrals import (
    advance,
    book,
    contacted,
    hand_over,
    plan_hand_over,
    read_lines,
    receive,
    write_lines,
)
from matching.domain import (
    ContactChannel,
    Counted,
    HandOverWay,
    PartnerService,
    Referral,
    ReferralState,
    SourceKind,
)
from matching.errors import InputError

DAY = date(2026, 11, 10)
RECEIVED = (
    '{"kind": "referral", "id": "s1", "source": "parish", "referrer": "Parrocchia", '
    '"person_id": "segreta", "agreed_on": "2026-11-01", "on": "2026-11-02", "by": "Ada"}'
)
CONTACTED = (
    '{"kind": "referral_moved", "id": "s1", "state": "contacted", "on": "2026-11-03", "by": "Ada"}'
)


def a_referral(key: str) -> Referral:
    made = receive(
        id=key,
        source=SourceKind.UNION_DESK,
        referrer="Sportello",
        person_id="p",
        agreed_on=DAY,
        on=DAY,
        by="Ada",
    )
    assert isinstance(made, Referral)
    return made


def test_everything_that_is_written_is_read_back_as_it_was() -> None:
    step = plan_hand_over(
        id="h1",
        person_id="p",
        partner=PartnerService.JOB_CENTRE,
        way=HandOverWay.FROM_PARTNER,
        agreed_on=DAY,
        on=DAY,
        by="Ada",
    )
    values = (
        advance(a_referral("s1"), ReferralState.CONTACTED, on=DAY, by="Ugo"),
        a_referral("s2"),
        Counted(source=SourceKind.SCHOOL, month=date(2026, 11, 1)),
        step,
        hand_over(step, contact="Operatrice", on=DAY, by="Ada"),
        book(id="a1", person_id="p", on=DAY, place="Hub", by="Ada", as_of=DAY, interpreter="uk"),
        contacted(
            person_id="p",
            on=DAY,
            by="Ada",
            channel=ContactChannel.LETTER,
            reached=True,
            as_of=DAY,
        ),
    )
    lines = list(write_lines(values))
    assert len(lines) == len(values) + 1
    assert read_lines([*lines, "", "  "], name="x") == values


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["{"], "line 1: not JSON"),
        (["[1]"], "line 1: a JSON object is needed, not list"),
        (["[" * 100_000], "line 1: not JSON"),
        (['{"kind": "nota"}'], "kind = 'nota' is not known; write one of appointment"),
        (['{"kind": ["referral"]}'], "is not known"),
        ([CONTACTED], "line 1: id = 's1' was not received in a line before"),
        ([RECEIVED, RECEIVED], "line 2: id = 's1' was received before"),
        ([RECEIVED, CONTACTED, CONTACTED], "line 3: referral 's1' is 'contacted'"),
        ([RECEIVED, CONTACTED.replace("-03", "-01")], "line 2: on = 2026-11-01 is before"),
        ([RECEIVED.replace('"by": "Ada"', '"by": ""')], "line 1: by is blank"),
        ([RECEIVED.replace('"agreed_on": "2026-11-01", ', "")], r"referral\.agreed_on is missing"),
        ([RECEIVED.replace("parish", "chiesa")], r"referral\.source is not valid"),
        ([RECEIVED.replace("2026-11-01", "domani")], r"referral\.agreed_on must be a day"),
        ([RECEIVED.replace('"by"', '"note": "x", "by"')], "'note' is no field of it"),
        (['{"kind": "counted", "source": "school"}'], r"counted\.month is missing"),
    ],
)
def test_a_line_that_could_not_have_happened_is_refused_by_its_number(
    lines: list[str], said: str
) -> None:
    with pytest.raises(InputError, match=said) as refused:
        read_lines(lines, name="eventi.jsonl")
    assert "eventi.jsonl, line" in str(refused.value)
    assert "segreta" not in str(refused.value)
