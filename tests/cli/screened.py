"""Matches made by hand, and what a screen prints of them."""

import io
from collections.abc import Callable
from datetime import date

from rich.console import Console

from matching.domain import Barrier, BarrierState, Change, Course, Match, Payer, State

AS_OF = date(2026, 11, 22)


def a_match(person_id: str = "p", **values: object) -> Match:
    fields: dict[str, object] = {
        "vacancy_id": "v",
        "person_id": person_id,
        "rank": 1,
        "score": 0.82,
        "lower": 0.7,
        "upper": 0.9,
        "state": State.OK,
        "rank_lower": 1,
        "rank_upper": 3,
    }
    return Match(**(fields | values))  # type: ignore[arg-type]


def a_barrier(state: BarrierState = BarrierState.NOT_MET, **values: object) -> Barrier:
    fields: dict[str, object] = {
        "rule": "lorry_licence",
        "state": state,
        "text": "Serve la patente C. Tra le patenti del CV non c'è quella che serve.",
        "answer": "Cambia se si ottiene: patente C.",
        "law": "art. 116 del codice della strada",
        "person_evidence": ("patente B",),
        "vacancy_evidence": ("camion",),
    }
    return Barrier(**(fields | values))  # type: ignore[arg-type]


def a_course(name: str, **values: object) -> Course:
    fields: dict[str, object] = {
        "slug": name.casefold(),
        "name": name,
        "provider": "Scuola di prova",
        "place": "Merate",
        "start": date(2027, 1, 12),
        "minutes": 20.0,
        "cost_eur": 250,
        "paid_by": Payer.FUND,
    }
    return Course(**(fields | values))  # type: ignore[arg-type]


def a_change(*courses: Course) -> Change:
    return Change(uri="muletto", label="uso del muletto", score=0.9, rank=1, courses=courses)


def printed(show: Callable[[Console], None], *, width: int = 80) -> str:
    file = io.StringIO()
    show(Console(file=file, width=width))
    return file.getvalue()


def flat(text: str) -> str:
    """The words of a screen, whatever the lines are broken at."""
    return " ".join(text.split())
