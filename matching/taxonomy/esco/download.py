"""Fetching archives from an address that the settings name: resumed, checked, or not kept.

Only HTTP and HTTPS are spoken, also after a redirection. A file counts as fetched when its
SHA-256 is the one that the settings or a ``.sha256`` file beside it on the server say.
"""

import hashlib
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO, cast
from urllib.parse import quote, urlsplit

from matching.errors import TaxonomyError

_CHUNK = 1 << 16
_SCHEMES = ("http", "https")
_SHA256 = re.compile(r"\b[0-9a-fA-F]{64}\b")
_RANGE = re.compile(r"bytes (\d+)-")
_NOT_FOUND, _PARTIAL, _BAD_RANGE = 404, 206, 416

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadLimits:
    """What is fetched at most, how long a silent server is waited for, how often tried again."""

    bytes: int = 512 << 20
    seconds: float = 30.0
    attempts: int = 4
    pause: float = 1.0


def parts(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The archives that make up a release in some languages.

    >>> parts(("en",))
    ('relations', 'classification-en')
    """
    return ("relations", *(f"classification-{language}" for language in languages))


def address(template: str, part: str, version: str) -> str:
    """The address of an archive; ``{part}`` and ``{version}`` of the template are filled in.

    Raises
    ------
    TaxonomyError
        When the template is no HTTP address, or names something else in braces.
    """
    try:
        filled = template.format(part=quote(part), version=quote(version))
    except (LookupError, ValueError) as error:
        raise TaxonomyError(
            f"VALORIAMO_TAXONOMY_URL={template!r}: only {{part}} and {{version}} are filled in "
            f"({error}). Correct the address."
        ) from error
    if "{part}" not in template or urlsplit(filled).scheme not in _SCHEMES:
        raise TaxonomyError(
            f"VALORIAMO_TAXONOMY_URL={template!r} must be an http or https address with {{part}} "
            "where the name of the archive stands, such as "
            "https://mirror.example/esco/v{version}/{part}.csv.zip."
        )
    return filled


def fetch(
    url: str,
    target: Path,
    *,
    sha256: str | None = None,
    limits: DownloadLimits | None = None,
    progress: Progress = lambda done, total: None,
) -> None:
    """Fetch one archive, going on where an earlier attempt ended.

    Parameters
    ----------
    url
        Where it is.
    target
        The file to make; it is there only once it is whole and checked. A file that is there
        already and has the right checksum is not fetched again.
    sha256
        The checksum; without it, that in the file ``url + ".sha256"``.
    limits
        Most bytes, seconds without an answer, attempts.
    progress
        Told the bytes so far and the bytes in all (None where the server does not say).

    Raises
    ------
    TaxonomyError
        When the server refuses or does not answer, the archive is too large, there is no
        checksum, or the checksum is another.
    """
    limits = limits or DownloadLimits()
    wanted = (sha256 or _published(url, limits)).lower()
    if target.is_file() and _digest(target) == wanted:
        return
    partial = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for attempt in range(1, limits.attempts + 1):
            try:
                _go_on(url, partial, limits, progress)
                break
            except (ConnectionError, TimeoutError, HTTPException) as error:
                if attempt == limits.attempts:
                    raise TaxonomyError(
                        f"{url}: the connection was cut ({error}). What came is kept; run the "
                        "command again to go on from there."
                    ) from error
                time.sleep(limits.pause)
        found = _digest(partial)
        if found != wanted:
            partial.unlink()
            raise TaxonomyError(
                f"{url}: its SHA-256 is {found}, not {wanted}; the file was not kept. Run the "
                "command again; if it stays so, the archive or its checksum was changed."
            )
        partial.replace(target)
    except urllib.error.URLError as error:
        raise _refused(url, error) from error
    except OSError as error:
        raise TaxonomyError(
            f"{target}: cannot be written ({error.strerror}). Make room or choose another --out."
        ) from error


def _go_on(url: str, partial: Path, limits: DownloadLimits, progress: Progress) -> None:
    """Fetch what is still missing of a file; it is complete when this returns."""
    start = partial.stat().st_size if partial.is_file() else 0
    headers = {"Range": f"bytes={start}-"} if start else {}
    try:
        answer = _open(url, headers, limits)
    except urllib.error.HTTPError as error:
        if error.code != _BAD_RANGE or not start:
            raise
        # Nothing is missing, or the file is another now: the checksum will tell.
        error.close()
        if error.headers.get("Content-Range", "").endswith(f"/{start}"):
            return
        partial.unlink()
        answer, start = _open(url, {}, limits), 0
    with answer:
        begins = _RANGE.match(answer.headers.get("Content-Range", ""))
        if answer.status != _PARTIAL or not begins or int(begins[1]) != start:
            start = 0
        length = answer.headers.get("Content-Length")
        total = start + int(length) if length and length.isdigit() else None
        if (total or 0) > limits.bytes:
            raise _too_large(url, limits)
        done = start
        with partial.open("ab" if start else "wb") as file:
            while chunk := answer.read(_CHUNK):
                done += len(chunk)
                if done > limits.bytes:
                    raise _too_large(url, limits)
                file.write(chunk)
                progress(done, total)
        if total is not None and done < total:
            raise ConnectionError(f"{done} of {total} bytes came")


def _published(url: str, limits: DownloadLimits) -> str:
    place = f"{url}.sha256"
    try:
        with _open(place, {}, limits) as answer:
            found = _SHA256.search(answer.read(_CHUNK).decode("ascii", "replace"))
    except urllib.error.HTTPError as error:
        if error.code != _NOT_FOUND:
            raise _refused(place, error) from error
        error.close()
        found = None
    except (urllib.error.URLError, HTTPException, OSError) as error:
        raise _refused(place, error) from error
    if found is None:
        raise TaxonomyError(
            f"{place}: no checksum is there. Set VALORIAMO_TAXONOMY_SHA256 to part=sha256, commas "
            "between, or put a .sha256 file beside the archive."
        )
    return found[0]


def _open(url: str, headers: Mapping[str, str], limits: DownloadLimits) -> HTTPResponse:
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _WebOnly(),
    ):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers=dict(headers))
    return cast(HTTPResponse, opener.open(request, timeout=limits.seconds))


class _WebOnly(urllib.request.HTTPRedirectHandler):
    """Follows a redirection to the web, from a safe connection only to a safe one."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in _SCHEMES or (req.type == "https" and scheme != "https"):
            fp.close()
            raise TaxonomyError(
                f"{req.full_url}: the server points to {newurl}, where nothing is fetched from. "
                "Correct VALORIAMO_TAXONOMY_URL."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(url: str, error: Exception) -> TaxonomyError:
    if isinstance(error, urllib.error.HTTPError):
        error.close()
        said = f"the server answers {error.code} {error.reason}"
    else:
        said = f"the server cannot be reached ({getattr(error, 'reason', error)})"
    return TaxonomyError(
        f"{url}: {said}. Check VALORIAMO_TAXONOMY_URL, the release and the languages; or download "
        "the archives by hand from the ESCO portal and import them."
    )


def _too_large(url: str, limits: DownloadLimits) -> TaxonomyError:
    return TaxonomyError(
        f"{url}: has more than {limits.bytes >> 20} MB, which no archive of the classification "
        "has. It was not fetched."
    )
