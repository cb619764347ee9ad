"""Exchange of catalogues in both forms."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from matching.accompaniment import Catalogue
from matching.accompaniment.hsds import (
    Imported,
    Mode,
    Rows,
    document,
    import_file,
    rows_of,
    write_files,
    zipped,
)
from matching.service import Service

AS_OF = date(2026, 11, 28)
FORMS = ("json", "zip", "folder")

Exchange = Callable[[Catalogue, str, Path], Imported]
Importing = Callable[..., Imported]


def written(rows: Rows, form: str, folder: Path) -> Path:
    """Write rows in one form, and say where."""
    path = folder / f"catalogo.{form}"
    if form == "json":
        path.write_text(document(rows), "utf-8")
    elif form == "zip":
        path.write_bytes(zipped(write_files(rows)))
    else:
        path.mkdir(exist_ok=True)
        for old in path.iterdir():
            old.unlink()
        for name, text in write_files(rows).items():
            (path / name).write_bytes(text.encode())
    return path


@pytest.fixture(scope="session")
def exported(service: Service) -> Callable[[Catalogue], Rows]:
    return lambda catalogue: rows_of(
        catalogue,
        territory=service.territory,
        taxonomy=service.taxonomy,
        wording=service.wording,
        as_of=AS_OF,
    )


@pytest.fixture(scope="session")
def read(service: Service) -> Importing:
    def importing(path: Path, mode: Mode = Mode.ALL, as_of: date = AS_OF) -> Imported:
        return import_file(
            path,
            territory=service.territory,
            taxonomy=service.taxonomy,
            as_of=as_of,
            mode=mode,
        )

    return importing
