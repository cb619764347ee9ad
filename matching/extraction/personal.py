"""Words about who somebody is: family, age, origin, health, belief. They must change nothing.

They are no words of a trade, and a line of a CV that holds little else (*coniugata, due figli*)
must not change what is read around it.
"""

from collections.abc import Iterable

from matching.normalisation import Normaliser

PRIVATE = frozenset(
    Normaliser().phrase(
        "figlio figlia marito moglie madre padre mamma papà nonno nonna fratello sorella zio zia"
        " suocera nipote famiglia familiare parente genitore coniuge vedova separata divorziata"
        " coniugata sposata convivente single celibe nubile gravidanza maternità età anni"
        " donna uomo ragazza signora straniero"
        " nazionalità cittadinanza italiano invalidità disabilità malattia salute sindacato chiesa"
        " parrocchia religione residente residenza domicilio domiciliato nato nascita abitare"
        " abito vivere vivo"
    )
)
COUNTS = frozenset(
    Normaliser().phrase(
        "due tre quattro cinque sei sette otto nove dieci primo prima secondo terza mese settimana"
        " giorno ora anno"
    )
)
# Where somebody lives; not *residenza*, which is a home for the old as well.
_LIVES = frozenset(Normaliser().phrase("residente domiciliato"))
_SMALL = 2  # letters: ho, io, mi


def is_personal(keys: Iterable[str]) -> bool:
    """Whether a sentence, given as the keys of its words, is about who its writer is.

    At least half of its words are private ones; small words and numbers do not count. Of an age
    nothing but numbers and years is left.
    """
    said = [key for key in keys if len(key) > _SMALL and not key.isdigit()]
    words = [key for key in said if key not in COUNTS]
    if not words:
        return not PRIVATE.isdisjoint(said)
    return 2 * sum(word in PRIVATE or word in _LIVES for word in words) >= len(words)
