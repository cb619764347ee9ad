import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from matching.cli.demo import run_demo
from matching.errors import InputError
from matching.service import Service

AS_OF = date(2026, 11, 22)
CV = "Magazziniere dal 03/2019 al 02/2023: uso del muletto, inventario."
OFFER = "Cerchiamo magazziniere con patentino del muletto."


def samples(folder: Path, people: dict[str, bytes], offers: dict[str, bytes]) -> Path:
    for table, files in (("people", people), ("vacancies", offers)):
        lines = []
        for name, content in files.items():
            (folder / name).write_bytes(content)
            lines.append(f'[[{table}]]\nfile = "{name}"\n')
        (folder / f"{table}.toml").write_text("".join(lines))
    return folder


def told(service: Service, folder: Path) -> str:
    file = io.StringIO()
    run_demo(Console(file=file, width=80), service, folder, AS_OF)
    return file.getvalue()


def test_everybody_is_in_the_shortlist_or_in_the_line_after_it(
    service: Service, tmp_path: Path
) -> None:
    people = {f"rossi-p{number}.txt": CV.encode() for number in range(7)}
    text = told(service, samples(tmp_path, people, {"v.txt": OFFER.encode()}))
    assert [name for name in people if name[:-4].replace("-", " ").title() not in text] == []
    assert "Seguono, senza escludere nessuno: " in text


def test_a_sample_that_cannot_be_read_is_said_and_the_rest_goes_on(
    service: Service, tmp_path: Path
) -> None:
    people = {"vuoto.pdf": b"", "bianchi-ada.txt": CV.encode()}
    text = told(service, samples(tmp_path, people, {"v.txt": OFFER.encode()}))
    assert "Documento non letto: vuoto.pdf: empty: " in text
    assert "Documenti letti: 2 (txt 2)." in text
    assert "1. Bianchi Ada: " in text


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("", "none of its documents can be read"),
        ("[[people]]\nfile = 3\n", "cannot be read"),
        ("[[people]]\nfiles = 'a.txt'\n", "cannot be read"),
        ("[[people]]\nfile = 'gone.txt'\n", "gone.txt"),
        ("oops", "cannot be read"),
    ],
)
def test_a_list_of_samples_that_cannot_be_used_is_refused_by_name(
    service: Service, tmp_path: Path, people: str, said: str
) -> None:
    (tmp_path / "people.toml").write_text(people)
    with pytest.raises(InputError, match=said) as caught:
        told(service, tmp_path)
    assert "people.toml" in str(caught.value)
