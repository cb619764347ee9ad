"""Making an index, and keeping it between two starts."""

from pathlib import Path

import pytest

from matching.extraction import Index, build, load_or_build
from matching.taxonomy import Taxonomy
from tests.extraction.test_index import small_taxonomy


@pytest.fixture(scope="module")
def small() -> Index:
    return build(small_taxonomy())


@pytest.fixture
def quick(small: Index, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Building made quick: tells the digests of what was built."""
    built: list[str] = []

    def build_quickly(taxonomy: Taxonomy, *, language: str) -> Index:
        built.append(taxonomy.digest)
        return small

    monkeypatch.setattr("matching.extraction.building.build", build_quickly)
    return built


def same(one: Index, other: Index) -> bool:
    return (
        one.skills.claims == other.skills.claims
        and one.occupations.claims == other.occupations.claims
        and one.skills.derived == other.skills.derived
        and set(one.known) == set(other.known)
        and one.normaliser == other.normaliser
    )


def test_a_loaded_index_equals_the_built_one(
    tmp_path: Path, small: Index, quick: list[str]
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    loaded = load_or_build(small_taxonomy(), tmp_path)
    assert loaded is not small
    assert same(loaded, small)
    assert len(quick) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".labels"]


def test_building_twice_gives_the_same(small: Index) -> None:
    assert same(build(small_taxonomy()), small)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b'{"seal": "other"}',
        b"\xff\xfe\x00",
        b"VALORIX1",
        b"VALORIX1" + bytes(12),
        b"VALORIX1" + bytes(200),
    ],
)
def test_a_file_that_is_no_index_is_built_anew(
    tmp_path: Path, quick: list[str], small: Index, content: bytes
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


@pytest.mark.parametrize("share", [0, 0.01, 0.3, 0.6, 0.999])
def test_a_file_with_another_bit_is_built_anew(
    tmp_path: Path, quick: list[str], small: Index, share: float
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 1
    path.write_bytes(content)
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


def test_a_file_of_other_data_is_built_anew(tmp_path: Path, quick: list[str], small: Index) -> None:
    load_or_build(small_taxonomy("uso del muletto"), tmp_path)
    (other,) = tmp_path.iterdir()
    content = other.read_bytes()
    other.unlink()
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(content)
    load_or_build(small_taxonomy(), tmp_path)
    assert len(quick) == 3


def test_a_file_cut_short_is_built_anew(tmp_path: Path, quick: list[str], small: Index) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-100])
    assert same(load_or_build(small_taxonomy(), tmp_path), small)
    assert len(quick) == 2


def test_other_data_have_another_file(tmp_path: Path, quick: list[str]) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    load_or_build(small_taxonomy("uso del muletto"), tmp_path)
    assert len(set(quick)) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_without_a_cache_nothing_is_kept(
    tmp_path: Path, quick: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_or_build(small_taxonomy(), None)
    assert len(quick) == 1
    assert list(tmp_path.iterdir()) == []


def test_two_that_start_at_once_leave_one_whole_file(
    tmp_path: Path, small: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The second starts, and finishes, while the first still builds.
    inside: list[Index] = []

    def build_meanwhile(taxonomy: Taxonomy, *, language: str) -> Index:
        if not inside:
            inside.append(small)
            with monkeypatch.context() as other:
                other.setattr("os.getpid", lambda: 2)
                load_or_build(taxonomy, tmp_path)
        return small

    monkeypatch.setattr("matching.extraction.building.build", build_meanwhile)
    assert load_or_build(small_taxonomy(), tmp_path) is small
    assert [path.suffix for path in tmp_path.iterdir()] == [".labels"]
    assert same(load_or_build(small_taxonomy(), tmp_path), small)


def test_a_stored_word_is_found_and_no_other(
    tmp_path: Path, small: Index, quick: list[str]
) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    loaded = load_or_build(small_taxonomy(), tmp_path)
    words = sorted(small.known)
    assert list(loaded.known) == words
    assert all(word in loaded.known for word in words[:: len(words) // 50])
    assert "qwertz" not in loaded.known
    assert 7 not in loaded.known


def test_another_language_has_no_verb_forms_and_no_corrections() -> None:
    index = build(small_taxonomy(), language="en")
    assert not index.normaliser.inflections
    assert not index.skills.derived
    assert index.speller.correction("mulettto") is None
    assert index.normaliser.phrase("forklift driving") in index.skills.claims


def test_each_language_has_a_file_of_its_own(tmp_path: Path, quick: list[str]) -> None:
    load_or_build(small_taxonomy(), tmp_path)
    load_or_build(small_taxonomy(), tmp_path, language="en")
    assert len(list(tmp_path.iterdir())) == 2
