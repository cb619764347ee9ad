"""Writing an import: into a folder of its own, which takes effect in one step at the end.

Whatever moment a process is killed at, ``CURRENT`` names a whole import, the old or the new one.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matching.errors import TaxonomyError
from matching.taxonomy.esco.content import Content, Links, Naming
from matching.taxonomy.esco.store import CURRENT, FORMAT, KINDS, MANIFEST
from matching.taxonomy.esco.texts import packed

_LOCK = ".lock"
_CHUNK = 1 << 20


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other imports out of a folder of imports; readers are not disturbed.

    Raises
    ------
    TaxonomyError
        When another import is under way, or nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / _LOCK).open("w")
    except OSError as error:
        raise TaxonomyError(
            f"{folder}: nothing can be written there ({error.strerror}). Set VALORIAMO_HOME to a "
            "folder that may be written."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TaxonomyError(
                f"{folder}: another import is under way. Wait until it has ended."
            ) from error
        yield


def write(content: Content, folder: Path) -> Path:
    """Write a taxonomy into a folder of imports and put it in force. Answers its subfolder.

    The folder must be :func:`locked`. What a killed import left there is cleared away.

    Raises
    ------
    TaxonomyError
        When the disk is full or refuses.
    """
    partial = folder / f".{os.getpid()}.part"
    try:
        _clear(folder, keep=_current(folder))
        partial.mkdir()
        digest = _write_files(content, partial)
        target = folder / f"{content.version}-{digest[:16]}"
        if target.name == _current(folder):
            # The same content again, perhaps because that on disk was damaged.
            target = target.with_name(f"{target.name}-again")
        partial.replace(target)
        _sync(folder)
        pointer = folder / f".{CURRENT}.part"
        _save(pointer, target.name.encode())
        pointer.replace(folder / CURRENT)
        _sync(folder)
        _clear(folder, keep=target.name)
    except OSError as error:
        shutil.rmtree(partial, ignore_errors=True)
        raise TaxonomyError(
            f"{folder}: the import could not be written ({error.strerror}); what was there before "
            "is unchanged. Make room or choose another VALORIAMO_HOME."
        ) from error
    return target


def _current(folder: Path) -> str:
    pointer = folder / CURRENT
    return pointer.read_text("utf-8").strip() if pointer.is_file() else ""


def _clear(folder: Path, *, keep: str) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path)


def _write_files(content: Content, folder: Path) -> str:
    uris = sorted(content.concepts)
    number = {uri: place for place, uri in enumerate(uris)}
    kept = [content.concepts[uri] for uri in uris]
    _texts(folder, "uris", uris)
    _texts(folder, "isco08", [one.isco08 for one in kept])
    _array(folder, "kinds", np.array([KINDS.index(one.kind) for one in kept], dtype=np.uint8))
    _links(folder, "broader", content.relations.broader, number)
    _links(folder, "essential", content.relations.essential, number)
    _links(folder, "optional", content.relations.optional, number)
    for language, namings in content.languages.items():
        _language(folder, language, namings, uris)
    files = {path.name: _sealed(path) for path in sorted(folder.iterdir())}
    digest = hashlib.sha256(
        json.dumps([FORMAT, content.version, files], sort_keys=True).encode()
    ).hexdigest()
    manifest = {
        "format": FORMAT,
        "version": content.version,
        "languages": sorted(content.languages),
        "digest": digest,
        "files": files,
    }
    _save(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    _sync(folder)
    return digest


def _language(folder: Path, language: str, namings: Mapping[str, Naming], uris: list[str]) -> None:
    forms: list[str] = []
    preferred: list[bool] = []
    starts = [0]
    descriptions: list[str] = []
    for uri in uris:
        naming = namings.get(uri, Naming(""))
        if naming.preferred:
            forms.append(naming.preferred)
            preferred.append(True)
        forms += naming.others
        preferred += [False] * len(naming.others)
        starts.append(len(forms))
        descriptions.append(naming.description)
    _texts(folder, f"forms.{language}", forms)
    _array(folder, f"preferred.{language}", np.array(preferred, dtype=np.bool_))
    _array(folder, f"forms_at.{language}", np.array(starts, dtype=np.uint32))
    _texts(folder, f"descriptions.{language}", descriptions)


def _links(folder: Path, name: str, links: Links, number: Mapping[str, int]) -> None:
    values: list[int] = []
    starts = [0]
    for uri in number:
        values += sorted(number[target] for target in links.get(uri, ()))
        starts.append(len(values))
    _array(folder, name, np.array(values, dtype=np.uint32))
    _array(folder, f"{name}_at", np.array(starts, dtype=np.uint32))


def _texts(folder: Path, name: str, texts: list[str]) -> None:
    blob, offsets = packed(texts)
    _save(folder / f"{name}.bin", blob)
    _array(folder, name, offsets)


def _array(folder: Path, name: str, array: npt.NDArray[np.generic]) -> None:
    with (folder / f"{name}.npy").open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _save(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sealed(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _sync(folder: Path) -> None:
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
