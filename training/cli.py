"""The command ``valoriamo``: the hub's verbs and the training verbs together."""

from matching.cli import make_app
from matching.cli.app import run


def main() -> None:
    """Entry point of the console command."""
    run(make_app())
