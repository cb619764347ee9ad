import json
from datetime import date

import pytest

from matching.errors import InputError
from training.benchmarks.experiment import Run, read_config, write_results

GOOD = {
    "benchmark": '"resume-relevance"',
    "data": '"../set"',
    "as_of": "2024-12-31",
    "draws": "50",
    "seed": "3",
}


def write(folder, **changed):
    fields = {**GOOD, **changed}
    lines = [f"{name} = {value}" for name, value in fields.items() if value is not None]
    (folder / "config.toml").write_text("\n".join(lines), "utf-8")
    return folder


def test_a_configuration_is_a_run_with_data_beside_it(tmp_path):
    assert read_config(write(tmp_path), "resume-relevance") == Run(
        data=tmp_path / "../set", as_of=date(2024, 12, 31), draws=50, seed=3
    )


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"draws": None}, "missing or unknown: draws"),
        ({"colour": "1"}, "missing or unknown: colour"),
        ({"draws": "true"}, "draws = True"),
        ({"draws": '"2000"'}, "draws = '2000'"),
        ({"as_of": '"2024-12-31"'}, "as_of = '2024-12-31'"),
        ({"as_of": "2024-12-31T10:00:00"}, "as_of"),
        ({"benchmark": '"risk"'}, "configures 'risk'"),
        ({"seed": "= 3"}, "cannot be read"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_named(tmp_path, changed, said):
    with pytest.raises(InputError, match=said):
        read_config(write(tmp_path, **changed), "resume-relevance")


def test_a_folder_without_a_configuration_is_named(tmp_path):
    with pytest.raises(InputError, match=r"config\.toml: cannot be read"):
        read_config(tmp_path, "resume-relevance")


def test_results_are_written_whole_and_nothing_is_left_beside_them(tmp_path):
    path = write_results(tmp_path, {"città": 0.5})
    assert path.read_text("utf-8") == '{\n  "città": 0.5\n}\n'
    assert [file.name for file in tmp_path.iterdir()] == ["results.json"]
    write_results(tmp_path, {"b": 1})
    assert json.loads(path.read_text("utf-8")) == {"b": 1}


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot be written"):
        write_results(tmp_path / "nowhere", {})
