"""What a training run says: what it learnt from, how it compares, whether it serves."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from matching.models.package import Kind
from matching.wording import Wording
from training.pipeline import Trained
from training.publish import Published


def print_trained(
    console: Console, wording: Wording, trained: Trained, published: Published
) -> None:
    """A few lines in plain words; the word *synthetic* stands first where it belongs."""
    say = wording.say
    version, metrics = published.version, trained.metrics
    is_ranker = trained.package.kind is Kind.RANKER
    console.print(
        Text(say("train.ranker" if is_ranker else "train.risk", number=version.version), "bold")
    )
    if trained.package.synthetic:
        console.print(Text(say("train.synthetic"), style="yellow"))
    split = trained.split
    console.print(
        Text(
            say(
                "train.learnt_pairs" if is_ranker else "train.learnt_spells",
                learnt=int(split.train.sum()),
                cut=split.cut,
                tested=int(split.test.sum()),
                as_of=split.as_of,
            )
        )
    )
    if is_ranker:
        console.print(
            Text(
                say(
                    "train.compared",
                    ours=metrics["ndcg@10"],
                    baseline=metrics["baseline_ndcg@10"],
                    gain=metrics["difference_ndcg@10"],
                    low=metrics["difference_ndcg@10_low"],
                    high=metrics["difference_ndcg@10_high"],
                )
            )
        )
        for line in sureness_lines(metrics, trained.package.card, wording):
            console.print(Text(line))
    else:
        console.print(
            Text(
                say(
                    "train.foretold",
                    gain=metrics["gain_surprise"],
                    low=metrics["gain_surprise_low"],
                    high=metrics["gain_surprise_high"],
                    concordance=metrics["concordance"],
                    slope=metrics["calibration_slope"],
                )
            )
        )
    console.print(Text(say("train.digest", digest=version.digest)))
    if published.promoted:
        console.print(Text(say("train.serves"), style="green"))
    elif trained.gate.passed:
        console.print(Text(say("train.waits", name=version.name)))
    else:
        checks = "; ".join(str(check) for check in trained.gate.failed)
        console.print(Text(say("train.refused", checks=checks), style="yellow"))


def sureness_lines(
    metrics: Mapping[str, float], card: Mapping[str, Any], wording: Wording
) -> Iterator[str]:
    """Yield how well ranks and chances hold, and how much a hub has to record; what is known."""
    say = wording.say
    if "rank_coverage" in metrics:
        share = metrics["rank_coverage"]
        ends = metrics.get("rank_coverage_low"), metrics.get("rank_coverage_high")
        if None in ends:
            yield say("train.coverage", share=share)
        else:
            yield say("train.coverage_range", share=share, low=ends[0], high=ends[1])
        if "rank_scale" in metrics:
            yield say("train.scale", scale=metrics["rank_scale"])
    if {"chance_mean", "taken_mean"} <= metrics.keys():
        yield say("train.chances", chance=metrics["chance_mean"], taken=metrics["taken_mean"])
    if "chance_error" in metrics:
        yield say("train.chance_error", error=metrics["chance_error"])
    if {"chance_brier", "constant_brier"} <= metrics.keys():
        yield say(
            "train.chance_brier", ours=metrics["chance_brier"], constant=metrics["constant_brier"]
        )
    if card.get("decisions_needed") is not None:
        yield say("train.decisions", count=card["decisions_needed"])


def trained_row(trained: Trained, published: Published) -> dict[str, Any]:
    """The same as JSON values."""
    version = published.version
    return {
        "name": version.name,
        "version": version.version,
        "digest": version.digest,
        "synthetic": trained.package.synthetic,
        "promoted": published.promoted,
        "gate": {
            "passed": trained.gate.passed,
            "failed": [str(check) for check in trained.gate.failed],
        },
        "metrics": dict(trained.metrics),
        "cut": trained.split.cut.isoformat(),
        "as_of": trained.split.as_of.isoformat(),
        "left_out": trained.split.left_out,
        "trained_on": trained.package.card["trained_on"],
        "tested_on": trained.package.card["tested_on"],
        "dataset_digest": trained.package.card["dataset_digest"],
    }
