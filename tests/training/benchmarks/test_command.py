import json
from datetime import date

import pytest
import typer
from typer.testing import CliRunner

from matching.errors import InputError
from matching.settings import shipped_data
from tests.training.benchmarks.test_embedding import Letters
from training.benchmarks import command
from training.benchmarks.command import add_benchmark


@pytest.fixture
def invoke(service, write_set):
    """Run the command on a small set that stands in for the project's own."""
    own = write_set()

    def run(*arguments):
        app = typer.Typer()

        # With a second command, Typer asks for the verb as the product's command line does.
        @app.command()
        def other() -> None: ...

        add_benchmark(
            app,
            build_service=lambda ranker: service,
            own_set=lambda: own,
            own_extraction=lambda: own,
            linking=lambda: pytest.fail("no linker is measured here"),
            peer_python=lambda: None,
            measures=lambda: shipped_data() / "measures",
        )
        return CliRunner().invoke(app, ["benchmark", *arguments])

    run.own = own
    return run


def test_the_last_line_of_stdout_is_one_json_object(invoke):
    result = invoke("resume-relevance", "--json", "--as-of", "2024-12-31")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout.splitlines()[-1])
    assert report["benchmark"] == "resume-relevance"
    assert report["as_of"] == "2024-12-31"
    assert report["ndcg@5_low"] <= report["ndcg@5"] <= report["ndcg@5_high"]
    assert report["draws"] == 2000


def test_without_a_date_it_is_today(invoke):
    before = date.today().isoformat()
    report = json.loads(invoke("resume-relevance", "--json").stdout.splitlines()[-1])
    assert before <= report["as_of"] <= date.today().isoformat()


def test_without_json_a_table_is_printed(invoke):
    result = invoke("resume-relevance")
    assert result.exit_code == 0
    assert "ndcg@10" in result.stdout
    assert "baseline less it" in result.stdout


def test_a_recorded_run_follows_its_configuration_and_writes_its_results(invoke, tmp_path):
    folder = tmp_path / "experiment"
    folder.mkdir()
    (folder / "config.toml").write_text(
        'benchmark = "resume-relevance"\ndata = "../set"\nas_of = 2023-06-01\n'
        "draws = 40\nseed = 9\n"
    )
    result = invoke("resume-relevance", "--record", str(folder), "--json")
    assert result.exit_code == 0, result.output
    written = json.loads((folder / "results.json").read_text("utf-8"))
    assert written == json.loads(result.stdout.splitlines()[-1])
    assert (written["as_of"], written["draws"], written["seed"]) == ("2023-06-01", 40, 9)
    assert "results.json" in result.stderr
    options = ("--data", str(invoke.own), "--as-of", "2023-07-01")
    invoke("resume-relevance", "--record", str(folder), *options)
    assert json.loads((folder / "results.json").read_text("utf-8"))["as_of"] == "2023-07-01"


def test_a_folder_that_is_not_a_set_is_an_error_of_the_product(invoke, tmp_path):
    result = invoke("resume-relevance", "--data", str(tmp_path / "nothing"))
    assert isinstance(result.exception, InputError)
    assert "not a judged set" in str(result.exception)


def test_an_embedding_model_is_one_more_peer_where_it_can_be_read(invoke, tmp_path, monkeypatch):
    monkeypatch.setattr(command, "load_encoder", lambda path: Letters(str(path)))
    result = invoke("resume-relevance", "--json", "--embedding", str(tmp_path))
    assert "embedding" in json.loads(result.stdout.splitlines()[-1])["peers"]
    monkeypatch.setattr(command, "load_encoder", lambda path: None)
    result = invoke("resume-relevance", "--json", "--embedding", str(tmp_path))
    assert "embedding" not in json.loads(result.stdout.splitlines()[-1])["peers"]
    assert "sentence-transformers" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-set",),
        ("resume-relevance", "--as-of", "ieri"),
        ("hazard-recovery", "--embedding", "."),
        ("censored-hazard", "--data", "."),
        ("risk-speed", "--as-of", "2026-01-01"),
    ],
)
def test_wrong_usage_is_exit_two(invoke, arguments):
    assert invoke(*arguments).exit_code == 2
