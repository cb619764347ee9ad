"""Parts of the patterns by which people write who they are: kin, illnesses, days.

Patterns work on plain text (lower case, no accents).
"""

import re
from collections.abc import Sequence

# What follows in an item; it never runs over a bracket.
SOME = r"[^()]{0,40}"
NUMBER = r"(?:\d{1,2}|un[ao]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci)"
_MONTH = r"(?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)[a-z]*\.?"
DAY = (
    rf"(?:(?:(?:\d{{1,2}}[/. -]{{1,2}}){{0,2}}|(?:\d{{1,2}}[°o]? )?{_MONTH} )(?:19|20)\d\d"
    rf"|(?:\d{{1,2}}[/.-]){{1,2}}'?\d\d|{_MONTH} '?\d\d|'\d\d)"
)
NOW = r"(?:oggi|ad oggi|adesso|ora|in corso|presente|attuale)"
CHILD = r"(?:bambin[oaie]|bimb[oaie]|gemell[oaie]|ragazz[oaie]|figli[oae]?)"
PARENT = r"(?:mamma|madre|padre|papa|genitore)"
# Somebody's own: *un bambino*, *una signora* are whom she works for as well.
_NEAREST = (
    r"(?:mamma|madre|papa|padre|figli[oae]?|nonn[oa]|suocer[oaie]|marito|moglie|compagn[oa]"
    r"|fratello|sorella|zi[oa])"
)
_RELATIVE = (
    r"(?:famiglia|familiar[ei]|famigliar[ei]|parent[ei]|genitor[ei]|congiunt[oaie]|nonni|fratelli"
    r"|sorelle|zii|nipot[ei]|bambin[oaie]|bimb[oaie]|gemell[oaie])"
)
_OF = r"(?:ai? |al |alla |alle |agli |di |de[il] |della |delle |degli |dell['’]|il |la |i |le )"
OWN_KIN = (
    rf"(?:{_OF}?(?:mi[oae]i? |miei )?{_NEAREST}"
    rf"|{_OF}?(?:mi[oae]i?|miei) {_RELATIVE}"
    r"|(?:ai? |di |a un |ad un |di un |al )(?:familiar[ei]|famigliar[ei]|parent[ei]|genitor[ei]"
    r"|congiunt[oaie])"
    r"|dei (?:genitori|familiari|nonni|figli)|della famiglia)"
)
NEEDY = (
    r"(?:malat|anzian|disabil|invalid|non autosufficient|inferm|piccol|minor|neonat"
    r"|in difficolta)[a-z]*"
)
BODY = (
    r"(?:erni[ae]|schiena|spall[ae]|ginocchi[oa]|anc[ah]e?|cuore|man[oi]|occhio?|pols[oi]"
    r"|pied[ei]|bracci[oa]|gamb[ae]|menisco|tunnel carpale|tumore|cataratta|appendicite"
    r"|tiroide|colonna|collo|testa|stomaco|ren[ei]|polmon[ei])"
)
ILLNESS = (
    r"(?:tumor[ei]|cancro|infarto|ictus|erni[ae]|diabete|epilessia|depressione|ansia|sclerosi"
    r"|hiv|epatite|asma|leucemia|artrosi|artrite|scoliosi|lombalgia|mal di schiena"
    r"|esaurimento|malatti[ae]|infortunio|incidente (?:stradale|domestico|sul lavoro|d['’]auto"
    r"|in (?:moto|auto|bici))|operazione (?:chirurgica|al|all['’]|alla|di|ai)"
    rf"|intervento (?:chirurgico|(?:al|all['’]|alla|di|ai) ?{BODY})"
    r"|fibromialgia|parkinson|endometriosi|celiachia|problem[ai] (?:di salute"
    r"|fisic[io]|di cuore|alla schiena))"
)


def any_of(*patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern that matches what any of several does."""
    return re.compile("|".join(f"(?:{one})" for several in patterns for one in several))
