"""The hub's commands. ``training.cli`` adds the training verbs and is what ``valoriamo`` runs."""

from matching.cli.app import hub_parts
from matching.cli.group import app_of, run

__all__ = ["app_of", "hub_parts", "run"]
