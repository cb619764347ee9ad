from typing import Any

from matching.domain import CalibrationState
from matching.models.package import Package, pack_risk
from matching.settings import shipped_data
from matching.wording import load_wording
from tests.models.packages import CARD, a_hazard, people, some_lines
from training.cli.train_screen import group_lines, model_lines, sureness_lines

WORDS = load_wording(shipped_data() / "wording", "it")
METRICS = {
    "rank_coverage": 0.801,
    "rank_coverage_low": 0.78,
    "rank_coverage_high": 0.82,
    "rank_scale": 1.437,
    "chance_mean": 0.1234,
    "taken_mean": 0.1189,
    "chance_brier": 0.0712,
    "constant_brier": 0.0894,
    "chance_error": 0.0137,
}


def test_ranks_and_chances_are_told_in_a_sentence_each() -> None:
    lines = list(sureness_lines(METRICS, {"decisions_needed": 450}, WORDS))
    assert len(lines) == 6
    text = " ".join(lines)
    assert "nel 80% delle prove (intervallo 95%: 78%-82%)." in text
    assert "si moltiplica per 1.44." in text
    assert "in media 12.3%; è successo nel 11.9% dei confronti." in text
    assert "successo: 1.4%." in text
    assert "0.0712; dicendo a tutti la stessa: 0.0894." in text
    assert "circa 450 decisioni" in text


def test_a_coverage_without_an_interval_is_said_alone() -> None:
    (line,) = sureness_lines({"rank_coverage": 0.8}, {}, WORDS)
    assert line.endswith("nel 80% delle prove.")


def test_what_was_not_measured_is_not_told() -> None:
    assert list(sureness_lines({"ndcg@10": 0.9}, {}, WORDS)) == []
    assert list(sureness_lines({"chance_mean": 0.1, "chance_brier": 0.1}, {}, WORDS)) == []
    assert list(sureness_lines({"rank_scale": 1.0}, {"decisions_needed": None}, WORDS)) == []


# The risk model


def interval(value: float | None) -> dict[str, float | None]:
    return {"value": value, "low": None if value is None else value - 0.1,
            "high": None if value is None else value + 0.1}  # fmt: skip


def group(*, columns: list[str], values: list[str], shown: bool = True, verdict: str = "within",
          worse: bool | None = None) -> dict[str, Any]:  # fmt: skip
    named = {"columns": columns, "values": values, "name": "-", "shown": shown}
    told = {"gap": {"verdict": verdict}, "changes": {"gap": {"worse": worse}}}
    return {**named, **told} if shown else named


NOBODY = {"state": "no file"}
MODEL_CARD: dict[str, Any] = {
    "model": {
        "chosen": "logistic",
        "reason": "-",
        "people": 491,
        "folds": 4,
        "best": "boosted trees",
        "compared": [
            {"name": "logistic", "surprise": 1.7632, "behind": 0.0012, "error": 0.003},
            {"name": "boosted trees", "surprise": 1.762, "behind": 0.0, "error": 0.0},
        ],
    },
    "calibration_held_out": {
        "6": {"outcomes": 316, "slope": interval(1.05), "ece": interval(0.2)},
        "12": {"outcomes": 4, "slope": interval(None), "ece": interval(0.2)},
    },
    "groups_held_out": NOBODY,
    "groups_out_of_fold": NOBODY,
    "age": {"input": False, "state": "-"},
}


def packed(**changed: Any) -> Package:
    return pack_risk(a_hazard(), people(3), {**CARD, **MODEL_CARD, **changed}, some_lines())


def test_the_models_that_were_compared_are_told_and_why_one_was_chosen() -> None:
    lines = list(model_lines(packed(), WORDS))
    assert lines[0].startswith("Modelli a confronto su 491 persone")
    assert lines[1] == (
        "- modello logistico: 1.7632; distanza dal migliore 0.0012 (errore standard 0.0030)"
    )
    assert lines[2].startswith("- alberi di decisione: 1.7620")
    assert lines[3].startswith("Scelto: modello logistico. È il più semplice")
    assert lines[4].startswith("A 6 mesi, su 316 esiti")
    assert "pendenza di calibrazione 1.05 (intervallo 95%: 0.95-1.15)" in lines[4]
    text = " ".join(lines)
    assert "A 12 mesi, su 4 esiti" not in text
    assert "Probabilità a 6 mesi: tarate" in text
    assert some_lines()[1].state is CalibrationState.FEW
    assert "Probabilità a 12 mesi: qui non ci sono ancora abbastanza esiti" in text


def test_with_too_little_to_compare_it_is_said() -> None:
    first = next(model_lines(packed(model={"chosen": "logistic", "reason": "-"}), WORDS))
    assert first == (
        "I dati sono troppo pochi per confrontare più modelli: si usa quello semplice "
        "(modello logistico)."
    )


def test_without_protected_attributes_it_is_said_that_no_group_was_audited() -> None:
    lines = list(group_lines(MODEL_CARD, WORDS))
    assert lines == [
        "La storia non ha protected.jsonl: la stima non è verificata per gruppi.",
        "L'età non entra nella stima.",
    ]


def test_groups_that_fare_otherwise_are_named_and_the_hidden_only_counted() -> None:
    groups = [
        group(columns=[], values=[]),
        group(columns=["sex"], values=["female"], verdict="outside"),
        group(columns=["sex"], values=["male"]),
        group(columns=["age"], values=["under 30"], verdict="insufficient evidence"),
        group(columns=["citizenship_group"], values=["eu"], shown=False),
    ]
    aged = [
        group(columns=[], values=[], worse=True),
        group(columns=["age"], values=["50 and over"], worse=True),
        group(columns=["sex"], values=["male"], worse=False),
        group(columns=["sex"], values=["x"], shown=False),
    ]
    card = MODEL_CARD | {
        "groups_held_out": {"months": 6, "groups": groups},
        "age": {"input": True, "months": 12, "people": 450, "groups": aged},
    }
    held_out, age, cost = group_lines(card, WORDS)
    assert "(a 6 mesi): 3 mostrati, 1 nascosti" in held_out
    assert "diversi da quelli previsti: sesso: female; per 1 gruppi" in held_out
    assert age == "L'età entra nella stima, per scelta del territorio."
    assert "su 450 persone (a 12 mesi)" in cost
    assert cost.endswith("per: tutte le persone, età: da 50 anni in su.")
