import json
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from matching.extraction.container import read_arrays, write_arrays

ARRAYS = {
    "numbers": np.array([1, 2, 3], np.uint32),
    "none": np.zeros(0, np.uint64),
    "bytes": np.frombuffer(b"abc", np.uint8),
    "signed": np.array([-1], np.int32),
}


def test_arrays_come_back_as_they_were_and_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "index.labels"
    write_arrays(path, ARRAYS, seal="a")
    found = read_arrays(path, seal="a")
    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert found[name].dtype == array.dtype
        assert found[name].tolist() == array.tolist()
    with pytest.raises(ValueError, match="read-only"):
        found["numbers"][0] = 7
    assert [other.name for other in tmp_path.iterdir()] == ["index.labels"]


def test_another_seal_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.labels"
    write_arrays(path, ARRAYS, seal="a")
    with pytest.raises(ValueError, match="other data"):
        read_arrays(path, seal="b")


def test_a_file_that_holds_objects_is_refused(tmp_path: Path) -> None:
    text = json.dumps({"seal": "a", "arrays": {"x": ["|O", 0, 1]}}).encode()
    path = tmp_path / "index.labels"
    path.write_bytes(struct.pack("<8sIQ", b"VALORIX1", zlib.crc32(text), len(text)) + text)
    with pytest.raises(ValueError, match=r"x holds '\|O'"):
        read_arrays(path, seal="a")


def test_a_file_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "index.labels"
    path.write_bytes(b"VALORIX1")
    with pytest.raises(ValueError, match="cut short"):
        read_arrays(path, seal="a")
