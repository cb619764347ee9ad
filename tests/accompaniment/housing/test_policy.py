from pathlib import Path

import pytest

from matching.accompaniment.housing import find_housing_policy
from matching.accompaniment.housing.policy import Covers
from matching.domain.housing import HousingPart
from matching.errors import TerritoryError
from matching.settings import shipped_data
from matching.territory import load_territory, territory_folders

FOLDERS = territory_folders(shipped_data() / "territories")
WITH_HOMES = [folder for folder in FOLDERS if (folder / "housing.toml").is_file()]


def test_some_territories_say_how_homes_are_matched() -> None:
    assert {"lecco", "lodi"} <= {folder.name for folder in WITH_HOMES}


@pytest.mark.parametrize("folder", WITH_HOMES, ids=lambda folder: folder.name)
def test_every_decision_of_a_territory_on_homes_is_marked_as_assumed(folder: Path) -> None:
    policy = find_housing_policy(folder)
    assert policy is not None
    assert load_territory(folder).code == folder.name
    assert len(policy.reasons) == 6 + len(HousingPart)
    assert all(reason.startswith("Assunzione") for reason in policy.reasons.values())
    assert policy.covers == (Covers.INCOME_TO_RENT, Covers.GUARANTEE)
    assert policy.rent.fit(policy.share) == 1


def test_a_territory_without_the_file_says_nothing_of_homes(tmp_path: Path) -> None:
    assert find_housing_policy(tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("share = 0.3\n", "share = 0\n", "share = 0"),
        ("full = 0.3\nzero = 0.5", "full = 0.5\nzero = 0.5", "full = zero = 0.5"),
        ("expenses_most_eur = 180", "expenses_most_eur = 10", "expenses_most_eur = 10 is below"),
        ('part = "place"', 'part = "rent"', "'rent' has a weight already"),
        ('part = "place"\nweight = 1', 'part = "family"\nweight = 1', "part = 'family'"),
        ("weight = ", "weight = 0 #", "every weight is 0"),
        ('"income_to_rent", ', '"citizenship", ', "citizenship"),
        ("valid_to = 2027-12-31", "valid_to = 2025-12-31", "valid_to = 2025-12-31 is before"),
        ("[guarantee_fund]", "religion = 1\n\n[guarantee_fund]", "religion"),
    ],
)
def test_a_faulty_file_is_refused_by_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = (WITH_HOMES[0] / "housing.toml").read_text("utf-8")
    assert old in content
    (tmp_path / "housing.toml").write_text(content.replace(old, new), "utf-8")
    with pytest.raises(TerritoryError, match=said):
        find_housing_policy(tmp_path)


def test_a_part_without_a_weight_is_refused(tmp_path: Path) -> None:
    content = (WITH_HOMES[0] / "housing.toml").read_text("utf-8")
    kept = content[: content.rindex("[[weight]]")]
    (tmp_path / "housing.toml").write_text(kept, "utf-8")
    with pytest.raises(TerritoryError, match="no .*weight.* of part = 'place'"):
        find_housing_policy(tmp_path)
