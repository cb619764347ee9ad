"""Who a mention is about, and whether it is claimed: held, denied, hoped for, or somebody else's.

Works on plain text (lower case, no accents). A cue rules from its place to the end of its
clause; a list after it (*non ho esperienza di muletto, carroponte o magazzino*) stays under it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from matching.domain import DocumentKind
from matching.extraction.boilerplate import seeker


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


_NOT_ONLY = r"(?! (?:solo|soltanto|solamente|\w+ (?:solo|soltanto)))"
# "non ho problemi con i turni", "non mi spaventa", "non solo" say yes.
_NO_TROUBLE = (
    r"(?! (?:\w+ ){0,2}(?:problem\w+|difficolta|paura|vincol\w+|limit\w+|timore|impedi\w+"
    r"|preclusion\w+"
    r"|perso\b|mai (?:perso|mancato|smesso|avuto)|smesso|dimenticat\w+|manca\b|spavent\w+))"
)
_VERB_DENIED = (
    r"(?:ho|abbiamo|possiedo|conosco|so|sono|sapevo|dispongo|uso|utilizzo|mi intendo|vanto|guido"
    r"|avendo|possedendo|conoscendo|sapendo|ha|e|serve|servono|occorre|occorrono|si richied\w+"
    r"|parlo|capisco|scrivo|lavoro|faccio|cucino|cerco|voglio|richied\w+|richiest[aoei]|prevede"
    r"|posso|ancora|pratic[ao]|in possesso|previst[aoei]|possesso|abilitat[ao]|patentat[ao])"
)
# In a vacancy "non indispensabile" makes a request optional; in a CV it says nothing.
_DENIED_LIST = re.compile(
    rf"\b(?<!se )non (?:lo |la |li |le |l['’]|mi |ci |si "
    rf"|ne )?{_VERB_DENIED}\b{_NOT_ONLY}{_NO_TROUBLE}"
    r"|\b(?:nessuna|alcuna|zero|senza|priv[ao] di|mancanza di|nulla) "
    r"(?:\w+ ){0,2}(?:esperienz\w+|conoscenz\w+|competenz\w+|pratica|formazione|titol\w+)"
    r"|\bmai (?:\w+ ){0,2}?(?:usat\w|fatt\w|lavorat\w|utilizzat\w|guidat\w|svolt\w|pres[oa]|avut\w"
    r"(?! (?:\w+ )?(?:infortun|incident|problem|richiam|ritard|mult|contestaz|assenz|sanzion)))"
    r"|\bno (?:esperienz\w+|conoscenz\w+|uso)"
    r"|\bnon (?:inviat[ei]|inviare|mandat[ei]|mandare|candidatevi|si accett\w+|accettiamo"
    r"|ricerchiamo"
    r"|cerchiamo(?! solo)|si cerc\w+|stiamo cercando|abbiamo bisogno di|ci interess\w+|fa per)\b"
    r"|\b(?:mi|ci) manca(?:no)?\b"
)
_DENIED_SHORT = re.compile(
    r"\b(?:(?<!se )non|senza|no(?! problem)|sprovvist[oa](?: di)?|priv[oa](?: di)?)\b"
    rf"{_NOT_ONLY}{_NO_TROUBLE}(?! (?:mi )?(?:spavent|pesa|dispiac|teme))"
)
_SAYS_YES = re.compile(
    r"\b(?:non|senza|nessun) (?:\w+ ){0,3}?(?:problem\w+|difficolta|paura|vincol\w+|limit\w+"
    r"|infortun\w+"
    r"|incident\w+|spavent\w+|dispiac\w+|pesa|pesano|manca|mancano)\b"
)
_QUALIFICATION = re.compile(
    r"\b(?:patentin\w+|patente|abilitazion\w+|attestat\w+|certificat\w+|cors[oi]|brevett\w+|licenza"
    r"|haccp|cqc|adr|qualifica|libretto|formazione)\b"
)
_NO_LONGER = re.compile(
    r"(?<!se )\b(?:scadut[oaie]|non (?:piu )?(?:rinnovat|valid|conseguit|complet|conclus"
    r"|terminat)\w+"
    r"|non (?:l'ho |li ho |lo ho )?(?:piu )?(?:rinnovat|conseguit|finit|terminat|complet)\w+"
    r"|da (?:rinnovare|rifare|aggiornare)|ritirat[oa]|sospes[oa]|revocat[oa]|mai (?:pres[oa]"
    r"|conseguit\w))\b"
)
_DENIED_AFTER_CV = re.compile(
    r"\b(?:assente|(?<!mai )mai (?:usat|fatt|guidat|provat|lavorat|utilizzat|svolt)\w+"
    r"|non (?:c?e? ?l['’]|ce li |ce le |ce lo |ce la |li |le |lo |la )"
    r"(?:ho|so|uso|conosco|parlo|utilizzo|guido|ho mai)\b(?: \w+)?"
    r"|non (?:posseduta|conseguita|pratic\w+))"
    r"|[:=] ?(?:non|no|nessun[oa]?|assente)\b"
    r"|\bno\b(?=\s*(?:$|[,.;!)\n]|ma\b|pero\b))"
)
_DENIED_AFTER_VACANCY = re.compile(
    r"\bnon (?:e |sono |viene |vengono )?(?:richiest\w|previst\w|serv\w+|occorr\w+)"
)
# "Patentino piattaforma (PLE): non l'ho" reaches back over its brackets.
_BRACKETED = re.compile(r"\([^()\n]{1,40}\)")
# What the firm sees to itself: "l'attestato lo faccio fare io", "per quello abbiamo un tecnico".
_PROVIDED = re.compile(
    r"\b(?:(?:l[oaie]|glielo|gliela|ve lo|te lo) (?:facciamo|faccio|fa) (?:fare|prendere|seguire"
    r"|avere)"
    r"|(?:l[oaie]|ci) (?:paghiamo|pago|paga|forniamo|fornisce|organizziamo|diamo|mettiamo"
    r"|insegniamo"
    r"|insegno|spieghiamo) (?:noi|io|la ditta|l'azienda|il titolare)"
    r"|(?:e|sono) a (?:nostro|carico (?:nostro|dell\w+))|(?:lo|la|li|le) (?:fa|fanno|so|sa|segue"
    r"|cura"
    r"|firma|tiene|gestisce) (?:gia )?(?:il|la|lo|i|gli|le|un|una|l['’]|io|noi|usare io|fare io)\b"
    r"|(?:pensiamo|pensa|penso) (?:noi|io|a tutto|il|la))"
)
_REQUEST = re.compile(
    r"\b(?:esperienz\w+|conoscenz\w+|patent\w+|titol\w+|diplom\w+|competenz\w+|laure\w+"
    r"|attestat\w+)\b"
)
_VERB_WISHED = (
    r"imparar\w+|apprender\w+|frequentar\w|seguir\w|formar\w+|conseguir\w|prender\w|far\w|corsi?"
    r"|un corso|formazione|specializzar\w+|diventar\w|ottener\w"
)
_WISHED = re.compile(
    r"\b(?:vorrei|mi piacerebbe|desidero|desidererei|spero|intendo|ho intenzione|aspiro"
    r"|sogno|voglio|amerei|sto (?:per|cercando(?! di fare)|imparando|frequentando|studiando"
    r"|seguendo"
    r"|prendendo|facendo (?:il |un )?(?:corso|patent)|conseguendo)|non vedo l'ora)\b"
    r"|\b(?:disponibil[ei]|dispost[oa]|interessat[oa]|pront[oa]|motivat[oa]|intenzionat[oa])"
    rf"(?: \w+){{0,2}} (?:(?:a|ad|di|per) (?:\w+ )?(?:{_VERB_WISHED})|corsi?)"
    r"|\b(?:in (?:attesa|fase|corso) di (?:consegui\w+|ottenere|rilascio|fare|frequentare)"
    r"|iscritt[oa] (?:a|al|all'|ad un|a un)(?= ?(?:cors|\w+ cors|oss|asa|scuola))"
    r"|prossim[oa] (?:al|a|alla|all')|(?:mi )?(?:sto|stiamo) iscriv\w+"
    r"|(?:ho )?(?:fatto |presentato )?domanda (?:per|di)|in attesa di (?:cors|inizi)\w+"
    r"|pens\w+ di (?:fare|prendere|seguire))"
)
_UNDER_WAY = re.compile(r"\b(?:cors[oi]|patent\w+|attestat\w+|qualifica|diploma)\b[^.;:]{0,40}$")
_WISHED_AFTER = re.compile(
    r"\b(?:in corso(?= ?(?:$|[,.;()]))|in (?:corso|fase|via|attesa) di (?:consegui\w+|rilascio"
    r"|otten\w+|acquisizione)"
    r"|da (?:conseguire|prendere|ottenere)|in conseguimento)\b"
)
_JOB_WISHED = re.compile(
    r"\b(?:cerco(?! (?:sempre )?di\b)|cercherei|cercando(?! di\b)|ricerco|alla ricerca di"
    r"|in cerca di|mi candido|mi propongo|mi offro|offresi|candidatura|candidarmi|propormi"
    r"|disponibil[ei] (?:anche )?(?:a lavorare |a lavori )?come"
    r"|disponibil[ei] (?:anche )?(?:a|per) (?:lavori|mansioni|ruol[oi]|attivita)"
    r"|(?:posso|potrei|saprei) (?:anche )?(?:fare|lavorare)|valuto|valuterei|interessat[oa] (?:a"
    r"|al|alla|alle|ai|in|nel)"
    r"|(?:posizione|lavoro|ruolo|impiego|mansione) (?:desiderat|ricercat|cercat)[oa]"
    r"|obiettivo|aspirazion[ei])\b"
)
_KIN = (
    r"(?:marito|moglie|padre|madre|papa|mamma|figli[oae]|fratello|fratelli|sorella|sorelle"
    r"|suocer[oa]"
    r"|compagn[oa]|zi[oa]|nonn[oa]|cognat[oa]|genitori|nipote|cugin[oa]|ex marito|ex moglie)"
)
_OTHERS = re.compile(
    rf"\b(?:mi[oae]|miei|nostr[oai]|su[oa]|de[il]{{1,3}}|un|una|il|la|con) {_KIN}"
    r"(?: \w+){0,1}? (?:(?:che )?(?:e|era|fa|faceva|fanno|facevano|lavora|lavorava|ha fatto"
    r"|ha lavorato"
    r"|aveva|avevano|ha|gestiva|gestivano|gestisce)(?: (?:come|un|una|il|la))?\b|(?=\w+(?:[,.;]"
    r"|$)))"
    rf"|\b{_KIN} di (?:un |una )?"
    r"|\b(?:mi[oa]|nostr[oa]|un[ao']?|la|il) ?(?:vicin[oa]|amic[oa]|collega|coinquilin[oa]|padrona"
    rf"|titolare|compaesan[oa]|{_KIN})(?: di casa)?,? che (?:fa|faceva|lavora\w*|e|era|ha|aveva)\b"
)
# "Marito: Claudio, camionista" on a form.
_KIN_LINE = re.compile(rf"^\W*{_KIN}(?: convivente)?\s*[:–-][^.;]*")
# Words that describe an employer: what it makes or sells is no skill of the person.
_EMPLOYER = re.compile(
    r"\b(?:aziend[ae]|ditt[ae]|societa|impres[ae]|fabbric[ae]|stabiliment[oi]|gruppo|negozi[oi]?"
    r"|coop|cooperativ[ae]|officin[ae]|multinazional[ei]|realta|settore|ramo"
    r"|cliente|agenzia|centro|istituto|consorzio|laboratori[oi])\b"
    r"(?: \w+){0,2}? (?:di|del|della|dei|delle|nel|per|operante|specializzat[ao]|leader|che)\b"
)
_EMPLOYER_EN = re.compile(r"\b(?:\w+ ){1,2}(?=(?:company|companies|firm|business|plant|factory)\b)")
# A diploma is no skill: what it is in says what was studied. A qualification that is a concept of
# its own ("diploma di tecnico dei servizi ...") begins before.
_STUDY = re.compile(
    r"\b(?:diplom[aio]|diplomat[oa]|laure[ae]|laureat[oa]|perit[oa]|maturita|liceo|materie"
    r"|indirizzo"
    r"|facolta|ragionier[ae] e perito)\b(?= \w)"
)
_STUDY_END = re.compile(
    r"[,.;:()–|]|\b(?:e|ed|o|oppure|con|presso|nel|conseguit\w|buon\w|ottim\w|esperienz\w+"
    r"|conoscenz\w+"
    r"|preferibil\w+|come|lavor\w+|ho|sono|oss|asa)\b"
)
_FIRST_PERSON = (
    r"(?:mi |ci |lo |la |li |le |ne )?(?:ho|so|sono|possiedo|conosco|utilizzo|uso|posso|lavoro"
    r"|faccio"
    r"|guido|parlo|capisco|leggo|cucio|cucino|pulisco|svolgo|gestisco|vorrei|voglio|cerco|avevo"
    r"|sapevo|ero|scrivo|curo"
    r"|assisto|seguo|preparo|guidavo|facevo|lavoravo|usavo|cavo|arrangio|occupo|sposto|adatto"
    r"|imparo)"
)
_CLAUSE_END = re.compile(
    r"[.;:!?()]|\b(?:ma|pero|tuttavia|invece|comunque|mentre|pur|anche se|bensi|eppure"
    r"|in compenso)\b"
    rf"|, (?:e |poi |inoltre |pero |solo )?(?:{_FIRST_PERSON}|buon\w|ottim\w|solo|soltanto|si\b)\b"
    rf"| e (?:poi |inoltre )?(?:{_FIRST_PERSON})\b"
    r"|\bcon (?:esperienza|patent\w+|qualifica|attestat\w|\d+ anni|diploma|buon\w)\b"
)
# A vacancy asks for the next thing after a comma: only a list ended by "o" goes on.
_VACANCY_END = re.compile(
    r"[.;:!?()]|\b(?:ma|pero|tuttavia|invece|comunque|mentre|bensi)\b"
    r"|,(?![^,.;]{1,40}(?:,[^,.;]{1,40})?\s(?:o|ne|oppure)\s)"
)
_SHORT_END = re.compile(r"[,.;:!?()]|\b(?:ma|pero|e|con|per)\b")
# "Mio marito faceva il muratore e tirava su i muri": a verb in the third person goes on with him.
_OTHERS_END = re.compile(r"[,.;:!?()]|\b(?:ma|pero|e(?! \w+va\b)|con|per)\b")
_EMPLOYER_END = re.compile(
    r"[,.;:!?()–-]|\b(?:come|in qualita|con mansion\w+|dove|ricerca|cerca|seleziona|per|presso"
    r"|un|una|n|dal|da)\b"
)
_SHORT_WORDS = 4
_EMPLOYER_WORDS = 6
_LOOK_BACK = 200
_LONGEST_CLAUSE = 500


def scopes(words: str, kind: DocumentKind) -> list[Scope]:
    """The scopes in one segment of plain text, positions relative to the segment.

    A later *ma*, a new verb (*..., so usare*) or the end of the sentence ends a scope.

    >>> [s.stance.value for s in scopes("non ho esperienza di muletto", DocumentKind.CV)]
    ['denied']
    """
    if kind is DocumentKind.VACANCY:
        return [
            *_denied(words, _VACANCY_END),
            *_backwards(words, _DENIED_AFTER_VACANCY, _REQUEST),
            *(
                Scope(one.start, one.end, Stance.OTHERS)
                for one in _backwards(words, _PROVIDED, None)
            ),
        ]
    found = [*_denied(words, _CLAUSE_END)]
    found += _backwards(words, _NO_LONGER, _QUALIFICATION)
    found += _backwards(words, _DENIED_AFTER_CV, None)
    found += [
        Scope(scope.start, scope.end, Stance.WISHED)
        for scope in _backwards(words, _WISHED_AFTER, _QUALIFICATION)
        # "2019 - in corso" is a job that lasts, "corso ASA, in corso" one to be finished.
        if not words.startswith("in corso", scope.end)
        or _UNDER_WAY.search(words, max(0, scope.end - 60), scope.end)
    ]
    found += [
        Scope(match.start(), _end(_CLAUSE_END, words, match.end()), Stance.WISHED)
        for pattern in (_WISHED, _JOB_WISHED)
        for match in pattern.finditer(words)
        if not _is_denied(words, match)
    ]
    found += [
        Scope(match.start(), _end(_OTHERS_END, words, match.end()), Stance.OTHERS)
        for match in _OTHERS.finditer(words)
    ]
    found += [Scope(*match.span(), Stance.OTHERS) for match in _KIN_LINE.finditer(words)]
    return found


def employer_scopes(words: str) -> list[Scope]:
    """Stretches that name no skill of a person, relative to the segment.

    They describe an employer (*ditta di stampaggio*) or what was studied (*diploma in ...*).
    """
    found = [
        Scope(
            match.end(),
            _at_most(words, match.end(), _end(_EMPLOYER_END, words, match.end()), _EMPLOYER_WORDS),
            Stance.OTHERS,
        )
        for match in _EMPLOYER.finditer(words)
    ]
    found += [
        Scope(
            match.end(),
            _at_most(words, match.end(), _end(_STUDY_END, words, match.end()), _EMPLOYER_WORDS),
            Stance.OTHERS,
        )
        for match in _STUDY.finditer(words)
    ]
    if end := seeker(words):
        found.append(Scope(0, end, Stance.OTHERS))
    # "warehouse worker at a logistics company": English says it before.
    found += [Scope(*match.span(), Stance.OTHERS) for match in _EMPLOYER_EN.finditer(words)]
    return found


def _denied(words: str, ends: re.Pattern[str]) -> Iterator[Scope]:
    covered: list[tuple[int, int]] = [match.span() for match in _SAYS_YES.finditer(words)]
    for match in _DENIED_LIST.finditer(words):
        if not _within(match.start(), covered):
            end = _end(ends, words, match.end())
            covered.append((match.start(), end))
            yield Scope(match.start(), end, Stance.DENIED)
    for match in _DENIED_SHORT.finditer(words):
        if not _within(match.start(), covered):
            end = _end(_SHORT_END, words, match.end())
            last = _at_most(words, match.end(), end, _SHORT_WORDS)
            yield Scope(match.start(), last, Stance.DENIED)


def _backwards(words: str, cues: re.Pattern[str], nouns: re.Pattern[str] | None) -> Iterator[Scope]:
    """Scopes of cues that follow what they speak of: *patentino muletto, scaduto nel 2019*.

    They reach back to the nearest noun of the kind that such cues are said of, else to the
    start of their clause.
    """
    for match in cues.finditer(words):
        low = max(0, match.start() - _LOOK_BACK)
        stop = max(words.rfind(mark, low, match.start()) for mark in ".;") + 1
        head = _BRACKETED.sub(_blank, words[max(low, stop) : match.start()]).rstrip(" (-–:=")
        named = [noun.start() for noun in nouns.finditer(head)] if nouns else []
        if named:
            start = named[-1]
        else:
            start = max((head.rfind(mark) for mark in ",:(\n"), default=-1) + 1
            verbs = list(re.finditer(r"\b(?:ma|pero|e)\b", head[start:]))
            start += verbs[-1].end() if verbs else 0
        yield Scope(max(low, stop) + start, match.start(), Stance.DENIED)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _is_denied(words: str, match: re.Match[str]) -> bool:
    # "non cerco", "non sono interessato a" wish for nothing.
    return words[max(0, match.start() - 9) : match.start()].rstrip().endswith(("non", "non sono"))


def _within(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _end(pattern: re.Pattern[str], words: str, start: int) -> int:
    match = pattern.search(words, start, start + _LONGEST_CLAUSE)
    return match.start() if match else min(start + _LONGEST_CLAUSE, len(words))


def _at_most(words: str, start: int, end: int, count: int) -> int:
    for number, match in enumerate(re.finditer(r"\w+", words[start:end]), start=1):
        if number == count:
            return start + match.end()
    return end
