import json

import pytest

from matching.domain import DocumentKind
from matching.errors import InputError
from training.benchmarks.italian_extraction_set import RowKind, Split, read_gold

HEADER = "document\tkind\turi\talso\tevidence\tmain"
DOCUMENT = {"id": "{half}-v01", "kind": "vacancy", "title": "", "text": "Cuoco: primi piatti."}
ROWS = (
    "{half}-v01\toccupation\turn:x:cuoco\turn:x:chef urn:x:aiuto\tCuoco\t1",
    "{half}-v01\tskill\turn:x:primi\t\tprimi piatti\t",
)


@pytest.fixture
def write(tmp_path):
    """Write a set; a test replaces the part of the test half that it is about."""

    def make(*, document=None, rows=ROWS, header=HEADER, second=None, boilerplate=None):
        folder = tmp_path / "extraction"
        for half in ("dev", "test"):
            (folder / half).mkdir(parents=True)
            values = DOCUMENT | (document or {} if half == "test" else {})
            text = json.dumps(values).replace("{half}", half)
            (folder / half / "documents.jsonl").write_text(text + "\n", "utf-8")
            here = (header, *rows) if half == "test" else (HEADER, *ROWS)
            table = "".join(f"{row}\n" for row in here).replace("{half}", half)
            (folder / half / "annotations.tsv").write_text(table, "utf-8")
        if second is not None:
            table = "".join(f"{row}\n" for row in (HEADER, *second))
            (folder / "second_annotations.tsv").write_text(table, "utf-8")
        if boilerplate is not None:
            (tmp_path / "boilerplate").mkdir()
            lines = "".join(json.dumps(row) + "\n" for row in boilerplate)
            (tmp_path / "boilerplate" / "documents.jsonl").write_text(lines, "utf-8")
        return folder

    return make


def test_a_document_has_its_rows(write):
    gold = read_gold(write(), Split.TEST)
    (document,) = gold.documents
    assert (document.id, document.kind) == ("test-v01", DocumentKind.VACANCY)
    job, skill = document.rows
    assert (job.kind, job.main) == (RowKind.OCCUPATION, True)
    assert job.accepted == {"urn:x:cuoco", "urn:x:chef", "urn:x:aiuto"}
    assert (skill.evidence, skill.main, skill.accepted) == ("primi piatti", False, {"urn:x:primi"})
    assert document.second is None
    assert gold.boilerplate is None
    assert sorted(gold.files) == ["test/annotations.tsv", "test/documents.jsonl"]


def test_all_are_both_halves(write):
    gold = read_gold(write(), Split.ALL)
    assert [document.id for document in gold.documents] == ["dev-v01", "test-v01"]


def test_the_other_half_need_not_be_there(write):
    folder = write()
    for path in (folder / "test").iterdir():
        path.unlink()
    assert len(read_gold(folder, Split.DEV).documents) == 1


def test_a_second_annotator_is_read_for_the_documents_of_the_split(write):
    rows = ("test-v01\tskill\turn:x:primi\t\tprimi\t", "dev-v01\tskill\turn:x:altro\t\tCuoco\t")
    gold = read_gold(write(second=rows), Split.TEST)
    assert [row.evidence for row in gold.documents[0].second] == ["primi"]


def test_texts_in_which_nothing_may_be_found_are_those_of_the_split(write):
    texts = [
        {"id": f"b{number}", "kind": "cv", "split": split, "text": "Contatti"}
        for number, split in enumerate(("dev", "test", "test"))
    ]
    folder = write(boilerplate=texts)
    assert [one.id for one in read_gold(folder, Split.TEST).boilerplate] == ["b1", "b2"]
    assert len(read_gold(folder, Split.ALL).boilerplate) == 3


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"document": {"kind": "letter"}}, "kind 'letter'"),
        ({"document": {"text": " "}}, "line 1: id, kind and text"),
        ({"document": {"id": "dev-v01"}, "rows": ()}, "in the other half"),
        ({"header": "document\tkind\turi\tevidence\tmain"}, "no column also"),
        ({"rows": ("{half}-v09\tskill\tu\t\tCuoco\t",)}, "line 2: there is no document"),
        ({"rows": ("{half}-v01\tidea\tu\t\tCuoco\t",)}, "kind 'idea'"),
        ({"rows": ("{half}-v01\tskill\tu\t\tCuoco\t1",)}, "main must be 1, on an occupation"),
        ({"rows": ("{half}-v01\toccupation\tu\t\tCuoco\tsi",)}, "main must be 1"),
        ({"rows": ("{half}-v01\tskill\tu v\t\tCuoco\t",)}, "one URI"),
        ({"rows": ("{half}-v01\tskill\tu\t\tCuoca\t",)}, "line 2: the evidence is not in"),
        ({"rows": ("{half}-v01\tskill\tu",)}, "fewer fields"),
        ({"rows": (ROWS[1], ROWS[1])}, "line 3: a row of this document and concept"),
        ({"boilerplate": [{"id": "b", "kind": "cv", "text": "x"}]}, "split must be dev or test"),
    ],
)
def test_a_set_that_does_not_hold_together_is_refused(write, changed, said):
    with pytest.raises(InputError, match=said):
        read_gold(write(**changed), Split.ALL)


def test_no_message_shows_the_words_of_a_row(write):
    with pytest.raises(InputError) as refused:
        read_gold(write(rows=("{half}-v01\tskill\tu\t\tsegretissimo\t",)), Split.TEST)
    assert "segretissimo" not in str(refused.value)


def test_a_folder_without_the_files_is_named(tmp_path):
    with pytest.raises(InputError, match=r"documents\.jsonl: cannot be read"):
        read_gold(tmp_path, Split.DEV)
