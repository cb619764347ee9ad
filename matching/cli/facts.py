"""The facts of a document in words, for the screen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date

from matching.domain import ConceptKind, Fact, Facts, LanguageFact
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
    }


def _value(item: object) -> str | int | bool:
    if isinstance(item, Fact):
        return item.value
    return item if isinstance(item, int) else str(item)
