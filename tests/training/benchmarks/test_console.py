import io

from rich.console import Console

from training.benchmarks.console import print_report


def row(value, metrics=("ndcg@10",)):
    return {
        key: None if value is None else value + shift
        for name in metrics
        for key, shift in ((name, 0.0), (f"{name}_low", -0.05), (f"{name}_high", 0.05))
    }


def report(**changed):
    return {
        **row(0.7),
        "peers": {"bm25": row(0.6)},
        "differences": {"bm25": row(0.1)},
        "benchmark": "resume-relevance",
        "model": "baseline",
        "as_of": "2024-12-31",
        "vacancies": 2,
        "persons": 3,
        "pairs": 6,
        "not_enough_data": 1,
        "tied": 4,
        "draws": 50,
        **changed,
    }


def printed(content):
    console = Console(file=io.StringIO(), width=80)
    print_report(console, content)
    return console.file.getvalue()


def test_levels_differences_and_intervals_are_shown():
    text = printed(report())
    ours, theirs = (line.split() for line in text.splitlines() if "0." in line)
    assert ours == ["ndcg@10", "baseline", "0.700", "0.650..0.750"]
    assert theirs == ["bm25", "0.600", "0.550..0.650", "0.100", "0.050..0.150"]
    assert "baseline less it" in text
    assert "2 vacancies, 3 persons, 6 judged pairs, as of 2024-12-31" in text
    assert "1 pairs not_enough_data, 4 pairs tied" in text


def test_metrics_that_the_set_does_not_have_are_not_shown_and_undefined_ones_are_a_dash():
    assert "auc" not in printed(report())
    text = printed(report(**row(None)))
    assert "0.700" not in text
    assert ["ndcg@10", "baseline", "-", "-"] in [line.split() for line in text.splitlines()]


def test_a_second_judge_has_tables_and_the_agreement():
    second = {**row(0.3), "peers": {"bm25": row(0.2)}, "differences": {"bm25": row(0.1)}}
    text = printed(report(second=second, agreement={"same_grade": 0.9, "kappa_good": None}))
    lines = [line.split() for line in text.splitlines()]
    after = lines[text.splitlines().index("By the second judge's grades") :]
    assert ["ndcg@10", "baseline", "0.300", "0.250..0.350"] in after
    assert ["same_grade", "0.900"] in after
    assert ["kappa_good", "-"] in after
