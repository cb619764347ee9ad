"""A register as comparing sees it: names read once, and how common each value is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.upkeep import weights
from matching.upkeep.identity import Identity
from matching.upkeep.names import Word, heard, name_words
from matching.upkeep.weights import Values, values


@dataclass(frozen=True, slots=True)
class Register:
    """What comparing needs of all records: their names by identifier, how common each value is.

    It lasts as long as a comparison: nothing of it is kept.
    """

    records: int
    names: Mapping[str, tuple[Word, ...]]
    words: Values
    births: Values
    emails: Values
    phones: Values
    comuni: Values


def register_of(identities: Sequence[Identity]) -> Register:
    """Read the names and count how common each value is; identifiers differ."""
    n = len(identities)
    texts = {one.id: name_words(one.name) for one in identities}
    words = {text: heard(text) for found in texts.values() for text in found}
    return Register(
        records=n,
        names={key: tuple(words[text] for text in found) for key, found in texts.items()},
        words=values(
            texts.values(),
            records=n,
            prior=weights.NAME_PRIOR,
            strength=weights.NAME_STRENGTH,
        ),
        births=values(
            ([one.born] for one in identities if one.born),
            records=n,
            prior=weights.BORN_PRIOR,
            strength=weights.BORN_STRENGTH,
        ),
        emails=values(
            (one.emails for one in identities), records=n, prior=weights.EMAIL_SHARED, strength=1
        ),
        phones=values(
            (one.phones for one in identities), records=n, prior=weights.PHONE_SHARED, strength=1
        ),
        comuni=values(
            ([one.comune] for one in identities if one.comune),
            records=n,
            prior=weights.COMUNE_PRIOR,
            strength=weights.COMUNE_STRENGTH,
        ),
    )
