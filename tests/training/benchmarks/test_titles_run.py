import io
import json
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from matching.errors import InputError
from matching.settings import shipped_data
from matching.taxonomy import load_lexicon
from matching.taxonomy.esco import import_archives, open_imported
from tests.linking.trades import BAKER, TAILOR
from tests.taxonomy.archives import a_release
from tests.training.benchmarks.titles_sets import write_melo, write_similar
from training.benchmarks.command import add_benchmark
from training.benchmarks.experiment import TitleRun
from training.benchmarks.resources import Resources
from training.benchmarks.titles_console import print_titles
from training.benchmarks.titles_run import TitleBenchmark, measured_titles

QUERIES = {"Sarti": TAILOR, "Panettieri": BAKER}


@pytest.fixture(scope="module")
def resources():
    return Resources(
        lexicon=load_lexicon(shipped_data() / "lexicon"),
        imported=None,
        linking_dir=shipped_data() / "linking",
    )


@pytest.fixture
def invoke(resources):
    """Run the command without a service, which job titles do not need."""

    def refuse(*_: object) -> None:
        raise AssertionError("benchmarks of job titles need no service")

    def run(*arguments):
        app = typer.Typer()

        # With a second command, Typer asks for the verb as the product's command line does.
        @app.command()
        def other() -> None: ...

        add_benchmark(
            app,
            build_service=refuse,
            own_set=refuse,
            own_extraction=refuse,
            linking=lambda: resources,
            peer_python=lambda: None,
            measures=lambda: pytest.fail("no effect is measured here"),
        )
        return CliRunner().invoke(app, ["benchmark", *map(str, arguments)])

    return run


def test_the_last_line_of_stdout_is_one_json_object(invoke, tmp_path):
    folder = write_melo(tmp_path / "set", QUERIES)
    result = invoke("occupation-linking", "--data", folder, "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout.splitlines()[-1])
    assert report["benchmark"] == "occupation-linking"
    assert report["s@5"] == 1.0
    assert report["taxonomy"] == "no taxonomy is imported"


def test_similar_titles_are_compared_by_the_lexicon_where_nothing_is_imported(invoke, tmp_path):
    folder = write_similar(tmp_path / "set", {"magazziniera": ["magazziniere"]}, ["cuoco"])
    report = json.loads(invoke("title-similarity", "--data", folder, "--json").stdout)
    assert report["map"] == 1.0
    assert report["occupations"] > 50


def test_tables_are_printed_for_people(invoke, tmp_path):
    folder = write_melo(tmp_path / "set", QUERIES)
    result = invoke("occupation-linking", "--data", folder, "--cross-fit")
    assert result.exit_code == 0, result.output
    for words in ("trees, cross-fitted", "tfidf_letters", "Linked at a confidence of .5"):
        assert words in result.stdout


def test_the_curve_of_confidence_is_printed_by_tenths():
    console = Console(file=io.StringIO(), width=80)
    row = {"answers": 12, "confidence": 0.75, "right": 0.7}
    print_titles(
        console,
        {
            "benchmark": "title-confidence",
            "language": "it",
            "titles": 40,
            "calibration_error": 0.05,
            "reliability": [row],
        },
    )
    text = console.file.getvalue()
    assert "off by 0.050" in text
    assert ["12", "0.75", "0.70"] in [line.split() for line in text.splitlines()]


def test_a_recorded_run_follows_its_configuration_and_writes_its_results(invoke, tmp_path):
    write_melo(tmp_path / "set", QUERIES)
    record = tmp_path / "experiment"
    record.mkdir()
    (record / "config.toml").write_text(
        'benchmark = "occupation-linking"\ndata = "../set"\ncross_fit = true\n'
        "draws = 30\nseed = 4\n"
    )
    result = invoke("occupation-linking", "--record", record, "--json")
    assert result.exit_code == 0, result.output
    written = json.loads((record / "results.json").read_text("utf-8"))
    assert written == json.loads(result.stdout.splitlines()[-1])
    assert (written["draws"], written["seed"], written["folds"]) == (30, 4, 5)


@pytest.mark.parametrize("name", ["occupation-linking", "title-similarity"])
def test_a_set_must_be_named(invoke, name):
    result = invoke(name)
    assert isinstance(result.exception, InputError)
    assert "--data" in str(result.exception)


def test_confidence_is_learnt_from_an_import_only(invoke):
    result = invoke("title-confidence")
    assert isinstance(result.exception, InputError)
    assert "taxonomy import" in str(result.exception)


@pytest.mark.parametrize(
    "arguments",
    [
        ("title-similarity", "--cross-fit"),
        ("resume-relevance", "--cross-fit"),
        ("occupation-linking", "--split", "dev"),
        ("occupation-linking", "--errors"),
    ],
)
def test_options_of_other_benchmarks_are_wrong_usage(invoke, arguments):
    assert invoke(*arguments).exit_code == 2


def test_an_import_is_used_and_named(tmp_path: Path, resources):
    import_archives(a_release(tmp_path / "archives"), tmp_path / "taxonomy")
    imported = open_imported(tmp_path / "taxonomy")
    with_import = Resources(resources.lexicon, imported, resources.linking_dir)
    run = TitleRun(data=write_melo(tmp_path / "set", QUERIES), draws=10)
    report = measured_titles(TitleBenchmark.OCCUPATION_LINKING, with_import, run)
    assert report["taxonomy"] == f"the imported taxonomy {imported.version}"
