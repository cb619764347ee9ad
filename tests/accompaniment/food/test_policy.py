from pathlib import Path

import pytest

from matching.accompaniment.food import find_food_policy
from matching.errors import TerritoryError
from matching.settings import shipped_data
from matching.territory import load_territory, territory_folders

FOLDERS = territory_folders(shipped_data() / "territories")
WITH_FOOD = [folder for folder in FOLDERS if (folder / "food.toml").is_file()]


def test_some_territories_say_how_food_is_matched() -> None:
    assert {"lecco", "lodi"} <= {folder.name for folder in WITH_FOOD}


@pytest.mark.parametrize("folder", WITH_FOOD, ids=lambda folder: folder.name)
def test_every_decision_of_a_territory_on_food_is_marked_as_assumed(folder: Path) -> None:
    policy = find_food_policy(folder)
    assert policy is not None
    assert load_territory(folder).code == folder.name
    assert all(reason.startswith("Assunzione") for reason in policy.reasons.values())


def test_a_territory_without_the_file_says_nothing_of_food(tmp_path: Path) -> None:
    assert find_food_policy(tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("on_foot_minutes = 30", "on_foot_minutes = 0", "on_foot_minutes = 0"),
        ("car_minutes = 30\n", "", "car_minutes"),
        ("portions_per_person = 4", "portions_per_person = 0.5", "portions_per_person"),
        ("valid_to = 2027-12-31", "valid_to = 2025-12-31", "valid_to = 2025-12-31 is before"),
        ("[hours]", "[hours]\nreligion = 1", "religion"),
    ],
)
def test_a_faulty_file_is_refused_by_its_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = (WITH_FOOD[0] / "food.toml").read_text("utf-8")
    assert old in content
    (tmp_path / "food.toml").write_text(content.replace(old, new), "utf-8")
    with pytest.raises(TerritoryError, match=said):
        find_food_policy(tmp_path)
