import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.conftest import Invoke, Rows, read_table, write_rows
from matching.domain import Dimension, Facts
from matching.service import Service, build
from matching.settings import shipped_data
from tests.documents.factories import fake_tesseract
from tests.repeats import examples

HEADER = "vacancy_id\tperson_id\tscore\tlower\tupper\tstate"
SAMPLES = shipped_data() / "samples"
DAY = ("--as-of", "2026-11-22")
FORKLIFT = "Cerchiamo magazziniere con patentino del muletto per la sede di Merate."
KEEPER = "Magazziniere dal 03/2019 al 02/2023: uso del muletto, inventario. Patente B."
FRENCH = "Je cherche un emploi de cuisinier dans un restaurant, je suis disponible tout de suite."
PHRASES = [KEEPER, FORKLIFT, FRENCH, "", "  ", "Patente B", "Offriamo contratto a termine", "🙂"]


def rows_of(result: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


# extract


def test_every_file_has_its_line_in_order_whatever_became_of_the_others(
    invoke: Invoke, mixed: dict[str, Path], tmp_path: Path
) -> None:
    files = {**mixed, "folder": tmp_path}
    result = invoke("extract", *files.values(), "--json", *DAY)
    rows = rows_of(result)
    assert result.exit_code == 1
    assert [row["file"] for row in rows] == [str(path) for path in files.values()]
    fates = [row["error"]["code"] if row["status"] == "error" else "ok" for row in rows]
    assert fates == ["ok", "no_text", "encrypted", "empty", "unsupported", "ok", "unsupported"]
    assert all(row["error"]["message"] for row in rows if row["status"] == "error")


def test_an_extraction_has_exactly_the_keys_of_the_contract(
    invoke: Invoke, mixed: dict[str, Path]
) -> None:
    result = invoke("extract", mixed["ok"], "--json", *DAY)
    (row,) = rows_of(result)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert list(row) == ["file", "status", "language", "skills", "occupations", "facts"]
    place = {"evidence", "start", "end"}
    assert row["skills"]
    assert row["occupations"]
    for skill in row["skills"]:
        assert set(skill) == {"uri", "label", "confidence", "importance"} | place
        assert skill["importance"] is None
    for job in row["occupations"]:
        assert (
            set(job)
            == {"uri", "label", "isco08", "confidence", "months", "wanted", "until"} | place
        )
    assert list(row["facts"]) == [field.name for field in fields(Facts)]


def test_a_scan_is_read_by_text_recognition_when_asked_and_the_record_says_so(
    invoke: Invoke, mixed: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_tesseract(tmp_path, "cat > /dev/null; echo 'Magazziniere: uso del muletto'")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    scan = next(path for path in mixed.values() if "OCR" in invoke("extract", path).stderr)
    (row,) = rows_of(invoke("extract", scan, "--ocr", "--json", *DAY))
    assert list(row)[:3] == ["file", "status", "ocr"]
    assert (row["status"], row["ocr"]) == ("ok", True)
    assert row["occupations"][0]["evidence"] == "Magazziniere"
    shown = " ".join(invoke("extract", scan, "--ocr", *DAY).stdout.split())
    assert "riconoscimento del testo (OCR)" in shown


def test_a_refusal_has_exactly_the_keys_of_the_contract(
    invoke: Invoke, mixed: dict[str, Path]
) -> None:
    (row,) = rows_of(invoke("extract", mixed["empty"], "--json"))
    assert list(row) == ["file", "status", "error"]
    assert set(row["error"]) == {"code", "message"}


def test_the_evidence_is_what_stands_at_its_offsets(
    invoke: Invoke, service: Service, mixed: dict[str, Path]
) -> None:
    (row,) = rows_of(invoke("extract", mixed["ok"], "--json", *DAY))
    text = service.read_document(mixed["ok"].read_bytes(), "cv.pdf").text
    facts = [
        item
        for value in row["facts"].values()
        for item in (value if isinstance(value, list) else [value])
        if isinstance(item, dict)
    ]
    assert {item["value"] for item in facts if "value" in item} >= {"B", True}
    for item in (*row["skills"], *row["occupations"], *facts):
        assert text[item["start"] : item["end"]] == item["evidence"]


def test_a_vacancy_says_how_much_it_insists(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "offerta.txt"
    file.write_text("Cerchiamo magazziniere.\nRequisiti: uso del muletto.\nGradito Excel.\n")
    (row,) = rows_of(invoke("extract", file, "--kind", "vacancy", "--json", *DAY))
    found = {skill["evidence"].casefold(): skill["importance"] for skill in row["skills"]}
    assert found["excel"] == "optional"
    assert "essential" in found.values()


def test_months_are_counted_up_to_the_day_that_is_asked(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "cv.txt"
    file.write_text("ESPERIENZE\nMagazziniere, da 01/2020 a oggi: inventario e carico merci.\n")

    def months(day: str) -> int:
        (row,) = rows_of(invoke("extract", file, "--json", "--as-of", day))
        return int(row["facts"]["experience_months"])

    assert months("2022-12-31") - months("2020-12-31") == 24


def test_paths_that_are_not_there_are_all_named_before_anything_is_read(
    invoke: Invoke, mixed: dict[str, Path], tmp_path: Path
) -> None:
    result = invoke("extract", mixed["ok"], tmp_path / "uno.pdf", tmp_path / "due.pdf", "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "uno.pdf" in result.stderr
    assert "due.pdf" in result.stderr
    assert "cv.pdf" not in result.stderr


def test_without_json_the_result_is_for_people_and_refusals_go_to_stderr(
    invoke: Invoke, mixed: dict[str, Path]
) -> None:
    result = invoke("extract", mixed["ok"], mixed["empty"], *DAY)
    assert result.exit_code == 1
    assert "Competenza" in result.stdout
    assert f"{mixed['empty']}: empty: " in result.stderr
    assert "empty" not in result.stdout


def test_a_broken_lexicon_is_refused_with_file_and_entry(
    monkeypatch: pytest.MonkeyPatch, invoke: Invoke, tmp_path: Path
) -> None:
    monkeypatch.setattr("matching.service.build", build)
    monkeypatch.setenv("VALORIAMO_HOME", str(tmp_path / "home"))
    (tmp_path / "cv.txt").write_text("Magazziniere")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "cucina.toml").write_text('[group.cucina]\nit = "cucina"\n')
    result = invoke("extract", tmp_path / "cv.txt", "--taxonomy", tmp_path / "lexicon", "--json")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "cucina.toml: group.cucina: " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("day", ["ieri", "2026-02-30", "22/11/2026"])
def test_a_day_that_is_none_is_an_error_of_usage(
    invoke: Invoke, mixed: dict[str, Path], day: str
) -> None:
    result = invoke("extract", mixed["ok"], "--as-of", day)
    assert result.exit_code == 2
    assert day in result.stderr


# rank


def ranked(invoke: Invoke, folder: Path, vacancies: Rows, persons: Rows, *options: str) -> Any:
    return invoke(
        "rank",
        "--vacancies",
        write_rows(folder / "V.jsonl", vacancies),
        "--persons",
        write_rows(folder / "P.jsonl", persons),
        "--out",
        folder / "scores.tsv",
        *DAY,
        *options,
    )


def test_the_person_who_did_the_job_comes_first(invoke: Invoke, tmp_path: Path) -> None:
    people = [{"id": "cuoca", "text": "Aiuto cuoca in mensa"}, {"id": "maga", "text": KEEPER}]
    result = ranked(invoke, tmp_path, [{"id": "v", "text": FORKLIFT}], people)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert (tmp_path / "scores.tsv").read_text().splitlines()[0] == HEADER
    assert [row["person_id"] for row in read_table(tmp_path / "scores.tsv")] == ["maga", "cuoca"]


@pytest.mark.parametrize("options", [(), ("--model", "baseline")])
def test_the_model_that_scored_is_said_on_stderr(
    invoke: Invoke, tmp_path: Path, options: tuple[str, ...]
) -> None:
    result = ranked(
        invoke, tmp_path, [{"id": "v", "text": FORKLIFT}], [{"id": "p", "text": KEEPER}], *options
    )
    assert "model: baseline; as of 2026-11-22" in result.stderr


def test_what_cannot_be_judged_keeps_its_rows(
    invoke: Invoke, service: Service, tmp_path: Path
) -> None:
    vacancies = [{"id": "v", "text": FORKLIFT}, {"id": "vuota", "text": "Cerchiamo personale."}]
    people = [
        {"id": "blank", "text": " "},
        {"id": "french", "text": FRENCH},
        {"id": "maga", "text": KEEPER},
    ]
    result = ranked(invoke, tmp_path, vacancies, people)
    rows = {
        (row["vacancy_id"], row["person_id"]): row for row in read_table(tmp_path / "scores.tsv")
    }
    assert result.exit_code == 0
    assert rows["v", "maga"]["state"] == "ok"
    middle = f"{service.ranker.no_information():.6f}"
    for pair in set(rows) - {("v", "maga")}:
        assert rows[pair]["state"] == "not_enough_data"
        assert rows[pair]["score"] == middle
        assert (rows[pair]["lower"], rows[pair]["upper"]) == ("0.000000", "1.000000")
    assert "P.jsonl, line 1 (blank): no_text: " in result.stderr
    assert "P.jsonl, line 2 (french): unsupported_language: " in result.stderr


def test_a_vacancy_without_text_is_read_by_its_title(invoke: Invoke, tmp_path: Path) -> None:
    vacancies = [{"id": "v", "text": "", "title": "Magazziniere"}]
    ranked(invoke, tmp_path, vacancies, [{"id": "p", "text": KEEPER}])
    assert read_table(tmp_path / "scores.tsv")[0]["state"] == "ok"


def test_a_place_outside_the_territory_is_said_and_counts_as_unknown(
    invoke: Invoke, tmp_path: Path
) -> None:
    vacancies = [{"id": "v", "text": FORKLIFT, "comune": "Merate"}]
    people = [
        {"id": "away", "text": f"Residente a Merate. {KEEPER}", "comune": "Atlantide"},
        {"id": "none", "text": KEEPER},
        {"id": "near", "text": KEEPER, "comune": "Merate"},
    ]
    result = ranked(invoke, tmp_path, vacancies, people)
    rows = {row["person_id"]: row for row in read_table(tmp_path / "scores.tsv")}
    assert result.exit_code == 0
    assert "P.jsonl, line 1 (away): comune 'Atlantide'" in result.stderr
    assert rows["away"]["score"] == rows["none"]["score"]
    assert rows["near"]["score"] > rows["none"]["score"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{oops", "not JSON"),
        ('["a"]', "a JSON object is needed"),
        ('{"id": "x"}', "'text' is missing"),
        ('{"id": "p", "text": "due"}', "is already in"),
        ('{"id": "a\\tb", "text": "due"}', "tab"),
    ],
)
def test_a_malformed_line_is_refused_with_file_and_line(
    invoke: Invoke, tmp_path: Path, line: str, said: str
) -> None:
    people = tmp_path / "people.jsonl"
    people.write_text(f'{{"id": "p", "text": "uno"}}\n\n{line}\n')
    vacancies = write_rows(tmp_path / "V.jsonl", [{"id": "v", "text": FORKLIFT}])
    out = tmp_path / "scores.tsv"
    result = invoke("rank", "--vacancies", vacancies, "--persons", people, "--out", out)
    assert result.exit_code == 1
    assert f"{people}, line 3: " in result.stderr
    assert said in result.stderr
    assert not out.exists()


def test_a_file_without_rows_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    result = ranked(invoke, tmp_path, [{"id": "v", "text": FORKLIFT}], [])
    assert result.exit_code == 1
    assert "P.jsonl: no rows" in result.stderr


def test_a_missing_folder_for_the_results_is_refused_before_the_work(
    invoke: Invoke, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("not read yet")
    out = tmp_path / "nowhere" / "scores.tsv"
    result = invoke("rank", "--vacancies", broken, "--persons", broken, "--out", out)
    assert result.exit_code == 1
    assert "mkdir" in result.stderr
    assert "line 1" not in result.stderr


def test_the_results_never_overwrite_an_input(invoke: Invoke, tmp_path: Path) -> None:
    rows = write_rows(tmp_path / "P.jsonl", [{"id": "p", "text": KEEPER}])
    result = invoke("rank", "--vacancies", rows, "--persons", rows, "--out", rows)
    assert result.exit_code == 1
    assert rows.read_text().startswith('{"id"')


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("skills=2", "Ordine con pesi scelti: Competenze × 2."),
        ("reach=0", "Raggiungibilità: l'offerta non chiede nulla; invece di 0 il peso resta 1."),
    ],
)
def test_stated_weights_move_the_scores_and_are_said_on_stderr(
    invoke: Invoke, tmp_path: Path, weights: str, said: str
) -> None:
    vacancies = [{"id": "v", "text": FORKLIFT.replace(" per la sede di Merate", "")}]
    people = [{"id": "p", "text": KEEPER}]
    ranked(invoke, tmp_path, vacancies, people)
    plain = (tmp_path / "scores.tsv").read_bytes()
    result = ranked(invoke, tmp_path, vacancies, people, "--weights", weights)
    assert result.exit_code == 0
    assert said in result.stderr
    assert ((tmp_path / "scores.tsv").read_bytes() == plain) == (weights == "reach=0")


@pytest.mark.parametrize("weights", ["skills", "age=2", "skills=molto", "skills=1,skills=2"])
def test_weights_that_cannot_be_read_are_an_error_of_usage(
    invoke: Invoke, tmp_path: Path, weights: str
) -> None:
    rows = [{"id": "x", "text": KEEPER}]
    result = ranked(invoke, tmp_path, rows, rows, "--weights", weights)
    assert result.exit_code == 2
    assert "--weights" in result.stderr
    assert not (tmp_path / "scores.tsv").exists()


def test_weights_under_which_nothing_counts_are_refused_with_the_vacancy(
    invoke: Invoke, tmp_path: Path
) -> None:
    none = ",".join(f"{dimension}=0" for dimension in Dimension)
    people = [{"id": "p", "text": KEEPER}]
    result = ranked(invoke, tmp_path, [{"id": "v", "text": FORKLIFT}], people, "--weights", none)
    assert result.exit_code == 1
    assert "Vacancy 'v': " in result.stderr
    assert not (tmp_path / "scores.tsv").exists()


def test_reserved_and_late_vacancies_keep_their_rows_and_are_said(
    invoke: Invoke, tmp_path: Path
) -> None:
    reserved = f"{FORKLIFT} Offerta riservata agli iscritti al collocamento mirato L. 68/99."
    late = f"{FORKLIFT} Candidature entro il 30/09/2026."
    vacancies = [{"id": "riservata", "text": reserved}, {"id": "scaduta", "text": late}]
    result = ranked(invoke, tmp_path, vacancies, [{"id": "p", "text": KEEPER}])
    states = {row["vacancy_id"]: row["state"] for row in read_table(tmp_path / "scores.tsv")}
    assert result.exit_code == 0
    assert states == {"riservata": "not_enough_data", "scaduta": "ok"}
    assert "riservate dalla L. 68/1999 (1): riservata." in result.stderr
    assert "- scaduta: Le candidature si chiudevano il 30/09/2026" in result.stderr
    assert "- riservata" not in result.stderr


def test_an_interrupted_run_leaves_what_was_there(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(scores: object, file: Any) -> None:
        file.write("half a li")
        raise KeyboardInterrupt

    monkeypatch.setattr("matching.cli.documents.write_scores", interrupted)
    (tmp_path / "scores.tsv").write_text("yesterday")
    rows = [{"id": "x", "text": KEEPER}]
    assert ranked(invoke, tmp_path, rows, rows).exit_code == 130
    assert (tmp_path / "scores.tsv").read_text() == "yesterday"
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "P.jsonl",
        "V.jsonl",
        "scores.tsv",
    ]


identifiers = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=8
).filter(str.strip)
texts = st.lists(st.sampled_from(PHRASES) | st.text(max_size=20), max_size=3).map("\n".join)


@st.composite
def files(draw: st.DrawFn) -> Rows:
    ids = draw(st.lists(identifiers, min_size=1, max_size=4, unique=True))
    return [{"id": key, "text": draw(texts)} for key in ids]


@settings(max_examples=examples(12), deadline=None)
@given(vacancies=files(), persons=files())
def test_every_pair_is_there_exactly_once_for_any_input(
    invoke: Invoke, tmp_path_factory: pytest.TempPathFactory, vacancies: Rows, persons: Rows
) -> None:
    folder = tmp_path_factory.mktemp("rank")
    result = ranked(invoke, folder, vacancies, persons)
    lines = (folder / "scores.tsv").read_text("utf-8").split("\n")
    assert result.exit_code == 0
    assert lines[0] == HEADER
    assert lines[-1] == ""
    cells = [line.split("\t") for line in lines[1:-1]]
    expected = [(v["id"], p["id"]) for v in vacancies for p in persons]
    assert sorted((row[0], row[1]) for row in cells) == sorted(expected)
    for _, _, score, lower, upper, state in cells:
        assert 0 <= float(lower) <= float(score) <= float(upper) <= 1
        assert state == "ok" or (state, float(lower), float(upper)) == ("not_enough_data", 0, 1)
