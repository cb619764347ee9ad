"""``valoriamo risk fit``, ``predict`` and ``audit`` on files as people have them."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from training.cli import make_whole_app

ROWS = 300
LABEL = "senza lavoro a 12 mesi"


def invoke(*arguments: object) -> Any:
    return CliRunner().invoke(make_whole_app(), [str(argument) for argument in arguments])


def a_register(path: Path, *, seed: int = 4, without: tuple[str, ...] = ()) -> Path:
    """A table as a hub might export it: semicolons, blanks, dates, a constant and a leak."""
    chance = np.random.default_rng(seed)
    rows = []
    for number in range(ROWS):
        months = int(chance.exponential(9))
        day, month = chance.integers(1, 28), chance.integers(1, 13)
        title = str(chance.choice(["licenza media", "diploma", "laurea", ""]))
        lean = {"licenza media": 0.9, "laurea": -0.9}.get(title, 0.0)
        out = chance.random() < 1 / (1 + np.exp(-(-1.2 + 0.12 * months + lean)))
        rows.append(
            {
                "codice": f"P{number:04d}",
                "età": str(chance.integers(20, 64)),
                "genere": str(chance.choice(["F", "M"])),
                "mesi fuori": "" if chance.random() < 0.05 else f"{months},5",
                "Titolo di studio": title,
                "presa in carico": f"{day:02d}/{month:02d}/2024",
                "provincia": "XX",
                "esito dopo": "in cerca" if out else "al lavoro",
                "uscita": "0" if out else "1",
                "mesi seguiti": "12" if out else str(chance.integers(1, 12)),
                LABEL: "sì" if out else "no",
            }
        )
    names = [name for name in rows[0] if name not in without]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, delimiter=";", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_register(tmp_path_factory.mktemp("storia") / "storia.csv")


@pytest.fixture(scope="module")
def model(register: Path) -> Path:
    out = register.parent / "modello"
    done = invoke(
        "risk", "fit", register, "--label", LABEL, "--drop-leaks", "--exclude", "mesi seguiti",
        "--folds", 3, "--out", out,
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return out


def risks(path: Path) -> list[list[float]]:
    header, *lines = path.read_text("utf-8").splitlines()
    assert header == "risk,lower,upper"
    return [[float(cell) for cell in line.split(",")] for line in lines]


def test_a_fit_leaves_protected_columns_leaks_and_constants_out_and_says_why(model: Path) -> None:
    card = (model / "card.md").read_text("utf-8")
    read = next(line for line in card.splitlines() if line.startswith("Read: "))
    assert read == "Read: mesi fuori, Titolo di studio, presa in carico."
    for name, why in (
        ("genere", "looks protected"),
        ("età", "looks protected"),
        ("provincia", "same value"),
        ("codice", "names persons"),
        ("esito dopo", "same outcome"),
        ("mesi seguiti", "excluded"),
    ):
        assert f"- {name}: " in card
        assert why in card
    assert "overall rate" in card


def test_a_fit_without_a_word_on_leaks_is_refused(register: Path, tmp_path: Path) -> None:
    done = invoke("risk", "fit", register, "--label", LABEL, "--out", tmp_path / "m")
    assert done.exit_code == 1
    assert "esito dopo" in done.stderr
    assert "--drop-leaks" in done.stderr
    assert not (tmp_path / "m").exists()


def test_the_audit_of_the_fit_shows_both_variants_of_the_age(model: Path) -> None:
    audit = json.loads((model / "audit.json").read_text("utf-8"))["audit"]
    assert audit["declared"] == ["età", "genere"]
    assert audit["variants"]["left_out"] == ["età"]
    assert audit["rows"] == ROWS


def test_predictions_are_a_row_for_each_row_in_order_whatever_the_order(
    model: Path, register: Path, tmp_path: Path
) -> None:
    done = invoke("risk", "predict", register, "--model", model, "--out", tmp_path / "a.csv")
    assert done.exit_code == 0, done.stderr
    straight = risks(tmp_path / "a.csv")
    assert len(straight) == ROWS
    assert all(low <= risk <= high for risk, low, high in straight)
    header, *lines = register.read_text("utf-8").splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([header, *reversed(lines)]) + "\n", "utf-8")
    invoke("risk", "predict", turned, "--model", model, "--out", tmp_path / "b.csv")
    assert risks(tmp_path / "b.csv") == straight[::-1]


def test_a_new_table_needs_the_inputs_only(model: Path, tmp_path: Path) -> None:
    wanted = a_register(
        tmp_path / "new.csv",
        seed=9,
        without=("codice", "genere", "esito dopo", "uscita", "mesi seguiti", LABEL),
    )
    done = invoke("risk", "predict", wanted, "--model", model, "--out", tmp_path / "a.csv")
    assert done.exit_code == 0, done.stderr
    assert "Not read: età, provincia." in done.stderr
    lacking = a_register(tmp_path / "less.csv", seed=9, without=("mesi fuori",))
    done = invoke("risk", "predict", lacking, "--model", model, "--out", tmp_path / "b.csv")
    assert done.exit_code == 1
    assert "mesi fuori" in done.stderr


def test_what_was_never_seen_is_foretold_as_unknown(model: Path, tmp_path: Path) -> None:
    table = tmp_path / "odd.csv"
    table.write_text(
        "mesi fuori;Titolo di studio;presa in carico\n"
        ";;\n999999;dottorato;31/12/2199\nnon so;???;mai\n",
        "utf-8",
    )
    done = invoke("risk", "predict", table, "--model", model, "--out", tmp_path / "a.csv")
    assert done.exit_code == 0, done.stderr
    assert len(risks(tmp_path / "a.csv")) == 3


def test_an_audit_says_of_which_rows_it_is(model: Path, register: Path, tmp_path: Path) -> None:
    same = invoke("risk", "audit", register, "--model", model, "--out", tmp_path / "a")
    assert same.exit_code == 0, same.stderr
    assert "È la tabella da cui il modello ha imparato" in same.stderr
    other = a_register(tmp_path / "other.csv", seed=7)
    new = invoke("risk", "audit", other, "--model", model, "--out", tmp_path / "b")
    assert new.exit_code == 0, new.stderr
    assert "Non è la tabella da cui il modello ha imparato" in new.stderr
    found = json.loads((tmp_path / "b" / "audit.json").read_text("utf-8"))["audit"]
    assert found["declared"] == ["età", "genere"]
    assert found["out_of_fold"] is False


def test_of_a_table_with_people_of_the_training_it_is_not_said_that_nothing_was_learnt_of_them(
    model: Path, register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    header, *lines = register.read_text("utf-8").splitlines()
    part = tmp_path / "part.csv"
    part.write_text("\n".join([header, *lines[:200]]) + "\n", "utf-8")
    monkeypatch.setenv("VALORIAMO_LANGUAGE", "en")
    done = invoke("risk", "audit", part, "--model", model, "--out", tmp_path / "a")
    assert done.exit_code == 0, done.stderr
    for said in (
        done.stdout,
        *((tmp_path / "a" / f"card.{end}").read_text() for end in ("md", "html")),
    ):
        assert "did not learn from" not in said
        assert "If people that it learnt from are in it, leave them out" in said


def test_an_audit_is_written_as_a_page_for_the_browser_in_the_language_of_the_hub(
    model: Path, register: Path, tmp_path: Path
) -> None:
    done = invoke("risk", "audit", register, "--model", model, "--out", tmp_path / "a")
    assert "card.html, card.md, audit.json" in done.stderr
    page = (tmp_path / "a" / "card.html").read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="it">')
    assert f"<h1>Verifica: {LABEL} = sì</h1>" in page
    assert "<svg" in page
    assert done.stdout.startswith(f"# Verifica: {LABEL} = sì\n")


def test_spells_are_foretold_by_a_horizon(register: Path, tmp_path: Path) -> None:
    done = invoke(
        "risk", "fit", register, "--event", "uscita", "--duration", "mesi seguiti",
        "--exclude", f"esito dopo,{LABEL}", "--folds", 2, "--out", tmp_path / "m",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    assert "the median of 'mesi seguiti'" in done.stderr
    assert "no uscita by mesi seguiti = " in done.stdout
    done = invoke(
        "risk", "predict", register, "--model", tmp_path / "m", "--out", tmp_path / "a.csv"
    )
    assert done.exit_code == 0, done.stderr
    assert len(risks(tmp_path / "a.csv")) == ROWS


def edit(name: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("1", "2", 1), "utf-8")

    return change


@pytest.mark.parametrize(
    "damage",
    [
        edit("model.json"),
        edit("design.json"),
        edit("task.json"),
        lambda folder: (folder / "model.json").unlink(),
        lambda folder: (folder / "manifest.json").write_text("{", "utf-8"),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
)
def test_a_damaged_model_is_refused(
    model: Path, register: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    for file in model.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    damage(folder)
    done = invoke("risk", "predict", register, "--model", folder, "--out", tmp_path / "a.csv")
    assert done.exit_code == 1
    assert "fit again" in done.stderr
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--label", "a", "--event", "b"),
        ("--event", "b"),
        ("--label", "a", "--horizon", "3"),
        ("--event", "b", "--duration", "c", "--positive", "1"),
    ],
)
def test_wrong_usage_is_exit_two(register: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    done = invoke("risk", "fit", register, *options, "--out", tmp_path / "m")
    assert done.exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "t.csv"),
        ("a;b\n", "t.csv"),
        ("a;a\n1;2\n", "'a'"),
        ("x;y\n1;2\n3;4\n", "'esito'"),
        ("esito;y\nsì;2\nsì;4\n", "esito"),
        ("esito;y\nsì;1\nno;2\nforse;3\n", "esito"),
        ("esito;y\nsì;1\nno;2\n", ""),
    ],
)
def test_a_table_that_cannot_be_learnt_from_is_refused_in_words(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "t.csv").write_text(content, "utf-8")
    done = invoke("risk", "fit", tmp_path / "t.csv", "--label", "esito", "--out", tmp_path / "m")
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
