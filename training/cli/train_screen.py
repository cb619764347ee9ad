"""What a training run says: what it learnt from, how it compares, whether it serves."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from matching.explanation.calibration import calibration_notes
from matching.models.package import Kind, Package, calibration
from matching.wording import Wording
from training.pipeline import Trained
from training.publish import Published

_MODELS = {
    "logistic": "train.model_logistic",
    "logistic with splines": "train.model_splined",
    "boosted trees": "train.model_boosted",
}
_RISK = (
    "model",
    "recalibration",
    "calibration_held_out",
    "calibration_out_of_fold",
    "groups_held_out",
    "groups_out_of_fold",
    "age",
)
_COLUMNS = {"sex": "group.sex", "age": "group.age", "citizenship_group": "group.citizenship"}
_BANDS = {
    "under 30": "group.under_30",
    "30 to 49": "group.middle",
    "50 and over": "group.over_50",
    "unknown": "group.unknown",
}


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
        for line in model_lines(trained.package, wording):
            console.print(Text(line))
    console.print(Text(say("train.digest", digest=version.digest)))
    if published.promoted:
        console.print(Text(say("train.serves"), style="green"))
    elif trained.gate.passed:
        console.print(Text(say("train.waits", name=version.name)))
    else:
        checks = "; ".join(str(check) for check in trained.gate.failed)
        console.print(Text(say("train.refused", checks=checks), style="yellow"))


def model_lines(package: Package, wording: Wording) -> Iterator[str]:
    """Yield which models of risk were compared and which was chosen, and how it is calibrated."""
    say, model = wording.say, package.card["model"]
    chosen = say(_MODELS[model["chosen"]])
    if "compared" in model:
        yield say("train.compared_models", people=model["people"], folds=model["folds"])
        for one in model["compared"]:
            yield say(
                "train.compared_model",
                name=say(_MODELS[one["name"]]),
                surprise=one["surprise"],
                behind=one["behind"],
                error=one["error"],
            )
        yield say("train.chosen", name=chosen)
    else:
        yield say("train.not_compared", name=chosen)
    for months, found in package.card["calibration_held_out"].items():
        slope, ece = found["slope"], found["ece"]
        if slope["value"] is not None and ece["value"] is not None:
            yield say(
                "train.held_out",
                months=months,
                outcomes=found["outcomes"],
                slope=slope["value"],
                slope_low=slope["low"],
                slope_high=slope["high"],
                ece=ece["value"],
                ece_low=ece["low"],
                ece_high=ece["high"],
            )
    yield from calibration_notes(calibration(package), wording)
    yield from group_lines(package.card, wording)


def group_lines(card: Mapping[str, Any], wording: Wording) -> Iterator[str]:
    """Yield how groups fare against what was foretold, and what leaving the age out costs whom."""
    say = wording.say
    for entry, key in (
        ("groups_held_out", "train.groups"),
        ("groups_out_of_fold", "train.earlier"),
    ):
        found = card[entry]
        if "groups" not in found:
            continue
        groups = [one for one in found["groups"] if one["columns"]]
        shown = [one for one in groups if one["shown"]]
        outside = [_named(one, wording) for one in shown if one["gap"]["verdict"] == "outside"]
        unsure = [one for one in shown if one["gap"]["verdict"] == "insufficient evidence"]
        yield say(
            key,
            months=found["months"],
            shown=len(shown),
            hidden=len(groups) - len(shown),
            outside=wording.list(outside) if outside else say("train.no_group"),
            unsure=len(unsure),
        )
    if not any("groups" in card[name] for name in ("groups_held_out", "groups_out_of_fold")):
        yield say("train.no_groups")
    age = card["age"]
    yield say("train.age_in" if age["input"] else "train.age_out")
    if "groups" in age:
        worse = [
            _named(one, wording)
            for one in age["groups"]
            if one["shown"] and any(change["worse"] for change in one["changes"].values())
        ]
        yield say(
            "train.age_cost",
            months=age["months"],
            people=age["people"],
            groups=wording.list(worse) if worse else say("train.no_group"),
        )


def _named(group: Mapping[str, Any], wording: Wording) -> str:
    """A group in words; the values are the hub's own, but for the bands of age."""
    if not group["columns"]:
        return wording.say("train.everybody")
    values = [wording.say(_BANDS[one]) if one in _BANDS else one for one in group["values"]]
    named = [
        f"{wording.say(_COLUMNS[column])}: {value}"
        for column, value in zip(group["columns"], values, strict=True)
    ]
    return " + ".join(named)


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
        **{name: trained.package.card[name] for name in _RISK if name in trained.package.card},
    }
