"""The imported taxonomy on disk: what is damaged is refused, what is killed leaves the old one."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from matching.errors import TaxonomyError
from matching.taxonomy.esco import import_archives, is_imported, open_imported
from matching.taxonomy.esco.texts import Texts, packed
from matching.taxonomy.esco.writing import locked
from tests.taxonomy.archives import ENGLISH, ITALIAN, KEEPER, a_release

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "taxonomy"
    import_archives(a_release(tmp_path / "archives"), folder)
    return folder


def test_texts_are_a_sequence() -> None:
    blob, offsets = packed(["à", "", "zebra"])
    texts = Texts(memoryview(blob), offsets)
    assert list(texts) == ["à", "", "zebra"]
    assert (texts[0], texts[-1], texts[1:]) == ("à", "zebra", ["", "zebra"])
    with pytest.raises(IndexError):
        texts[3]


def test_sorted_texts_are_found() -> None:
    blob, offsets = packed(["b", "d", "f"])
    texts = Texts(memoryview(blob), offsets)
    assert [texts.number(text) for text in "abcdefg"] == [None, 0, None, 1, None, 2, None]


def test_views_are_sequences_of_all_concepts(store: Path) -> None:
    imported = open_imported(store)
    preferred, alternatives = imported.preferred("en"), imported.alternatives("en")
    assert len(preferred) == len(alternatives) == len(imported) == len(ENGLISH)
    assert [*preferred] == preferred[:]
    assert [*alternatives] == alternatives[:]
    assert set(preferred) == {label for label, _ in ENGLISH.values()}
    with pytest.raises(IndexError):
        preferred[len(imported)]


def test_nothing_that_is_mapped_can_be_written(store: Path) -> None:
    imported = open_imported(store)
    with pytest.raises(ValueError, match="read-only"):
        imported.kind_codes[0] = 0
    with pytest.raises(TypeError):
        imported.uris.blob[0] = 0


def test_a_folder_without_import_says_how_to_import(tmp_path: Path) -> None:
    assert not is_imported(tmp_path)
    with pytest.raises(TaxonomyError, match="valoriamo taxonomy import ARCHIVE"):
        open_imported(tmp_path)


def damaged(store: Path) -> str:
    with pytest.raises(TaxonomyError) as caught:
        open_imported(store)
    assert "Import the archives again" in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("name", ["uris.bin", "kinds.npy", "forms.en.bin", "manifest.json"])
def test_a_file_that_is_missing_or_cut_short_is_named(store: Path, name: str) -> None:
    path = open_imported(store).folder / name
    data = path.read_bytes()
    path.write_bytes(data[:-9])
    assert name in damaged(store) or name == "manifest.json"
    path.unlink()
    assert f"{name} is missing" in damaged(store)


def test_an_array_of_another_kind_is_refused(store: Path) -> None:
    folder = open_imported(store).folder
    np.save(folder / "kinds.npy", np.zeros(len(ENGLISH), dtype=np.float64))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["kinds.npy"]["bytes"] = (folder / "kinds.npy").stat().st_size
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "kinds.npy holds float64" in damaged(store)


def test_texts_that_do_not_fit_their_places_are_refused(store: Path) -> None:
    folder = open_imported(store).folder
    with (folder / "uris.bin").open("ab") as file:
        file.write(b"x")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["uris.bin"]["bytes"] += 1
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "uris.npy does not fit uris.bin" in damaged(store)


@pytest.mark.parametrize("name", ["", "..", "a/b"])
def test_a_pointer_that_leaves_the_folder_is_refused(store: Path, name: str) -> None:
    (store / "CURRENT").write_text(name)
    assert "CURRENT holds" in damaged(store)


def test_another_form_is_refused(store: Path) -> None:
    path = open_imported(store).folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 99}))
    with pytest.raises(TaxonomyError, match="written in form 99"):
        open_imported(store)


def test_an_open_import_outlives_the_one_that_replaces_it(store: Path, tmp_path: Path) -> None:
    before = open_imported(store)
    keeper = before.number(KEEPER)
    import_archives(a_release(tmp_path / "new", languages={"it": ITALIAN}), store)
    assert keeper is not None
    assert before.preferred("en")[keeper] == "moon keeper"
    assert not before.folder.exists()


def test_two_imports_at_once_are_not_made(store: Path, tmp_path: Path) -> None:
    with (
        locked(store),
        pytest.raises(TaxonomyError, match="another import is under way"),
    ):
        import_archives(a_release(tmp_path / "archives"), store)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(TaxonomyError, match="nothing can be written there"):
        import_archives(a_release(tmp_path / "archives"), tmp_path / "file" / "taxonomy")


def test_a_disk_that_refuses_leaves_the_import_before(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_imported(store).digest

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("matching.taxonomy.esco.writing.os.fsync", full)
        with pytest.raises(TaxonomyError, match="No space left on device"):
            import_archives(a_release(tmp_path / "new", version="1.2.0"), store)
    assert open_imported(store).digest == before
    assert not list(store.glob(".*.part"))


# In a process of its own, because it forks: for each moment an import over another one, of which
# the process dies at that change or opening of a file, counted from the end, without clean-up.
KILLED = """
import json, os, signal, sys
from pathlib import Path
from matching.taxonomy.esco import import_archives, open_imported, verify
folder, first, second = Path(sys.argv[1]), *(map(Path, sys.argv[n:n + 2]) for n in (2, 4))
first, second = list(first), list(second)

def killed(store, last):
    import_archives(first, store)
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        said = os.read(reading, 100).decode()
        os.close(reading)
        return said, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    count = 0
    def watch(event, arguments):
        nonlocal count
        if event in ("os.rename", "os.mkdir", "os.rmdir", "os.remove") or (
            event == "open" and str(arguments[0]).startswith(str(store))
        ):
            count += 1
            if count == last:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
    import_archives(second, store)
    os.write(writing, str(count).encode())
    os._exit(0)

steps = int(killed(folder / "whole", 0)[0])
found = []
for back in (steps - 1, steps // 2, 40, *range(25, 14, -1), 5, 0):
    store = folder / f"killed{back}"
    status = killed(store, steps - back)[1]
    imported = open_imported(store)
    verify(imported)
    if back % 8 == 0:
        import_archives(second, store)
    left = len([path for path in store.iterdir() if path.is_dir()])
    found.append([status, imported.version, left if back % 8 == 0 else 1])
print(json.dumps(found))
"""


def test_an_import_killed_at_any_moment_leaves_the_old_or_the_new_one(tmp_path: Path) -> None:
    first = a_release(tmp_path / "old", version="1.0.8")
    second = a_release(tmp_path / "new", version="1.2.0", languages={"it": ITALIAN})
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path), *map(str, (*first, *second))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {status for status, _, _ in found} == {-signal.SIGKILL}
    versions = [version for _, version, _ in found]
    # The later it dies, the nearer the new one; at one moment it is in force.
    assert versions == sorted(versions)
    assert set(versions) == {"1.0.8", "1.2.0"}
    # What was left over does not stay.
    assert {left for _, _, left in found} == {1}


@pytest.mark.shared_data
def test_the_real_taxonomy_opens_in_a_tenth_of_a_second(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "esco" / "v1.1.1"
    began = time.process_time()
    import_archives([folder / "classification-en.csv.zip", folder / "relations.csv.zip"], tmp_path)
    assert time.process_time() - began < 30
    open_imported(tmp_path)
    began = time.process_time()
    open_imported(tmp_path)
    assert time.process_time() - began < 0.1
