"""One normal form for labels and texts: case, accents, elisions, Italian gender and number.

A word becomes a *key*: ``Magazziniera``, ``magazzinieri`` -> ``magazzinier``. Articles and
prepositions have no key, so that *addetto alle pulizie* and *addetta pulizia* are equal. Keys
are for comparing only; every token keeps its place in the original text.

The rules look at endings alone and therefore treat both genders of a word alike, which is what
makes a CV score the same in the masculine and in the feminine. A lookup lemmatiser does not:
it knows *impiegato* as a verb form and *impiegata* as a noun.

What the rules must keep apart: a trade and its field or place (*pasticcere*, *pasticceria*;
*tipografo*, *tipografia*; *trattore*, *trattoria*), and an abbreviation and a word (*CAD*,
*cade*; *MES*, *mese*).
"""

from matching.normalisation.folding import FORM, fold, plain
from matching.normalisation.outline import STOP_WORDS
from matching.normalisation.tokens import Normaliser, Token

__all__ = ["FORM", "STOP_WORDS", "Normaliser", "Token", "fold", "plain"]
