"""A person and a vacancy, and how they compare."""

from dataclasses import dataclass, field
from enum import StrEnum

from matching.domain.reading import Evidence, Facts, Importance, TradeWord


class Dimension(StrEnum):
    """The seven dimensions in which a person and a vacancy are compared."""

    SKILLS = "skills"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    REACH = "reach"
    ASPIRATIONS = "aspirations"
    AVAILABILITY = "availability"
    LANGUAGES = "languages"


class State(StrEnum):
    """Whether a pair could be judged."""

    OK = "ok"
    NOT_ENOUGH_DATA = "not_enough_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillHeld:
    """A skill of a person: best confidence, and every place that proves it."""

    uri: str
    label: str
    confidence: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationHeld:
    """An occupation of a person, with months of experience where dates prove them."""

    uri: str
    label: str
    isco08: str
    months: int | None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person as the matcher sees her: nothing here is a protected attribute."""

    id: str
    skills: tuple[SkillHeld, ...] = ()
    occupations: tuple[OccupationHeld, ...] = ()
    aspirations: tuple[OccupationHeld, ...] = ()
    facts: Facts = field(default_factory=Facts)
    words: tuple[TradeWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAsked:
    """A skill that a vacancy asks for. ``implied`` means: not written, usual in the trade."""

    uri: str
    label: str
    importance: Importance
    evidence: tuple[Evidence, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A vacancy as the matcher sees it."""

    id: str
    title: str
    skills: tuple[SkillAsked, ...] = ()
    occupations: tuple[OccupationHeld, ...] = ()
    facts: Facts = field(default_factory=Facts)
    words: tuple[TradeWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason for a score, in one dimension, with the words that prove it.

    ``effect`` is the contribution to the score, on the score's own scale of 0 to 1, relative to
    knowing nothing: positive helps, negative hinders.
    """

    dimension: Dimension
    effect: float
    text: str
    person_evidence: tuple[str, ...] = ()
    vacancy_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask next. ``swing`` is how far the answer can move the score (0 to 1).

    ``rank_best`` and ``rank_worst`` are the ranks under the best and the worst of the answers,
    None where nobody is ranked.
    """

    key: str
    text: str
    swing: float
    rank_best: int | None = None
    rank_worst: int | None = None
