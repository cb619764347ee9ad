from matching.settings import shipped_data
from matching.wording import load_wording
from training.cli.train_screen import sureness_lines

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
