"""Files that a command reads and writes: checked before the work, written whole or not at all."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import typer

from matching.documents import Limits
from matching.documents.values import size_label
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError, InputError


def check_there(paths: Iterable[Path], parameter: str) -> None:
    """Refuse paths that cannot be opened, all at once, as an error of usage."""
    problems = [
        f"{path} ({'may not be read' if path.exists() else 'is not there'})"
        for path in paths
        if not os.access(path, os.R_OK)
    ]
    if problems:
        raise typer.BadParameter(
            f"{', '.join(problems)}. Nothing was read; correct the path.", param_hint=parameter
        )


def check_writable(out: Path, inputs: Iterable[Path]) -> None:
    """Refuse a place for results that would fail, or overwrite an input, after all the work.

    Raises
    ------
    InputError
        Naming the path and what to do.
    """
    if out.is_dir():
        raise InputError(f"{out}: is a folder; name the file to write in it.")
    if not out.parent.is_dir():
        raise InputError(
            f"{out}: the folder {out.parent} does not exist; make it (mkdir -p {out.parent}) "
            "or choose another."
        )
    if not os.access(out.parent, os.W_OK):
        raise InputError(f"{out}: the folder {out.parent} cannot be written; choose another.")
    for source in inputs:
        if out.exists() and out.samefile(source):
            raise InputError(f"{out}: is an input of this command; write to another file.")


def read_bytes(path: Path) -> bytes:
    """The bytes of a document, as many as may be read.

    Raises
    ------
    DocumentError
        ``unsupported`` for a folder, ``too_large`` before reading, ``corrupt`` where the disk
        fails: one bad path must not cost the other files their answer.
    """
    most = Limits().max_bytes
    if path.is_dir():
        raise DocumentError(
            DocumentErrorCode.UNSUPPORTED,
            "This is a folder, not a document. Name the files in it, as in FOLDER/*.",
        )
    try:
        if path.is_file() and (size := path.stat().st_size) > most:
            raise DocumentError(
                DocumentErrorCode.TOO_LARGE,
                f"The file has {size_label(size)}; at most {size_label(most)} are read. Save it "
                "with smaller images, or send only the pages that matter.",
            )
        with path.open("rb") as file:
            return file.read(most + 1)  # a pipe has no size; one byte more is refused as too large
    except OSError as error:
        raise DocumentError(
            DocumentErrorCode.CORRUPT, f"The file cannot be read: {error.strerror}. Copy it again."
        ) from error


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A file to write, in UTF-8, that is there only once it is complete.

    A pipe or device is written directly.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            return
        target = path.resolve()
        partial = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            with partial.open("w", encoding="utf-8", newline="\n") as file:
                yield file
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror}. Choose another place."
        ) from error


def write_whole(path: Path, data: bytes) -> None:
    """Write bytes to a file that is there only once it is complete; its folder is made.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            partial.write_bytes(data)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror}. Choose another place."
        ) from error


def write_new(files: Mapping[Path, bytes], *, force: bool) -> None:
    """Write files, none of them where one is there already, unless told to.

    Raises
    ------
    InputError
        Naming those that are there, or the one that cannot be written.
    """
    there = [path for path in files if path.exists()]
    if there and not force:
        raise InputError(
            f"{', '.join(map(str, there))}: there already. Nothing was written; name another "
            "place, or replace with --force."
        )
    for path, content in files.items():
        write_whole(path, content)


def write_private(path: Path, data: bytes) -> None:
    """Write a file about people: whole or not at all, and for nobody but this user to read.

    Raises
    ------
    InputError
        Where the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written: {error.strerror}. Choose another place."
        ) from error


def next_free(path: Path) -> Path:
    """The path, or the first with a number before its ending that is not there yet."""
    number = 1
    found = path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found
