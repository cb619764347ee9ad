"""``valoriamo demo``: the main job on the sample documents, told step by step."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.text import Text

from matching.cli.screens import print_extraction, print_shortlist
from matching.domain import DocumentKind, Extraction, Profile
from matching.errors import DocumentError, InputError
from matching.profiles import profile_from, vacancy_from
from matching.service import Service

_SHOWN = 5


def run_demo(console: Console, service: Service, samples: Path, as_of: date) -> None:
    """Read every sample, show one extraction with its evidence and one shortlist with reasons."""
    say = service.wording.say
    console.rule(say("demo.title"))
    console.print(say("demo.fictional"))
    people = _listed(samples / "people.toml", "people")
    vacancies = _listed(samples / "vacancies.toml", "vacancies")
    read: dict[str, tuple[str, Extraction]] = {}
    formats: dict[str, int] = {}
    progress = Console(stderr=True)
    for entry in track(
        [*people, *vacancies], console=progress, disable=not progress.is_terminal, description=""
    ):
        kind = DocumentKind.VACANCY if entry in vacancies else DocumentKind.CV
        path = samples / entry["file"]
        try:
            document = service.read_document(path.read_bytes(), path.name)
            read[entry["file"]] = (
                document.text,
                service.extract(document.text, kind=kind, as_of=as_of),
            )
        except DocumentError as error:
            console.print(Text(f"{say('screen.refused')}: {path.name}: {error.code}: {error}"))
            continue
        formats[str(document.format)] = formats.get(str(document.format), 0) + 1
    shown = ", ".join(f"{name} {count}" for name, count in sorted(formats.items()))
    console.print(say("screen.documents", count=len(read), formats=shown))

    first = people[0]["file"]
    console.print()
    places = {place.istat: place.name for place in service.territory.municipalities}
    print_extraction(console, service.wording, Path(first).name, read[first][1], places=places)

    profiles: list[Profile] = []
    names: dict[str, str] = {}
    for entry in people:
        if entry["file"] in read:
            person_id = Path(entry["file"]).stem
            home = service.territory.find_municipality(entry.get("comune", ""))
            profiles.append(
                profile_from(
                    person_id, read[entry["file"]][1], comune=home.istat if home else None
                )
            )
            names[person_id] = person_id.replace("-", " ").title()
    chosen = next(entry for entry in vacancies if entry["file"] in read)
    place = service.territory.find_municipality(chosen.get("comune", ""))
    vacancy = vacancy_from(
        chosen["id"],
        chosen["title"],
        read[chosen["file"]][1],
        service.taxonomy,
        comune=place.istat if place else None,
    )
    console.print()
    shortlist = service.shortlist(vacancy, profiles, as_of=as_of)
    print_shortlist(console, service.wording, shortlist, most=_SHOWN, names=names)
    rest = shortlist.matches[_SHOWN:]
    if rest:
        line = ", ".join(f"{names[m.person_id]} ({100 * m.score:.0f})" for m in rest)
        console.print()
        console.print(Text(say("demo.rest", list=line)))
    console.print()
    console.print(say("demo.next"))


def _listed(path: Path, table: str) -> list[dict[str, Any]]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error
    entries = content.get(table)
    if not isinstance(entries, list) or not entries:
        raise InputError(f"{path}: no [[{table}]] entries.")
    return entries
