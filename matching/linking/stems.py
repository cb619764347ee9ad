"""The words of a sentence as stems, by language: what stays the same when a word is inflected.

Italian goes through :mod:`matching.normalisation`, which treats both genders alike; other
languages through the Snowball stemmers (Porter 1980 and his successors), where there is one.
"""

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from matching.normalisation import Normaliser, plain

if TYPE_CHECKING:
    from Stemmer import Stemmer

_NORMALISER = Normaliser()
# Letters of any script; a raised figure is none.
_WORD = re.compile(r"[^\W_¹²³]+(?:[+#]+|\.net\b)?|\.net\b")
_OF_ONE = re.compile(r"'s\b")
_SNOWBALL = MappingProxyType(
    {
        "en": "english", "fr": "french", "ro": "romanian", "es": "spanish", "de": "german",
        "pt": "portuguese", "ru": "russian", "tr": "turkish",
    }
)  # fmt: skip
# Words that link others and name nothing; of other languages than English none are known here.
_ENGLISH_STOPS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the of in on at to for from by with and or as is are be been being
        you your we our us they their he she his her it its this that these those who which
        """,
    )
)


def words(text: str, language: str) -> list[str]:
    """The words of a text in lower case without accents, a sign as in ``c++`` and ``c#`` kept.

    >>> words("Strong knowledge of C++/C# and the .NET stack", "en")
    ['strong', 'knowledge', 'of', 'c++', 'c#', 'and', 'the', '.net', 'stack']
    """
    low = plain(text.replace("’", "'"))
    return _WORD.findall(_OF_ONE.sub("", low) if language == "en" else low)


def is_stop(word: str, language: str) -> bool:
    """Whether a word of :func:`words` only links others."""
    return language == "en" and word in _ENGLISH_STOPS


@lru_cache(maxsize=100_000)
def stems(text: str, language: str) -> tuple[str, ...]:
    """The stems of a text's content words, in order.

    >>> stems("Managing the projects of our clients", "en")
    ('manag', 'project', 'client')
    >>> stems("gestione dei magazzini", "it") == stems("gestioni di magazzino", "it")
    True
    """
    if language == "it":
        return _NORMALISER.phrase(text)
    return tuple(
        _stem(word, language) for word in words(text, language) if not is_stop(word, language)
    )


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    return stemmer.stemWord(word) if stemmer is not None else word


@lru_cache(maxsize=len(_SNOWBALL))
def _stemmer(language: str) -> "Stemmer | None":
    from Stemmer import Stemmer  # here: only texts of other languages need it

    name = _SNOWBALL.get(language)
    return Stemmer(name) if name else None
