"""How people write: choices, phrases, misspellings, capitals."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from matching.taxonomy import Concept
from training.synthetic.phrases import PHRASES

T = TypeVar("T")

_ACCENTS = str.maketrans({"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"})
_LEAST_LETTERS = 5
EMAIL_DOMAIN = "sintetico.example"


@dataclass
class Pen:
    """One writer: a stream of chance, and the skill phrases written so far.

    ``written`` holds the slug of each skill with the phrase as it was meant, before misspelling.
    """

    rng: np.random.Generator
    paraphrase: float
    written: list[tuple[str, str]] = field(default_factory=list)

    def chance(self, probability: float) -> bool:
        """Whether something happens."""
        return bool(self.rng.random() < probability)

    def pick(self, options: Sequence[T]) -> T:
        """One of several, all alike."""
        return options[int(self.rng.integers(len(options)))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in another order."""
        return [items[int(i)] for i in self.rng.permutation(len(items))]

    def skill(self, concept: Concept) -> str:
        """A skill in words: a phrase of the bank, or one of the labels."""
        own = PHRASES.get(concept.slug, ())
        if own and self.chance(self.paraphrase):
            phrase = self.pick(own)
        else:
            labels = concept.labels["it"]
            phrase = labels[0] if self.chance(0.4) else self.pick(labels)
        self.written.append((concept.slug, phrase))
        return phrase

    def skills(self, concepts: Sequence[Concept]) -> list[str]:
        """Several skills in words."""
        return [self.skill(concept) for concept in concepts]


def misspell(text: str, rng: np.random.Generator, rate: float) -> str:
    """Misspell a share of the longer words: a letter lost, doubled, swapped or wrong."""
    if rate <= 0:
        return text
    lines = []
    for line in text.split("\n"):
        words = line.split(" ")
        hit = rng.random(len(words)) < rate
        lines.append(
            " ".join(
                _wrong(word, rng)
                if struck and len(word) >= _LEAST_LETTERS and word.isalpha()
                else word
                for word, struck in zip(words, hit, strict=True)
            )
        )
    return "\n".join(lines)


def _wrong(word: str, rng: np.random.Generator) -> str:
    at = int(rng.integers(1, len(word) - 1))
    kind = int(rng.integers(4))
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at] + word[at:]
    if kind == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + "aeioulrnst"[int(rng.integers(10))] + word[at + 1 :]


def careless(text: str, pen: Pen) -> str:
    """Habits of careless writers: no capitals, no accents, no blank after a comma."""
    if pen.chance(0.6):
        text = text.lower()
    if pen.chance(0.6):
        text = text.translate(_ACCENTS)
    if pen.chance(0.35):
        text = text.replace(", ", ",")
    if pen.chance(0.3):
        text = text.replace("\n\n", "\n")
    return text


def capitals(text: str) -> str:
    """The whole text in capitals, addresses of mail aside."""
    return "\n".join(line if "@" in line else line.upper() for line in text.split("\n"))


def listed(items: Sequence[str], pen: Pen) -> str:
    """Items in one line: commas, semicolons, dashes."""
    if len(items) > 1 and pen.chance(0.3):
        return ", ".join(items[:-1]) + " e " + items[-1]
    return pen.pick((", ", ", ", "; ", " - ", " / ")).join(items)
