"""What ships as data is listed, described, and as it was when it was listed."""

import runpy
from pathlib import Path

DATA = Path(__file__).parents[1] / "data"


def test_the_checksums_are_those_of_the_files() -> None:
    sums = runpy.run_path(str(DATA / "checksums.py"))["sums"]
    listed = (DATA / "SHA256SUMS").read_text("utf-8")
    assert listed == sums(DATA), "run: python data/checksums.py"


def test_every_folder_of_data_is_described() -> None:
    readme = (DATA / "README.md").read_text("utf-8")
    folders = [path for path in DATA.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert folders
    for folder in folders:
        assert f"`{folder.name}/" in readme, folder.name
