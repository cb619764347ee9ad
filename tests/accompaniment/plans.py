"""Plans of the small world of ``factories``."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from matching.accompaniment import Service, propose
from matching.domain import (
    Need,
    Opened,
    Plan,
    Profile,
)
from tests.factories import (
    a_catalogue,
    a_profile,
    a_taxonomy,
    a_territory,
)

AS_OF = date(2027, 1, 10)


def plan(
    *services: Service,
    missing: str = "",
    needs: Sequence[Need] = (),
    profile: Profile | None = None,
    as_of: date = AS_OF,
    **options: Any,
) -> Plan:
    """``plan(a_service(...), missing="forklift pallets", needs=[Need.CARE])``."""
    return propose(
        profile or a_profile(),
        missing=dict.fromkeys(missing.split(), ("v",)),
        needs=needs,
        catalogue=a_catalogue(*services),
        territory=a_territory(),
        taxonomy=a_taxonomy(),
        as_of=as_of,
        **options,
    )


def slugs(found: Plan) -> list[str]:
    return [step.service for step in found.steps]


def opening(gain: float) -> tuple[Opened, ...]:
    return (
        Opened(
            vacancy_id="v",
            title="Offerta",
            score_before=0.5,
            score_after=0.5 + gain,
            rank_before=2,
            rank_after=1,
        ),
    )
