"""Writing a catalogue in the territory's form: ``providers.toml`` and ``services.toml``.

What is written is what :mod:`~matching.accompaniment.catalogue_reading` reads. Fields that are not
known are named in a comment, and the reader refuses the file until somebody has filled them in.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from matching.accompaniment.catalogue import Catalogue, Provider, Service
from matching.accompaniment.catalogue_reading import PROVIDERS, SERVICES, WHEN_THERE_IS_A_SEAT
from matching.accompaniment.hsds.drafts import Draft, Imported
from matching.domain import Contact, PaperAsked
from matching.taxonomy import Taxonomy

# Keys of the files where they differ from the names of fields, and fields in the order of the file.
_KEYS = {"bands": "time_band", "grade": "effect_grade", "contacts": "contact"}
_ORDER = (
    "slug",
    "provider",
    "measure",
    "name",
    "description",
    "teaches",
    "requires",
    "needs",
    "eases",
    "lifts",
    "hours",
    "starts",
    "weekdays",
    "bands",
    "seats",
    "cost_eur",
    "paid_by",
    "lead_days",
    "place",
    "remote",
    "area",
    "min_age",
    "max_age",
    "audiences",
    "documents",
    "languages",
    "interpreting",
    "contacts",
    "wait_days",
    "conditions",
    "changes",
    "grade",
    "source",
    "assured",
    "example",
)
_ALWAYS = frozenset({"teaches", "requires", "needs", "weekdays", "bands", "conditions"})


def drafts_of(catalogue: Catalogue) -> Imported:
    """A catalogue as an import would have found it, to be written."""
    return Imported(
        valid_from=catalogue.valid_from,
        valid_to=catalogue.valid_to,
        providers=tuple(_draft(one.slug, one) for one in catalogue.providers.values()),
        services=tuple(_draft(one.slug, one) for one in catalogue.services),
        findings=(),
        read=len(catalogue.services),
        bad=0,
    )


def written(
    imported: Imported, *, taxonomy: Taxonomy, places: Mapping[str, str], head: str
) -> dict[str, str]:
    """The text of each of the two files by its name.

    Parameters
    ----------
    imported
        What to write.
    taxonomy
        Gives concepts their slugs.
    places
        Names of municipalities by ISTAT code, for comments.
    head
        A line that says at the top of both files where they come from.
    """
    validity = f"valid_from = {imported.valid_from}\nvalid_to = {imported.valid_to}\n"
    top = f"{_comment(head)}\n{validity}"
    order = tuple(field.name for field in fields(Provider))
    providers = [_entry("provider", draft, order, taxonomy, places) for draft in imported.providers]
    services = [_entry("service", draft, _ORDER, taxonomy, places) for draft in imported.services]
    return {
        PROVIDERS: "\n".join([top, *providers]),
        SERVICES: "\n".join([top, *services]),
    }


def _draft(slug: str, entry: Provider | Service) -> Draft:
    return Draft(slug=slug, values={one.name: getattr(entry, one.name) for one in fields(entry)})


def _entry(
    name: str,
    draft: Draft,
    order: Iterable[str],
    taxonomy: Taxonomy,
    places: Mapping[str, str],
) -> str:
    lines = [f"[[{name}]]"]
    for field in order:
        key = _KEYS.get(field, field)
        if field in draft.missing:
            lines.append(f"# {key} = da completare")
        elif field in draft.values and (text := _value(field, draft.values[field], taxonomy)):
            comment = (
                places.get(str(draft.values[field])) if field in ("place", "municipality") else ""
            )
            lines.append(f"{key} = {text}" + (f" {_comment(comment)}" if comment else ""))
    return "\n".join(lines) + "\n"


def _value(field: str, value: Any, taxonomy: Taxonomy) -> str:
    """The TOML of a value, empty where the key is to be left out."""
    if field in ("teaches", "requires"):
        value = tuple(taxonomy.concepts[uri].slug for uri in value)
    if field == "starts" and not value:
        return _text(WHEN_THERE_IS_A_SEAT)
    if value is None or (value == () and field not in _ALWAYS):
        return ""
    if field == "contacts":
        return f"{{ {', '.join(f'{one.channel} = {_text(one.value)}' for one in value)} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(_single(one) for one in value)}]"
    return _single(value)


def _single(value: bool | int | date | str | PaperAsked | Contact) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, PaperAsked):
        text = f", text = {_text(value.text)}" if value.text else ""
        return f"{{ kind = {_text(value.kind)}{text} }}"
    if isinstance(value, int | date):
        return str(value)
    return _text(str(value))


def _text(value: str) -> str:
    """A TOML basic string: JSON's escapes, and that of the one character that JSON leaves alone."""
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


def _comment(text: str) -> str:
    return f"# {' '.join(text.split())}"
