import json
import shutil

import pytest
import typer
from typer.testing import CliRunner

from matching.errors import DataError, InputError, ModelError
from matching.linking.skills import SENTENCE_WEIGHTS
from matching.settings import shipped_data
from tests.factories import a_taxonomy
from tests.training.benchmarks.sentence_sets import LABELS, VALIDATION, write_sentences
from training.benchmarks.command import add_benchmark
from training.benchmarks.experiment import SentenceRun
from training.benchmarks.resources import Resources
from training.benchmarks.skill_linking_run import run_skill_linking, train_sentence_linker

SHIPPED = shipped_data() / "linking"


@pytest.fixture(scope="module")
def resources():
    return Resources(a_taxonomy(), None, SHIPPED)


@pytest.fixture
def invoke(resources):
    """Run the command without a service, which sentences do not need."""

    def refuse(*_: object) -> None:
        raise AssertionError("sentences need no service")

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
        return CliRunner().invoke(app, ["benchmark", "skill-linking", *map(str, arguments)])

    return run


def weights_in(folder):
    return {path.name: path.read_bytes() for path in folder.glob(f"{SENTENCE_WEIGHTS}.*")}


def trained(resources, data, out):
    card = train_sentence_linker(resources, data, out)
    return card, weights_in(out)


def test_the_last_line_of_stdout_is_one_json_object(invoke, tmp_path):
    result = invoke("--data", write_sentences(tmp_path), "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout.splitlines()[-1])
    assert (report["benchmark"], report["split"]) == ("skill-linking", "test")
    assert report["rp@5_low"] <= report["rp@5"] <= report["rp@5_high"]
    assert report["rp@5"] == 1.0
    assert report["taxonomy"] == "the lexicon; no taxonomy is imported"
    card = json.loads((SHIPPED / f"{SENTENCE_WEIGHTS}.json").read_text("utf-8"))
    assert report["weights"] == card["sha256"]


def test_a_table_is_printed_for_people(invoke, tmp_path):
    result = invoke("--data", write_sentences(tmp_path))
    assert result.exit_code == 0, result.output
    assert "moon_rp@10" in result.stdout


def test_measuring_learns_nothing_and_reads_no_validation_sentence(resources, tmp_path):
    run = SentenceRun(data=write_sentences(tmp_path / "one"), draws=20)
    alone = SentenceRun(data=write_sentences(tmp_path / "two", validation=None), draws=20)
    before = weights_in(SHIPPED)
    one, other = run_skill_linking(resources, run), run_skill_linking(resources, alone)
    assert {**one, "files": None} == {**other, "files": None}
    assert weights_in(SHIPPED) == before


def test_a_recorded_run_follows_its_configuration_and_writes_its_results(invoke, tmp_path):
    write_sentences(tmp_path / "set")
    record = tmp_path / "experiment"
    record.mkdir()
    (record / "config.toml").write_text(
        'benchmark = "skill-linking"\ndata = "../set"\ndraws = 30\nseed = 4\n'
    )
    result = invoke("--record", record, "--json")
    assert result.exit_code == 0, result.output
    written = json.loads((record / "results.json").read_text("utf-8"))
    assert written == json.loads(result.stdout.splitlines()[-1])
    assert (written["draws"], written["seed"]) == (30, 4)
    write_sentences(tmp_path / "other", labels=LABELS[:7])
    invoke("--record", record, "--data", tmp_path / "other")
    assert json.loads((record / "results.json").read_text("utf-8"))["labels"] == 7


@pytest.mark.parametrize(
    "arguments", [(), ("--split", "dev"), ("--errors",), ("--cross-fit",)], ids=str
)
def test_wrong_usage_is_exit_two(invoke, tmp_path, arguments):
    data = ("--data", write_sentences(tmp_path)) if arguments else ()
    assert invoke(*data, *arguments).exit_code == 2


def test_a_date_changes_nothing_and_is_taken(invoke, tmp_path):
    result = invoke("--data", write_sentences(tmp_path), "--as-of", "2024-01-01", "--json")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ({"test": None}, "no test sentences"),
        ({"labels": None}, "no set of annotated sentences"),
    ],
)
def test_without_test_sentences_or_labels_nothing_is_measured(invoke, tmp_path, missing, message):
    result = invoke("--data", write_sentences(tmp_path, **missing))
    assert isinstance(result.exception, InputError)
    assert message in str(result.exception)


def test_weights_that_are_missing_or_exchanged_are_refused(resources, tmp_path):
    run = SentenceRun(data=write_sentences(tmp_path / "set"), draws=10)
    folder = tmp_path / "linking"
    folder.mkdir()
    without = Resources(resources.lexicon, None, folder)
    with pytest.raises(DataError, match="missing"):
        run_skill_linking(without, run)
    shutil.copy(SHIPPED / f"{SENTENCE_WEIGHTS}.json", folder)
    (folder / f"{SENTENCE_WEIGHTS}.txt").write_text("tree\n")
    with pytest.raises(ModelError, match="not those of their card"):
        run_skill_linking(without, run)


def test_training_twice_gives_the_same_files(resources, tmp_path):
    data = write_sentences(tmp_path / "set")
    _, one = trained(resources, data, tmp_path / "one")
    _, other = trained(resources, data, tmp_path / "other")
    assert set(one) == {f"{SENTENCE_WEIGHTS}.txt", f"{SENTENCE_WEIGHTS}.json"}
    assert one == other


def test_the_labels_of_test_sentences_are_not_learned_from(resources, tmp_path):
    right = write_sentences(tmp_path / "right")
    wrong = write_sentences(
        tmp_path / "wrong",
        test=[
            ("Polish our moons until they shine", "paint rings"),
            ("Raking craters, counting stars", "tide theory"),
        ],
    )
    _, one = trained(resources, right, tmp_path / "one")
    _, other = trained(resources, wrong, tmp_path / "other")
    assert one == other


def test_sentences_repeated_in_the_test_half_are_left_out(resources, tmp_path):
    repeated = [("Polish our moons until they shine", "polish moons"), *VALIDATION]
    card, files = trained(resources, write_sentences(tmp_path / "set"), tmp_path / "plain")
    more, again = trained(
        resources, write_sentences(tmp_path / "more", validation=repeated), tmp_path / "repeated"
    )
    assert (card["left_out_as_repeated_in_test"], more["left_out_as_repeated_in_test"]) == (0, 1)
    assert card["sentences"] == more["sentences"] == {"moon": len(VALIDATION)}
    assert files[f"{SENTENCE_WEIGHTS}.txt"] == again[f"{SENTENCE_WEIGHTS}.txt"]


def test_a_part_that_the_test_half_repeats_whole_teaches_nothing(resources, tmp_path):
    write_sentences(tmp_path / "set")
    same = [("Comets to catch", "catch comets")]
    data = write_sentences(tmp_path / "set", part="star", test=same, validation=same)
    card, _ = trained(resources, data, tmp_path / "out")
    assert set(card["sentences"]) == {"moon"}
    assert card["left_out_as_repeated_in_test"] == 1


def test_the_card_says_what_was_learned_from_and_what_was_reached(resources, tmp_path):
    data = write_sentences(tmp_path / "set")
    card, files = trained(resources, data, tmp_path / "out")
    written = json.loads(files[f"{SENTENCE_WEIGHTS}.json"])
    assert set(written["files"]) == {"moon_validation_annotations.csv", "skills_en_label.txt.gz"}
    assert 0.5 < written["cross_fitted"]["rp@5"] <= 1.0
    assert written["cross_fitted"] == card["cross_fitted"]
    assert card["written"] == str(tmp_path / "out" / f"{SENTENCE_WEIGHTS}.txt")


def test_what_was_trained_can_be_measured(resources, tmp_path):
    data = write_sentences(tmp_path / "set")
    trained(resources, data, tmp_path / "out")
    own = Resources(resources.lexicon, None, tmp_path / "out")
    assert run_skill_linking(own, SentenceRun(data=data, draws=10))["mrr"] > 0.5


def test_without_validation_sentences_nothing_is_learned_or_written(resources, tmp_path):
    data = write_sentences(tmp_path / "set", validation=None)
    with pytest.raises(InputError, match="no validation sentences"):
        train_sentence_linker(resources, data, tmp_path / "out")
    same = write_sentences(tmp_path / "same", test=VALIDATION)
    with pytest.raises(InputError, match="repeats every validation sentence"):
        train_sentence_linker(resources, same, tmp_path / "out")
    assert not (tmp_path / "out").exists()
