"""What Italian words of one family share: *puntuale* and *puntualità*, *pulito* and *pulizia*.

A root is cruder than a key (:mod:`matching.normalisation`): it also joins words that mean
different things (*posto*, *postura*), so it only proposes, and something else decides.
"""

from functools import lru_cache

_SHORTEST = 4
_ENDINGS = tuple(
    sorted(
        (
            "it", "ezz", "azion", "izion", "zion", "ion", "ament", "iment", "ment", "atur",
            "itur", "ur", "ator", "itor", "tor", "tric", "os", "iv", "al", "abil",
            "ibil", "evol", "ic", "ism", "ist", "anz", "enz", "ant", "ent", "at", "ut", "aggi",
            "ggi", "er", "ar", "ari", "eri", "ier", "izi", "ett", "in",
        ),
        key=len,
        reverse=True,
    )
)  # fmt: skip
# puntual-it-à has one ending after another; more than two are not taken off.
_AT_MOST = 2


@lru_cache(maxsize=100_000)
def root(key: str) -> str:
    """The root of a word given by its key.

    >>> root("puntualit") == root("puntual"), root("curiosit") == root("curios")
    (True, True)
    >>> root("saldatur") == root("saldator")
    True
    """
    word = key.rstrip("'")
    for _ in range(_AT_MOST):
        ending = next(
            (e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _SHORTEST), None
        )
        if ending is None:
            break
        word = word[: -len(ending)]
    return word
