"""The command ``valoriamo``: the hub's verbs and the training verbs together."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import typer

from matching.cli import app_of, hub_parts, run
from matching.cli.group import Part


def make_whole_app() -> typer.Typer:
    """Every command of the product."""
    return app_of(whole_parts())


def whole_parts() -> Sequence[Part]:
    """The hub's verbs and the training verbs, in the order in which they are listed."""
    shared = tuple(
        replace(part, make=_with_tables(part)) if "risk" in part.told else part
        for part in hub_parts()
    )
    return (
        *shared,
        Part(_demo, {
            "demo": "Read sample documents, train, and show a shortlist, a risk and a plan with "
            "their reasons.",
        }),
        Part(_train, {
            "train": "Train a model, compare it with the baseline, register it.",
        }),
        Part(_benchmark, {
            "benchmark": "Measure rankings, extraction, or what training recovers of a known "
            "truth.",
        }),
    )  # fmt: skip


def _demo(app: typer.Typer) -> None:
    from training.cli.demo import add_demo

    add_demo(app)


def _train(app: typer.Typer) -> None:
    from training.cli.train import add_train

    add_train(app)


def _with_tables(part: Part) -> Callable[[typer.Typer], None]:
    def make(app: typer.Typer) -> None:
        from training.cli.risk import add_watch
        from training.cli.risk_tables import add_tables

        part.make(app)
        risk = _group(app, "risk")
        add_watch(risk)
        add_tables(risk)

    return make


def _benchmark(app: typer.Typer) -> None:
    from matching.service import build
    from matching.settings import read_settings
    from training.benchmarks.command import add_benchmark
    from training.cli.linking import linking_resources

    add_benchmark(
        app,
        build_service=lambda ranker: build(read_settings(), ranker=ranker),
        own_set=lambda: read_settings().data_dir / "gold" / "relevance-b",
        own_extraction=lambda: read_settings().data_dir / "gold" / "extraction",
        linking=linking_resources,
        peer_python=lambda: read_settings().peer_python,
        measures=lambda: read_settings().data_dir / "measures",
    )


def _group(app: typer.Typer, name: str) -> typer.Typer:
    """A group of the hub's verbs, to which training adds its own."""
    found = next(one.typer_instance for one in app.registered_groups if one.name == name)
    if found is None:
        raise TypeError(f"The group {name!r} has no commands of its own.")
    return found


def main() -> None:
    """Entry point of the console command."""
    run(make_whole_app())
