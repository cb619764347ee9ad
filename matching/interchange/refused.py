"""Columns that no file may have: what the law protects, told by its heading.

Such a column is refused by name and with the reason. It is never left out in silence: whoever sent
it would believe that it was taken, and would go on collecting it. Grounds: GDPR art. 9 and 10,
L. 300/1970 art. 8, D.Lgs 276/2003 art. 10 (trust.md L17 and L22).
"""

import re
from enum import StrEnum

from matching.normalisation.folding import plain

_WORDS = re.compile(r"[a-z0-9]+")


class Ground(StrEnum):
    """Why a column is refused."""

    SEX = "sex"
    AGE = "age"
    ORIGIN = "origin"
    FAMILY = "family"
    HEALTH = "health"
    DISABILITY = "disability"
    RELIGION = "religion"
    UNION = "union"
    POLITICS = "politics"
    CONVICTIONS = "convictions"
    ORIENTATION = "orientation"
    TAX_CODE = "tax_code"


_PATTERNS: tuple[tuple[Ground, re.Pattern[str]], ...] = tuple(
    (ground, re.compile(rf"\b(?:{pattern})\b"))
    for ground, pattern in (
        (Ground.ORIENTATION, r"orientamento sessuale|sexual orientation"),
        (Ground.SEX, r"sesso|sex|gender|genere(?! di)|maschio|femmina|m f"),
        (Ground.AGE, r"eta|age|anni compiuti|anno di nascita|birth year|year of birth"),
        (
            Ground.ORIGIN,
            r"cittadinanz[ae]|citizenship|nazionalita|nationality|etni\w+|ethnic\w*|razza|race"
            r"|origin[ei]?(?! (?:della|del) (?:segnalazione|contatto|candidatura))"
            r"|(?:luogo|comune|paese|stato|provincia|citta) (?:di )?nascita|nat[oa] a|birthplace"
            r"|birth place|(?:place|country) of birth|permesso di soggiorno|residence permit"
            r"|straniero|straniera|foreigner",
        ),
        (
            Ground.FAMILY,
            r"stato civile|marital status|coniugat[oa]|coniuge|figli|children"
            r"|carich?[oi] (?:di famiglia|familiar[ei])|familiari a carico|nucleo familiare"
            r"|household|gravidanza|pregnan\w+|maternita|maternity",
        ),
        (
            Ground.DISABILITY,
            r"disabil\w+|invalid\w+|handicap|categori[ae] protett[ae]|legge (?:68|104)|l 68|l 104"
            r"|68 99|collocamento mirato|disabled",
        ),
        (
            Ground.HEALTH,
            r"salute|health|sanitari[oae]|malatti[ae]|diagnos[ie]s?|patologi[ae]|disease|illness"
            r"|farmac[io]|terapi[ae]|allergi[ae]|dipendenze|addictions?",
        ),
        (Ground.RELIGION, r"religio\w+|fede|credo|confessione|faith|culto"),
        (Ground.UNION, r"sindacat\w*|sindacal\w*|union|trade union"),
        (Ground.POLITICS, r"politic\w*(?! attiv)|partito|political party"),
        (
            Ground.CONVICTIONS,
            r"condann\w+|precedenti(?: penali)?|carichi pendenti|casellario\w*|penal[ei]|reat[oi]"
            r"|convictions?|criminal\w*|detenut[oa]|detenzione|carcer\w+",
        ),
        (Ground.TAX_CODE, r"codice fiscale|cod fisc\w*|cf|tax code|fiscal code"),
    )
)


def normal_heading(heading: str) -> str:
    """Words of a heading without accents, marks and case.

    >>> normal_heading(" Data di  Nascita (gg/mm/aaaa)")
    'data di nascita gg mm aaaa'
    """
    return " ".join(_WORDS.findall(plain(heading)))


def ground_of(heading: str) -> Ground | None:
    """Why a column with this heading is refused, None where it is not."""
    words = normal_heading(heading)
    return next((ground for ground, pattern in _PATTERNS if pattern.search(words)), None)
