"""Sentences on stdout, each on a line of its own however wide the terminal is."""

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from matching.wording import Wording


def tell(sentences: Iterable[str]) -> None:
    """Print sentences."""
    console = Console()
    for sentence in sentences:
        console.print(Text(sentence), soft_wrap=True)


def say(words: Wording, key: str, **values: object) -> None:
    """Print a sentence of the wording."""
    tell([words.say(key, **values)])
