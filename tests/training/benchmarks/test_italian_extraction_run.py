import json

import pytest
import typer
from typer.testing import CliRunner

from matching.errors import InputError
from training.benchmarks.command import add_benchmark

TEXTS = {
    "v01": ("vacancy", "Cerchiamo un magazziniere con patentino del muletto e inglese."),
    "c01": ("cv", "Dal 2015 al 2020 cuoco in una mensa. Patente B."),
}
HEADER = "document\tkind\turi\talso\tevidence\tmain\n"


@pytest.fixture
def own(tmp_path, taxonomy):
    """A set of two documents in each half."""
    folder = tmp_path / "extraction"
    uri = {concept.slug: concept.uri for concept in taxonomy.occupations}
    for half in ("dev", "test"):
        (folder / half).mkdir(parents=True)
        lines = [
            json.dumps({"id": f"{half}-{name}", "kind": kind, "title": "", "text": text})
            for name, (kind, text) in TEXTS.items()
        ]
        (folder / half / "documents.jsonl").write_text("\n".join(lines), "utf-8")
        rows = (
            f"{half}-v01\toccupation\t{uri['magazziniere']}\t\tmagazziniere\t1\n"
            f"{half}-v01\tskill\turn:x:mai-sentito\t\tmuletto\t\n"
            f"{half}-c01\toccupation\t{uri['cuoco']}\t\tcuoco\t1\n"
        )
        (folder / half / "annotations.tsv").write_text(HEADER + rows, "utf-8")
    return folder


@pytest.fixture
def invoke(service, own):
    def run(*arguments):
        app = typer.Typer()

        @app.command()
        def other() -> None: ...

        add_benchmark(
            app,
            build_service=lambda ranker: service,
            own_set=lambda: own,
            own_extraction=lambda: own,
            linking=lambda: pytest.fail("no linker is measured here"),
            peer_python=lambda: None,
            measures=lambda: pytest.fail("no effect is measured here"),
        )
        return CliRunner().invoke(app, ["benchmark", *arguments])

    return run


def report_of(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout.splitlines()[-1])


def test_the_last_line_of_stdout_is_one_json_object_of_the_test_half(invoke):
    report = report_of(invoke("italian-extraction", "--json", "--as-of", "2024-12-31"))
    assert (report["benchmark"], report["split"]) == ("italian-extraction", "test")
    assert report["as_of"] == "2024-12-31"
    assert report["occupation_hit@1"] == 1.0
    assert report["recall"] == 0.0
    assert report["outside_taxonomy"] == 1.0
    assert "errors" not in report


def test_without_json_a_table_is_printed(invoke):
    result = invoke("italian-extraction", "--split", "all")
    assert result.exit_code == 0
    assert "split all: 4 documents" in result.stdout
    assert "occupation_hit@1" in result.stdout


def test_errors_of_the_dev_half_are_listed_with_their_words(invoke):
    result = invoke("italian-extraction", "--split", "dev", "--errors")
    assert result.exit_code == 0
    assert "- skill: urn:x:mai-sentito «muletto»" in result.stdout
    (entry, _) = report_of(invoke("italian-extraction", "--split", "dev", "--errors", "--json"))[
        "errors"
    ]
    assert entry["skill"]["missed"][0]["evidence"] == ["muletto"]


@pytest.mark.parametrize("split", [(), ("--split", "test"), ("--split", "all")])
def test_errors_with_documents_of_the_test_half_are_refused(invoke, split):
    result = invoke("italian-extraction", "--errors", *split)
    assert result.exit_code == 2
    assert "never looked at" in result.stderr
    assert "muletto" not in result.output


def test_a_recorded_run_follows_its_configuration_and_holds_no_errors(invoke, own, tmp_path):
    folder = tmp_path / "experiment"
    folder.mkdir()
    (folder / "config.toml").write_text(
        'benchmark = "italian-extraction"\ndata = "../extraction"\nsplit = "dev"\n'
        "as_of = 2023-06-01\ndraws = 40\nseed = 9\n"
    )
    result = invoke("italian-extraction", "--record", str(folder), "--errors")
    assert result.exit_code == 0, result.output
    written = json.loads((folder / "results.json").read_text("utf-8"))
    assert (written["split"], written["as_of"]) == ("dev", "2023-06-01")
    assert (written["draws"], written["seed"]) == (40, 9)
    assert "errors" not in written


def test_a_configuration_of_a_split_that_there_is_not_is_named(invoke, tmp_path):
    (tmp_path / "config.toml").write_text(
        'benchmark = "italian-extraction"\ndata = "."\nsplit = "half"\n'
        "as_of = 2023-06-01\ndraws = 40\nseed = 9\n"
    )
    result = invoke("italian-extraction", "--record", str(tmp_path))
    assert isinstance(result.exception, InputError)
    assert "split = 'half'" in str(result.exception)


@pytest.mark.parametrize("option", [("--split", "dev"), ("--errors",)])
def test_other_benchmarks_have_no_halves(invoke, option):
    assert invoke("resume-relevance", *option).exit_code == 2
