import json
from collections.abc import Callable
from pathlib import Path

import pytest

VACANCIES = [
    {
        "id": "v1",
        "title": "Magazziniere mulettista",
        "text": "Cerchiamo un magazziniere con patentino del muletto per carico e scarico merci.",
        "comune": "Osnago",
    },
    {
        "id": "v2",
        "title": "Aiuto cuoco",
        "text": "Per la mensa cerchiamo un aiuto cuoco con HACCP, preparazione dei pasti.",
        "comune": "Lecco",
    },
]
PERSONS = [
    {
        "id": "p1",
        "text": "Ivo Prandelli\nMagazziniere dal 2015 al 2020, uso del muletto, carico e scarico.",
        "comune": "Merate",
    },
    {
        "id": "p2",
        "text": "Nives Carobbi\nAiuto cuoco in una mensa dal 2012 al 2019, attestato HACCP.",
        "comune": "Lecco",
    },
    {"id": "p3", "text": "Tullio Bernaschi\nDisponibile da subito."},
]
JUDGEMENTS = [
    ("v1", "p1", "3"),
    ("v1", "p2", "0"),
    ("v1", "p3", "0"),
    ("v2", "p1", "0"),
    ("v2", "p2", "3"),
    ("v2", "p3", "1"),
]

WriteSet = Callable[..., Path]


@pytest.fixture
def write_set(tmp_path: Path) -> WriteSet:
    """Write a judged set of the own layout; a test replaces the part it is about."""

    def write(
        *,
        vacancies: list[dict[str, str]] = VACANCIES,
        persons: list[dict[str, str]] = PERSONS,
        judgements: list[tuple[str, ...]] = JUDGEMENTS,
        second: list[tuple[str, ...]] | None = None,
        header: str = "vacancy_id\tperson_id\tgrade",
    ) -> Path:
        folder = tmp_path / "set"
        folder.mkdir()
        for name, rows in (("vacancies", vacancies), ("persons", persons)):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.jsonl").write_text(lines, "utf-8")
        for name, table in (("judgements", judgements), ("judgements_second", second)):
            if table is not None:
                text = "\n".join([header, *("\t".join(row) for row in table)]) + "\n"
                (folder / f"{name}.tsv").write_text(text, "utf-8")
        return folder

    return write
