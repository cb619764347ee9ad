"""Which release an archive is of: what its name says, else what its concepts tell."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from matching.errors import TaxonomyError

_WRITTEN = re.compile(r"[vV]?(\d+\.\d+(?:\.\d+)?)")
_MARKED = re.compile(r"(?<![a-z0-9])v(\d+\.\d+(?:\.\d+)?)(?![\d.]*\d)", re.IGNORECASE)
_CALLED = re.compile(r"(?:[a-z]{2}[_-])?v\d+\.\d+(?:\.\d+)?", re.IGNORECASE)
_SHORT = 8
# Releases by the SHA-256 of the sorted URIs of their skills and occupations.
KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "6c275ae48546e3a7778acb8860d0272eb64d2d9326a7c59242d07c359e63d901": "1.1.1",
        "7ccc1e765770b533b6a75345c33eac3ef88abb2562132eea589b86210f6ac4b6": "1.2.0",
    }
)


def named_version(path: Path) -> str | None:
    """The release in the name of an archive, else in that of its folder; None where neither says.

    A folder counts only if it is called by a release, as *v1.1.1*, or after ESCO.

    >>> named_version(Path("ESCO dataset - v1.1.1 - classification - en - csv.zip"))
    '1.1.1'
    """
    folder = path.absolute().parent.name
    if not (_CALLED.fullmatch(folder) or "esco" in folder.lower()):
        folder = ""
    for name in (path.name, folder):
        if found := _MARKED.search(name):
            return found[1]
    return None


def one_version(paths: Iterable[Path], given: str | None) -> str | None:
    """The release of all archives together, None where no name says it.

    Raises
    ------
    TaxonomyError
        When two names say different things, or another than ``given``.
    """
    said: dict[str, Path] = {}
    for path in paths:
        if version := named_version(path):
            said.setdefault(version, path)
    if len(said) > 1:
        raise TaxonomyError(
            "The archives are of two releases: "
            + ", ".join(f"{path.name} is v{version}" for version, path in said.items())
            + ". Give archives of one."
        )
    named = next(iter(said), None)
    wanted = release(given) if given is not None else None
    if wanted and named and wanted != named:
        raise TaxonomyError(
            f"--version says {wanted}, but {said[named].name} is of v{named}. Give archives of one "
            "release, or drop --version."
        )
    return wanted or named


def release(given: str) -> str:
    """A release as a person writes it, without the *v*.

    Raises
    ------
    TaxonomyError
        For what is no release.
    """
    found = _WRITTEN.fullmatch(given.strip())
    if found is None:
        raise TaxonomyError(f"{given!r} is no release such as 1.1.1. Correct --version.")
    return found[1]


def told_version(uris: Iterable[str], stated: str | None) -> str:
    """The release of these skills and occupations: as stated, else the one that has just these.

    Of a release that is not known, the answer is a name made from the concepts.

    Raises
    ------
    TaxonomyError
        When they are those of another release than stated.
    """
    digest = fingerprint(uris)
    known = KNOWN.get(digest)
    if stated and known and known != stated:
        raise TaxonomyError(
            f"The classification is called v{stated}, but its concepts are those of v{known}. "
            "Give the archives their names back, or correct --version."
        )
    return stated or known or f"unknown-{digest[:_SHORT]}"


def fingerprint(uris: Iterable[str]) -> str:
    """SHA-256 over sorted URIs."""
    return hashlib.sha256("\n".join(sorted(uris)).encode()).hexdigest()
