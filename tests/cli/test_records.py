import io
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.cli.records import error_row, json_line, read_records, write_scores
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError, InputError


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_records(path)
    return str(caught.value)


def test_rows_keep_their_order_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '\ufeff{"id": "b", "text": "uno", "title": "t"}\r\n\n{"id": 7, "text": ""}', "utf-8"
    )
    first, second = read_records(path)
    assert (first.id, first.text, first.title, first.comune) == ("b", "uno", "t", None)
    assert (second.id, second.text, second.where) == ("7", "", f"{path}, line 3")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("3", "a JSON object is needed, not int"),
        ('{"text": "x"}', "'id' is missing"),
        ('{"id": "a", "text": null}', "'text' must be a text, not None"),
        ('{"id": true, "text": "x"}', "'id' must be a text, not True"),
        ('{"id": 1.5, "text": "x"}', "'id' must be a text, not 1.5"),
        ('{"id": "a", "text": "x", "comune": 3}', "'comune' must be a text, not 3"),
        ('{"id": "", "text": "x"}', "is blank"),
        ('{"id": "a\\u2028b", "text": "x"}', "line break"),
        ('{"id": "a\\ud800", "text": "x"}', "control character"),
        ("[" * 100_000, "JSON that no reader takes"),
        ('{"id": ' + "1" * 5000 + ', "text": "x"}', "JSON that no reader takes"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_line(
    tmp_path: Path, row: str, said: str
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "first", "text": ""}\n' + row, "utf-8")
    message = refusal(path)
    assert message.startswith(f"{path}, line 2: ")
    assert said in message


def test_an_identifier_given_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": 1, "text": ""}\n{"id": "1", "text": ""}\n')
    assert refusal(path).startswith(f"{path}, line 2: id '1' is already in {path}, line 1")


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"id": "a", "text": "citt\xe0"}')
    assert "not UTF-8 at byte 25" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


def test_half_a_surrogate_pair_in_a_text_does_not_stop_the_work(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "text": "uso \\ud800 muletto"}')
    assert read_records(path)[0].text == "uso ? muletto"


def test_a_blank_comune_is_no_comune(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "a", "text": "x", "comune": " "}')
    assert read_records(path)[0].comune is None


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4))
def test_a_json_line_is_one_line_of_utf_8_that_reads_back(row: dict[str, str]) -> None:
    line = json_line(row)
    assert b"\n" not in line
    assert json.loads(line.decode("utf-8")) == row


def test_a_file_name_that_is_not_utf_8_still_gives_a_line() -> None:
    error = DocumentError(DocumentErrorCode.EMPTY, "The file has 0 bytes.")
    row = error_row(Path(os.fsdecode(b"perch\xe9.pdf")), error)
    assert json.loads(json_line(row))["file"] == "perch\ufffd.pdf"


def test_scores_are_tab_separated_with_six_decimals_and_nothing_quoted() -> None:
    file = io.StringIO()
    frame = pd.DataFrame({"person_id": ['a "b"', "c,d"], "score": [0.5, 1.0]})
    write_scores(frame, file)
    assert file.getvalue() == 'person_id\tscore\na "b"\t0.500000\nc,d\t1.000000\n'
