"""The last champion that was opened, kept apart from the registry so that it survives its loss.

``models/<name>/last_good/`` holds the package, in a folder named after its digest, and beside it
``version.json``, which says what is there. The file is replaced last, in one step.
"""

import json
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from matching.errors import ModelError
from matching.models.locks import locked
from matching.models.package import Package, sha256
from matching.models.package_files import read_package, write_package

_POINTER = "version.json"
_MEND = "It is written anew when a champion is next served from the registry."


@dataclass(frozen=True, slots=True)
class LastGood:
    """A verified package, and the version that it was in the registry."""

    package: Package
    version: int


@dataclass(frozen=True, slots=True)
class _Kept:
    """What ``version.json`` says."""

    name: str
    version: int
    digest: str

    def text(self) -> str:
        content = asdict(self)
        seal = sha256(json.dumps(content, sort_keys=True).encode())
        return json.dumps({**content, "sha256": seal}, indent=1) + "\n"


class _Pointer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    version: int
    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    sha256: str


def keep_last_good(home: Path, name: str, package: Package, version: int) -> None:
    """Keep a champion that was opened; nothing is written where it is kept already.

    Raises
    ------
    ModelError
        Where it cannot be written, or another process holds the place for too long.
    """
    folder = _folder(home, name)
    wanted = _Kept(name, version, package.digest)
    if _is_kept(folder, wanted):
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder.with_name(".lock")):
            target = folder / package.digest
            if target.exists():
                shutil.rmtree(target)  # damaged, or without the file that says so
            write_package(package, target)
            partial = folder / f".{_POINTER}.part"
            partial.write_text(wanted.text(), "utf-8")
            partial.replace(folder / _POINTER)
            for other in folder.iterdir():
                if other != target and other.is_dir():
                    shutil.rmtree(other, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            f"{folder}: the last good model cannot be kept ({error.strerror}), so that it would "
            "not survive the loss of the registry. Make room, or allow writing there."
        ) from error


def read_last_good(home: Path, name: str) -> LastGood | None:
    """The last champion that was opened, verified; None where there never was one.

    Raises
    ------
    ModelError
        Where it was altered or cannot be read.
    """
    folder = _folder(home, name)
    kept = _read(folder, name)
    if kept is None:
        return None
    return LastGood(read_package(folder / kept.digest, kept.digest), kept.version)


def _folder(home: Path, name: str) -> Path:
    return home / "models" / name / "last_good"


def _is_kept(folder: Path, wanted: _Kept) -> bool:
    try:
        if _read(folder, wanted.name) != wanted:
            return False
        read_package(folder / wanted.digest, wanted.digest)
    except ModelError:
        return False
    return True


def _read(folder: Path, name: str) -> _Kept | None:
    path = folder / _POINTER
    try:
        if not path.exists():
            return None
        stored = _Pointer.model_validate(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path}: cannot be read ({error}). {_MEND}") from error
    kept = _Kept(stored.name, stored.version, stored.digest)
    if json.loads(kept.text()) != stored.model_dump() or kept.name != name:
        raise ModelError(f"{path}: was altered. {_MEND}")
    return kept
