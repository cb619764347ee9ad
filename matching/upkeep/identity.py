"""Who a record is about: name, birth date, contacts, municipality.

An identity is kept apart from any profile. It is compared with other identities, to find a person
who is in the register twice, and goes nowhere else: matching, features and models cannot import
this package (a contract of ``pyproject.toml``), and no value of a profile comes from here. Nothing
about origin is read in a name. An identity does not show its values when it is printed, so that
none reaches a log.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from matching.errors import InputError
from matching.upkeep.contacts import all_of, email_addresses, phone_numbers

Side = Literal["first", "second"]
_SINGLE = ("name", "born", "comune")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who a record is about. What is not known is empty or None, and is evidence of nothing.

    ``name`` is the full name in any order; ``emails`` and ``phones`` are in one form, as
    :func:`identity_of` makes them; ``comune`` is an ISTAT code, or a name in one form.
    """

    id: str
    name: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    comune: str | None = field(default=None, repr=False)


def identity_of(
    record_id: str,
    *,
    name: str = "",
    born: date | None = None,
    email: str | Iterable[str] = (),
    phone: str | Iterable[str] = (),
    comune: str | None = None,
) -> Identity:
    """The identity in what somebody wrote into a form; contacts that are none are left out."""
    emails = (one for text in all_of(email) for one in email_addresses(text))
    phones = (one for text in all_of(phone) for one in phone_numbers(text))
    return Identity(
        id=record_id,
        name=" ".join(name.split()),
        born=born,
        emails=tuple(dict.fromkeys(emails)),
        phones=tuple(dict.fromkeys(phones)),
        comune=comune,
    )


def merged(first: Identity, second: Identity, *, choices: Mapping[str, Side]) -> Identity:
    """One identity of two, under the identifier of the first, as somebody decided.

    Contacts of both are kept. What only one knows is taken from it; where both know and differ,
    ``choices`` says by field (``name``, ``born``, ``comune``) which counts.

    Raises
    ------
    InputError
        For a field in which the two differ and nobody chose, or a choice of no such field.
    """
    if strange := sorted(set(choices) - set(_SINGLE)):
        raise InputError(f"No choice is made of {strange[0]!r}; choose among {list(_SINGLE)}.")
    values: dict[str, Any] = {}
    for key in _SINGLE:
        one, other = getattr(first, key), getattr(second, key)
        if one and other and one != other and key not in choices:
            raise InputError(
                f"Records {first.id!r} and {second.id!r} differ in {key!r}; choose 'first' or "
                "'second' for it."
            )
        chosen = other if choices.get(key) == "second" else one
        values[key] = chosen or one or other
    return Identity(
        id=first.id,
        emails=tuple(dict.fromkeys((*first.emails, *second.emails))),
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
        **values,
    )
