"""Every sentence shown to a person, by key and language, from ``data/wording``."""

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from matching.errors import WordingError

_LONG = 60  # months from which the odd ones no longer matter


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of one language."""

    language: str
    sentences: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence of a key, with its values filled in.

        Raises
        ------
        WordingError
            For a key that the language does not have, or a value that was not given.
        """
        try:
            sentence = self.sentences[key]
        except KeyError:
            raise WordingError(
                f"data/wording/{self.language}.toml has no sentence {key!r}; add it."
            ) from None
        try:
            return sentence.format(**values)
        except KeyError as missing:
            raise WordingError(
                f"The sentence {key!r} ({self.language}) needs the value {missing}."
            ) from None

    def list(self, words: "tuple[str, ...] | list[str]", *, most: int = 6) -> str:
        """Words joined by commas; past ``most`` the rest is counted.

        >>> Wording("it", {}).list(["a", "b", "c"], most=2)
        'a, b (+1)'
        """
        shown = ", ".join(words[:most])
        rest = len(words) - most
        return f"{shown} (+{rest})" if rest > 0 else shown

    def months(self, count: int | None) -> str:
        """A length of experience: in months, in years where they are whole or five and more."""
        if count is None:
            return self.say("months.unknown")
        if count >= _LONG or (count >= 24 and count % 12 == 0):
            return self.say("months.years", count=count // 12)
        if count == 12:
            return self.say("months.one_year")
        return self.say("months.one") if count == 1 else self.say("months.months", count=count)


def load_wording(folder: Path, language: str) -> Wording:
    """Read the sentences of one language.

    Raises
    ------
    WordingError
        When the file is missing or not TOML, or an entry is no sentence with named braces.
    """
    path = folder / f"{language}.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise WordingError(f"{path.name}: cannot be read: {error}.") from error
    sentences: dict[str, str] = {}
    for group, entries in content.items():
        if not isinstance(entries, dict):
            raise WordingError(f"{path.name}: {group!r} is no table of sentences; give it one.")
        for key, sentence in entries.items():
            _check(f"{path.name}: {group}.{key}", sentence)
            sentences[f"{group}.{key}"] = sentence
    return Wording(language, sentences)


def _check(where: str, sentence: object) -> None:
    if not isinstance(sentence, str) or not sentence.strip():
        raise WordingError(f"{where}: {sentence!r} is no sentence; write one between quotes.")
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(sentence)]
    except ValueError as error:
        raise WordingError(f"{where}: {error}.") from error
    if "" in names or any(name is not None and not name.isidentifier() for name in names):
        raise WordingError(f"{where}: braces without a plain name; write {{name}} between them.")


def placeholders(sentence: str) -> frozenset[str]:
    """The names that a sentence wants filled in."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)
