"""Of a service of a file: whom it is for, what to bring, its area, and whom to ask."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from matching.accompaniment.catalogue import WHOLE_TERRITORY
from matching.accompaniment.hsds.findings import Problem
from matching.accompaniment.hsds.index import Index
from matching.accompaniment.hsds.tables import Record
from matching.accompaniment.hsds.vocabulary import Scheme
from matching.accompaniment.hsds.world import World, day_of, whole_of
from matching.domain import Audience, Channel, Contact, Interpreting, Paper, PaperAsked
from matching.normalisation import plain

_LANGUAGE = re.compile(r"[a-z]{2,3}", re.ASCII)


def asked_fields(row: Record, index: Index, world: World, *, ours: bool) -> dict[str, Any]:
    """The fields of a service that may not be known; errors are noted in the index."""
    audiences = [
        Audience(one.code)
        for one in index.coded("service", row.cell("id"), Scheme.AUDIENCE)
        if one.code in list(Audience)
    ]
    documents = tuple(_documents(row, index))
    area = tuple(_area(row, index, world, ours=ours))
    youngest, oldest = _age(row, "minimum_age", index), _age(row, "maximum_age", index)
    if oldest is not None and (youngest or 0) > oldest:
        index.error(row, "minimum_age", Problem.DISAGREES, f"{youngest} > {oldest}")
    for field, values, word in (
        ("audience", audiences, Audience.EVERYONE),
        ("document", [paper.kind for paper in documents], Paper.NOTHING),
        ("area", area, WHOLE_TERRITORY),
    ):
        if word in values and len(values) > 1:
            index.error(row, field, Problem.DISAGREES, ", ".join(values))
    return {
        "min_age": youngest,
        "max_age": oldest,
        "audiences": tuple(audiences),
        "documents": documents,
        "area": area,
        "assured": _assured(row, index),
        "languages": tuple(_languages(row, index)),
        "interpreting": _interpreting(row, index),
        "contacts": _contacts(row, index, ours=ours),
    }


def _age(row: Record, column: str, index: Index) -> int | None:
    text = row.cell(column)
    found = whole_of(text) if text else None
    if text and found is None:
        index.error(row, column, Problem.NO_NUMBER, text)
    return found


def _assured(row: Record, index: Index) -> date | None:
    text = row.cell("assured_date")
    found = day_of(text) if text else None
    if text and found is None:
        index.error(row, "assured_date", Problem.NO_DATE, text)
    return found


def _documents(row: Record, index: Index) -> Iterator[PaperAsked]:
    for one in index.part("required_document", row.cell("id")):
        coded = index.coded("required_document", one.cell("id"), Scheme.PAPER)
        if not coded:
            if one.cell("document"):
                yield PaperAsked(kind=Paper.OTHER, text=one.cell("document"))
        elif coded[0].code in list(Paper):
            yield PaperAsked(kind=Paper(coded[0].code), text=coded[0].value)
        else:
            index.broken.add(row)


def _area(row: Record, index: Index, world: World, *, ours: bool) -> Iterator[str]:
    for one in index.part("service_area", row.cell("id")):
        extent = one.cell("extent") if one.cell("extent_type") == "text" else ""
        code = world.areas.get(extent) or world.areas.get(plain(one.cell("name")))
        if ours and extent not in world.areas:
            index.error(one, "extent", Problem.UNKNOWN_PLACE, extent)
        elif code is not None:
            yield code
        else:
            index.lost(one, "name", Problem.UNKNOWN_PLACE, one.cell("name"))


def _languages(row: Record, index: Index) -> Iterator[str]:
    for one in index.part("language", row.cell("id")):
        code = one.cell("code").lower()
        if not code:
            index.lost(one, "name", Problem.UNKNOWN_CODE, one.cell("name"))
        elif _LANGUAGE.fullmatch(code):
            yield code
        else:
            index.error(one, "code", Problem.UNKNOWN_CODE, code)


def _interpreting(row: Record, index: Index) -> Interpreting | None:
    found = index.coded("service", row.cell("id"), Scheme.INTERPRETING)
    codes = [one.code for one in found if one.code in list(Interpreting)]
    return Interpreting(codes[0]) if codes else None


def _contacts(row: Record, index: Index, *, ours: bool) -> tuple[Contact, ...]:
    """One way of each channel; of others' services also those of the provider.

    Names of people are not read: an entry says what to ask, not of whom.
    """
    code, organization = row.cell("id"), row.cell("organization_id")
    people = index.part("contact", code)
    home = index.rows.get(("organization", organization))
    phones = [one.raw("number") for one in index.part("phone", code) if one.cell("number")]
    emails, sites = [row.raw("email")], [row.raw("url")]
    if not ours:
        emails += [one.cell("email") for one in people]
        phones += [one.cell("number") for one in index.part("phone", organization)]
        emails.append("" if home is None else home.cell("email"))
        sites.append("" if home is None else home.cell("website"))
    found = {
        Channel.PHONE: _first(phones),
        Channel.EMAIL: _first(emails),
        Channel.WEB: _site(_first(sites)),
    }
    for one in people:
        for coded in index.coded("contact", one.cell("id"), Scheme.CHANNEL):
            if coded.code in list(Channel) and one.cell("department"):
                found[Channel(coded.code)] = one.raw("department")
    if found[Channel.EMAIL] and "@" not in found[Channel.EMAIL]:
        index.error(row, "email", Problem.NO_ADDRESS, found[Channel.EMAIL])
    if found[Channel.WEB] and "://" not in found[Channel.WEB]:
        index.error(row, "url", Problem.NO_ADDRESS, found[Channel.WEB])
    return tuple(
        Contact(channel=channel, value=found[channel]) for channel in Channel if found.get(channel)
    )


def _first(texts: Sequence[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def _site(text: str) -> str:
    return f"https://{text}" if text.startswith("www.") else text
