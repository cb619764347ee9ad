"""The command ``valoriamo``: the hub's verbs and the training verbs together."""

from training.cli.app import main, make_whole_app

__all__ = ["main", "make_whole_app"]
