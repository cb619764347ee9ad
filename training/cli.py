"""The command ``valoriamo``: the hub's verbs and the training verbs together."""

import typer

from matching.cli import make_app, run
from matching.service import build
from matching.settings import read_settings
from training.benchmarks.command import add_benchmark


def make_whole_app() -> typer.Typer:
    """Every command of the product."""
    app = make_app()
    add_benchmark(
        app,
        build_service=lambda: build(read_settings()),
        own_set=lambda: read_settings().data_dir / "gold" / "relevance",
    )
    return app


def main() -> None:
    """Entry point of the console command."""
    run(make_whole_app())
