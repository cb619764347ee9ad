"""Whether a sentence speaks of a person's work, or of a job's, rather than of anything else.

Firms' portraits, formulas, menus and advice name trades and tools as vacancies and CVs do; the
words around them differ. A linear model over words and pairs of words tells them apart often
enough to be a sign among others, never to decide alone.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from matching.errors import DataError

TONE_FILE = "segment_tone.json"


@dataclass(frozen=True)
class Tone:
    """Weights of keys and of pairs of keys, joined by a blank."""

    intercept: float = 0.0
    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: str, keys: Sequence[str]) -> float:
        """Log-odds that words of a document of this kind speak of somebody's work.

        >>> Tone(-1.0, {"cv": 0.5, "salda tubi": 2.0}).of("cv", ["salda", "tubi"])
        1.5
        """
        return self.intercept + sum(self.weights.get(sign, 0.0) for sign in signs_of(kind, keys))


def signs_of(kind: str, keys: Sequence[str]) -> set[str]:
    """What a sentence is judged by: the kind of its document, its words and pairs of words."""
    # A year or a quantity says nothing of the tone, and a CV moved in time reads as before.
    words = [key for key in keys if not any(map(str.isdigit, key))]
    pairs = (f"{first} {second}" for first, second in zip(words, words[1:], strict=False))
    return {kind, *words, *pairs}


def load_tone(folder: Path) -> Tone:
    """Read the weights of a folder (``data/linking``).

    Raises
    ------
    DataError
        Naming the file: it cannot be read, or a weight is no number.
    """
    path = folder / TONE_FILE
    try:
        content = json.loads(path.read_text("utf-8"))
        intercept, weights = content["intercept"], dict(content["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: cannot be read as weights of words: {error}.") from error
    for name, value in (("intercept", intercept), *weights.items()):
        if type(value) not in (int, float) or not math.isfinite(value):
            raise DataError(f"{path}: the weight of {name!r} is {value!r}, not a number.")
    return Tone(float(intercept), MappingProxyType(weights))


def save_tone(folder: Path, tone: Tone, card: Mapping[str, object]) -> None:
    """Write weights, with what they were learned from."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {**card, "intercept": tone.intercept, "weights": dict(sorted(tone.weights.items()))}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / TONE_FILE).write_text(text + "\n", "utf-8")
