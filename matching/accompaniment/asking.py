"""What a provider asks of the person, and how sure its entry is: all to confirm, never a refusal.

A CV says nothing of age, family, home or debts, and nothing is concluded from it: what a service
asks is told with its rule, and whoever knows the person asks her.
"""

from collections.abc import Iterator
from datetime import date

from matching.accompaniment.catalogue import WHOLE_TERRITORY, Service
from matching.domain import Audience, Freshness, Matter, Profile, ToConfirm
from matching.territory import Territory


def asked_of_her(
    profile: Profile, service: Service, territory: Territory, as_of: date
) -> tuple[ToConfirm, ...]:
    """Audiences, ages and area of a service, and whether its entry was confirmed lately.

    ``about`` of an audience is its code, of ages the bounds (``18+``, ``0-14``, ``16-29``), of an
    area the names of its places, of an entry not confirmed lately the day on which it was.
    """
    return (
        *(
            ToConfirm(matter=Matter.AUDIENCE, about=audience)
            for audience in service.audiences
            if audience is not Audience.EVERYONE
        ),
        *_ages(service),
        *_area(profile, service, territory),
        *_freshness(service, territory, as_of),
    )


def outside(profile: Profile, service: Service, territory: Territory) -> bool:
    """Whether she is known to live where the service says that it is not for."""
    return _served(profile, service, territory) is False


def ages(service: Service) -> str:
    """The ages that a service is for, empty where it names none.

    Written ``18+``, ``0-14`` or ``16-29``, the last year included.
    """
    if service.max_age is not None:
        return f"{service.min_age or 0}-{service.max_age}"
    return "" if service.min_age is None else f"{service.min_age}+"


def area_names(service: Service, territory: Territory) -> tuple[str, ...]:
    """The names of the ambiti and municipalities of an area that is not the whole territory.

    An ambito often has the name of a municipality: it is said which is meant.
    """
    ambiti = {ambito.code: ambito.name for ambito in territory.ambiti}
    return tuple(
        f"{ambiti[code]} (ambito)" if code in ambiti else territory.municipality(code).name
        for code in _parts(service)
    )


def _ages(service: Service) -> Iterator[ToConfirm]:
    if written := ages(service):
        yield ToConfirm(matter=Matter.AGE, about=written)


def _area(profile: Profile, service: Service, territory: Territory) -> Iterator[ToConfirm]:
    if _parts(service) and not _served(profile, service, territory):
        yield ToConfirm(matter=Matter.AREA, about=", ".join(area_names(service, territory)))


def _freshness(service: Service, territory: Territory, as_of: date) -> Iterator[ToConfirm]:
    months = territory.limits.service_months
    if months is None:
        return
    freshness = service.freshness(as_of, months)
    if freshness is Freshness.STALE and service.assured is not None:
        yield ToConfirm(matter=Matter.STALE, about=service.assured.isoformat())
    elif freshness is Freshness.UNDATED:
        yield ToConfirm(matter=Matter.UNDATED, about=service.name)


def _served(profile: Profile, service: Service, territory: Territory) -> bool | None:
    home = profile.facts.comune
    if home is None:
        return None
    istat = str(home.value)
    return service.serves(istat, territory.municipality(istat).ambito)


def _parts(service: Service) -> tuple[str, ...]:
    return tuple(code for code in service.area if code != WHOLE_TERRITORY)
