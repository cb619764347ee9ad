"""What somebody's own answers say of needs beyond their level: what is hard, in which words."""

from collections.abc import Mapping
from dataclasses import dataclass

from matching.domain.accompaniment import Difficulty, Need
from matching.domain.assessment import Level
from matching.domain.means import Means


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAnswer:
    """An answer that says a need: of which level, and what is hard.

    ``question`` and ``choice`` are ids of the form; ``difficulty`` is None where the form names
    none.
    """

    need: Need
    level: Level
    question: str
    choice: str
    difficulty: Difficulty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNeed:
    """A need as it was told: the gravest level, and what is hard at that level."""

    level: Level
    difficulties: frozenset[Difficulty] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody's answers say beyond levels.

    ``needs`` are those that there are, each as it was told; ``answers`` the answers that say them,
    in the order of the form; ``means`` how she gets about, None where she was not asked.
    """

    needs: Mapping[Need, ToldNeed]
    answers: tuple[ToldAnswer, ...] = ()
    means: Means | None = None
