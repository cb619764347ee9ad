"""``services``: the catalogue of local services, looked up, exchanged, checked."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from matching.accompaniment import Catalogue, load_catalogue
from matching.accompaniment.catalogue_search import Wanted, found
from matching.accompaniment.catalogue_twins import twins
from matching.accompaniment.catalogue_writing import written
from matching.accompaniment.hsds import (
    Imported,
    Mode,
    document,
    grouped,
    import_file,
    rows_of,
    write_files,
    zipped,
)
from matching.accompaniment.quality import quality, summary
from matching.cli.files import check_there, write_new
from matching.cli.options import AsOf, Json
from matching.cli.services_screen import (
    print_import,
    print_quality,
    print_services,
    print_twins,
)
from matching.domain import Measure, Need
from matching.errors import InputError
from matching.service import Service
from matching.territory import Territory

_DECIMALS = 4

_Force = Annotated[bool, typer.Option("--force", help="Replace files that are there.")]
_Catalogue = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Another providers.toml and services.toml [the territory's]."),
]


def add_services(
    app: typer.Typer, *, service: Callable[[], Service], day: Callable[[str | None], date]
) -> None:
    """Register ``services list``, ``import``, ``export`` and ``check`` on a command line.

    Parameters
    ----------
    app
        The command line.
    service, day
        Give the service, and the day of an ``--as-of``: only a composition point reads the
        settings.
    """
    services = typer.Typer(
        help="The catalogue of local services.\n\nExample: valoriamo services list --need care",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    app.add_typer(services, name="services")

    @services.command("list")
    def list_services(
        need: Annotated[Need | None, typer.Option(help="That answer this need.")] = None,
        measure: Annotated[Measure | None, typer.Option(help="Of this kind.")] = None,
        place: Annotated[
            str | None, typer.Option(help="For who lives there: a municipality or its ISTAT code.")
        ] = None,
        text: Annotated[str, typer.Option(help="With these words, or beginnings of words.")] = "",
        catalogue: _Catalogue = None,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """The services that are asked for, with place, start and cost. Without options, all.

        Example: valoriamo services list --need care --text bambini
        """
        today, made = day(as_of), service()
        held = _catalogue_of(made, catalogue)
        home, ambito = _home(made.territory, place)
        wanted = Wanted(need=need, measure=measure, home=home, ambito=ambito, text=text)
        services = found(held, wanted)
        if as_json:
            months = made.territory.limits.service_months
            for one in services:
                row = _plain(asdict(one)) | {"freshness": str(one.freshness(today, months))}
                typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            print_services(Console(), made, held, services, today)

    @services.command("import")
    def import_services(
        file: Annotated[Path, typer.Argument(metavar="FILE", help="HSDS 3.0: JSON, zip, folder.")],
        out: Annotated[Path, typer.Option(help="Folder for providers.toml and services.toml.")],
        mode: Annotated[
            Mode, typer.Option(help="all: none while a row is wrong; good: the good ones.")
        ] = Mode.ALL,
        force: _Force = False,
        as_json: Json = False,
        as_of: AsOf = None,
    ) -> None:
        """Read an HSDS file into the territory's form. Every wrong row is told.

        Exit 1 where nothing was taken. What the file does not say is left to complete.

        Example: valoriamo services import servizi.zip --out importati
        """
        today = day(as_of)
        check_there([file], "FILE")
        made = service()
        imported = import_file(
            file, territory=made.territory, taxonomy=made.taxonomy, as_of=today, mode=mode
        )
        if imported.services:
            head = made.wording.say("catalogue.head", file=file.name, date=today)
            texts = written(
                imported, taxonomy=made.taxonomy, places=_places(made.territory), head=head
            )
            write_new({out / name: text.encode() for name, text in texts.items()}, force=force)
        if as_json:
            typer.echo(json.dumps(_import_row(imported), ensure_ascii=False))
        else:
            print_import(Console(), made, imported, file.name, out)
        if not imported.services:
            raise typer.Exit(1)

    @services.command("export")
    def export_services(
        out: Annotated[
            Path, typer.Option(help="A .json file, a .zip of CSV files, or a folder of them.")
        ],
        catalogue: _Catalogue = None,
        force: _Force = False,
        as_of: AsOf = None,
    ) -> None:
        """Write the catalogue as Open Referral HSDS 3.0.

        Example: valoriamo services export --out servizi.zip
        """
        today, made = day(as_of), service()
        held = _catalogue_of(made, catalogue)
        rows = rows_of(
            held,
            territory=made.territory,
            taxonomy=made.taxonomy,
            wording=made.wording,
            as_of=today,
        )
        suffix = out.suffix.lower()
        if suffix == ".json":
            files = {out: document(rows).encode()}
        elif suffix == ".zip":
            files = {out: zipped(write_files(rows))}
        else:
            files = {out / name: text.encode() for name, text in write_files(rows).items()}
        write_new(files, force=force)
        typer.echo(f"{len(held.services)} services written to {out}", err=True)

    @services.command("check")
    def check_services(
        catalogue: _Catalogue = None, as_json: Json = False, as_of: AsOf = None
    ) -> None:
        """What each entry should say and does not, what is to be confirmed again, what is twice.

        Example: valoriamo services check
        """
        today, made = day(as_of), service()
        held = _catalogue_of(made, catalogue)
        months = made.territory.limits.service_months
        marks = [quality(one, as_of=today, months=months) for one in held.services]
        whole = summary(held, as_of=today, months=months)
        pairs = twins(held.services)
        if as_json:
            rows = [
                {
                    "service": one.service,
                    "score": None if one.score is None else round(one.score, _DECIMALS),
                    "freshness": str(entry.freshness(today, months)),
                    "marks": {str(key): str(mark) for key, mark in one.marks.items()},
                }
                for one, entry in zip(marks, held.services, strict=True)
            ]
            row = {
                "summary": _plain(asdict(whole)),
                "services": rows,
                "twins": [_plain(asdict(pair)) for pair in pairs],
            }
            typer.echo(json.dumps(row, ensure_ascii=False))
            return
        console = Console()
        print_quality(console, made, held, marks, whole, today)
        print_twins(console, made, pairs)


def _catalogue_of(service: Service, folder: Path | None) -> Catalogue:
    if folder is not None:
        return load_catalogue(folder, service.taxonomy, service.territory)
    if service.catalogue is None:
        raise InputError(
            f"The territory {service.territory.code!r} has no catalogue of services. Add "
            "providers.toml and services.toml to its folder, or name another with --catalogue."
        )
    return service.catalogue


def _home(territory: Territory, place: str | None) -> tuple[str | None, str | None]:
    """ISTAT code and ambito of a municipality that was named."""
    if place is None:
        return None, None
    if place in _places(territory):
        town = territory.municipality(place)
    else:
        known = territory.find_municipality(place)
        if known is None:
            raise typer.BadParameter(
                f"{place!r} is no municipality of {territory.name} or around it.",
                param_hint="--place",
            )
        town = known
    return town.istat, town.ambito


def _places(territory: Territory) -> dict[str, str]:
    return {town.istat: town.name for town in (*territory.municipalities, *territory.neighbours)}


def _import_row(imported: Imported) -> dict[str, Any]:
    return {
        "read": imported.read,
        "taken": len(imported.services),
        "bad": imported.bad,
        "incomplete": imported.incomplete,
        "findings": [_plain(asdict(one)) for one in imported.findings],
        "groups": [_plain(asdict(one)) for one in grouped(imported.findings)],
    }


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date | StrEnum):
        return str(value)
    return round(value, _DECIMALS) if isinstance(value, float) else value
