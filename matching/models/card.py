"""The model card: what a model is for, what it learnt from, how well it does, where it ends."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matching.errors import ModelError

# What every card must say; who trains may add to it.
ENTRIES = (
    "purpose",
    "trained_on",
    "period",
    "synthetic",
    "known_until",
    "metrics",
    "dataset_digest",
    "limits",
)
_NOTHING: tuple[object, ...] = (None, "", [], {}, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A checked card as text, and the two entries that every result repeats."""

    text: str
    synthetic: bool
    known_until: date


def read_card(given: Mapping[str, object], *, of: str) -> Card:
    """Check a card that says at least the ``ENTRIES``.

    Parameters
    ----------
    given
        ``synthetic`` true or false, ``known_until`` a date; everything else texts, finite
        numbers, lists and mappings, none of them empty.
    of
        The kind of model, for the message.

    Raises
    ------
    ModelError
        Naming the entry and its value.
    """
    if wanting := [name for name in ENTRIES if given.get(name) in _NOTHING]:
        raise ModelError(f"The card of the {of} says nothing of {', '.join(wanting)}; say it.")
    synthetic, last = given["synthetic"], given["known_until"]
    if not isinstance(synthetic, bool):
        raise ModelError(f"The card of the {of} has synthetic={synthetic!r}; say true or false.")
    try:
        known_until = date.fromisoformat(str(last))
    except ValueError as error:
        raise ModelError(
            f"The card of the {of} has known_until={last!r}; give a date like 2026-06-30."
        ) from error
    content = dict(given) | {"known_until": known_until.isoformat()}
    try:
        text = json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ModelError(
            f"The card of the {of} cannot be written as JSON ({error}); give texts, finite "
            "numbers, lists and mappings."
        ) from error
    return Card(text=f"{text}\n", synthetic=synthetic, known_until=known_until)
