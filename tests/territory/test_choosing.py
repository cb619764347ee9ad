"""Which folder of territories is meant."""

from pathlib import Path

import pytest

from matching.errors import SettingsError, TerritoryError
from matching.settings import shipped_data
from matching.territory import territory_folder, territory_folders


def territories(folder: Path, *codes: str, default: str | None = None) -> Path:
    for code in codes:
        (folder / code).mkdir()
        (folder / code / "territory.toml").touch()
    (folder / "no-territory").mkdir()
    if default is not None:
        (folder / "territories.toml").write_text(f"default = {default!r}\n")
    return folder


def test_the_one_named_is_meant_whatever_the_default(tmp_path: Path) -> None:
    folder = territories(tmp_path, "collina", "valle", default="collina")
    assert territory_folder(folder, "valle") == tmp_path / "valle"


def test_without_a_name_the_default_of_the_data_is_meant(tmp_path: Path) -> None:
    folder = territories(tmp_path, "collina", "valle", default="valle")
    assert territory_folder(folder, None) == tmp_path / "valle"


def test_without_name_and_default_the_only_one_is_meant(tmp_path: Path) -> None:
    folder = territories(tmp_path, "valle")
    assert territory_folders(folder) == (tmp_path / "valle",)
    assert territory_folder(folder, None) == tmp_path / "valle"


@pytest.mark.parametrize(
    ("codes", "said"), [(("collina", "valle"), "2 .*collina, valle"), ((), "0 .*none")]
)
def test_without_name_and_default_one_of_several_is_not_guessed(
    tmp_path: Path, codes: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SettingsError, match=f"VALORIAMO_TERRITORY is not set.*{said}"):
        territory_folder(territories(tmp_path, *codes), None)


def test_a_code_that_is_no_territory_is_refused_with_those_there_are(tmp_path: Path) -> None:
    folder = territories(tmp_path, "collina", "valle")
    with pytest.raises(TerritoryError, match="no territory 'piano'.*collina, valle"):
        territory_folder(folder, "piano")


def test_a_default_that_is_no_territory_is_refused_by_file_and_value(tmp_path: Path) -> None:
    folder = territories(tmp_path, "valle", default="piano")
    with pytest.raises(TerritoryError, match=r"territories\.toml: default = 'piano'.*valle"):
        territory_folder(folder, None)


def test_the_shipped_data_have_a_default() -> None:
    folder = shipped_data() / "territories"
    assert territory_folder(folder, None) in territory_folders(folder)
