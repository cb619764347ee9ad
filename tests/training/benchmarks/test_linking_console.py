import io

from rich.console import Console

from training.benchmarks.linking_console import print_linking


def metric(value):
    return {"rp@5": value, "rp@5_low": value - 0.1, "rp@5_high": value + 0.1}


def test_each_metric_is_a_row_with_the_product_and_its_peers():
    console = Console(file=io.StringIO(), width=100)
    report = {
        "benchmark": "skill-linking",
        "taxonomy": "the lexicon",
        **metric(0.5),
        "labels": 7,
        "peers": {"tfidf_letters": metric(0.25)},
    }
    print_linking(console, report)
    text = console.file.getvalue()
    assert "skill-linking: read with the lexicon" in text
    assert "valoriamo" in text
    assert "tfidf_letters" in text
    (row,) = [line for line in text.splitlines() if line.strip().startswith("rp@5")]
    assert row.split() == ["rp@5", "0.500", "(0.400-0.600)", "0.250", "(0.150-0.350)"]
    assert "labels" not in text
