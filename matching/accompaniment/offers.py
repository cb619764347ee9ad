"""What each open service answers of one person's missing skills and needs, and when and where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from matching.accompaniment.asking import outside
from matching.accompaniment.catalogue import Catalogue, Service
from matching.domain import Need, Opened, Payer, Profile, ToldNeed
from matching.features.reach import travels_by_car
from matching.territory import Mode, Territory

_NOT_TOLD: Mapping[Need, ToldNeed] = MappingProxyType({})
# Who pays, in the order of preference: nobody's money before the fund's, and that before hers.
_PAYERS = (frozenset({Payer.PUBLIC, Payer.PROVIDER}), frozenset({Payer.FUND}), frozenset(Payer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An open service, with what of this person's it answers: skills (URIs) and needs.

    ``provider`` and ``place`` are names; ``outside`` is true where she is known to live outside the
    area that it is for. ``beside`` are needs of hers that it is about without easing what she told
    of them, where other services do.
    """

    service: Service
    provider: str
    place: str
    skills: frozenset[str]
    needs: frozenset[Need]
    start: date | None
    minutes: float | None
    opens: tuple[Opened, ...]
    outside: bool = False
    beside: frozenset[Need] = frozenset()

    @property
    def answers(self) -> frozenset[tuple[str, str]]:
        """Skills and needs answered, as one set."""
        return _as_answers(self.skills, self.needs)

    @property
    def about(self) -> frozenset[tuple[str, str]]:
        """The same, with the needs that it is about besides."""
        return _as_answers(self.skills, self.needs | self.beside)

    @property
    def gain(self) -> float:
        """Sum of what it adds to the scores of the vacancies in view."""
        return sum(opened.score_after - opened.score_before for opened in self.opens)

    @property
    def payer(self) -> int:
        """Place of who pays in the order of preference."""
        return next(n for n, payers in enumerate(_PAYERS) if self.service.paid_by in payers)

    @property
    def wait(self) -> tuple[bool, date, int]:
        """What starts when there is a seat first, then by date."""
        return self.start is not None, self.start or date.min, self.service.lead_days

    @property
    def journey(self) -> float:
        """Minutes, none where she need not go, endless where they are not known."""
        if self.service.remote:
            return 0.0
        return float("inf") if self.minutes is None else self.minutes


def offers(
    profile: Profile,
    *,
    skills: Collection[str],
    needs: Collection[Need],
    catalogue: Catalogue,
    territory: Territory,
    as_of: date,
    opens: Mapping[str, tuple[Opened, ...]],
    told: Mapping[Need, ToldNeed] = _NOT_TOLD,
) -> tuple[Offer, ...]:
    """The open services that answer something, in the order of their slugs.

    Of a need that was told only what eases what is hard in it at its gravest is an answer, where
    some open service does: help in seeking a home does not pay the rent that is owed.
    """
    services = catalogue.open_on(as_of)
    eased = _eased(services, told)
    found = []
    for service in services:
        about = _needs(service, skills, needs)
        answered = frozenset(
            need for need in about if need not in eased or service.slug in eased[need]
        )
        if taught(service, skills):
            answered |= about & {Need.SKILLS, Need.WORK}  # answered by what it teaches
        found.append(
            Offer(
                service=service,
                provider=catalogue.providers[service.provider].name,
                place=territory.municipality(service.place).name,
                skills=taught(service, skills),
                needs=answered,
                start=service.next_start(as_of),
                minutes=_minutes(profile, service, territory),
                opens=opens.get(service.slug, ()),
                outside=outside(profile, service, territory),
                beside=about - answered,
            )
        )
    return tuple(
        sorted((offer for offer in found if offer.about), key=lambda offer: offer.service.slug)
    )


def taught(service: Service, skills: Collection[str]) -> frozenset[str]:
    """The skills among those missing that a service teaches; what it requires too it renews."""
    return frozenset(skills) & (frozenset(service.teaches) - frozenset(service.requires))


def by_car(profile: Profile) -> bool:
    """Whether a journey is counted by car: as in the features of a match."""
    return travels_by_car(profile.facts)


def _as_answers(skills: Collection[str], needs: Collection[Need]) -> frozenset[tuple[str, str]]:
    return frozenset({*(("skill", uri) for uri in skills), *(("need", need) for need in needs)})


def _eased(
    services: Sequence[Service], told: Mapping[Need, ToldNeed]
) -> dict[Need, frozenset[str]]:
    """Slugs of the services that ease what is hard in each need, for needs with any such."""
    found = {
        need: frozenset(
            service.slug
            for service in services
            if need in service.needs and one.difficulties & set(service.eases)
        )
        for need, one in told.items()
    }
    return {need: slugs for need, slugs in found.items() if slugs}


def _needs(service: Service, skills: Collection[str], needs: Collection[Need]) -> frozenset[Need]:
    answered = set(needs) & set(service.needs)
    if not taught(service, skills):
        # Any course at all would answer these: only one that teaches what is asked for does.
        answered.discard(Need.SKILLS)
        if service.teaches:
            answered.discard(Need.WORK)
    return frozenset(answered)


def _minutes(profile: Profile, service: Service, territory: Territory) -> float | None:
    home = profile.facts.comune
    if home is None or service.remote:
        return None
    mode = Mode.CAR if by_car(profile) else Mode.PUBLIC_TRANSPORT
    return territory.journey(str(home.value), service.place, mode).minutes
