"""What a territory set out to reach."""

import pytest

from matching.errors import TerritoryError
from matching.territory import Counted, Per, Period, TargetKind
from matching.territory.reading import Table
from matching.territory.targets import Target, read_targets


def one(**changes: object) -> dict[str, object]:
    values: dict[str, object] = {
        "kind": "housing_opportunities",
        "number": 90,
        "period": "months",
        "months": 36,
        "per": "territory",
        "assumed": False,
        "source": "Documenti di prova.",
    }
    return {key: value for key, value in {**values, **changes}.items() if value is not None}


def read(*entries: dict[str, object]) -> tuple[Target, ...]:
    return read_targets(Table("targets.toml", {"target": list(entries)}))


def test_a_number_has_its_unit_its_time_and_its_source() -> None:
    (target,) = read(one())
    assert (target.kind, target.kind.counts) == (
        TargetKind.HOUSING_OPPORTUNITIES,
        Counted.OPPORTUNITIES,
    )
    assert (target.number, target.period, target.months) == (90, Period.MONTHS, 36)
    assert (target.per, target.source) == (Per.TERRITORY, "Documenti di prova.")
    assert (target.assumed, target.reason, target.services) == (False, "", ())


@pytest.mark.parametrize(("period", "months"), [("year", 12), ("project", None)])
def test_the_months_of_a_year_are_known_and_those_of_a_project_are_not(
    period: str, months: int | None
) -> None:
    (target,) = read(one(period=period, months=None))
    assert target.months == months


def test_what_no_document_says_needs_a_reason() -> None:
    (target,) = read(one(assumed=True, reason="Assunzione: prova."))
    assert target.reason == "Assunzione: prova."
    with pytest.raises(TerritoryError, match="'reason' is missing"):
        read(one(assumed=True))


def test_every_kind_is_counted_in_some_unit() -> None:
    assert {kind.counts for kind in TargetKind} == set(Counted)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"kind": "smiles"}, "kind = 'smiles'"),
        ({"number": 0}, "number = 0"),
        ({"months": None}, "'months' is missing"),
        ({"period": "year"}, "unknown key 'months'"),
        ({"per": "person"}, "per = 'person'"),
        ({"source": ""}, "source = ''"),
        ({"reason": "perché"}, "unknown key 'reason'"),
        ({"services": []}, "services = []"),
    ],
)
def test_a_faulty_target_is_refused_by_key_and_value(changes: dict[str, object], says: str) -> None:
    with pytest.raises(TerritoryError) as caught:
        read(one(**changes))
    assert says in str(caught.value)


def test_the_same_target_twice_is_refused() -> None:
    with pytest.raises(TerritoryError, match="'housing_opportunities' is set twice"):
        read(one(), one(number=80))
    assert len(read(one(), one(services=["a"]))) == 2
