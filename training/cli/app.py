"""The command ``valoriamo``: the hub's verbs and the training verbs together."""

import typer

from matching.cli import make_app, run
from matching.service import build
from matching.settings import read_settings
from training.benchmarks.command import add_benchmark
from training.cli.demo import add_demo
from training.cli.linking import linking_resources
from training.cli.risk import add_watch
from training.cli.risk_tables import add_tables
from training.cli.train import add_train


def make_whole_app() -> typer.Typer:
    """Every command of the product."""
    app = make_app()
    add_demo(app)
    add_train(app)
    risk = _group(app, "risk")
    add_watch(risk)
    add_tables(risk)
    add_benchmark(
        app,
        build_service=lambda ranker: build(read_settings(), ranker=ranker),
        own_set=lambda: read_settings().data_dir / "gold" / "relevance-b",
        own_extraction=lambda: read_settings().data_dir / "gold" / "extraction",
        linking=linking_resources,
        peer_python=lambda: read_settings().peer_python,
        measures=lambda: read_settings().data_dir / "measures",
    )
    return app


def _group(app: typer.Typer, name: str) -> typer.Typer:
    """A group of the hub's verbs, to which training adds its own."""
    found = next(one.typer_instance for one in app.registered_groups if one.name == name)
    if found is None:
        raise TypeError(f"The group {name!r} has no commands of its own.")
    return found


def main() -> None:
    """Entry point of the console command."""
    run(make_whole_app())
