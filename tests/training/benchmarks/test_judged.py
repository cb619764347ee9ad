import gzip
import hashlib
import json
from pathlib import Path

import pytest

from matching.errors import InputError
from training.benchmarks.judged import read_judged


def write_ferr(
    folder: Path,
    *,
    labels: str = "hr_id,jd_id,resume_id,score\n3,j1,11,7\n3,j1,12,1\n",
    terms: str = '{"jd_id": "j1", "terms": ["forklift", "picking"]}\n',
    resumes: bytes | None = None,
) -> Path:
    rows = [{"resume_id": 11, "text": "Forklift driver"}, {"resume_id": 12, "text": "Cook"}]
    packed = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    (folder / "labels.csv").write_text(labels)
    (folder / "jd_terms.jsonl").write_text(terms)
    (folder / "resumes.jsonl.gz").write_bytes(packed if resumes is None else resumes)
    return folder


def test_the_own_layout_is_read_with_its_grades_and_checksums(write_set):
    folder = write_set()
    judged = read_judged(folder)
    assert judged.layout == "own"
    assert [vacancy.title for vacancy in judged.vacancies] == [
        "Magazziniere mulettista",
        "Aiuto cuoco",
    ]
    assert judged.grades == {"v1": {"p1": 3, "p2": 0, "p3": 0}, "v2": {"p1": 0, "p2": 3, "p3": 1}}
    assert judged.second is None
    assert (judged.good, judged.pairs) == (2, 6)
    assert judged.files["judgements.tsv"] == (
        hashlib.sha256((folder / "judgements.tsv").read_bytes()).hexdigest()
    )


def test_only_some_pairs_need_to_be_judged(write_set):
    judged = read_judged(write_set(judgements=[("v1", "p2", "1"), ("v2", "p3", "0")]))
    assert judged.grades == {"v1": {"p2": 1}, "v2": {"p3": 0}}


def test_a_second_judge_of_the_same_pairs_is_read_and_of_others_refused(write_set):
    rows = [("v2", "p3", "0"), ("v1", "p2", "2")]
    folder = write_set(judgements=[("v1", "p2", "1"), ("v2", "p3", "0")], second=rows)
    assert read_judged(folder).second == {"v1": {"p2": 2}, "v2": {"p3": 0}}
    assert "judgements_second.tsv" in read_judged(folder).files
    other = folder / "judgements_second.tsv"
    other.write_text("vacancy_id\tperson_id\tgrade\nv1\tp1\t2\nv2\tp3\t0\n")
    with pytest.raises(InputError, match="same pairs"):
        read_judged(folder)


def test_the_shipped_set_is_read_whole():
    judged = read_judged(Path(__file__).parents[3] / "data" / "gold" / "relevance")
    assert (len(judged.vacancies), len(judged.persons), judged.pairs) == (12, 30, 360)
    assert judged.second is not None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("v9", "p1", "1")], "line 2.*'v9'"),
        ([("v1", "p9", "1")], "line 2.*'p9'"),
        ([("v1", "p1", "1"), ("v1", "p1", "2")], "line 3.*twice"),
        ([("v1", "p1", "-1")], "line 2.*'-1'"),
        ([("v1", "p1", "1.5")], "line 2.*'1.5'"),
        ([("v1", "p1", "²")], "line 2.*not a whole number"),
        ([("v1", "p1", "")], "line 2.*''"),
        ([("v1", "p1")], "line 2.*fewer fields"),
        ([("v1", "p1", "1")], "'v2' has no judged person"),
    ],
)
def test_a_judgement_that_cannot_be_used_is_named(write_set, rows, said):
    folder = write_set(judgements=rows)
    with pytest.raises(InputError, match=said):
        read_judged(folder)


def test_a_header_without_a_column_is_named(write_set):
    folder = write_set(header="vacancy_id\tperson_id\tvoto")
    with pytest.raises(InputError, match="no column grade"):
        read_judged(folder)


def test_quotes_and_odd_line_separators_in_the_grounds_are_text(write_set):
    folder = write_set(
        judgements=[("v1", "p1", "3", 'asks "muletto'), ("v2", "p2", "2", "a\u2028b\x85c")],
        header="vacancy_id\tperson_id\tgrade\tground",
    )
    assert read_judged(folder).grades == {"v1": {"p1": 3}, "v2": {"p2": 2}}


def test_a_folder_of_neither_layout_says_what_is_needed(tmp_path):
    with pytest.raises(InputError, match=r"judgements\.tsv.*labels\.csv"):
        read_judged(tmp_path)


def test_the_ferr_layout_is_read_with_scores_from_zero(tmp_path):
    judged = read_judged(write_ferr(tmp_path))
    assert judged.layout == "ferr"
    assert judged.vacancies[0].text == "forklift\npicking"
    assert judged.grades == {"j1": {"11": 6, "12": 0}}
    assert judged.good is None


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"labels": "jd_id,resume_id,score\nj1,11,8\n"}, "line 2.*8 is off the scale"),
        ({"labels": "jd_id,resume_id,score\nj1,11,0\n"}, "line 2.*0 is off the scale"),
        ({"terms": '{"jd_id": "j1"}\n'}, r"jd_terms\.jsonl, line 1"),
        ({"terms": '\n{"jd_id": \n'}, r"jd_terms\.jsonl, line 2.*not JSON"),
        ({"terms": "[1]\n"}, r"jd_terms\.jsonl, line 1"),
        ({"resumes": b"not gzip"}, r"resumes\.jsonl\.gz.*cannot be read"),
        ({"resumes": gzip.compress(b"{}")[:-9]}, r"resumes\.jsonl\.gz.*cannot be read"),
        ({"resumes": gzip.compress(b"\xff")}, r"resumes\.jsonl\.gz.*cannot be read"),
    ],
)
def test_a_ferr_file_that_cannot_be_used_is_named(tmp_path, part, said):
    with pytest.raises(InputError, match=said):
        read_judged(write_ferr(tmp_path, **part))


def test_a_file_that_is_not_utf_8_is_named(write_set):
    folder = write_set()
    (folder / "judgements.tsv").write_bytes(b"vacancy_id\tperson_id\tgrade\n\xe0\tp1\t1\n")
    with pytest.raises(InputError, match=r"judgements\.tsv: cannot be read as UTF-8"):
        read_judged(folder)
