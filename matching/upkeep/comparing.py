"""Two identities compared: what their fields weigh together, and what is proposed.

The weights of :mod:`matching.upkeep.weights` are added up; what they cannot know is ruled here.
They take fields for independent, and in a household they are not: relatives share a surname, a
telephone, an address, twins a birth date as well, a parent and a child at times the whole name.
Therefore

- where the birth dates differ by more than a slip, a contact must be shared and the most that is
  said is *possible*; where the names contradict each other too, nothing is;
- where the names contradict each other, the birth date must agree, and it is *possible* at most;
- *very likely* wants the whole name and something that is a person's own: the birth date, or the
  e-mail address; a telephone counts beside a birth date with a slip;
- a word that is one letter off may be a twin's: birth date and e-mail must agree then.
"""

from dataclasses import dataclass

from matching.upkeep import weights
from matching.upkeep.births import BirthLikeness, birth_likeness
from matching.upkeep.contacts import near_addresses, near_numbers
from matching.upkeep.identity import Identity
from matching.upkeep.names import Likeness, NamePairing, pair_names
from matching.upkeep.proposals import Verdict
from matching.upkeep.register import Register
from matching.upkeep.weights import Values

_VERY_LIKELY, _POSSIBLE = 5.0, 0.0  # bits of the log odds: 97%, and as likely as not
_KNOWN = 2  # other people with a word, from which it is a name of its own and no slip


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """Two identities compared: log odds in bits, and the level of each field (None: not known)."""

    bits: float
    names: NamePairing
    born: BirthLikeness | None
    email: bool | None
    phone: bool | None

    @property
    def verdict(self) -> Verdict | None:
        """What is proposed, None for nothing; the rules are those of the module."""
        names, born = self.names, self.born
        contradict = bool(names.first_only and names.second_only)
        if self.bits < _POSSIBLE or (contradict and born in (None, BirthLikeness.OTHER)):
            return None
        if born is BirthLikeness.OTHER and not (self.email or self.phone):
            return None
        own = (
            born is BirthLikeness.SAME
            or bool(self.email)
            or (born is BirthLikeness.SLIP and bool(self.phone))
        )
        doubtful = names.slips and not (born is BirthLikeness.SAME and self.email)
        sure = names.whole and own and not doubtful and born is not BirthLikeness.OTHER
        return Verdict.VERY_LIKELY if sure and self.bits >= _VERY_LIKELY else Verdict.POSSIBLE

    @property
    def apart(self) -> bool:
        """Whether name or birth date says that they are two people."""
        contradict = bool(self.names.first_only and self.names.second_only)
        return contradict or self.born is BirthLikeness.OTHER


def worth_comparing(first: Identity, second: Identity) -> bool:
    """Whether anything may come of it: birth dates that differ want a shared contact."""
    if not first.born or not second.born or first.born == second.born:
        return True
    if not set(first.emails).isdisjoint(second.emails):
        return True
    if not set(first.phones).isdisjoint(second.phones):
        return True
    return birth_likeness(first.born, second.born) is not BirthLikeness.OTHER


def compare(first: Identity, second: Identity, register: Register) -> Likelihood:
    """Weigh what two identities of a register have in common; what either lacks weighs nothing."""
    names = pair_names(register.names[first.id], register.names[second.id])
    names = _without_known_names(names, register.words)
    born = birth_likeness(first.born, second.born) if first.born and second.born else None
    email_bits, email = _contact(first.emails, second.emails, register.emails, is_email=True)
    phone_bits, phone = _contact(first.phones, second.phones, register.phones, is_email=False)
    total = weights.prior_bits(register.records) + email_bits + phone_bits
    if first.name and second.name:
        total += _name_bits(names, register.words)
    if born is BirthLikeness.SAME:
        total += weights.bits(weights.BORN_SAME, register.births.u(first.born))
    elif born is not None:
        level = weights.BORN_SLIP if born is BirthLikeness.SLIP else weights.BORN_OTHER
        total += level.bits
    if first.comune and second.comune:
        total += (
            weights.bits(weights.COMUNE_SAME, register.comuni.u(first.comune))
            if first.comune == second.comune
            else weights.COMUNE_OTHER.bits
        )
    return Likelihood(bits=total, names=names, born=born, email=email, phone=phone)


def _without_known_names(names: NamePairing, words: Values) -> NamePairing:
    """Take back that one word is a slip for the other, where others are called both."""
    pairs = []
    first_only, second_only = [*names.first_only], [*names.second_only]
    for kind, one, another in names.pairs:
        known = all(words.others(word, holders=1) >= _KNOWN for word in (one, another))
        if kind is Likeness.SLIP and known:
            first_only.append(one)
            second_only.append(another)
        else:
            pairs.append((kind, one, another))
    return NamePairing(tuple(pairs), tuple(first_only), tuple(second_only))


def _name_bits(names: NamePairing, words: Values) -> float:
    total = 0.0
    for kind, one, another in names.pairs:
        if kind is Likeness.SAME:
            total += weights.bits(weights.NAME_SAME, words.u(one))
            continue
        u = words.u(one, holders=1) + words.u(another, holders=1)
        if kind is Likeness.SPELLING:
            total += weights.bits(weights.NAME_SPELLING, u)
        else:
            total += weights.bits(weights.NAME_SLIP, u + weights.NAME_NEAR)
    left, right = len(names.first_only), len(names.second_only)
    total += min(left, right) * weights.NAME_OTHER.bits
    total += abs(left - right) * weights.NAME_EXTRA.bits
    return total


def _contact(
    ours: tuple[str, ...], theirs: tuple[str, ...], known: Values, *, is_email: bool
) -> tuple[float, bool | None]:
    """The weight of the contacts, and whether one is shared; None where either has none."""
    if not ours or not theirs:
        return 0.0, None
    shared = [known.u(one) for one in ours if one in theirs]
    if shared:
        agreeing = weights.EMAIL_SAME if is_email else weights.PHONE_SAME
        return weights.bits(agreeing, min(shared)), True
    is_near = near_addresses if is_email else near_numbers
    if any(is_near(one, other) for one in ours for other in theirs):
        return (weights.EMAIL_NEAR if is_email else weights.PHONE_NEAR).bits, False
    return (weights.EMAIL_OTHER if is_email else weights.PHONE_OTHER).bits, False
