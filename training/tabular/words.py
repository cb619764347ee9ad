"""The words in the name of a column: ``DataNascita``, ``data_nascita`` and ``data nascita``."""

import re
import unicodedata

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def words(name: str) -> tuple[str, ...]:
    """The words and numbers of a name, in small letters without accents.

    >>> words("DataNascita"), words("Età al 31/12"), words("depress2")
    (('data', 'nascita'), ('eta', 'al', '31', '12'), ('depress', '2'))
    """
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", name))
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_PARTS.findall(bare.casefold()))
