"""Who a mention is about, and whether it is claimed: held, denied, hoped for, or somebody else's.

Works on plain text (lower case, no accents). A cue rules from its place to the end of its
clause; a list after it (*non ho esperienza di muletto, carroponte o magazzino*) stays under it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from matching.domain import DocumentKind


class Stance(StrEnum):
    """What the text says about a mention."""

    HELD = "held"
    DENIED = "denied"
    WISHED = "wished"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Scope:
    """A stretch of text in which mentions have a stance other than held."""

    start: int
    end: int
    stance: Stance


_VERB_DENIED = (
    r"(?:ho|abbiamo|possiedo|conosco|so|sono|sapevo|dispongo|uso|utilizzo|mi intendo|vanto"
    r"|avendo|possedendo|conoscendo|ha|e|serve|servono|occorre|occorrono|si richied\w+"
    r"|richied\w+|richiest[aoei]|necessari[aoei]|necessita\w*|indispensabil[ei]|posso|faccio"
    r"|ho mai|ancora|pratic[ao]|in possesso|prevede|previst[aoei]|possesso|abilitat[ao])"
)
_DENIED_LIST = re.compile(
    rf"\bnon {_VERB_DENIED}\b"
    r"|\b(?:nessuna|alcuna|zero|senza|priv[ao] di|mancanza di|scarsa|nulla) "
    r"(?:\w+ ){0,2}(?:esperienz\w+|conoscenz\w+|competenz\w+|pratica|formazione|specific\w+|titol\w+)"
    r"|\bmai (?:\w+ ){0,2}(?:usat\w|fatt\w|lavorat\w|utilizzat\w|guidat\w|svolt\w|avut\w)"
    r"|\bno (?:esperienz\w+|conoscenz\w+)"
)
_DENIED_SHORT = re.compile(r"\b(?:non|senza|no|sprovvist[oa]|priv[oa])\b(?! solo)")
_NOT_ONLY = re.compile(r"\bnon solo\b")
_DENIED_AFTER = re.compile(
    r"\b(?:non (?:e |sono )?(?:richiest\w|necessari\w|indispensabil\w|obbligatori\w|previst\w"
    r"|serv\w+|posseduta|conseguit\w)|assente|scadut[oa]|da conseguire)\b|[:=] ?no\b"
)
_WISHED = re.compile(
    r"\b(?:vorrei|mi piacerebbe|desidero|desidererei|spero|intendo|ho intenzione|aspiro"
    r"|sogno|voglio|amerei|sto (?:per|cercando di)|sto imparando|sto frequentando)\b"
    r"|\b(?:disponibil[ei]|dispost[oa]|interessat[oa]|pront[oa]|motivat[oa]|intenzionat[oa])"
    r"(?: \w+){0,2} (?:(?:a|ad|di|per) (?:\w+ )?(?:imparar\w|apprender\w+|frequentar\w|seguir\w"
    r"|formar\w+|conseguir\w|prender\w|far\w|corsi?|un corso|formazione)|corsi?)"
    r"|\b(?:in (?:attesa|fase|corso) di (?:consegui\w+|ottenere|rilascio)|iscritt[oa] (?:a|al)"
    r"|da conseguire|prossim[oa] al|(?:mi )?(?:sto|stiamo) iscriv\w+)"
)
_JOB_WISHED = re.compile(
    r"\b(?:cerco|ricerco|cercherei|cercando|alla ricerca di|in cerca di|mi candido|mi propongo"
    r"|candidatura|candidarmi|propormi|disponibil[ei] (?:anche )?(?:a lavorare |a lavori )?come"
    r"|disponibil[ei] (?:anche )?(?:a|per) (?:lavori|mansioni|ruol[oi]|attivita)"
    r"|valuto|interessat[oa] (?:a|al|alla|alle|ai|in|nel)|(?:posizione|lavoro|ruolo|impiego|mansione)"
    r" (?:desiderat|ricercat|cercat)[oa]|obiettivo|aspirazion[ei])\b"
)
_OTHERS = re.compile(
    r"\b(?:mi[oa]|nostr[oa]|su[oa]|de[il]{1,3}|un|una|con) "
    r"(?:marito|moglie|padre|madre|papa|mamma|figli[oa]|fratello|sorella|suocer[oa]|compagn[oa]"
    r"|zi[oa]|nonn[oa]|cognat[oa]|ex marito|ex moglie) "
    r"(?:che )?(?:e|era|fa|faceva|lavora|lavorava|ha fatto|ha lavorato)(?: come)?\b"
    r"|\bfigli[oa] di (?:un |una )?"
)
# Words that describe an employer: what it makes or sells is no skill of the person.
_EMPLOYER = re.compile(
    r"\b(?:aziend[ae]|ditt[ae]|societa|impres[ae]|fabbric[ae]|stabiliment[oi]|gruppo|negozi[oi]?"
    r"|coop|cooperativ[ae]|officin[ae]|multinazional[ei]|realta|settore|ramo"
    r"|cliente|agenzia|centro|istituto|consorzio|laboratori[oi])\b"
    r"(?: \w+){0,2}? (?:di|del|della|dei|delle|nel|per|operante|specializzat[ao]|leader|che)\b"
)
_CLAUSE_END = re.compile(
    r"[.;:!?()\n]|\b(?:ma|pero|tuttavia|invece|comunque|mentre|pur|anche se|bensi|eppure)\b"
    r"|, (?:e )?(?:ho|so|sono|possiedo|conosco|utilizzo|uso|posso|lavoro|faccio|guido|buon\w)\b"
    r"| e (?:ho|so|sono|possiedo|conosco|utilizzo|posso)\b"
)
_SHORT_END = re.compile(r"[,.;:!?()\n]|\b(?:ma|pero|e|con|per)\b")
_EMPLOYER_END = re.compile(
    r"[,.;:!?()\n–-]|\b(?:come|in qualita|con mansion\w+|dove|ricerca|cerca|seleziona|per|presso"
    r"|un|una|n|dal|da)\b"
)
_SHORT_WORDS = 4
_EMPLOYER_WORDS = 6


def scopes(words: str, kind: DocumentKind) -> list[Scope]:
    """The scopes in one segment of plain text, positions relative to the segment.

    >>> [s.stance.value for s in scopes("non ho esperienza di muletto", DocumentKind.CV)]
    ['denied']
    """
    found = [
        Scope(match.start(), _end(_CLAUSE_END, words, match.end()), Stance.DENIED)
        for match in _DENIED_LIST.finditer(words)
    ]
    covered = [(scope.start, scope.end) for scope in found]
    for match in _DENIED_SHORT.finditer(words):
        if any(start <= match.start() < end for start, end in covered):
            continue
        if _NOT_ONLY.match(words, match.start()):
            continue
        end = _end(_SHORT_END, words, match.end())
        found.append(
            Scope(match.start(), _at_most(words, match.end(), end, _SHORT_WORDS), Stance.DENIED)
        )
    for match in _DENIED_AFTER.finditer(words):
        start = max((words.rfind(mark, 0, match.start()) for mark in ",.;:(\n"), default=-1) + 1
        found.append(Scope(start, match.start(), Stance.DENIED))
    if kind is DocumentKind.CV:
        found += [
            Scope(match.start(), _end(_CLAUSE_END, words, match.end()), Stance.WISHED)
            for pattern in (_WISHED, _JOB_WISHED)
            for match in pattern.finditer(words)
        ]
        found += [
            Scope(match.start(), _end(_SHORT_END, words, match.end()), Stance.OTHERS)
            for match in _OTHERS.finditer(words)
        ]
    return found


def employer_scopes(words: str) -> list[Scope]:
    """Stretches that describe an employer (*ditta di stampaggio*), relative to the segment."""
    return [
        Scope(
            match.end(),
            _at_most(
                words, match.end(), _end(_EMPLOYER_END, words, match.end()), _EMPLOYER_WORDS
            ),
            Stance.OTHERS,
        )
        for match in _EMPLOYER.finditer(words)
    ]


def _end(pattern: re.Pattern[str], words: str, start: int) -> int:
    match = pattern.search(words, start)
    return match.start() if match else len(words)


def _at_most(words: str, start: int, end: int, count: int) -> int:
    match = re.match(r"(?:\W*\w+){1,%d}" % count, words[start:end])
    return start + match.end() if match else end
