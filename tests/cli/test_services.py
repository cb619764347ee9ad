"""``services``, as they are called."""

import json
from pathlib import Path

import pytest

from cli.conftest import Invoke
from matching.accompaniment import load_catalogue
from matching.service import Service

AS_OF = ("--as-of", "2026-11-28")


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_services_are_listed_for_people_by_need_and_place(invoke: Invoke) -> None:
    result = invoke("services", "list", "--need", "food", "--place", "Bellano", *AS_OF)
    assert result.exit_code == 0, result.output
    assert "pacco-a-casa" in result.stdout
    assert "cucina-insieme" not in result.stdout
    assert "nuclei con entrate basse" in result.stdout
    assert "Servizi: 2." in result.stdout


def test_services_are_listed_as_json_lines_with_their_freshness(invoke: Invoke) -> None:
    found = invoke("services", "list", "--text", "spid", "--json", *AS_OF)
    (row,) = lines(found.stdout)
    assert (row["slug"], row["freshness"], row["area"]) == ("spid-cie", "fresh", ["territory"])
    late = invoke("services", "list", "--text", "spid", "--json", "--as-of", "2027-06-01")
    assert lines(late.stdout)[0]["freshness"] == "stale"
    shown = invoke("services", "list", "--text", "spid", "--as-of", "2027-06-01")
    assert "01/11/2026" in shown.stdout


def test_nothing_found_is_said(invoke: Invoke) -> None:
    result = invoke("services", "list", "--text", "astronave", *AS_OF)
    assert result.exit_code == 0
    assert "Nessun servizio" in result.stdout


def test_a_place_that_does_not_exist_is_wrong_usage(invoke: Invoke) -> None:
    result = invoke("services", "list", "--place", "Atlantide")
    assert result.exit_code == 2
    assert "'Atlantide'" in " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["a.json", "a.zip", "cartella"])
def test_what_is_exported_is_imported_as_it_was(
    invoke: Invoke, service: Service, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    exported = invoke("services", "export", "--out", out, *AS_OF)
    assert exported.exit_code == 0, exported.output
    assert "113 services written" in exported.stderr
    result = invoke("services", "import", out, "--out", tmp_path / "presi", *AS_OF)
    assert result.exit_code == 0, result.output
    assert "letti 113 servizi, presi 113, con errori 0" in " ".join(result.stdout.split())
    again = load_catalogue(tmp_path / "presi", service.taxonomy, service.territory)
    assert again == service.catalogue
    head = (tmp_path / "presi" / "services.toml").read_text("utf-8").splitlines()[0]
    assert head == f"# Importato da {name} (HSDS 3.0) il 28/11/2026. Da rivedere prima dell'uso."


def test_nothing_is_overwritten_unless_that_is_asked(invoke: Invoke, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    out.write_text("mio", "utf-8")
    refused = invoke("services", "export", "--out", out, *AS_OF)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert out.read_text("utf-8") == "mio"
    assert invoke("services", "export", "--out", out, "--force", *AS_OF).exit_code == 0
    presi = tmp_path / "presi"
    presi.mkdir()
    (presi / "services.toml").write_text("mio", "utf-8")
    refused = invoke("services", "import", out, "--out", presi, *AS_OF)
    assert refused.exit_code == 1
    assert [path.name for path in presi.iterdir()] == ["services.toml"]
    assert (presi / "services.toml").read_text("utf-8") == "mio"
    assert invoke("services", "import", out, "--out", presi, "--force", *AS_OF).exit_code == 0


@pytest.fixture
def broken(invoke: Invoke, tmp_path: Path) -> Path:
    """An export in which three services lost their name."""
    out = tmp_path / "a.json"
    invoke("services", "export", "--out", out, *AS_OF)
    content = json.loads(out.read_text("utf-8"))
    for number in (0, 1, 4):
        content["contents"][number]["name"] = ""
    out.write_text(json.dumps(content), "utf-8")
    return out


def test_a_file_with_errors_is_told_by_field_and_number_and_nothing_is_written(
    invoke: Invoke, broken: Path, tmp_path: Path
) -> None:
    result = invoke("services", "import", broken, "--out", tmp_path / "presi", *AS_OF)
    assert result.exit_code == 1
    text = " ".join(result.stdout.split())
    assert "servizi numero 1-2, 5" in text
    assert "manca (3)" in text
    assert "--mode good" in text
    assert not (tmp_path / "presi").exists()


def test_the_good_services_of_a_file_are_taken_where_that_is_asked(
    invoke: Invoke, broken: Path, tmp_path: Path
) -> None:
    out = tmp_path / "presi"
    result = invoke("services", "import", broken, "--out", out, "--mode", "good", "--json", *AS_OF)
    assert result.exit_code == 0, result.output
    row = json.loads(result.stdout)
    assert (row["read"], row["taken"], row["bad"], row["incomplete"]) == (113, 110, 3, 0)
    (group,) = row["groups"]
    assert (group["field"], group["problem"], group["lines"]) == (
        "name",
        "missing",
        [[1, 2], [5, 5]],
    )
    assert len(row["findings"]) == 3


def test_a_file_that_is_not_there_is_wrong_usage(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("services", "import", tmp_path / "b.json", "--out", tmp_path / "x")
    assert result.exit_code == 2


def test_a_check_says_what_to_add_and_that_the_score_is_no_judgement(invoke: Invoke) -> None:
    result = invoke("services", "check", *AS_OF)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "Voci del catalogo: 113." in text
    assert "senza dire a chi chiedere: 113/113" in text
    assert "non quanto il servizio è buono" in text
    assert "Nessun servizio risulta presente due volte." in text


def test_a_check_as_json_has_every_entry_and_what_is_twice(
    invoke: Invoke, service: Service, tmp_path: Path
) -> None:
    folder = tmp_path / "due"
    invoke("services", "export", "--out", tmp_path / "a.json", *AS_OF)
    invoke("services", "import", tmp_path / "a.json", "--out", folder, *AS_OF)
    path = folder / "services.toml"
    text = path.read_text("utf-8")
    first = text.split("[[service]]\n")[1]
    copy = first.replace('slug = "patentino-carrello-feriale"', 'slug = "copia"')
    path.write_text(f"{text}\n[[service]]\n{copy.replace('seats = 8', 'seats = 9')}", "utf-8")
    row = json.loads(invoke("services", "check", "--catalogue", folder, "--json", *AS_OF).stdout)
    assert row["summary"]["services"] == len(row["services"]) == 114
    assert row["services"][0]["marks"]["contact"] == "not_met"
    (pair,) = row["twins"]
    assert (pair["second"], pair["likeness"]) == ("copia", "very_likely")
    assert pair["differences"] == [{"field": "seats", "first": 8, "second": 9}]
    shown = invoke("services", "check", "--catalogue", folder, *AS_OF).stdout
    assert "seats: «8» / «9»" in " ".join(shown.split())
