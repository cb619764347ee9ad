"""The hub's commands. ``training.cli`` adds the training verbs and is what ``valoriamo`` runs."""

from matching.cli.app import make_app
from matching.cli.group import run

__all__ = ["make_app", "run"]
