"""Matters of GDPR articles 9 and 10 in a text: health, belief, union, origin, convictions.

Only whether they are there, so that the file is kept apart until somebody decided; they become no
field and no feature. A CV is read line by line as :mod:`matching.extraction` does, which knows what
its writer says of herself from what she did for others: who cared for the ill has no illness. A
certificate says it in other words, which are looked for anywhere.

Citizenship, a permit of stay, family and leave for a child are no such matters: nearly every CV
has them, and to hold back all of those would protect nobody. Reading a CV leaves them out anyway.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from matching.extraction.private_terms import ILLNESS
from matching.extraction.set_aside import private_stretches
from matching.normalisation import plain


class Sensitive(StrEnum):
    """What a text must not decide about anybody by."""

    HEALTH = "health"
    UNION = "union"
    BELIEF = "belief"
    ORIGIN = "origin"
    CONVICTIONS = "convictions"


# Of lines in which somebody says who she is; in plain words (lower case, no accents).
_OF_ONESELF: Mapping[Sensitive, re.Pattern[str]] = MappingProxyType(
    {
        Sensitive.HEALTH: re.compile(
            rf"\b(?:malatti[ae]|salute|invalid\w*|disabil\w*|inabilita|handicap|{ILLNESS}"
            r"|diabetic\w|epilettic\w|celiac\w|asmatic\w|cardiopatic\w|ipertes\w|depress\w"
            r"|sord[oa]\w*|ciec[oa]|non vedente|ipovedente|ipoacusic\w|non udente|dislessic\w"
            r"|autistic\w|sedia a rotelle|chemioterapia|dialisi|terapi[ae]|operat[oa]|ricovero"
            r"|convalescenza|incinta|gravidanza|categori[ae] protett[ae]|collocamento"
            r" (?:mirato|obbligatorio)|(?:legge|l\.?) ?(?:n\.? ?)?(?:68|104))\b"
        ),
        Sensitive.UNION: re.compile(
            r"\b(?:sindac\w+|cgil|cisl|uil|ugl|cobas|rsu|fiom|fim|uilm|filt|filcams|fisascat)\b"
        ),
        Sensitive.BELIEF: re.compile(
            r"\b(?:religion\w*|fede|confessione|cattolic\w|musulman\w|mussulman\w|islamic\w"
            r"|ortodoss\w|evangelic\w|cristian\w|ebre\w|ebraic\w|buddist\w|induist\w|sikh"
            r"|protestant\w|pentecostal\w|avventist\w|testimone di geova|ate[oi]|agnostic\w"
            r"|moschea|chiesa|parrocchia|sinagoga|velo|hijab|turbante|partito|politic\w"
            r"|orientamento sessuale)\b"
        ),
        Sensitive.ORIGIN: re.compile(
            r"\b(?:etnia|origin[ei]|originari[oa]|richiedente (?:asilo|protezione)|rifugiat[oa]"
            r"|profug[oa]|asilo politico|protezione (?:internazionale|sussidiaria|speciale"
            r"|temporanea|umanitaria))\b"
        ),
        Sensitive.CONVICTIONS: re.compile(
            r"\b(?:fedina|carichi pendenti|precedent[ei] penal[ei]|precedenti|casellario"
            r"|condann\w+|pendenze penali|incensurat[oa]|detenut[oa]|detenzione|carcer\w+"
            r"|prigione|pena|affidamento in prova|semiliberta|arresti domiciliari"
            r"|messa alla prova)\b"
        ),
    }
)
# Of papers that others made out: what they are is in their words, wherever these stand.
_OF_PAPERS: Mapping[Sensitive, re.Pattern[str]] = MappingProxyType(
    {
        Sensitive.HEALTH: re.compile(
            r"\b(?:si certifica che .{0,120}(?:affett[oa] da|patologi\w+)|affett[oa] da \w+"
            r"|diagnosi:? \w+|verbale .{0,40}invalidita|invalidita civile|percentuale di"
            r" invalidita|commissione medica|certificato medico|lettera di dimissioni"
            r"|referto (?:medico|di)|prognosi)\b"
        ),
        Sensitive.UNION: re.compile(
            r"\b(?:tessera sindacale|delega sindacale|quota associativa sindacale)\b"
        ),
        Sensitive.BELIEF: re.compile(
            r"\b(?:certificato di (?:battesimo|cresima)|tessera di partito)\b"
        ),
        Sensitive.ORIGIN: re.compile(
            r"\b(?:commissione territoriale .{0,60}protezione|status di (?:rifugiat[oa]"
            r"|protezione sussidiaria)|richiesta di asilo)\b"
        ),
        Sensitive.CONVICTIONS: re.compile(
            r"\b(?:casellario giudiziale|carichi pendenti|sentenza (?:di condanna|penale)"
            r"|ordinanza di (?:custodia|scarcerazione)|tribunale di sorveglianza)\b"
        ),
    }
)  # fmt: skip


def sensitive_in(text: str) -> frozenset[Sensitive]:
    """The sensitive matters that a text tells of its writer, or of whom it is made out for.

    >>> sorted(sensitive_in("Invalidità civile al 60%"))
    [<Sensitive.HEALTH: 'health'>]
    >>> sensitive_in("Assistenza a malati di Parkinson in casa di riposo")
    frozenset()
    """
    words = plain(text)
    own = [words[start:end] for start, end in private_stretches(text, words)]
    found = {
        kind
        for kind, pattern in _OF_ONESELF.items()
        if any(pattern.search(stretch) for stretch in own)
    }
    flat = " ".join(words.split())
    found |= {kind for kind, pattern in _OF_PAPERS.items() if pattern.search(flat)}
    return frozenset(found)
