"""What must hold in every folder of data/territories: a new one is a folder and a green run."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from keyword import iskeyword
from pathlib import Path
from shutil import copytree

import pytest

from matching.territory import Mode, Territory, load_territory, travel_minutes

ROOT = Path(__file__).parents[1]
TERRITORIES = ROOT / "data" / "territories"
FOLDERS = sorted(path.parent for path in TERRITORIES.glob("*/territory.toml"))
SHARED = Path(os.environ.get("VALORIAMO_SHARED", ROOT.parent / "shared"))
SOURCES = SHARED / "data" / "territorio"


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def folder(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


@pytest.fixture(scope="module")
def territory(folder: Path) -> Territory:
    return load_territory(folder)


def test_there_are_territories_and_every_folder_is_one() -> None:
    assert FOLDERS
    assert (
        sorted(
            path for path in TERRITORIES.iterdir() if path.is_dir() and path.name != "__pycache__"
        )
        == FOLDERS
    )


def test_every_name_finds_its_municipality_however_it_is_written(territory: Territory) -> None:
    for place in (*territory.municipalities, *territory.neighbours):
        for name in place.names:
            province = territory.provinces[place.province]
            for written in (
                name,
                name.upper(),
                name.replace("'", "’"),
                f"{name} ({place.province})",
                f"{name} {place.province}",
                f"{name}, {province}",
                f"{name} (prov. di {province})",
                f"00000 {name} ({place.province})",
            ):
                assert territory.find_municipality(written) == place, written


def test_a_homonym_far_away_is_not_found(territory: Territory) -> None:
    for place in territory.municipalities:
        assert territory.find_municipality(f"{place.name} (ZZ)") is None


def test_a_name_with_more_words_beside_it_is_not_found(territory: Territory) -> None:
    for place in territory.municipalities:
        assert territory.find_municipality(f"via {place.name} 12") is None


def test_the_stated_number_is_explained_in_both_languages(territory: Territory) -> None:
    assert {"it", "en"} <= set(territory.notes)
    for note in territory.notes.values():
        assert str(territory.municipalities_stated) in note
        assert str(len(territory.municipalities)) in note


def test_every_source_has_a_licence_and_a_date(territory: Territory) -> None:
    assert territory.sources
    assert any("CC BY 4.0" in source.licence for source in territory.sources)


def test_attribution_is_in_the_readme(territory: Territory) -> None:
    readme = (TERRITORIES / "README.md").read_text(encoding="utf-8")
    for source in territory.sources:
        repository = re.search(r"[\w.-]+/[\w.-]+", source.origin)
        if repository is not None:
            assert repository.group() in readme


def test_every_ambito_has_a_hub_and_every_hub_its_points(territory: Territory) -> None:
    assert {hub.ambito for hub in territory.hubs} == {ambito.code for ambito in territory.ambiti}
    for place in territory.municipalities:
        assert territory.hub_of(place) is not None


def test_every_hub_is_reached_from_its_municipalities_in_a_plausible_time(
    territory: Territory,
) -> None:
    for place in territory.municipalities:
        hub = territory.hub_of(place)
        assert hub is not None
        centre = territory.municipality(hub.municipality)
        car = travel_minutes(place, centre, Mode.CAR, territory.travel)
        public = travel_minutes(place, centre, Mode.PUBLIC_TRANSPORT, territory.travel)
        assert car < 90, place.name
        assert car < public, place.name


def test_a_travel_assumption_says_that_it_is_one(territory: Territory) -> None:
    reasons = [territory.travel.reason, *(mode.reason for mode in territory.travel.modes.values())]
    assert all(reason.startswith("Assunzione") for reason in reasons)


def test_neighbours_surround_the_territory(territory: Territory) -> None:
    own = {place.istat for place in territory.municipalities}
    assert territory.neighbours
    assert not own & {place.istat for place in territory.neighbours}
    assert all(place.ambito is None for place in territory.neighbours)


def test_the_tables_agree_with_the_curation(folder: Path, territory: Territory) -> None:
    curation = tomllib.loads((folder / "curation.toml").read_text(encoding="utf-8"))
    for code, ambito in curation["ambito"].items():
        members = {place.name for place in territory.municipalities if place.ambito == code}
        assert members == set(ambito["municipalities"])


@pytest.mark.shared_data
def test_the_script_writes_the_same_tables_again(folder: Path, tmp_path: Path) -> None:
    copy = copytree(folder, tmp_path / folder.name)
    for name in ("municipalities.csv", "neighbours.csv"):
        (copy / name).unlink()
    subprocess.run(
        [
            sys.executable,
            str(TERRITORIES / "build_municipalities.py"),
            str(copy),
            "--places",
            str(SOURCES / "comuni_it.csv.gz"),
            "--history",
            str(SOURCES / "cities_history_istat.csv.gz"),
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    for name in ("municipalities.csv", "neighbours.csv"):
        assert (copy / name).read_bytes() == (folder / name).read_bytes()


def place_names(territory: Territory) -> Iterator[re.Pattern[str]]:
    """Own names in any case; names around it, which include ordinary words, as they are written.

    A neighbour that is called like a word of the language (there is one) cannot be looked for.
    """
    own = {name for place in territory.municipalities for name in (place.name, *place.former_names)}
    own |= {territory.name, territory.provinces[territory.province_code]}
    own |= {ambito.name for ambito in territory.ambiti}
    around = {place.name for place in territory.neighbours} | set(territory.provinces.values())
    around |= {name for place in territory.municipalities for name in place.other_names}
    around = {name for name in around if not iskeyword(name)}
    for names, flags in ((own, re.IGNORECASE), (around - own, re.NOFLAG)):
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        alternatives = "|".join(
            re.escape(name).replace("'", "['’]").replace(r"\ ", r"[\s_-]+")
            for name in longest_first
        )
        yield re.compile(rf"(?<![^\W\d_])(?:{alternatives})(?![^\W\d_])", flags)


def test_no_name_of_the_territory_occurs_in_python(territory: Territory) -> None:
    files = [
        path for package in ("matching", "training") for path in (ROOT / package).rglob("*.py")
    ]
    assert files
    patterns = list(place_names(territory))
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for pattern in patterns
        for match in pattern.finditer(line)
    ]
    assert not found, "place names belong in data/territories:\n" + "\n".join(found)


def test_the_search_for_names_would_find_one(territory: Territory) -> None:
    own, _ = place_names(territory)
    for place in territory.municipalities:
        assert own.search(f'HOME = "{place.name.lower()}_2"')
