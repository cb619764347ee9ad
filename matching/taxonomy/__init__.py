"""Concepts in memory: by URI, by label, their broader concept, the skills an occupation needs.

:func:`load_lexicon` reads the starter lexicon. The form of its files is described in
``data/lexicon/README.md``.
"""

from matching.taxonomy.claiming import claims
from matching.taxonomy.concepts import Concept, LabelRule, Taxonomy, is_driving_licence
from matching.taxonomy.loading import load_lexicon
from matching.taxonomy.review import Doubt, DoubtfulLabel, doubtful_labels
from matching.taxonomy.verbs import VerbNouns

__all__ = [
    "Concept",
    "Doubt",
    "DoubtfulLabel",
    "LabelRule",
    "Taxonomy",
    "VerbNouns",
    "claims",
    "doubtful_labels",
    "is_driving_licence",
    "load_lexicon",
]
