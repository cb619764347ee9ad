"""Keeping the registers in order: the same person or vacancy twice, and what has become stale.

Nothing here merges, ranks or hides by itself: it proposes, with what agrees and what differs, and
says who left the pool. Identities (name, birth date, contacts) are compared with each other and go
nowhere else: no feature, model or ranking can import this package, and no date of update is in a
score.
"""

from matching.upkeep.curricula import Curriculum, same_curricula, with_curricula
from matching.upkeep.identity import Identity, identity_of, merged
from matching.upkeep.people import same_people
from matching.upkeep.postings import Posting, same_vacancies
from matching.upkeep.proposals import (
    Aspect,
    MergeKind,
    MergeProposal,
    Remark,
    Verdict,
    by_score,
    fewest,
)
from matching.upkeep.staleness import (
    Opening,
    deadline_of,
    profiles_left_out,
    still_here,
    vacancies_left_out,
)

__all__ = [
    "Aspect",
    "Curriculum",
    "Identity",
    "MergeKind",
    "MergeProposal",
    "Opening",
    "Posting",
    "Remark",
    "Verdict",
    "by_score",
    "deadline_of",
    "fewest",
    "identity_of",
    "merged",
    "profiles_left_out",
    "same_curricula",
    "same_people",
    "same_vacancies",
    "still_here",
    "vacancies_left_out",
    "with_curricula",
]
