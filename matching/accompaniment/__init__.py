"""Accompaniment: the local services that a path is made of."""

from matching.accompaniment.catalogue import (
    Band,
    Catalogue,
    Provider,
    Service,
    load_catalogue,
)

__all__ = [
    "Band",
    "Catalogue",
    "Provider",
    "Service",
    "load_catalogue",
]
