"""Packages on disk: written whole or not at all, and verified to the last byte before use."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict

from matching.errors import ModelError
from matching.models.package import Kind, Package, sha256

MANIFEST = "manifest.json"
# Beyond these a folder is no package of ours, and is not read into memory.
MOST_FILES, MOST_BYTES = 16, 64_000_000
_MEND = "Use another version (see `valoriamo models list`), or train the model again."


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["valoriamo-model/1"]
    kind: Kind
    synthetic: bool
    known_until: date
    files: dict[str, str]


def write_package(package: Package, folder: Path) -> None:
    """Write a package as a folder that is not there yet; it appears complete or not at all.

    Raises
    ------
    ModelError
        Where something is there already, or cannot be written.
    """
    if folder.exists():
        raise ModelError(f"{folder}: is there already, and a package is never changed.")
    partial = folder.with_name(f".{folder.name}.{uuid4().hex}.part")
    try:
        partial.mkdir(parents=True)
        for name, text in {**package.files, MANIFEST: package.manifest}.items():
            (partial / name).write_bytes(text.encode())
        partial.rename(folder)
    except OSError as error:
        raise ModelError(
            f"{folder}: the model cannot be written: {error.strerror}. Make room, or choose "
            "another VALORIAMO_HOME."
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def read_package(folder: Path, digest: str) -> Package:
    """Read a package back, if it is to the last byte the one of this digest.

    Nothing is parsed before its hash was found right: the manifest's against ``digest``, every
    other file's against the manifest.

    Raises
    ------
    ModelError
        Naming the file that is missing, altered, not listed or too large.
    """
    contents = _contents(folder)
    manifest = contents.pop(MANIFEST, None)
    if manifest is None:
        raise _refused(folder, f"{MANIFEST} is missing")
    if sha256(manifest) != digest:
        raise _refused(folder, f"{MANIFEST} was altered, or is another model's")
    listed = _listed(folder, manifest)
    for name in sorted(listed.files.keys() | contents):
        if name not in contents:
            raise _refused(folder, f"{name} is missing")
        if name not in listed.files:
            raise _refused(folder, f"{name} is not part of the model")
        if sha256(contents[name]) != listed.files[name]:
            raise _refused(folder, f"{name} was altered, or is another model's")
    package = Package(
        kind=listed.kind,
        synthetic=listed.synthetic,
        known_until=listed.known_until,
        files=MappingProxyType({name: _text(folder, name, contents) for name in contents}),
    )
    if package.digest != digest:
        raise _refused(folder, f"{MANIFEST} is not written as this version writes it")
    return package


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, within the bounds of a package."""
    try:
        paths = list(_files(folder))
        return {path.name: _bytes(path) for path in paths}
    except OSError as error:
        raise _refused(folder, f"{error.filename} cannot be read ({error.strerror})") from error


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for number, entry in enumerate(entries):
            if number >= MOST_FILES:
                raise _refused(folder, f"there are more than {MOST_FILES} files")
            # Opening a pipe could wait for ever, and a link leads elsewhere.
            if not entry.is_file(follow_symlinks=False):
                raise _refused(folder, f"{entry.name} is no plain file")
            yield Path(entry.path)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _refused(path.parent, f"{path.name} is larger than {MOST_BYTES} bytes")
    return content


def _listed(folder: Path, manifest: bytes) -> _Manifest:
    try:
        return _Manifest.model_validate(json.loads(manifest))
    except (ValueError, RecursionError) as error:
        raise _refused(folder, f"{MANIFEST} is of a form that is not read ({error})") from error


def _text(folder: Path, name: str, contents: Mapping[str, bytes]) -> str:
    try:
        return contents[name].decode()
    except UnicodeDecodeError as error:
        raise _refused(folder, f"{name} is not UTF-8") from error


def _refused(folder: Path, why: str) -> ModelError:
    return ModelError(f"The model in {folder} is refused: {why}. {_MEND}")
