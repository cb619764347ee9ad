"""What is proposed: that two records may be one, with what agrees and what differs, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matching.wording import Wording


class MergeKind(StrEnum):
    """What two records may have in common."""

    PERSON = "person"
    SAME_DOCUMENT = "same_document"
    NEWER_VERSION = "newer_version"
    VACANCY = "vacancy"


class Verdict(StrEnum):
    """How sure it is. Neither merges anything: a person decides."""

    VERY_LIKELY = "very_likely"
    POSSIBLE = "possible"


class Aspect(StrEnum):
    """In what two records are compared."""

    NAME = "name"
    BORN = "born"
    EMAIL = "email"
    PHONE = "phone"
    COMUNE = "comune"
    CV = "cv"
    UPDATED = "updated"
    TITLE = "title"
    COMPANY = "company"
    TEXT = "text"
    OCCUPATION = "occupation"
    HOURS = "hours"
    WEEKLY_HOURS = "weekly_hours"
    CONTRACTS = "contracts"
    SHIFTS = "shifts"
    SALARY = "salary"
    OPENS = "opens"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing in which two records agree or differ, in words with both values."""

    aspect: Aspect
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeProposal:
    """Two records that may be one; ``first`` and ``second`` are identifiers.

    ``score`` of a person is log odds in bits (0: as likely one person as two; 10: a thousand to
    one); of documents and vacancies it is the weighted resemblance of the texts, 0 to 1.
    ``note`` says what to look at before deciding. Of a ``NEWER_VERSION`` the second is the newer,
    where dates or length tell.
    """

    kind: MergeKind
    first: str
    second: str
    verdict: Verdict
    score: float
    agreements: tuple[Remark, ...] = ()
    differences: tuple[Remark, ...] = ()
    note: str = ""


def by_score(proposals: Iterable[MergeProposal]) -> tuple[MergeProposal, ...]:
    """The surest first: by verdict, then by score, then as named."""
    order = list(Verdict)
    return tuple(
        sorted(proposals, key=lambda p: (order.index(p.verdict), -p.score, p.first, p.second))
    )


def fewest(proposals: Iterable[MergeProposal]) -> tuple[MergeProposal, ...]:
    """Proposals without those that follow from surer ones: of five copies four, not ten.

    A proposal between two records that others of its verdict, or surer ones, already join is left
    out; once those are decided, it can be found again.
    """
    roots: dict[str, str] = {}

    def root(record: str) -> str:
        while (above := roots.get(record, record)) != record:
            roots[record] = roots.get(above, above)
            record = above
        return record

    kept: list[MergeProposal] = []
    for proposal in by_score(proposals):
        one, other = root(proposal.first), root(proposal.second)
        if one != other:
            roots[other] = one
            kept.append(proposal)
    return tuple(kept)


def same(aspect: Aspect, first: str, second: str, wording: Wording) -> Remark:
    """Two records agree; where it is written in two ways, both are shown."""
    field = wording.say(f"upkeep.field_{aspect}")
    if first == second:
        return Remark(aspect=aspect, text=wording.say("upkeep.same", field=field, value=first))
    text = wording.say("upkeep.written_otherwise", field=field, first=first, second=second)
    return Remark(aspect=aspect, text=text)


def near(aspect: Aspect, first: str, second: str, wording: Wording) -> Remark:
    """Two records differ by little."""
    field = wording.say(f"upkeep.field_{aspect}")
    text = wording.say("upkeep.near", field=field, first=first, second=second)
    return Remark(aspect=aspect, text=text)


def other(aspect: Aspect, first: str, second: str, wording: Wording) -> Remark:
    """Two records differ."""
    field = wording.say(f"upkeep.field_{aspect}")
    text = wording.say("upkeep.other", field=field, first=first, second=second)
    return Remark(aspect=aspect, text=text)
