"""Words that name what an employer may not choose by, in a company's reasons and in a CV's words.

The grounds are those of D.Lgs 276/2003 art. 10, of L. 300/1970 art. 8 (whatever says nothing of
somebody's aptitude) and of GDPR art. 9 and 10. The nets are wide on purpose: a reason caught by
mistake is read by the evaluator instead of the manager, and words of a CV caught by mistake are
not quoted beside the skill that they prove. The words that name a matter anywhere are shared with
the net that keeps a CV's sensitive documents apart (:mod:`matching.hub.matter_words` says why there
are two). Patterns work on plain text (lower case, no accents).
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from matching.extraction.personal import is_personal
from matching.extraction.private_terms import ILLNESS
from matching.extraction.set_aside import private_stretches
from matching.hub import matter_words
from matching.normalisation import Normaliser, plain


class Ground(StrEnum):
    """What an employer may not choose by."""

    AGE = "age"
    SEX = "sex"
    ORIENTATION = "orientation"
    FAMILY = "family"
    HEALTH = "health"
    ORIGIN = "origin"
    BELIEF = "belief"
    UNION = "union"
    CONVICTIONS = "convictions"
    DISPUTE = "dispute"
    APPEARANCE = "appearance"


_PEOPLE_OF = (
    r"rumen|romen|albanes|marocchin|tunisin|algerin|egizian|senegales|nigerian|ghanes|ivorian"
    r"|maliano|maliana|gambian|peruvian|ecuador(?:ian|egn)|bolivian|colombian|brasilian|dominican"
    r"|cuban|venezuelan|ucrain|moldav|russ[oaie]\b|bielorus|georgian|bulgar|polacc|serb[oaie]\b|bosniac"
    r"|kosovar|macedon|turc|kurd|sirian|afghan|afgan|irachen|iranian|pachistan|pakistan|bangladesh"
    r"|bengales|bangla\b|indian|srilank|singales|cines|filippin|african|arab[oaei]\b|maghreb"
    r"|sudamerican|slav[oaie]\b|somal|eritre|etiop|congoles|camerunens"
)
_NETS: Mapping[Ground, tuple[str, ...]] = {
    Ground.AGE: (
        r"\beta\b(?! di lavoro)",
        r"\btroppo (?:in la con gli anni|giovan|grand|vecchi|adult|anzian|matur)",
        r"\b(?:vecchi[oaei]?|giovan[ei]\w*|pensionat\w|pension[ei]|anzian[oa] (?:per|e)|quaranten"
        r"|cinquanten|sessanten|trenten|venten)",
        r"\b(?:over|under|sopra i|oltre i|sotto i|meno di|piu di|fino ai?) ?[1-7]\d\b"
        r"(?! (?:minut|chilometr|km|ore|mes|giorn|eur|person|ann\w di))",
        r"\b(?:ho|ha|aveva|di|con|compi\w+|suoi) [1-7]\d anni\b(?! d[i'’])(?! (?:esperien|lavor))",
        r"\b[1-7]\d ?enn[ei]\b|\bclasse (?:19|20|['’])\d\d|\bnat[oa] (?:nel|il)\b",
        r"\btoo (?:old|young)\b|\b(?:her|his|their) age\b",
    ),
    Ground.SEX: (
        r"\b(?:donn[ae]|uomo|uomini|maschi(?:[oae]|l\w+)?\b|femmin\w*|sesso|transgender|trans)\b",
        r"\b(?:cerc|vogli|preferi|serv|vorr)\w+ (?:solo )?(?:un[ao]? ?|['’] ?)?(?:ragazz|signor)",
        r"\b(?:woman|women|female|male)\b",
    ),
    Ground.ORIENTATION: (r"\b(?:omosessual|eterosessual|bisessual|gay\b|lesbic|lgbt|queer\b)",
                         r"\borientamento sessuale"),
    Ground.FAMILY: (
        r"\b(?:incint|gravidanz|in dolce attesa|maternita|paternita|parto\b|partori|allatt"
        r"|pregnan)",
        r"\bcongedo (?:parentale|matrimoniale)|\bstato (?:civile|di famiglia)",
        r"\b(?:sposat|coniugat|nubile|celibe|divorziat|divorzi\b|vedov|conviven|fidanzat|matrimoni"
        r"|casaling(?:a|he)\b)",
        r"\b(?:figli[oae]?|figliol\w+|gemell[iaoe]|neonat\w|marito|mogli[e]?|coniug[ei]|compagn[oa]"
        r"|mamm[ae]|madr[ei]|padr[ei]|papa|genitor[ei]|nonn[oaie]|suocer[oaie]|fratell[oi]"
        r"|sorell[ae]|zi[oa]|nipot[ei]|parent[ei]|familiar[ei]|famigliar[ei]|famigli[ae])\b",
        r"\b(?:mi[oa]|mi[e]i|mie|su[oa]|suoi|sue) (?:bambin|bimb|ragazz|cari\b)",
        r"\bbambin[oaie] (?:piccol|a carico)|\b(?:her|his|their) (?:children|kids|family)\b",
    ),
    Ground.HEALTH: (
        rf"\b(?:{matter_words.HEALTH}|ansios|psichiatr|psicolog|oncolog|cancro\b|infart|ictus\b"
        r"|hiv\b|aids\b|epatit|obes|sovrappes|malat[oaie]\b|acciacc|mutuo aiuto\b|in cura\b"
        r"|operat[oa] (?:al|d[ie])\b|mal di schiena\b|tossico\b|droga\b|drogat"
        r"|(?<!prevenzione )(?<!prevenzione degli )infortun)",
        rf"\b(?:ho|ha|avuto|soffr\w+|con|dopo) (?:un[ao]? |il |la |l['’])?{ILLNESS}\b",
        r"\bproblem\w* (?:di |alla |al |di tipo )?(?:salut|fisic|schien|mental|psichic|cuore)",
        r"\b(?:non )?(?:e|sono|sia|risulta) (?:un[ao]? )?(?:person\w )?(?:con )?disabil"
        r"|^disabil|\bdisabil[ei] al\b|\bdisabilita (?:al|del|riconosc|certific|fisic|civil)"
        r"|\b(?:sua|mia|ha una|ho una|causa) (?:di )?disabilita|\bdisabled\b|\billness\b",
    ),
    Ground.ORIGIN: (
        rf"\b(?:{matter_words.ORIGIN}|cittadinanz|nazionalit|stranier|immigrat|migrant|clandestin"
        r"|extra\W?comunitar|razz[ae]\b|zingar|nomad[ei]\b|rom\b|sint[io]\b|negr[oaie]|neger"
        r"|connazional|proprio paese\b|di colore\b|colore della pelle|accento (?:stran|forte)"
        r"|foreign|immigrant)",
        r"\bpermess[oi] (?:di |d['’])?soggiorno|\bcarta di soggiorno",
        r"\bmadre ?lingua|\blingua madre|\bnative speaker",
        r"\bnat[oa] (?:a|ad|in)\b|\bin italia (?:da|dal)\b|\b(?:arrivat|venut)[oa] in italia",
        r"\b(?:non (?:e|sia|era|sono)|sol[oi]|soltanto|preferi\w+|vogli\w+|vorr\w+)\b[^.]{0,20}"
        r"\bitalian[oaie]\b(?! (?:parlat|scritt|fluent|corrent|buon|a livello|livello|[abc][12]))",
        rf"(?<!lingua )(?<!parla )(?<!in )\b(?:{_PEOPLE_OF})",
    ),
    Ground.BELIEF: (
        rf"\b(?:{matter_words.BELIEF}|ramadan|preghier|pregar|oratori[oa]\b|catechis|credent[ei]"
        r"|grest\b|centr[oi] d(?:i |['’])ascolto|suora\b|suore\b|sacerdot|imam\b)",
        r"\b(?:opinion|convinzion|idee)\w* (?:politic|personal|religios)",
    ),
    Ground.UNION: (
        rf"\b(?:{matter_words.UNION}|rsa sindacal|tesserat|militan[tz]|attivista polit)",
        r"\b(?:iscritt\w|tesser\w|membro|aderent\w) (?:al?|di un|del) (?:partito|pd\b|lega\b)"
        r"|\bpartito (?:democratic|comunist|politic|socialist)",
    ),
    Ground.CONVICTIONS: (
        rf"\b(?:{matter_words.CONVICTIONS}|criminal|convict)",
        r"\bscontat\w (?:la |una )?pena",
    ),
    Ground.DISPUTE: (
        r"\bvertenz|\bcontroversi|\b(?:fatto|in|fa) causa (?:a|al|all|con|contro)\b"
        r"|\b(?:denunciat|querelat)\w? (?:il|la|l['’]|l['’] ?ex)",
    ),
    Ground.APPEARANCE: (
        r"\bbella presenza|\baspetto (?:fisic|estetic)|\b(?:tatuagg|piercing|brutt[oa]\b"
        r"|grass[oa]\b|statura|fototessera|foto\b|fotografi[ae] (?:tesser|allegat|recent))",
        r"\b(?:altezza|alt[oa]) (?:m |1)",
    ),
}  # fmt: skip
# What tells of somebody's difficulties, of her street or of the years that she has: no matter of
# what she can do, and nothing that a company is told.
_NO_MATTER = re.compile(
    r"\b(?:disoccupa|inoccupa|naspi\b|reddito di (?:cittadin|inclus)|assegno di inclus|isee\b"
    r"|cass[ae] ?integra|cassintegra|mobilita\b|senza (?:dimora|casa|lavoro|fissa)|dormitor|sfratt"
    r"|servizi sociali|caritas\b|pover(?:o|a|i|e|ta)\b|indebit|pignor|sovraindebit|violenz"
    r"|centro antiviolenza|casa rifugio|adi\b)"
    r"|\b(?:19|20)\d\d\b|\b(?:via|viale|piazza|vicolo|largo|corso) [a-z'. ]{2,40},? ?\d{1,4}\b"
    r"|@|https?:|www\.|\+\d{2}|\d[\d ./-]{6,}\d"
)
_NET = {ground: re.compile("|".join(several)) for ground, several in _NETS.items()}
# These name other people's needs as often as one's own: "assistenza a persone malate".
_OF_OTHERS = re.compile(
    r"\b(?:assist|accudi|badant|accompagn|igiene d|cura d(?:i|egli|elle) (?:anzian|person|pazient)"
    r"|anziani|persone|pazienti|ospiti|utenti|alunni|rsa\b|oss\b|asa\b|oper\w+ socio"
    r"|reparto (?:di )?(?:oncolog|psichiatr|malatt|dialisi))"
)
_ONES_OWN = re.compile(
    r"\b(?:sono|soffr\w+|ho|mi[oae]|miei|mie|nostr[oa]|affett[oa]|iscritt\w|appartenen\w+|legge"
    r"|l\.? ?\d+|art\.? ?\d+|l[ae] (?:68|104)|invalid\w*|inabil\w*|categori[ae]|collocamento"
    r"|certificat\w+|percentuale|al \d+|(?:diabetic|epilettic|asmatic|celiac|depress|sord|ciec"
    r"|zopp|malat|autistic|dislessic|cardiopatic)[oa])\b"
)


def grounds_in(text: str) -> tuple[Ground, ...]:
    """The grounds that a company's words name, in the order of the list.

    >>> [str(one) for one in grounds_in("Troppo giovane, e ha due figli")]
    ['age', 'family']
    >>> grounds_in("Mancano cinque anni di esperienza come saldatore")
    ()
    """
    words = plain(text)
    return tuple(ground for ground, net in _NET.items() if net.search(words))


def may_be_quoted(text: str) -> bool:
    """Whether words of a CV may stand beside the skill that they prove, before a company.

    >>> may_be_quoted("cucinavo per ottanta persone"), may_be_quoted("ho curato mia madre")
    (True, False)
    """
    words = plain(text)
    if _NO_MATTER.search(words) or private_stretches(text, words):
        return False
    named = set(grounds_in(text))
    if named == {Ground.HEALTH} and _OF_OTHERS.search(words) and not _ONES_OWN.search(words):
        named = set()
    return not named and not is_personal(Normaliser().phrase(text))
