"""Text to skill mentions, occupations and facts, each with the words that prove it."""

from matching.extraction.building import build, load_or_build
from matching.extraction.extractor import Extractor
from matching.extraction.index import Index
from matching.extraction.places import PlaceNames, place_names

__all__ = ["Extractor", "Index", "PlaceNames", "build", "load_or_build", "place_names"]
