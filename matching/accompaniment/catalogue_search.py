"""The services of a catalogue that somebody asks for: by need, place, measure and words."""

from collections.abc import Iterator
from dataclasses import dataclass

from matching.accompaniment.catalogue import Catalogue, Service
from matching.domain import Measure, Need
from matching.normalisation import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; None, or empty, where anything will do.

    ``home`` is the ISTAT code, and ``ambito`` the ambito, of where a person lives: services are
    found that are for people of that place, and those that do not say for whom. ``text`` is some
    words, all of them to be found in the entry, whole or as the beginnings of words.
    """

    need: Need | None = None
    measure: Measure | None = None
    home: str | None = None
    ambito: str | None = None
    text: str = ""


def found(catalogue: Catalogue, wanted: Wanted) -> tuple[Service, ...]:
    """The services that are asked for, in the order of their slugs."""
    words = plain(wanted.text).split()
    return tuple(
        sorted(
            (
                service
                for service in catalogue.services
                if _fits(service, wanted) and _says(service, catalogue, words)
            ),
            key=lambda service: service.slug,
        )
    )


def _fits(service: Service, wanted: Wanted) -> bool:
    if wanted.need is not None and wanted.need not in service.needs:
        return False
    if wanted.measure is not None and wanted.measure is not service.measure:
        return False
    return wanted.home is None or service.serves(wanted.home, wanted.ambito) is not False


def _says(service: Service, catalogue: Catalogue, words: list[str]) -> bool:
    if not words:
        return True
    written = list(_words(service, catalogue))
    return all(any(word.startswith(asked) for word in written) for asked in words)


def _words(service: Service, catalogue: Catalogue) -> Iterator[str]:
    provider = catalogue.providers[service.provider].name
    for text in (service.name, service.description, service.changes, provider):
        yield from "".join(c if c.isalnum() else " " for c in plain(text)).split()
