"""Pure features: tables in, frame out. No file, no clock, no chance."""

from matching.features.catalog import (
    BY_NAME,
    COLUMNS,
    CONTEXT,
    FEATURES,
    NOT_IN_MATCHING,
    PROTECTED,
    Column,
)
from matching.features.pairs import (
    Asked,
    FeatureSpace,
    People,
    asked_of,
    compare,
    feature_frame,
    feature_space,
    judged,
    pair_features,
    people_of,
    unnamed_frame,
)
from matching.features.words import shared_words

__all__ = [
    "Asked",
    "BY_NAME",
    "COLUMNS",
    "CONTEXT",
    "Column",
    "FEATURES",
    "FeatureSpace",
    "NOT_IN_MATCHING",
    "PROTECTED",
    "People",
    "asked_of",
    "compare",
    "feature_frame",
    "feature_space",
    "judged",
    "pair_features",
    "people_of",
    "shared_words",
    "unnamed_frame",
]
