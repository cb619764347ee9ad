"""Whether a text that may tell of a person, or ask for one, does: a linear judge of all its signs.

Rules (:mod:`matching.extraction.purpose`) let through what holds a single word of a purpose. This
judge weighs them all, with the tone of the sentences. It silences only what is most likely a
portrait of a firm, a form, a list of offers: a real text that is silenced is lost.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matching.domain import DocumentKind
from matching.errors import DataError, ModelError
from matching.extraction.loose_features import Signs
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.periods import Period
from matching.extraction.purpose import CUES, cues
from matching.extraction.roles import Role
from matching.extraction.sections import Section

GATE_FILE = "purpose.json"
# Under this chance a text is silent. No real text of the 240 that may be looked at is, when judged
# by weights that did not learn from it.
_LEAST = 0.2
# Of a CV in which somebody's job is read the judge must be surer still.
_LEAST_WITH_A_JOB = 0.04
_HIGH, _LOW = 0.0, -1.0
_FEW = 3
# Of the words of a headline, the share that must name the job.
_HEADLINE = 0.5
COLUMNS = (
    "vacancy", "words", "segments", "silent_share",
    "tone", "best_tone", "best_tones", "worst_tone", "telling_share", "likely_share",
    *CUES, "titles", "skills", "skill_share", "dates",
    *(f"in_{section}" for section in Section),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gate:
    """Weights of the columns; ``chance`` is that of a text that is what it is given as."""

    intercept: float
    weights: tuple[float, ...]

    def chance(self, signs: Signs) -> float:
        """The chance that a text tells of a person, or asks for one."""
        odds = self.intercept + sum(w * s for w, s in zip(self.weights, signs, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-700.0, odds)))

    def passes(self, signs: Signs, *, names_a_job: bool = False) -> bool:
        """Whether a text is likely enough to be read; ``names_a_job``: a CV tells of one."""
        return self.chance(signs) >= (_LEAST_WITH_A_JOB if names_a_job else _LEAST)


def gate_signs(
    reading: Reading,
    *,
    tones: Mapping[int, float],
    titles: Sequence[RawMention],
    skills: Sequence[RawMention],
    dated: Sequence[Period],
) -> Signs:
    """What a whole text says of its purpose; columns as ``COLUMNS``.

    Parameters
    ----------
    reading
        The text.
    tones
        How much each segment speaks of somebody's work.
    titles, skills
        The occupations and skills named in it.
    dated
        The periods in it.
    """
    heard = [segment for segment in reading.segments if not segment.silent]
    ordered = sorted(tones.values(), reverse=True) or [0.0]
    best = ordered[:_FEW]
    share = 1.0 / max(1, len(heard))
    return (
        float(reading.kind is DocumentKind.VACANCY),
        float(len(reading.words.split())),
        float(len(heard)),
        1.0 - len(heard) / max(1, len(reading.segments)),
        sum(ordered) / len(ordered),
        ordered[0],
        sum(best) / len(best),
        ordered[-1],
        sum(tone > _HIGH for tone in ordered) / len(ordered),
        sum(tone > _LOW for tone in ordered) / len(ordered),
        *cues(reading, titles),
        float(len(titles)),
        float(len(skills)),
        len(skills) / max(1, len(reading.tokens)),
        float(len(dated)),
        *(share * sum(part.section is section for part in heard) for section in Section),
    )


def is_plain(reading: Reading, roles: Sequence[Role]) -> bool:
    """Whether no judge is needed: a CV dates a job, or the job offered heads a vacancy."""
    if reading.kind is DocumentKind.CV:
        return any(role.months is not None and not role.wanted for role in roles)
    if not reading.segments:
        return False
    head = reading.segments[0]
    named = sum(
        role.raw.end - role.raw.start
        for role in roles
        if head.start <= role.raw.start and role.raw.end <= head.end
    )
    return named >= _HEADLINE * max(1, head.end - head.start)


def load_gate(folder: Path) -> Gate:
    """Read the weights of a folder (``data/linking``).

    Raises
    ------
    DataError
        Naming the file: it cannot be read, or a weight is no number.
    ModelError
        When the weights are of other columns than this program makes.
    """
    path = folder / GATE_FILE
    try:
        content = json.loads(path.read_text("utf-8"))
        columns, intercept = content["columns"], content["intercept"]
        weights = tuple(content["weights"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: cannot be read as weights of a purpose: {error}.") from error
    if columns != list(COLUMNS) or len(weights) != len(COLUMNS):
        raise ModelError(f"{path}: learnt from other columns than {list(COLUMNS)}: train again.")
    for name, value in zip(("intercept", *COLUMNS), (intercept, *weights), strict=True):
        if type(value) not in (int, float) or not math.isfinite(value):
            raise DataError(f"{path}: the weight of {name!r} is {value!r}, not a number.")
    return Gate(float(intercept), tuple(map(float, weights)))


def save_gate(folder: Path, gate: Gate, card: Mapping[str, Any]) -> None:
    """Write weights, with what they were learned from."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        **card,
        "columns": list(COLUMNS),
        "intercept": gate.intercept,
        "weights": list(gate.weights),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / GATE_FILE).write_text(text + "\n", "utf-8")
