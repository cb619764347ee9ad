"""The speed benchmark on a tiny set: it finds what was planted; how fast is not tested."""

import io
import json

import pytest
from rich.console import Console

from matching.errors import InputError
from training.benchmarks.experiment import SpeedRun, read_speed_run
from training.benchmarks.matching_speed_run import SpeedAsked, print_speed, run_speed, speed_report
from training.benchmarks.resources import Resources
from training.benchmarks.speed_load import load
from training.benchmarks.speed_material import many_labels, noisy_phrases, planted_documents

TINY = SpeedRun(labels=300, texts=5, words=150, phrases=20, rounds=2, seed=3)


@pytest.fixture(scope="module")
def resources(service, tmp_path_factory):
    return Resources(
        lexicon=service.taxonomy, imported=None, linking_dir=tmp_path_factory.mktemp("linking")
    )


@pytest.fixture
def report(resources, write_set, monkeypatch):
    # Another process, which takes seconds to begin, is for the benchmark itself.
    monkeypatch.setattr("training.benchmarks.matching_speed.loaded_elsewhere", load)
    return speed_report(resources, write_set(), TINY)


def test_what_was_planted_is_found_inflected_as_well(report):
    systems = report["matching"]["systems"]
    for name in ("valoriamo_python", "spacy_lower", "spacy_lemma"):
        assert systems[name]["found_as_written"] > 0.9
        assert systems[name]["texts_per_second"] > 0
    assert systems["valoriamo_python"]["found_inflected"] > 0.9
    assert systems["spacy_lower"]["found_inflected"] < 0.2
    assert (
        systems.get("valoriamo", systems["valoriamo_python"])["found_inflected"]
        == (systems["valoriamo_python"]["found_inflected"])
    )


def test_ratios_and_recall_are_reported(report):
    assert report["labels"] == 300
    assert report["texts"] == 5
    for peer in ("spacy_lower", "spacy_lemma"):
        ratio = report["matching"]["ratios"][peer]
        assert 0 < ratio["least"] <= ratio["median"] <= ratio["most"]
    assert report["linking"]["recall@1"] >= report["linking"]["peer_recall@1"] - 0.1
    assert report["linking"]["phrases"] == 2
    assert report["matching"]["loading"]["process_mb"] > 0
    json.dumps(report)


def test_people_are_told_in_words(report):
    out = io.StringIO()
    print_speed(Console(file=out, width=120), report)
    assert "spacy_lemma" in out.getvalue()
    assert "recall@1" in out.getvalue()


def test_the_same_seed_makes_the_same_material(service):
    labels = many_labels(service.taxonomy, None, count=20_000, seed=1)
    assert labels == many_labels(service.taxonomy, None, count=20_000, seed=1)
    assert len(set(labels)) == 20_000
    texts = ["Ho lavorato in mensa per molti anni\ne poi in fabbrica"]
    one, other = (
        planted_documents(texts, labels, count=3, words=200, seed=seed) for seed in (1, 1)
    )
    assert one == other
    for document in one:
        assert len(document.planted) == 20
        assert len(document.text.split()) >= 200
        for planted in document.planted:
            written = document.text[planted.start : planted.end]
            assert planted.inflected is not (written in labels)
    assert noisy_phrases(labels, count=5, seed=1) == noisy_phrases(labels, count=5, seed=1)


def test_texts_without_words_cannot_be_planted_in(service):
    with pytest.raises(ValueError, match="at least a few words"):
        planted_documents(["", "a\nb"], ["saldatura"], count=1, words=10, seed=1)


def test_a_recorded_run_follows_its_configuration(
    resources, write_set, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("training.benchmarks.matching_speed.loaded_elsewhere", load)
    (tmp_path / "config.toml").write_text(
        'benchmark = "matching-speed"\nlabels = 200\ntexts = 3\nwords = 120\nphrases = 20\n'
        "rounds = 1\nseed = 5\n"
    )
    own = write_set()
    asked = SpeedAsked(data=None, record=tmp_path)
    run_speed(lambda: resources, lambda: own, asked, as_json=True)
    written = json.loads((tmp_path / "results.json").read_text("utf-8"))
    assert json.loads(capsys.readouterr().out.splitlines()[-1]) == written
    assert (written["labels"], written["texts"], written["seed"]) == (200, 3, 5)


@pytest.mark.parametrize("line", ["labels = 0", "rounds = -1", 'labels = "many"', "other = 3"])
def test_a_configuration_that_makes_no_sense_is_refused(tmp_path, line):
    fields = {"labels": 1, "texts": 1, "words": 1, "phrases": 1, "rounds": 1, "seed": 1}
    fields.pop(line.split(" ")[0], None)
    lines = [f"{name} = {value}" for name, value in fields.items()]
    (tmp_path / "config.toml").write_text("\n".join(['benchmark = "matching-speed"', *lines, line]))
    with pytest.raises(InputError, match=line.split(" ")[0]):
        read_speed_run(tmp_path, "matching-speed")
