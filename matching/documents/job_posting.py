"""schema.org JobPosting (JSON-LD) -> lines, in the form of an ordinary Italian vacancy.

It comes alone, in a list, in an ``@graph``, inside other things, and inside web pages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from matching.documents.curriculum import joined, month, section
from matching.documents.fragments import fragment_lines
from matching.documents.html import parse_html
from matching.documents.json_data import load_json, objects, said, texts
from matching.errors import DocumentError

_MOST_POSTINGS = 50
_TYPE = re.compile(r"(?:^|[/:#])JobPosting$")
_LD_JSON = re.compile(r"application/ld\+json", re.IGNORECASE)
_WRAPPING = re.compile(
    r"^\s*(?:/[/*]+\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*+/)?|(?:/[/*]+\s*)?(?:-->|\]\]>)\s*$"
)
_FULL_TEXT = 250  # characters; a shorter description is a teaser, and the page says the rest
_CONTRACTS: Mapping[str, str] = MappingProxyType(
    {
        "FULL_TIME": "tempo pieno",
        "PART_TIME": "part-time",
        "CONTRACTOR": "collaborazione autonoma",
        "TEMPORARY": "tempo determinato",
        "INTERN": "tirocinio",
        "VOLUNTEER": "volontariato",
        "PER_DIEM": "a giornata",
    }
)
_UNITS: Mapping[str, str] = MappingProxyType(
    {"HOUR": "all'ora", "DAY": "al giorno", "WEEK": "alla settimana", "MONTH": "al mese",
     "YEAR": "all'anno"}
)  # fmt: skip
_TEXTS = (
    ("DESCRIZIONE", ("description",)),
    ("RESPONSABILITÀ", ("responsibilities",)),
    ("REQUISITI", ("qualifications", "educationRequirements", "experienceRequirements")),
    ("COMPETENZE RICHIESTE", ("skills",)),
    ("ALTRI REQUISITI", ("physicalRequirement", "sensoryRequirement",
                         "eligibilityToWorkRequirement", "securityClearanceRequirement")),
    ("OFFRIAMO", ("jobBenefits", "benefits", "incentiveCompensation", "incentives")),
    ("CONDIZIONI", ("specialCommitments",)),
    ("CHI SIAMO", ("employerOverview",)),
)  # fmt: skip


def postings_in(value: Any) -> list[dict[str, Any]]:
    """Return the job postings anywhere in a JSON value, in order, repeated ones once."""
    found: list[dict[str, Any]] = []
    waiting = [value]
    while waiting and len(found) < _MOST_POSTINGS:
        one = waiting.pop()
        if isinstance(one, dict) and any(map(_TYPE.search, texts(one.get("@type")))):
            if one not in found:
                found.append(one)
        elif isinstance(one, dict | list):
            inner = list(one.values()) if isinstance(one, dict) else one
            waiting.extend(reversed([item for item in inner if isinstance(item, dict | list)]))
    return found


def posting_lines(postings: Iterable[dict[str, Any]]) -> list[str]:
    """Return postings as lines, one after the other."""
    return [line for posting in postings for line in ["", *_one(posting)]]


def page_postings(text: str) -> list[dict[str, Any]]:
    """Return the postings in the JSON-LD of a web page; scripts that are broken are left."""
    if not _LD_JSON.search(text):
        return []
    root = parse_html(text)
    found: list[dict[str, Any]] = []
    for script in () if root is None else root.iter("script"):
        if not _LD_JSON.match(script.get("type", "").strip()):
            continue
        try:
            found.extend(postings_in(load_json(_WRAPPING.sub("", script.text or ""))))
        except DocumentError:
            continue  # the page itself is read then
    return _of_this_page(found, root)


def says_everything(postings: Iterable[dict[str, Any]]) -> bool:
    """Say whether the postings hold the whole vacancy, so that their page need not be read."""
    lengths = [sum(map(len, _body(posting))) for posting in postings]
    return bool(lengths) and min(lengths) >= _FULL_TEXT


def _of_this_page(found: list[dict[str, Any]], root: Any) -> list[dict[str, Any]]:
    """Leave out other adverts, when the headline of the page names one of several."""
    if len(found) < 2 or root is None:
        return found
    headlines = " ".join("".join(h.itertext()) for h in root.iter("h1", "title")).casefold()
    named = [one for one in found if (title := _title(one)) and title.casefold() in headlines]
    return named if len(named) == 1 else found


def _title(posting: dict[str, Any]) -> str:
    return " ".join((said(posting.get("title")) or said(posting.get("name"))).split())


def _body(posting: dict[str, Any]) -> list[str]:
    return [line for _, names in _TEXTS for name in names for line in _lines(posting.get(name))]


def _one(posting: dict[str, Any]) -> Iterator[str]:
    yield _title(posting)
    yield ""
    for label, value in _facts(posting):
        if value:
            yield f"{label}: {value}"
    for header, names in _TEXTS:
        yield from section(header, (line for name in names for line in _lines(posting.get(name))))
    yield from section("RETRIBUZIONE", filter(None, [_salary(posting)]))
    described = (
        _lines(firm.get("description")) for firm in objects(posting.get("hiringOrganization"))
    )
    yield from section("L'AZIENDA", (line for lines in described for line in lines))


def _facts(posting: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is said in a few words; the reader knows each label as a line of its own."""
    yield "Azienda", _named(posting.get("hiringOrganization"))
    yield "Luogo", joined(_places(posting))
    kinds = [_CONTRACTS.get(kind.upper().replace("-", "_"), kind)
             for kind in texts(posting.get("employmentType"))]  # fmt: skip
    yield "Contratto", joined(kind for kind in kinds if kind.upper() != "OTHER")
    yield "Orario", joined(texts(posting.get("workHours")))
    yield "Posti", said(posting.get("totalJobOpenings"))
    starts_now = posting.get("jobImmediateStart") is True
    yield "Inizio", "immediato" if starts_now else _day(said(posting.get("jobStartDate")))
    yield "Settore", joined(texts(posting.get("industry")))
    trade = posting.get("occupationalCategory") or posting.get("relevantOccupation")
    yield "Figura", joined(text for text in [*texts(trade), _named(trade)] if not text.isdigit())
    yield "Pubblicato", _day(said(posting.get("datePosted")))
    yield "Candidature entro", _day(said(posting.get("validThrough")))


def _day(date: str) -> str:
    found = re.match(r"(\d{4})-(\d\d)-(\d\d)(?!\d)", date)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else month(date)


def _named(value: Any) -> str:
    """Return the names of things that may be objects or plain texts."""
    listed = value if isinstance(value, list) else [value]
    return joined(said(one.get("name")) if isinstance(one, dict) else said(one) for one in listed)


def _places(posting: dict[str, Any]) -> Iterator[str]:
    places = posting.get("jobLocation")
    for one in places if isinstance(places, list) else [places]:
        if not isinstance(one, dict):
            yield said(one)
            continue
        addresses = one.get("address", one)
        for address in addresses if isinstance(addresses, list) else [addresses]:
            if isinstance(address, dict):
                region = said(address.get("addressRegion"))
                town = said(address.get("addressLocality")) or said(one.get("name"))
                yield f"{town} ({region})" if town and region else town or region
            else:
                yield said(address)
    if "TELECOMMUTE" in texts(posting.get("jobLocationType")):
        yield "lavoro da remoto"


def _lines(value: Any) -> list[str]:
    """Return the lines of a requirement: a text, HTML, or an object that says it in parts."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, dict):
            found.extend(fragment_lines(said(one)))
            continue
        months = said(one.get("monthsOfExperience"))
        if months:
            found.append(f"Esperienza di almeno {months} mesi")
        for name in ("credentialCategory", "name", "description", "text"):
            for text in texts(one.get(name)):
                found.extend(fragment_lines(_CREDENTIALS.get(text.casefold(), text)))
    return found


_CREDENTIALS: Mapping[str, str] = MappingProxyType(
    {
        "high school": "diploma di scuola superiore",
        "associate degree": "diploma di istruzione tecnica superiore",
        "bachelor degree": "laurea triennale",
        "postgraduate degree": "laurea magistrale",
        "professional certificate": "attestato professionale",
    }
)


def _salary(posting: dict[str, Any]) -> str:
    said_once = (_amount(one, "") for one in _listed(posting.get("baseSalary")))
    estimated = (_amount(one, "") for one in _listed(posting.get("estimatedSalary")))
    return next(filter(None, [*said_once, *estimated]), "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _amount(value: Any, currency: str) -> str:
    """Write a sum of money: a number, or an object with bounds, currency and unit of time."""
    if not isinstance(value, dict):
        return joined([said(value), currency], by=" ") if said(value) else ""
    currency = said(value.get("currency")) or currency
    inner = value.get("value")
    if isinstance(inner, dict):
        return _amount({**inner, "currency": currency}, currency)
    lowest, highest = said(value.get("minValue")), said(value.get("maxValue"))
    amount = f"{lowest} - {highest}" if lowest and highest else lowest or highest or said(inner)
    unit = said(value.get("unitText")).upper()
    euro = "euro" if currency.upper() == "EUR" else currency
    return joined([amount, euro, _UNITS.get(unit, "")], by=" ") if amount else ""
