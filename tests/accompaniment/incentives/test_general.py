import ast
import inspect
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from matching.accompaniment.incentives import general
from matching.accompaniment.incentives.general import OfVacancy, of_vacancy
from matching.accompaniment.incentives.law import load_law
from matching.accompaniment.rules.condition import OF_THE_HIRE
from matching.accompaniment.rules.reading import conditions
from matching.domain import Answer, Contract
from matching.domain import household as protected
from matching.settings import shipped_data
from tests.accompaniment.households import AS_OF, a_hire

LAW = load_law(shipped_data() / "measures")


def listed(*, as_of: date = AS_OF, **known: Any) -> dict[str, OfVacancy]:
    found = of_vacancy(LAW.incentives, a_hire(**known), as_of=as_of)
    return {one.incentive.id: one for one in found}


def reached(kind: Any, seen: set[Any] | None = None) -> set[Any]:
    """Every type that a signature leads to."""
    seen = set() if seen is None else seen
    for inner in get_args(kind):
        reached(inner, seen)
    if isinstance(kind, type) and kind not in seen:
        seen.add(kind)
        if is_dataclass(kind):
            hints = get_type_hints(kind)
            for field in fields(kind):
                reached(hints[field.name], seen)
    return seen


def test_no_type_that_the_list_takes_or_gives_leads_to_a_person() -> None:
    facts = {
        kind for _, kind in inspect.getmembers(protected, inspect.isclass)
        if kind.__module__ == protected.__name__
    }  # fmt: skip
    assert {protected.Household, protected.Member, protected.WorkStatus} <= facts
    types: set[Any] = set()
    for kind in get_type_hints(of_vacancy).values():
        reached(kind, types)
    assert OfVacancy in types
    assert not types & facts
    assert protected.Member in reached(protected.Household)


def test_the_module_of_the_list_names_no_protected_fact() -> None:
    tree = ast.parse(Path(inspect.getfile(general)).read_text("utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported
    assert not [name for name in imported if name and ("household" in name or "rights" in name)]


def test_a_vacancy_lists_what_its_contract_leaves_open_and_for_whom() -> None:
    found = listed()
    assert {"over50_12m", "women_50", "bonus_women", "under30", "adi_sfl"} <= set(found)
    assert "coop_b" not in found
    assert "apprentice_any_age" not in found
    one = found["bonus_women"]
    assert {leaf.ask.value for leaf in conditions(one.person)} == {
        "sex",
        "no_regular_job",
        "underrepresented",
    }
    assert not one.expired


def test_conditions_on_whoever_is_hired_are_never_judged() -> None:
    for one in listed().values():
        asked = {leaf.ask for check in one.hire for leaf in conditions((check.clause,))}
        assert asked <= OF_THE_HIRE


@pytest.mark.parametrize(
    ("contract", "absent", "present"),
    [
        (Contract.APPRENTICESHIP, "over50_12m", "apprentice_any_age"),
        (Contract.FIXED_TERM, "bonus_women", "over50_12m"),
        (Contract.SEASONAL, "over50_12m", "adi_sfl"),
    ],
)
def test_another_contract_lists_others(contract: Contract, absent: str, present: str) -> None:
    found = listed(contract=contract)
    assert absent not in found
    assert present in found


def test_what_is_not_known_of_the_vacancy_rules_nothing_out() -> None:
    found = listed(contract=None, employer=None, net_growth=None)
    begun = {one.id for one in LAW.incentives if not one.begins_after(AS_OF)}
    assert set(found) == begun
    assert "over50_12m" not in listed(net_growth=Answer.NO)


def test_incentives_that_are_over_are_listed_as_that_and_last() -> None:
    found = listed(as_of=date(2026, 5, 1))
    assert found["bonus_young"].expired
    assert list(found)[-1] == "bonus_young"
    assert not listed(as_of=date(2026, 4, 30))["bonus_young"].expired
    assert "bonus_young" not in listed(as_of=date(2024, 8, 31))


def test_the_day_of_the_hire_counts_where_it_is_known() -> None:
    assert listed(starts_on=date(2027, 1, 1))["bonus_women"].expired
