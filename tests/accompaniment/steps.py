"""Steps of services of the small world, for orders and papers worked by hand."""

from datetime import date
from typing import Any

from matching.accompaniment import Service
from matching.accompaniment.order_rules import Kind, OrderRule, Until, Which
from matching.accompaniment.ordering import Placed
from matching.domain import Step

AS_OF = date(2027, 1, 10)


def a_step(service: Service, **changed: Any) -> Step:
    """The step of a service: it answers its needs, and starts with its first edition."""
    made: dict[str, Any] = {
        "service": service.slug,
        "name": service.name,
        "measure": service.measure,
        "provider": "Ente di prova",
        "place": "Borgo",
        "remote": service.remote,
        "minutes": 12,
        "by_car": False,
        "start": service.next_start(AS_OF),
        "lead_days": service.lead_days,
        "hours": service.hours,
        "weekdays": service.weekdays,
        "bands": service.bands,
        "seats": service.seats,
        "cost_eur": service.cost_eur,
        "paid_by": service.paid_by,
        "skills": (),
        "needs": service.needs,
        "opens": (),
        "changes": service.changes,
        "grade": service.grade,
        "conditions": service.conditions,
        "to_confirm": (),
        "alternatives": (),
        "example": service.example,
        "documents": service.documents,
    }
    return Step(**{**made, **changed})


def a_rule(name: str, **values: Any) -> OrderRule:
    """A rule between kinds of step, unless told otherwise."""
    made: dict[str, Any] = {
        "kind": Kind.STEPS,
        "until": Until.STARTED,
        "same_hours": False,
        "before": Which(),
        "after": Which(),
        "reason": {"it": f"Perché {name}.", "en": f"Because {name}."},
        "source": "prova",
    }
    return OrderRule(id=name, **{**made, **values})


def slugs(placed: tuple[Placed, ...]) -> list[str]:
    return [one.step.service for one in placed]
