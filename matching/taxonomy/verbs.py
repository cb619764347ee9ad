"""The verbs of ``verbs.toml``: nouns of an action that no rule of word formation gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from matching.errors import LexiconError
from matching.normalisation import plain

VERBS_FILE = "verbs.toml"
_TABLES = {"nouns", "never", "participles"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbNouns:
    """``nouns`` by plain infinitive; ``never`` and ``participles`` are words, plain as well."""

    nouns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    never: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()


def read_verbs(content: Mapping[str, Any]) -> VerbNouns:
    """Verbs and nouns of the file; without it there are none.

    Raises
    ------
    LexiconError
        Naming the entry: an unknown table, a verb that is no infinitive, a noun that is no word.
    """
    if unknown := set(content) - _TABLES:
        raise LexiconError(f"{VERBS_FILE}: unknown table {sorted(unknown)[0]!r}.")
    nouns: dict[str, tuple[str, ...]] = {}
    for verb, listed in content.get("nouns", {}).items():
        if not plain(verb).endswith(("are", "ere", "ire", "rre")):
            raise LexiconError(f"{VERBS_FILE}: nouns: {verb!r} is not a verb in the infinitive.")
        nouns[plain(verb)] = _words(f"nouns.{verb}", listed)
    return VerbNouns(
        nouns=nouns,
        never=_words("never.nouns", content.get("never", {}).get("nouns", [])),
        participles=_words("participles.words", content.get("participles", {}).get("words", [])),
    )


def _words(where: str, listed: object) -> tuple[str, ...]:
    if not isinstance(listed, list):
        raise LexiconError(f"{VERBS_FILE}: {where} must be a list of words, not {listed!r}.")
    for word in listed:
        if not (isinstance(word, str) and word.isalpha()):
            raise LexiconError(f"{VERBS_FILE}: {where}: {word!r} is not one word.")
    return tuple(plain(word) for word in listed)
