"""The phrase bank: skills in the words of people, and not in those of the lexicon.

Phrases by the slug of a skill. None contains a label of the lexicon, so that what is learnt from
a synthetic text is not merely the lexicon read back.
"""

from collections.abc import Mapping
from types import MappingProxyType

from training.synthetic.phrases.care import CARE
from training.synthetic.phrases.goods import GOODS
from training.synthetic.phrases.industry import INDUSTRY

PHRASES: Mapping[str, tuple[str, ...]] = MappingProxyType({**INDUSTRY, **GOODS, **CARE})

__all__ = ["PHRASES"]
