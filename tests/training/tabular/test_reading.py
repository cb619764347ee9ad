import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from matching.errors import InputError
from training.tabular.reading import RawTable, raw_of, read_table


def written(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(folder: Path, content: str | bytes) -> RawTable:
    return read_table(written(folder, content))


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(InputError) as caught:
        read(folder, content)
    return str(caught.value)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_each_separator_is_found(tmp_path: Path, separator: str) -> None:
    rows = [["età", "reddito lordo", "esito"], ["31", "", "sì"], ["40", "1200", "no"]]
    table = read(tmp_path, "\n".join(separator.join(row) for row in rows))
    assert table.separator == separator
    assert table.names == ("età", "reddito lordo", "esito")
    assert table.frame["esito"].tolist() == ["sì", "no"]
    assert table.frame["reddito lordo"].isna().tolist() == [True, False]


def test_decimal_commas_do_not_separate(tmp_path: Path) -> None:
    assert read(tmp_path, "a;b\n1,5;2,5\n3,5;4,5\n").frame["a"].tolist() == ["1,5", "3,5"]


def test_the_separator_that_excel_declares_is_taken(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\r\na,1;b\r\n1;2\r\n")
    assert (table.names, table.where(0)[-6:]) == (("a,1", "b"), "line 3")


def test_a_cell_in_quotes_may_hold_separators_quotes_and_line_breaks(tmp_path: Path) -> None:
    table = read(tmp_path, 'a,b\n"x, ""y""\nz",1\nw,2\n')
    assert table.frame["a"].tolist() == ['x, "y"\nz', "w"]
    assert table.lines.tolist() == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_word(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path, "città,👩\nForlì,1\n".encode(encoding))
    assert (table.names, table.notes) == (("città", "👩"), ())


def test_windows_1252_is_read_and_noted(tmp_path: Path) -> None:
    table = read(tmp_path, "città,€\nForlì,1\n".encode("cp1252"))
    assert table.names == ("città", "€")
    assert "Windows-1252" in table.notes[0]


def test_a_compressed_table_is_read(tmp_path: Path) -> None:
    assert len(read(tmp_path, gzip.compress(b"a,b\n1,2\n"))) == 1


def test_empty_lines_are_skipped_and_said_and_rows_keep_their_lines(tmp_path: Path) -> None:
    table = read(tmp_path, "\na,b\n\n1,2\n,\n\n3,4\n\n")
    assert table.lines.tolist() == [4, 5, 7]
    assert table.frame["a"].isna().tolist() == [False, True, False]
    assert table.notes == ("3 empty lines were skipped.",)


def test_names_are_composed_and_trimmed(tmp_path: Path) -> None:
    assert read(tmp_path, " eta\u0300 , a  b \n1,2\n").names == ("età", "a b")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("a,b\n", "no rows"),
        ("a,,c\n1,2,3\n", "column 2 of 3 has no name; give it one."),
        ("a,b,\n1,2,\n", "or end no line with a separator"),
        ("a,b, a\n1,2,3\n", "columns 1 and 3 are both named 'a'"),
        ("1,2.5,3\n4,5,6\n", "only numbers"),
        ("a,b\n1,2\n3\n", "line 3: 1 cells where 2 columns are named"),
        ("a;b\n1;2\n3;4;5\n", "separated by ';'"),
        ('a,b\n1,"2\n3,4\n', "line 2: this row cannot be read"),
        ('a,b\n1,"2"x\n3,4\n', "line 2: this row cannot be read"),
        ("a,b\n1," + "x" * 200_000 + "\n", "line 2: this row cannot be read"),
        ("a,b\n1,2\n3,\0\n", "line 3: holds a null character"),
        (b"PK\x03\x04rest", "workbook"),
        (b"a,b\n\x81\x8d,2\n", "no text in UTF-8"),
        (gzip.compress(b"a,b\n1,2\n", mtime=0)[:-6], "compression is damaged"),
        ("x" * 201 + ",b\n1,2\n", "at most 200"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    assert said in refusal(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: No such file"):
        read_table(tmp_path / "none.csv")


def test_a_frame_reads_as_its_file_would(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": [0.5, np.nan], "c": ["x", ""], "d": [True, False]})
    frame.to_csv(tmp_path / "t.csv", index=False)
    pd.testing.assert_frame_equal(raw_of(frame).frame, read_table(tmp_path / "t.csv").frame)


def test_a_frame_with_double_names_or_no_rows_is_refused() -> None:
    with pytest.raises(InputError, match="both named 'a'"):
        raw_of(pd.DataFrame([[1, 2]], columns=["a", "a"]))
    with pytest.raises(InputError, match="no rows"):
        raw_of(pd.DataFrame({"a": []}))


def test_many_rows_are_put_together_in_their_order(tmp_path: Path) -> None:
    count = 25_003
    table = read(tmp_path, "a,b\n" + "".join(f"{n},x\n" for n in range(count)))
    assert table.frame["a"].tolist() == [str(n) for n in range(count)]
    assert table.lines[-1] == count + 1
