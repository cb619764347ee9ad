"""What an agreement is worth: log weights after Fellegi and Sunter (1969), in bits.

A field that agrees at some level speaks for one person by ``log2(m / u)``: ``m`` is how often two
records of one person agree like that, ``u`` how often records of two people do. Weights of
different fields are added up. A value that many people share says less (Winkler 1989): ``u`` of
names, dates, contacts and places is counted in the register itself. A field that either record
lacks has no weight.

The figures of ``m`` and the priors below are assumptions of the project, to be replaced once a hub
has decided on enough proposals. They err on the side of proposing: a person decides.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import log2


@dataclass(frozen=True, slots=True)
class Level:
    """A level of agreement whose ``u`` does not hang on the value."""

    m: float
    u: float

    @property
    def bits(self) -> float:
        """The weight."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Values:
    """How often each value stands in the register: ``u`` of one that two records share.

    ``prior`` and ``strength`` are what is assumed before counting: ``strength`` records of which
    ``prior`` have the value. In a small register the assumption rules, in a large one the count.
    """

    counts: Counter[Hashable]
    records: int
    prior: float
    strength: float

    def others(self, value: Hashable, *, holders: int) -> int:
        """In how many records the value stands besides those compared that hold it."""
        return max(self.counts[value] - holders, 0)

    def u(self, value: Hashable, *, holders: int = 2) -> float:
        """The share of other people with a value that ``holders`` of the two compared have."""
        counted = self.others(value, holders=holders) + self.strength * self.prior
        return counted / (self.records + self.strength)


def values(
    held: Iterable[Iterable[Hashable]], *, records: int, prior: float, strength: float
) -> Values:
    """Count the values of all records; twice in one record counts once."""
    counts: Counter[Hashable] = Counter()
    for items in held:
        counts.update(set(items))
    return Values(counts, records, prior, strength)


# A word of a name before counting: one in 500 people has it (a middling surname or given name).
NAME_PRIOR, NAME_STRENGTH = 1 / 500, 1000.0
NAME_SAME = 0.85  # copied from a document, mostly as it stands there
NAME_SPELLING = 0.10  # accents and doubles lost, another transliteration
NAME_SLIP = 0.04
# One name in 400 is a letter away from a given one, besides those that the register counts.
NAME_NEAR = 1 / 400
# A second surname, a middle or a married name in one record only.
NAME_EXTRA = Level(m=0.15, u=0.30)
# A word in each record that has no like in the other.
NAME_OTHER = Level(m=0.03, u=0.96)

# The working life of a register spans about 45 years of births: 16,000 days. Days that stand for
# an unknown one (1 January) are common, and the count sees it.
BORN_PRIOR, BORN_STRENGTH = 1 / 16_000, 1000.0
BORN_SAME = 0.92
# About 23 days are a slip away from a day.
BORN_SLIP = Level(m=0.05, u=23 / 16_000)
BORN_OTHER = Level(m=0.03, u=1.0)

# How many other people of a register answer at the same contact, whatever its size: a telephone is
# often a household's, a mailbox sometimes, and a desk's own stands in many records, which is
# counted.
PHONE_SHARED, EMAIL_SHARED = 0.2, 0.02
PHONE_SAME = 0.60  # people change numbers and have several
PHONE_NEAR = Level(m=0.04, u=1 / 5000)
PHONE_OTHER = Level(m=0.36, u=1.0)
EMAIL_SAME = 0.60
EMAIL_NEAR = Level(m=0.06, u=1 / 5000)
EMAIL_OTHER = Level(m=0.34, u=1.0)

# One in 50 lives in a given municipality of a district; people move.
COMUNE_PRIOR, COMUNE_STRENGTH = 1 / 50, 200.0
COMUNE_SAME = 0.85
COMUNE_OTHER = Level(m=0.15, u=0.95)

# Of 100 records, 5 are the second of somebody: among n records, 0.05 n pairs of n(n - 1)/2.
_SECOND_RECORDS = 0.05


def prior_bits(records: int) -> float:
    """Log odds, in bits, that two records of a register of this size are of one person."""
    return log2(2 * _SECOND_RECORDS / max(records - 1, 1))


def bits(m: float, u: float) -> float:
    """The weight of an agreement on a value with this ``u``."""
    return log2(m / u)
