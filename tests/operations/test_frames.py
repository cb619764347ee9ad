import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import KeyringError, StoreError
from matching.operations.backup_secret import (
    Secret,
    file_key,
    make_backup_key,
    new_header,
    passphrase,
    read_backup_key,
)
from matching.operations.frames import (
    DATABASE,
    MANIFEST,
    MOST,
    Header,
    Sealer,
    read_frames,
    read_header,
)

KEY = bytes(range(32))
HEADER = Header(secret="file", salt=bytes(32), made_at="2026-11-29T09:30:00+00:00")
PATH = Path("backup")


def sealed(*chunks: bytes) -> bytes:
    file = io.BytesIO()
    sealer = Sealer(file, HEADER, KEY)
    sealer.begin()
    sealer.write(MANIFEST, [b"{}"])
    sealer.write(DATABASE, chunks)
    sealer.end()
    return file.getvalue()


def opened(data: bytes, key: bytes = KEY) -> list[tuple[bytes, bytes]]:
    file = io.BytesIO(data)
    return list(read_frames(file, read_header(file, PATH), key, PATH))


WHOLE = sealed(b"first", b"second", b"third")


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=8))
def test_what_was_sealed_is_opened_in_order(chunks: list[bytes]) -> None:
    assert opened(sealed(*chunks)) == [(MANIFEST, b"{}"), *((DATABASE, one) for one in chunks)]


def test_a_long_piece_is_sealed_in_several_frames() -> None:
    long = bytes(range(256)) * (MOST // 128)
    frames = opened(sealed(long))[1:]
    assert len(frames) == 2
    assert b"".join(content for _, content in frames) == long


@given(st.integers(0, len(WHOLE) - 1))
def test_a_file_that_was_cut_anywhere_is_refused(length: int) -> None:
    with pytest.raises(StoreError):
        opened(WHOLE[:length])


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_file_of_which_any_byte_was_changed_is_refused(place: int, mask: int) -> None:
    data = bytearray(WHOLE)
    data[place] ^= mask
    with pytest.raises(StoreError):
        opened(bytes(data))


def test_frames_that_were_moved_repeated_or_left_out_are_refused() -> None:
    start = len(HEADER.written())
    frames = []
    while start < len(WHOLE):
        length = 4 + int.from_bytes(WHOLE[start : start + 4])
        frames.append(WHOLE[start : start + length])
        start += length
    manifest, first, second, third, end = frames
    head = HEADER.written()
    for order in (
        (manifest, second, first, third, end),
        (manifest, first, first, second, third, end),
        (manifest, first, third, end),
        (manifest, first, second, third, end, end),
        (end,),
    ):
        with pytest.raises(StoreError):
            opened(head + b"".join(order))


def test_another_key_is_told_as_such() -> None:
    with pytest.raises(StoreError, match="another key or passphrase"):
        opened(WHOLE, bytes(32))


def test_a_file_that_is_no_backup_is_told_as_such() -> None:
    with pytest.raises(StoreError, match="no backup of valoriamo"):
        opened(b"PK\x03\x04" + bytes(100))


def test_two_files_have_two_keys_with_one_secret() -> None:
    secret = Secret("file", KEY)
    one, other = new_header(secret, "x"), new_header(secret, "x")
    assert file_key(secret, one, PATH) != file_key(secret, other, PATH)


def test_a_passphrase_opens_what_it_sealed_and_a_key_file_does_not() -> None:
    secret = passphrase("sei parole a caso vanno bene")
    header = new_header(secret, "x")
    assert file_key(secret, header, PATH) == file_key(secret, header, PATH)
    other = passphrase("sei parole a caso vanno male")
    assert file_key(other, header, PATH) != file_key(secret, header, PATH)
    with pytest.raises(KeyringError, match="--passphrase"):
        file_key(Secret("file", KEY), header, PATH)


@pytest.mark.parametrize("text", ["corta", "a" * 40])
def test_a_weak_passphrase_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(KeyringError) as caught:
        passphrase(text)
    assert text not in str(caught.value)


def test_a_backup_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "backup.key"
    make_backup_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(read_backup_key(path).value) == 32
    with pytest.raises(KeyringError):
        make_backup_key(path)
    path.chmod(0o644)
    with pytest.raises(KeyringError, match="chmod 600"):
        read_backup_key(path)


@pytest.mark.parametrize(
    "text", ["", "x" * 44, "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="]
)
def test_what_is_no_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "backup.key"
    path.write_text(text, "ascii")
    path.chmod(0o600)
    with pytest.raises(KeyringError):
        read_backup_key(path)
