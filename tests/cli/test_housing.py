"""``housing``, as it is called."""

import json
from pathlib import Path
from typing import Any

import pytest

from matching.domain.housing import AskedOf, HousingPart, HousingRule, Standing
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.cli.conftest import Invoke

SAMPLES = shipped_data() / "samples" / "housing"
FAMILY, OTHER, HOMES = (
    SAMPLES / name for name in ("famiglia.json", "famiglia-due.json", "alloggi.jsonl")
)
ON = ("--as-of", "2026-11-28")


def plain(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return " ".join(result.stdout.split())


def rows(result: Any) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def changed(folder: Path, **parts: dict[str, Any]) -> Path:
    content = json.loads(FAMILY.read_text("utf-8"))
    for name, values in parts.items():
        content[name] = content[name] | values
    path = folder / "famiglia.json"
    path.write_text(json.dumps(content), "utf-8")
    return path


def test_the_homes_of_the_sample_are_shown_with_rules_fit_and_what_would_change(
    invoke: Invoke,
) -> None:
    shown = plain(invoke("housing", FAMILY, "--dwellings", HOMES, *ON))
    for words in (
        "Case per famiglia-esempio, al 28/11/2026",
        "Nessuna casa sparisce dall'elenco e nessuno viene escluso",
        "Testo non letto: da verificare, e da solo non toglie nessuna casa.",
        "1. casa-2 (Valmadrera, 74 m², 390 € al mese) - si adatta 0.93 su 1",
        "qui è 2,9 volte. Ne risponde il fondo di garanzia.",
        "o con un affitto calmierato di 350 €, affitto e spese scendono al 30% del reddito.",
        "Da chiedere a chi affitta: da quando è libera?",
        "Con una regola che non risulta rispettata",
        "non risulta: durata: alla famiglia servono 36 mesi, la casa ne offre 17. Cambierebbe con",
        "Da chiedere all'ufficio tecnico del comune: la casa può ospitare tante persone?",
        "la casa è libera 14 giorni dopo",
        "Le spese non si sanno: al massimo tanto.",
        "spazio: non si sa [0.00-1.00]",
    ):
        assert words in shown, words


def test_no_screen_says_that_a_family_is_refused(invoke: Invoke) -> None:
    shown = plain(invoke("housing", FAMILY, OTHER, "--dwellings", HOMES, *ON)).casefold()
    shown = shown.replace("nessuno viene escluso", "")
    for words in ("esclus", "rifiutat", "non idone", "scartat", "inadatt"):
        assert words not in shown, words


def test_both_directions_carry_the_same_number(invoke: Invoke) -> None:
    homes = rows(invoke("housing", FAMILY, OTHER, "--dwellings", HOMES, "--json", *ON))
    by_pair = {(row["household_id"], row["dwelling_id"]): row for row in homes}
    assert len(by_pair) == len(homes) == 10
    arguments = ("--dwelling", "casa-3", "--json", *ON)
    families = rows(invoke("housing", FAMILY, OTHER, "--dwellings", HOMES, *arguments))
    assert {row["household_id"] for row in families} == {"famiglia-esempio", "famiglia-due"}
    for row in families:
        other = by_pair[row["household_id"], "casa-3"]
        same = ("fit", "lower", "upper", "standing", "checks", "parts", "help")
        assert {key: row[key] for key in same} == {key: other[key] for key in same}


def test_the_families_of_a_home_come_with_a_word_on_need(invoke: Invoke) -> None:
    arguments = ("--dwelling", "casa-3", *ON)
    shown = plain(invoke("housing", FAMILY, OTHER, "--dwellings", HOMES, *arguments))
    assert "L'ordine dice a chi la casa si adatta, non chi ne ha più bisogno" in shown
    assert "non risulta: chi affitta chiede al massimo 3 persone; la famiglia è di 4." in shown


def test_json_carries_the_source_of_every_rule(invoke: Invoke) -> None:
    first = rows(invoke("housing", FAMILY, "--dwellings", HOMES, "--json", *ON))[0]
    assert (first["dwelling_id"], first["rank"], first["apart"]) == ("casa-2", 1, False)
    size, *others = first["checks"]
    assert (size["source"]["from"], size["source"]["verified"]) == ("law", False)
    assert {check["source"]["from"] for check in others} == {"owner"}
    assert first["help"]["share"] == 0.3
    assert first["settings_valid"] is True


def test_weights_out_of_their_time_are_used_and_said_to_be(invoke: Invoke) -> None:
    on = ("--as-of", "2028-01-01")
    assert "vanno rivisti" in plain(invoke("housing", FAMILY, "--dwellings", HOMES, *on))
    found = rows(invoke("housing", FAMILY, "--dwellings", HOMES, "--json", *on))
    assert {row["settings_valid"] for row in found} == {False}


def test_without_any_home_on_offer_the_screen_says_so(invoke: Invoke, tmp_path: Path) -> None:
    empty = tmp_path / "vuoto.jsonl"
    empty.write_text("\n", "utf-8")
    assert "Per ora non c'è nessuna casa offerta." in plain(
        invoke("housing", FAMILY, "--dwellings", empty, *ON)
    )
    assert rows(invoke("housing", FAMILY, "--dwellings", empty, "--json", *ON)) == []


def test_a_family_without_an_income_is_told_what_a_contribution_would_be(
    invoke: Invoke, tmp_path: Path
) -> None:
    path = changed(tmp_path, household={"income_eur": 0})
    shown = plain(invoke("housing", path, "--dwellings", HOMES, *ON))
    assert "senza un reddito nessun affitto si regge da solo [0.00]" in shown
    assert "Con un contributo di 450 € al mese" in shown


def test_the_file_of_a_household_serves_the_other_commands_too(invoke: Invoke) -> None:
    assert "Misure pubbliche da verificare" in plain(invoke("rights", FAMILY, *ON))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"home": {"wanted": ["999999"]}}, "home.wanted, number 1"),
        ({"home": {"eviction": "no"}}, "home.eviction is 'no' beside an eviction_on"),
        ({"home": {"citizenship": "segreto"}}, "'citizenship' is no field of it"),
        ({"household": {"income_eur": "segreto"}}, "household.income_eur must be a whole number"),
    ],
)
def test_a_faulty_family_is_refused_by_its_field(
    invoke: Invoke, tmp_path: Path, parts: dict[str, dict[str, Any]], said: str
) -> None:
    result = invoke("housing", changed(tmp_path, **parts), "--dwellings", HOMES, *ON)
    assert result.exit_code == 1
    assert said in result.stderr
    assert "segreto" not in result.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"owner": {"citizenship": "it"}}, "no grounds on which a home is let"),
        ({"municipality": "999999"}, "line 1: municipality is no municipality in or around"),
        ({"id": "casa-2"}, "line 2: id 'casa-2' is used twice"),
    ],
)
def test_a_faulty_home_is_refused_by_its_line(
    invoke: Invoke, tmp_path: Path, change: dict[str, Any], said: str
) -> None:
    first, *others = HOMES.read_text("utf-8").splitlines()
    path = tmp_path / "alloggi.jsonl"
    lines = [json.dumps(json.loads(first) | change), *others]
    path.write_text("\n".join(lines), "utf-8")
    result = invoke("housing", FAMILY, "--dwellings", path, *ON)
    assert result.exit_code == 1
    assert said in result.stderr


def test_what_is_named_wrongly_is_an_error_of_usage(invoke: Invoke, tmp_path: Path) -> None:
    wrong = invoke("housing", FAMILY, "--dwellings", HOMES, "--dwelling", "casa-9", *ON)
    assert wrong.exit_code == 2
    assert invoke("housing", tmp_path / "x.json", "--dwellings", HOMES, *ON).exit_code == 2
    twice = invoke("housing", FAMILY, FAMILY, "--dwellings", HOMES, *ON)
    assert twice.exit_code == 1
    assert "identifiers must differ" in twice.stderr


def test_a_territory_that_says_nothing_of_homes_is_told_what_to_add(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.cli.housing.find_housing_policy", lambda folder: None)
    result = invoke("housing", FAMILY, "--dwellings", HOMES, *ON)
    assert result.exit_code == 1
    assert "has no housing.toml; add one" in " ".join(result.stderr.split())


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_rule_and_part_of_a_home_has_its_words(language: str) -> None:
    held = set(load_wording(shipped_data() / "wording", language).sentences)
    wanted = {f"homes.{kind}_{rule}" for rule in HousingRule for kind in ("rule", "ask", "change")}
    wanted |= {
        f"homes.{kind}_{part}" for part in HousingPart for kind in ("part", "measured", "surer")
    }
    wanted |= {f"homes.{standing}" for standing in Standing}
    wanted |= {f"homes.of_{who}" for who in AskedOf}
    assert wanted - held == set()
