"""The words of a title or label as keys, by language: Italian by the normaliser, others plainly."""

import re

from matching.normalisation import Normaliser, plain

_NORMALISER = Normaliser()
_WORD = re.compile(r"[a-z0-9]+(?:\+\+|#)?")
# Words that classifications put around a title and that say nothing about the work, by key.
_FILLERS = frozenset(_NORMALISER.phrase("assimilati professioni altri altre"))
_PLAIN_STOPS = frozenset(
    _WORD.findall("a an and at by for from in of on or the to with all other others related nec")
)
_SHORT = 3


def word_keys(text: str, language: str = "it") -> tuple[str, ...]:
    """The keys of a text's words, in order, without those that say nothing about the work.

    A text of such words alone keeps them. Italian words lose gender and number
    (:mod:`matching.normalisation`); of every other language only the plural ``s`` is cut off.

    >>> word_keys("Addetti alle pulizie ed assimilati")
    ('addett', 'puliz')
    >>> word_keys("Operators of presses, all other", "en")
    ('operator', 'presse')
    """
    if language == "it":
        keys = _NORMALISER.phrase(text)
        return tuple(key for key in keys if key not in _FILLERS) or keys
    words = tuple(map(_singular, _WORD.findall(plain(text))))
    return tuple(word for word in words if word not in _PLAIN_STOPS) or words


def _singular(word: str) -> str:
    if len(word) > _SHORT and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
