"""Accompaniment: the local services that a path is made of, and the path they make."""

from matching.accompaniment.catalogue import Catalogue, Provider, Service
from matching.accompaniment.catalogue_reading import find_catalogue, load_catalogue
from matching.accompaniment.path import plan_for
from matching.accompaniment.plan import propose
from matching.accompaniment.what_if import what_if, what_ifs

__all__ = [
    "Catalogue",
    "Provider",
    "Service",
    "find_catalogue",
    "load_catalogue",
    "plan_for",
    "propose",
    "what_if",
    "what_ifs",
]
