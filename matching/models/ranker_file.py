"""A learned ranker as two texts, its state with hashes and its trees; verified before any use."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from matching.errors import DataError

FORMAT = 3
# No line of LightGBM's text looks like it.
_BETWEEN = "\n=== next booster ===\n"


def joined(texts: Sequence[str]) -> str:
    """The boosters' texts as one."""
    return _BETWEEN.join(texts)


def parted(text: str) -> list[str]:
    """The boosters' texts, from what :func:`joined` gave."""
    return text.split(_BETWEEN)


def sealed(state: Mapping[str, Any]) -> str:
    """A state as JSON, with the SHA-256 of itself."""
    return _canonical({**state, "sha256": digest(_canonical(state))})


def digest(text: str) -> str:
    """The SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def verified(state: str, trees: str, made_for: object) -> dict[str, Any]:
    """A state, once it and the trees are what they were when it was sealed.

    Raises
    ------
    DataError
        If either was altered, or was made for other features or another format.
    """
    altered = "The ranker's state was altered ({}); load the last good version."
    try:
        stored = json.loads(state)
    except (ValueError, RecursionError) as error:
        raise DataError(altered.format(f"no JSON: {error}")) from error
    recorded = stored.pop("sha256", None) if isinstance(stored, dict) else None
    if recorded is None or recorded != digest(_canonical(stored)):
        raise DataError(altered.format("it has not the SHA-256 that it records"))
    if stored.get("made_for") != made_for:
        raise DataError("The ranker's state is of another format or catalog; train it anew.")
    if digest(trees) != stored["text_sha256"]:
        raise DataError(
            "The ranker's trees were altered, or are another model's: they have not the "
            "SHA-256 that its state records; load the last good version."
        )
    return dict(stored)


def _canonical(state: Mapping[str, Any]) -> str:
    return json.dumps(state, sort_keys=True, indent=1)
