"""The command line as a function, and documents of every fate."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner

from matching.service import Service
from training.cli import make_whole_app

Invoke = Callable[..., Any]
Rows = list[Mapping[str, Any]]

CV = [
    "Sabrina Invernatti",
    "ESPERIENZE LAVORATIVE",
    "Magazziniera, dal 03/2019 al 02/2023",
    "uso del muletto, carico e scarico merci, inventario",
    "LINGUE",
    "Inglese B1",
    "Patente B, automunita. Disponibile a turni.",
]


def pdf(lines: list[str], *, password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="owner") if password else None
    canvas = Canvas(buffer, encrypt=encryption)
    for number, line in enumerate(lines):
        canvas.drawString(60, 760 - 16 * number, line)
    canvas.rect(50, 50, 300, 300)
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def invoke(service: Service) -> Iterator[Invoke]:
    """Run one command on the service that all tests share."""
    runner = CliRunner()

    def run(*arguments: object) -> Any:
        return runner.invoke(make_whole_app(), [str(argument) for argument in arguments])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matching.service.build", lambda settings, **choice: service)
        yield run


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Documents by fate: the code of the refusal, or ``ok`` and ``last``."""
    folder = tmp_path_factory.mktemp("documents")
    contents = {
        "ok": ("cv.pdf", pdf(CV)),
        "no_text": ("scansione.pdf", pdf([])),
        "encrypted": ("protetto.pdf", pdf(CV, password="segreto")),
        "empty": ("vuoto.docx", b""),
        "unsupported": ("fattura.pdf", b"MZ\x90\x00" + bytes(500)),
        "last": ("perché.txt", "\n".join(CV).encode()),
    }
    paths = {}
    for fate, (name, content) in contents.items():
        paths[fate] = folder / name
        paths[fate].write_bytes(content)
    return paths


def write_rows(path: Path, rows: Rows) -> Path:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return path


def read_table(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text("utf-8").splitlines()
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]
