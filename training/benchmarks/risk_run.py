"""``valoriamo benchmark risk``: the estimators of ``risk fit`` on a published table, and the audit.

Every number is of people whom the model that foretold them did not learn from. Where spells may be
open, IPCW Brier scores stand beside those of Kaplan-Meier, which gives everybody one curve.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.errors import InputError
from training.benchmarks.experiment import write_results
from training.benchmarks.risk_config import RiskConfig, read_risk_config
from training.benchmarks.risk_peers import peer_briers
from training.benchmarks.risk_prepare import prepared
from training.benchmarks.survival_peers import NoPeer, Peer, find_peer
from training.tabular.auditing import audited
from training.tabular.fitting import Asked, Fitted, fit, read
from training.tabular.intervals import Interval
from training.tabular.known_rules import read_rules
from training.tabular.measures import brier_of
from training.tabular.reliability import reliability
from training.tabular.report import Audit
from training.tabular.risk_scores import area_of
from training.tabular.scored import Scored

_DECIMALS = 4
_FINDINGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAsked:
    """What the command was asked."""

    data: Path | None
    record: Path | None


def run_risk(asked: RiskAsked, *, peer_python: Path | None, as_json: bool) -> None:
    """Run one configuration and say what came of it.

    ``peer_python`` is of an environment with scikit-survival, for tables of spells.

    Raises
    ------
    InputError
        Without the folder of an experiment, which says what the table is asked.
    """
    if asked.record is None:
        raise InputError(
            "A table of risk is asked by a configuration: give --record with the folder of an "
            "experiment, such as experiments/2026-11-risk-sicily."
        )
    config = read_risk_config(asked.record)
    if asked.data is not None:
        config = RiskConfig(**{**_fields(config), "data": asked.data})
    with waiting("Fitting, folding and auditing"):
        report = risk_report(config, peer=find_peer(peer_python))
    typer.echo(f"results written to {write_results(asked.record, report)}", err=True)
    if as_json:
        typer.echo(json_line(report))
    else:
        _print(Console(), report)


def risk_report(config: RiskConfig, *, peer: Peer | NoPeer) -> dict[str, Any]:
    """Metrics of every candidate, of the kept one, and what the audit found; JSON values.

    Of spells, also the IPCW Brier scores of Kaplan-Meier and Cox, where there is a peer to ask.
    """
    asked = Asked(
        task=config.task,
        declared=config.protected,
        exclude=config.exclude,
        allow=config.allow,
        categories=config.categories,
        folds=config.folds,
        seed=config.seed,
    )
    fitted = fit(read(prepared(config), asked), asked)
    outcome = fitted.read.outcome
    known = () if config.rules is None else read_rules(config.rules)
    found = audited(fitted, asked, horizon=outcome.horizons[0], rules=known)
    return {
        "benchmark": "risk",
        "table": config.table,
        "rows": len(outcome),
        "folds": config.folds,
        "seed": config.seed,
        "inputs": [column.name for column in fitted.read.inputs.used],
        "chosen": fitted.selection.chosen,
        "reason": fitted.selection.reason,
        "horizons": {
            f"{horizon:g}": {
                name: scores(fitted.people(horizon, name)) for name in fitted.selection.scores
            }
            for horizon in outcome.horizons
        },
        **kept(fitted, outcome.horizons[0]),
        **({} if outcome.is_label else _beside(peer, fitted, asked)),
        "audit": standing_out(found),
    }


def _beside(peer: Peer | NoPeer, fitted: Fitted, asked: Asked) -> dict[str, Any]:
    if isinstance(peer, NoPeer):
        return {"ipcw_brier": None, "peer": peer.why}
    return {
        "ipcw_brier": peer_briers(peer, fitted, asked),
        "peer": f"scikit-survival {peer.version}",
    }


def scores(people: Scored) -> dict[str, Any]:
    """AUC, Brier, calibration of some risks, each with its 95% interval."""
    line = reliability(people)
    return {
        "auc": _said(area_of(people)),
        "brier": _said(brier_of(people)),
        "ece": None if line.ece is None else round(line.ece, _DECIMALS),
        "ece_less_chance": _said(line.debiased),
        "slope": _said(line.slope),
        "intercept": _said(line.intercept),
    }


def kept(fitted: Fitted, horizon: float) -> dict[str, Any]:
    """The numbers of the kept candidate as the contract of benchmarks names them."""
    found = scores(fitted.people(horizon))
    return {
        "auc": found["auc"]["value"],
        "auc_low": found["auc"]["low"],
        "auc_high": found["auc"]["high"],
        "brier": found["brier"]["value"],
        "ece": found["ece"],
    }


def standing_out(found: Audit) -> dict[str, Any]:
    """The first findings of the audit, in numbers and in words."""
    return {
        "hidden": [
            {
                "group": one.name,
                "foretold": round(one.mean_risk, _DECIMALS),
                "observed": round(one.observed, _DECIMALS),
                "gap": [round(value, _DECIMALS) for value in (one.gap, one.low, one.high)],
                "p_corrected": float(f"{one.p_corrected:.2g}"),
                "people": one.n,
            }
            for one in found.hidden.findings[:_FINDINGS]
        ],
        "looked_at": found.hidden.looked_at,
        "cliffs": [
            {
                "columns": list(cliff.columns),
                "at": cliff.said,
                "jump": _said(cliff.jump),
                "whole": cliff.whole,
                "rules": [f"{rule.what} ({rule.source})" for rule in cliff.rules],
                "read": bool(set(cliff.columns) & set(found.inputs)),
            }
            for cliff in found.cliffs.cliffs[:_FINDINGS]
        ],
        "small_groups": [
            group.name
            for group in found.groups.groups
            if group.small and group.shown and len(group.columns) == 1
        ],
    }


def _said(value: Interval) -> dict[str, float | None]:
    ends = {"value": value.value, "low": value.low, "high": value.high}
    return {
        key: None if end is None or not np.isfinite(end) else round(float(end), _DECIMALS)
        for key, end in ends.items()
    }


def _fields(config: RiskConfig) -> dict[str, Any]:
    return {name: getattr(config, name) for name in config.__dataclass_fields__}


def _print(console: Console, report: Mapping[str, Any]) -> None:
    table = Table("horizon", "candidate", "AUC", "Brier", "ECE", "slope")
    for horizon, candidates in report["horizons"].items():
        for name, found in candidates.items():
            table.add_row(
                horizon,
                f"{name} (kept)" if name == report["chosen"] else name,
                _cell(found["auc"]),
                _cell(found["brier"]),
                "" if found["ece"] is None else f"{found['ece']:.3f}",
                _cell(found["slope"]),
            )
    console.print(table)
    console.print(report["reason"])
    for name, found in (report.get("ipcw_brier") or {}).items():
        said = ", ".join(f"{horizon}: {value:.4f}" for horizon, value in found.items())
        console.print(f"IPCW Brier of {name} - {said}")
    if "peer" in report:
        console.print(f"Peer: {report['peer']}")
    for one in report["audit"]["hidden"]:
        console.print(
            f"{one['group']}: foretold {one['foretold']:.3f}, observed {one['observed']:.3f} "
            f"(p = {one['p_corrected']:g} after correction)"
        )
    for one in report["audit"]["cliffs"]:
        rule = "; ".join(one["rules"]) or (
            "the mark of a rule" if one["whole"] else "no rule known"
        )
        console.print(
            f"{', '.join(one['columns'])} = {one['at']}: the outcome jumps by "
            f"{_cell(one['jump'])}: {rule}; {'read' if one['read'] else 'not read'} by the model"
        )


def _cell(found: Mapping[str, float | None]) -> str:
    if found["value"] is None:
        return ""
    return f"{found['value']:.3f} ({found['low']:.3f} to {found['high']:.3f})"
