"""``food``, as it is called."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.domain.food import FoodAsk, LotKind, LotLeft, Stay, Unserved
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.cli.conftest import Invoke

SAMPLES = shipped_data() / "samples" / "food"
FAMILIES, POINTS, LOTS = (
    SAMPLES / name for name in ("famiglie.jsonl", "punti.jsonl", "eccedenze.jsonl")
)
ON = ("--as-of", "2026-11-28")


def plain(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def rows(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def changed(folder: Path, source: Path, **values: Any) -> Path:
    """A copy of a sample, its first row changed."""
    first, *others = source.read_text("utf-8").splitlines()
    path = folder / source.name
    path.write_text("\n".join([json.dumps(json.loads(first) | values), *others]), "utf-8")
    return path


def test_the_weeks_of_the_sample_are_shown_with_holidays_and_what_lacks(invoke: Invoke) -> None:
    arguments = ("--points", POINTS, "--lots", LOTS, "--weeks", 6, *ON)
    shown = plain(invoke("food", FAMILIES, *arguments))
    for words in (
        "Cibo per 6 settimane, dal 28/11/2026",
        "nucleo-a (Lecco, persone: 3)",
        "Dal 19/12/2026: al punto di sempre, emporio-nord: sab 19/12, 09:00-12:00. A 15 minuti.",
        "Dal 26/12/2026: solo questa settimana al punto mensa-centro: sab 26/12",
        "Dal 02/01/2027: al punto di sempre, emporio-nord: mar 05/01",
        "da ora al punto banco-valle: gio 03/12, 17:00-19:00",
        "Dal 28/11/2026, per 6 settimane: nessun punto: nessun punto è abbastanza vicino.",
        "Da chiedere: In quale comune vive?",
        "Settimane senza un punto: è la domanda che resta senza risposta Bellano: 6",
        "yogurt: latte e formaggi, porzioni: 60, fino al 08/12/2026, da ritirare a Lecco",
        "emporio-nord: 26 porzioni, dal 28/11/2026 Senza un posto: 34 porzioni.",
        "Da chiedere se c'è un frigorifero: banco-valle",
        "L'ultimo giorno per darle è passato",
    ):
        assert words in shown, words


def test_json_has_a_row_for_each_family_point_week_without_one_and_lot(invoke: Invoke) -> None:
    arguments = ("--points", POINTS, "--lots", LOTS, "--weeks", 2, "--json", *ON)
    found = rows(invoke("food", FAMILIES, *arguments))
    counted = {kind: sum(row["row"] == kind for row in found) for kind in ("family", "point")}
    assert counted == {"family": 5, "point": 6}
    unmet = [row for row in found if row["row"] == "unmet"]
    assert {(row["household_id"], row["why"]) for row in unmet} == {
        ("nucleo-d", "out_of_reach"),
        ("nucleo-e", "home_unknown"),
    }
    lots = [row for row in found if row["row"] == "lot"]
    assert [row["lot"]["id"] for row in lots] == ["arrosto", "pane-lunedi", "yogurt", "scatolame"]
    for row in lots:
        given = sum(share["portions"] for share in row["shares"])
        assert given + row["left"] == row["lot"]["portions"]
    week = next(row for row in found if row.get("household_id") == "nucleo-c")["weeks"][0]
    assert week["slot"] == {"day": "thu", "starts": "17:00", "ends": "19:00"}


def test_where_nothing_lacks_and_nothing_is_given_the_screen_says_so(
    invoke: Invoke, tmp_path: Path
) -> None:
    served = tmp_path / "famiglie.jsonl"
    served.write_text(FAMILIES.read_text("utf-8").splitlines()[0], "utf-8")
    none = tmp_path / "vuoto.jsonl"
    none.write_text("", "utf-8")
    arguments = ("--points", POINTS, "--lots", none, "--weeks", 1, *ON)
    shown = plain(invoke("food", served, *arguments))
    assert "Ogni settimana di ogni famiglia ha un punto." in shown
    assert "Per ora non ci sono eccedenze da offrire." in shown
    assert "Eccedenze" not in plain(invoke("food", served, "--points", POINTS, *ON))


def test_rules_out_of_their_time_are_used_and_said_to_be(invoke: Invoke) -> None:
    shown = plain(invoke("food", FAMILIES, "--points", POINTS, "--as-of", "2028-01-03"))
    assert "vanno riviste" in shown


@pytest.mark.parametrize(
    ("source", "values", "said"),
    [
        (FAMILIES, {"food": {"means": ["segreto"]}}, "line 1: food.means[0] is not valid"),
        (FAMILIES, {"food": {"point": "altrove"}}, "food.point = 'altrove' is none of the points"),
        (FAMILIES, {"note": "segreto"}, "line 1: 'note' is no field of it"),
        (POINTS, {"municipality": "999999"}, "municipality is no municipality in or around"),
        (POINTS, {"openings": [{"day": "tue", "starts": "9", "ends": "12:00"}]}, "an hour like"),
        (POINTS, {"id": "mensa-centro"}, "'mensa-centro' is that of two points"),
        (LOTS, {"portions": 0}, "portions is 0"),
        (LOTS, {"kind": "segreto"}, "line 1.kind is not valid"),
    ],
)
def test_a_faulty_row_is_refused_by_its_field(
    invoke: Invoke, tmp_path: Path, source: Path, values: dict[str, Any], said: str
) -> None:
    paths = {one: one for one in (FAMILIES, POINTS, LOTS)}
    paths[source] = changed(tmp_path, source, **values)
    result = invoke("food", paths[FAMILIES], "--points", paths[POINTS], "--lots", paths[LOTS], *ON)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "segreto" not in result.stderr


def test_a_file_without_families_or_points_is_refused(invoke: Invoke, tmp_path: Path) -> None:
    none = tmp_path / "vuoto.jsonl"
    none.write_text("", "utf-8")
    for families, points in ((none, POINTS), (FAMILIES, none)):
        result = invoke("food", families, "--points", points, *ON)
        assert result.exit_code == 1
        assert "no rows" in result.stderr
    assert invoke("food", tmp_path / "x", "--points", POINTS).exit_code == 2
    assert invoke("food", FAMILIES, "--points", POINTS, "--weeks", 0).exit_code == 2


def test_a_territory_that_says_nothing_of_food_is_told_what_to_add(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.cli.food.find_food_policy", lambda folder: None)
    result = invoke("food", FAMILIES, "--points", POINTS, *ON)
    assert result.exit_code == 1
    assert "has no food.toml; add one" in " ".join(result.stderr.split())


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_reason_and_kind_of_food_has_its_words(language: str) -> None:
    held = set(load_wording(shipped_data() / "wording", language).sentences)
    shown = {"why": Unserved, "left": LotLeft, "kind": LotKind, "ask": FoodAsk, "stay": Stay}
    wanted = {f"food_plan.{key}_{one}" for key, kind in shown.items() for one in kind}
    assert wanted - held == set()
