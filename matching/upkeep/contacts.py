"""Telephone numbers and e-mail addresses in one form, however they were written."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

_SEVERAL = re.compile(
    r"[;,|\n]+|\s+(?:o|e|oppure)\s+|(?<=\d)\s+[-/]\s+(?=[+\d])|(?<=\d{8})/(?=[+\d])"
)
_EXTENSION = re.compile(r"\b(?:int|interno|ext)\b.*$", re.IGNORECASE)
_ITALY = "39"
_SHORTEST, _LONGEST = 6, 15  # digits of a number; the longest is that of ITU-T E.164
_MOBILE, _LANDLINE = "3", "0"
_ADDRESS = re.compile(r"[^\s<>(),;:\"]+@[^\s<>(),;:\"]+\.[a-z]{2,}")
# One mailbox under two domains, in which dots are of no account.
_GMAIL = frozenset({"gmail.com", "googlemail.com"})
_SHORTEST_LOCAL = 5


def phone_numbers(written: str) -> tuple[str, ...]:
    """The numbers in a text: Italian ones in national form, others with ``+`` and their prefix.

    Strings of one digit (*0000000*) stand for no number and are left out.

    >>> phone_numbers("+39 333.000 11 22; 0039 0341/000123"), phone_numbers("0040 722 000 111")
    (('3330001122', '0341000123'), ('+40722000111',))
    """
    found = (_number(part) for part in _SEVERAL.split(unicodedata.normalize("NFKC", written)))
    return tuple(dict.fromkeys(number for number in found if number))


def email_addresses(written: str) -> tuple[str, ...]:
    """The addresses in a text, in lower case, without tags (*+cv*) and dots of no account.

    >>> email_addresses("Anna.Esempio+lavoro@GoogleMail.com")
    ('annaesempio@gmail.com',)
    """
    found = _ADDRESS.findall(unicodedata.normalize("NFKC", written).casefold())
    return tuple(dict.fromkeys(map(_mailbox, found)))


def all_of(written: str | Iterable[str]) -> Iterator[str]:
    """One text or several, as texts."""
    if isinstance(written, str):
        yield written
    else:
        yield from written


def near_numbers(first: str, second: str) -> bool:
    """Whether two numbers differ in one digit, or in two neighbours that changed places."""
    return len(first) == len(second) and OSA.distance(first, second, score_cutoff=1) == 1


def near_addresses(first: str, second: str) -> bool:
    """Whether two addresses have the same long local part, or differ in one letter."""
    local, other = first.partition("@")[0], second.partition("@")[0]
    if min(len(local), len(other)) < _SHORTEST_LOCAL:
        return False
    # One digit more or less is another mailbox (rossi1, rossi2).
    same_digits = re.sub(r"\D", "", first) == re.sub(r"\D", "", second)
    return local == other or (same_digits and OSA.distance(first, second, score_cutoff=1) == 1)


def _number(part: str) -> str | None:
    part = _EXTENSION.sub("", part).strip()
    digits = re.sub(r"\D", "", part)
    has_prefix = part.lstrip("(").startswith("+")
    if not has_prefix and digits.startswith("00"):
        digits, has_prefix = digits[2:], True
    rest = digits.removeprefix(_ITALY)
    if digits.startswith(_ITALY) and (
        has_prefix or (len(digits) in (11, 12, 13) and rest[:1] in (_MOBILE, _LANDLINE))
    ):
        digits, has_prefix = rest, False
    if not _SHORTEST <= len(digits) <= _LONGEST or len(set(digits)) == 1:
        return None
    return f"+{digits}" if has_prefix else digits


def _mailbox(address: str) -> str:
    local, _, domain = address.partition("@")
    local = local.partition("+")[0] or local
    if domain in _GMAIL:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
