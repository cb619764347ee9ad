"""The facts of a document in words, for the screen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from matching.domain import ConceptKind, Fact, Facts, LanguageFact, PayBasis, SalaryFact
from matching.service import Service


@dataclass(frozen=True, slots=True)
class FactLine:
    """One kind of fact: its name, its values in words, the words of the document."""

    name: str
    value: str
    evidence: tuple[str, ...]


def fact_lines(facts: Facts, service: Service) -> Iterator[FactLine]:
    """What a document says besides skills and occupations, one line for each kind said."""
    writers = _writers(service)
    for field in fields(Facts):
        held = getattr(facts, field.name)
        items = held if isinstance(held, tuple) else () if held is None else (held,)
        if items:
            yield FactLine(
                name=service.wording.say(f"fact.{field.name}"),
                value=", ".join(writers[field.name](item) for item in items),
                evidence=tuple(
                    dict.fromkeys(item.evidence for item in items if not isinstance(item, int))
                ),
            )


def _writers(service: Service) -> Mapping[str, Callable[[object], str]]:
    say = service.wording.say
    places = {
        place.istat: place.name
        for place in (*service.territory.municipalities, *service.territory.neighbours)
    }

    def named(item: object) -> str:
        return say(f"value.{_value(item)}")

    def months(item: object) -> str:
        return service.wording.months(int(_value(item)))

    def start(item: object) -> str:
        value = str(_value(item))
        if value == "immediate":
            return say("value.immediate")
        return say("screen.date", date=date.fromisoformat(value))

    def language(item: object) -> str:
        if not isinstance(item, LanguageFact):
            return str(item)
        uri = service.taxonomy.by_code.get((ConceptKind.LANGUAGE, item.code))
        label = item.code
        if uri is not None:
            label = service.taxonomy.concepts[uri].label(service.wording.language)
        return " ".join(filter(None, (label, item.level)))

    def month(item: object) -> str:
        value = str(_value(item))
        if value == "ongoing":
            return say("value.ongoing")
        year, _, number = value.partition("-")
        return f"{number}/{year}" if number else year

    def day(item: object) -> str:
        return say("screen.date", date=date.fromisoformat(str(_value(item))))

    def salary(item: object) -> str:
        if not isinstance(item, SalaryFact):
            return str(item)
        low, high = (None if one is None else f"{one:.2f}" for one in (item.low, item.high))
        if low is None or high is None:
            key = "pay.most" if low is None else "pay.least"
            amount = say(key, amount=low or high)
        else:
            amount = low if low == high else say("pay.range", low=low, high=high)
        basis = "" if item.basis is PayBasis.UNKNOWN else say(f"pay.{item.basis}")
        return " ".join(filter(None, (item.currency, amount, say(f"pay.{item.period}"), basis)))

    return {
        "licences": lambda item: str(_value(item)),
        "own_vehicle": lambda item: say("screen.yes" if _value(item) else "screen.no"),
        "education_level": lambda item: say(f"level.eqf{_value(item)}"),
        "languages": language,
        "comune": lambda item: places.get(str(_value(item)), str(_value(item))),
        "start": start,
        "contracts": named,
        "hours": named,
        "weekly_hours": lambda item: str(_value(item)),
        "shifts": named,
        "shifts_refused": named,
        "months_required": months,
        "experience_months": months,
        "last_job_end": month,
        "salary": salary,
        "posts": lambda item: str(_value(item)),
        "deadline": day,
        "reserved": lambda item: say("screen.yes" if _value(item) else "screen.no"),
    }


def _value(item: object) -> str | int | bool:
    if isinstance(item, Fact):
        return item.value
    return item if isinstance(item, int) else str(item)
