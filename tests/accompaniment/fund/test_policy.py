import re
from datetime import date
from pathlib import Path

import pytest

from matching.accompaniment.fund.policy import find_fund_policy, load_fund_policy
from matching.accompaniment.fund.purse import one_budget
from matching.accompaniment.fund.setting import question_of, required
from matching.domain import Measure
from matching.errors import FundError, TerritoryError
from matching.territory import Territory, load_territory
from tests.accompaniment.fund.worlds import AS_OF, a_policy, a_request

TERRITORIES = Path(__file__).parents[3] / "data" / "territories"
FOLDERS = sorted(path.parent for path in TERRITORIES.glob("*/fund.toml"))
FOLDER = FOLDERS[0]
TEXT = (FOLDER / "fund.toml").read_text("utf-8")


@pytest.fixture(scope="module")
def here() -> Territory:
    return load_territory(FOLDER)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_rules_of_a_territory_are_read_with_a_reason_and_a_source_for_each(
    folder: Path,
) -> None:
    policy = load_fund_policy(folder, load_territory(folder))
    said = [
        policy.person_cap,
        policy.committee_over,
        policy.people_per_manager,
        policy.left_reason,
        *policy.co_payments,
        *policy.priorities,
        *policy.unmeasured,
        *policy.floors,
    ]
    assert all(one.reason.startswith("Assunzione") and one.source for one in said)
    assert policy.floors[-1].ambito is None
    assert 0 < sum(floor.share for floor in policy.floors[:-1]) <= 1


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_measure_counts_for_something_where_its_benefit_is_not_measured(
    folder: Path,
) -> None:
    policy = load_fund_policy(folder, load_territory(folder))
    for measure in Measure:
        assert policy.benefit(a_request(benefit=None, measure=measure)) > 0


def test_a_territory_without_the_file_has_no_fund(tmp_path: Path, here: Territory) -> None:
    assert find_fund_policy(tmp_path, here) is None
    with pytest.raises(FundError, match="has no fund: its folder has no fund.toml"):
        required(None, here)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cap_eur = 3000", "cap_eur = 0", "cap_eur = 0"),
        ("cap_eur = 3000", "tetto = 3000", "'cap_eur' is missing"),
        ("left_share = 0.05", "left_share = 1.5", "left_share = 1.5"),
        ('ambito = "merate"', 'ambito = "atlantide"', "ambito = 'atlantide'"),
        ('ambito = "merate"', 'ambito = "lecco"', "'lecco' has a floor already"),
        ("share = 0.25", "share = 0.95", "add up to 1.13"),
        ("valid_to = 2027-12-31", "valid_to = 2026-01-01", "is before valid_from"),
        ('"housing", "food"', '"digital", "food"', "'digital' is in another rule already"),
        ('"housing", "food"', '"casa", "food"', "measures = 'casa'"),
        ("weight = 1.2", "weight = -1", "weight = -1"),
        ("[person]", "strano = 1\n[person]", "unknown key 'strano'"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_key_and_value(
    tmp_path: Path, here: Territory, old: str, new: str, said: str
) -> None:
    assert old in TEXT
    (tmp_path / "fund.toml").write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(TerritoryError, match=re.escape(said)):
        load_fund_policy(tmp_path, here)


def test_a_purchase_leaves_at_least_the_territory_s_share() -> None:
    assert a_policy().least_left_cents(10_000) == 500


def test_what_surrounds_a_proposal_comes_from_the_territory(here: Territory) -> None:
    policy = load_fund_policy(FOLDER, here)
    ambito = here.ambiti[0].code
    request = a_request(ambito=ambito, seats_left=3)
    options = {
        "territory": here,
        "policy": policy,
        "catalogue": None,
        "money": one_budget(1),
        "spent_cents": {},
    }
    found = question_of([request], as_of=AS_OF, **options)
    managers = here.settings.community_managers_per_hub
    assert found.limits.people[ambito] == managers * policy.people_per_manager.most
    assert found.limits.seats == {"seat-r": 3}
    assert question_of([request], as_of=AS_OF, managers=1, **options).limits.people[ambito] == 12
    with pytest.raises(FundError, match="are valid from"):
        question_of([request], as_of=date(2020, 1, 1), **options)
    with pytest.raises(FundError, match="ambito = 'altrove'"):
        question_of([a_request(ambito="altrove")], as_of=AS_OF, **options)
