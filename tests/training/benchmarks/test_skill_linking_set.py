import hashlib

import pytest

from matching.domain import ConceptKind
from matching.errors import InputError
from matching.linking.skill_forms import SkillEntry
from tests.training.benchmarks.sentence_sets import LABELS, TEST, write_sentences
from training.benchmarks.skill_linking_set import entries_of, read_sentences


def test_a_set_has_its_labels_and_its_sentences_by_part_and_split(tmp_path):
    write_sentences(tmp_path)
    write_sentences(tmp_path, part="star", validation=None)
    given = read_sentences(tmp_path)
    assert given.language == "en"
    assert given.labels == LABELS
    assert set(given.parts) == {("moon", "test"), ("moon", "validation"), ("star", "test")}
    assert set(given.of_split("test")) == {"moon", "star"}
    assert set(given.of_split("validation")) == {"moon"}


def test_the_labels_of_a_sentence_are_joined_and_sentences_without_one_left_out(tmp_path):
    rows = read_sentences(write_sentences(tmp_path)).of_split("test")["moon"]
    assert [(row.text, sorted(row.labels)) for row in rows] == [
        ("Polish our moons until they shine", ["polish moons"]),
        ("Raking craters, counting stars", ["count stars", "rake craters"]),
    ]


@pytest.mark.parametrize("mark", ["", "  ", "LABEL NOT PRESENT", "UNDERSPECIFIED"])
def test_marks_of_annotators_are_no_labels(tmp_path, mark):
    given = read_sentences(write_sentences(tmp_path, test=[("Nice people", mark), *TEST]))
    assert "Nice people" not in {row.text for row in given.of_split("test")["moon"]}


def test_the_checksum_of_every_file_read_is_kept(tmp_path):
    given = read_sentences(write_sentences(tmp_path))
    assert set(given.files) == {path.name for path in tmp_path.iterdir()}
    for name, digest in given.files.items():
        assert digest == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_labels_may_be_packed_or_not(tmp_path):
    write_sentences(tmp_path, labels=None)
    (tmp_path / "skills_it_label.txt").write_text("lucidare lune\n\n rastrellare \n", "utf-8")
    given = read_sentences(tmp_path)
    assert (given.language, given.labels) == ("it", ("lucidare lune", "rastrellare"))


def test_a_folder_without_labels_or_sentences_is_no_set(tmp_path):
    for number, missing in enumerate([{"labels": None}, {"test": None, "validation": None}]):
        folder = write_sentences(tmp_path / str(number), **missing)
        with pytest.raises(InputError, match="no set of annotated sentences"):
            read_sentences(folder)
    with pytest.raises(InputError, match="nowhere"):
        read_sentences(tmp_path / "nowhere")


@pytest.mark.parametrize("split", ["test", "validation"])
def test_a_split_that_is_not_there_is_refused_and_those_that_are_named(tmp_path, split):
    other = {"test": "validation", "validation": "test"}[split]
    given = read_sentences(write_sentences(tmp_path, **{split: None}))
    assert given.parts_named(split) == {}
    with pytest.raises(InputError, match=f"no {split} sentences with a label; it has: {other}"):
        given.of_split(split)


def test_a_split_whose_sentences_have_no_label_is_none(tmp_path):
    write_sentences(tmp_path, test=[("Nice people", "UNDERSPECIFIED")], validation=None)
    with pytest.raises(InputError, match="none at all"):
        read_sentences(tmp_path).of_split("test")


@pytest.mark.parametrize("header", [("sentence", "skill"), ("text", "label")])
def test_a_missing_column_is_named_with_its_file(tmp_path, header):
    write_sentences(tmp_path, header=header)
    missing = ({"sentence", "label"} - set(header)).pop()
    with pytest.raises(InputError, match=f"moon_test_annotations.csv: the column '{missing}'"):
        read_sentences(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("skills_en_label.txt.gz", b"no archive"),
        ("skills_en_label.txt.gz", b"\x1f\x8b\x08\x00"),
        ("moon_test_annotations.csv", b"sentence,label\n\xff,x\n"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content):
    write_sentences(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=f"{name}: cannot be read"):
        read_sentences(tmp_path)


KNOWN = SkillEntry(
    uri="urn:test:paint",
    labels=("paint rings, belts", "ring painting"),
    kind=ConceptKind.KNOWLEDGE,
    essential=3,
    optional=1,
    own=True,
)


def test_a_label_brings_what_the_taxonomy_knows_of_it_commas_or_not():
    (entry,) = entries_of(["paint rings belts"], [KNOWN])
    assert (entry.uri, entry.labels) == (
        "paint rings belts",
        ("paint rings belts", "ring painting"),
    )
    assert (entry.kind, entry.essential, entry.optional) == (ConceptKind.KNOWLEDGE, 3, 1)
    assert entry.own


def test_a_label_that_the_taxonomy_does_not_have_stands_alone():
    (entry,) = entries_of(["catch comets"], [KNOWN])
    assert entry == SkillEntry(uri="catch comets", labels=("catch comets",))


def test_an_alternative_label_of_the_taxonomy_is_not_the_skill_of_the_list():
    (entry,) = entries_of(["ring painting"], [KNOWN])
    assert entry.labels == ("ring painting",)
