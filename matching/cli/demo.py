"""``valoriamo demo``: the main job on the sample documents, told step by step."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from rich.console import Console
from rich.text import Text

from matching.cli.progress import progress_beside_results
from matching.cli.screens import print_extraction, print_shortlist
from matching.domain import DocumentKind, Extraction, Profile, Vacancy
from matching.errors import DocumentError, InputError
from matching.profiles import profile_from, vacancy_from
from matching.service import Service

_SHOWN = 5


class Sample(BaseModel):
    """One sample document and what its form says; ``title`` is for vacancies."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    comune: str = ""
    id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class _Read:
    sample: Sample
    format: str
    found: Extraction


def run_demo(console: Console, service: Service, samples: Path, as_of: date) -> None:
    """Read every sample, show one extraction with its evidence and one shortlist with reasons.

    Raises
    ------
    InputError
        Where the list of samples cannot be read, or no CV or no vacancy of it can.
    """
    say = service.wording.say
    console.rule(Text(say("demo.title"), style="bold"))
    console.print(Text(say("demo.fictional")))
    people = _documents(console, service, samples, DocumentKind.CV, as_of)
    offers = _documents(console, service, samples, DocumentKind.VACANCY, as_of)
    formats = Counter(item.format for item in (*people, *offers))
    shown = ", ".join(f"{name} {count}" for name, count in sorted(formats.items()))
    console.print(Text(say("screen.documents", count=formats.total(), formats=shown)))

    console.print()
    print_extraction(console, service, Path(people[0].sample.file).name, people[0].found)

    profiles = [_profile(service, item) for item in people]
    names = {profile.id: profile.id.replace("-", " ").title() for profile in profiles}
    shortlist = service.shortlist(_vacancy(service, offers[0]), profiles, as_of=as_of)
    base = service.ranker.no_information()
    print_shortlist(console, service.wording, shortlist, base=base, most=_SHOWN, names=names)
    if rest := shortlist.matches[_SHOWN:]:
        line = ", ".join(f"{names[match.person_id]} ({100 * match.score:.0f})" for match in rest)
        console.print()
        console.print(Text(say("demo.rest", list=line)))
    console.print()
    console.print(Text(say("demo.next")))


def _documents(
    console: Console, service: Service, samples: Path, kind: DocumentKind, as_of: date
) -> list[_Read]:
    table = "vacancies" if kind is DocumentKind.VACANCY else "people"
    listed = samples / f"{table}.toml"
    read: list[_Read] = []
    for sample in progress_beside_results(_listed(listed, table), table):
        try:
            path = samples / sample.file
            if not path.is_file():
                raise InputError(f"{listed}: {sample.file} is not there.")
            document = service.read_document(path.read_bytes(), path.name)
            found = service.extract(document.text, kind=kind, as_of=as_of)
        except DocumentError as error:
            refused = service.wording.say("screen.refused")
            console.print(Text(f"{refused}: {sample.file}: {error.code}: {error.message}"))
            continue
        read.append(_Read(sample, str(document.format), found))
    if not read:
        raise InputError(f"{listed}: none of its documents can be read; see the lines above.")
    return read


def _profile(service: Service, item: _Read) -> Profile:
    return profile_from(
        Path(item.sample.file).stem, item.found, comune=_istat(service, item.sample)
    )


def _vacancy(service: Service, item: _Read) -> Vacancy:
    sample = item.sample
    return vacancy_from(
        sample.id or Path(sample.file).stem,
        sample.title,
        item.found,
        service.taxonomy,
        comune=_istat(service, sample),
    )


def _istat(service: Service, sample: Sample) -> str | None:
    place = service.territory.find_municipality(sample.comune)
    return place.istat if place else None


def _listed(path: Path, table: str) -> list[Sample]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        return TypeAdapter(list[Sample]).validate_python(content.get(table, []))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error
