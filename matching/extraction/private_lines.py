"""How people write who they are: birth, sex, origin, family, health, belief, and why they paused.

An *item* is a whole line of a CV, or what stands between two commas, dashes or full stops. It is
private where all of it says who its writer is; an item that also tells of work is not. Patterns
work on plain text (lower case, no accents).
"""

import re

_NUMBER = r"(?:\d{1,2}|un[ao]?|due|tre|quattro|cinque|sei|sette|otto|nove|dieci)"
_MONTH = r"(?:gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)[a-z]*\.?"
_DAY = rf"(?:(?:\d{{1,2}}[/. -]{{1,2}}){{0,2}}|(?:\d{{1,2}}[°o]? )?{_MONTH} )(?:(?:19|20)\d\d|'?\d\d)"
_NOW = r"(?:oggi|ad oggi|adesso|ora|in corso|presente|attuale)"
_KIN = (
    r"(?:mamm[ae]|madre|padre|papa|genitor[ei]|figli[oaie]?|bambin[oaie]|bimb[oaie]|nonn[oaie]"
    r"|suocer[oaie]|marito|moglie|compagn[oa]|fratell[oi]|sorell[ae]|zi[oaie]|nipot[ei]|famiglia"
    r"|familiar[ei]|famigliar[ei]|parent[ei]|congiunt[oaie])"
)
_OWN_KIN = (
    rf"(?:(?:a |ai? |al |alla |alle |agli |di |de[il] |della |un[ao]? |il |la |i |le |l['’] ?)?"
    rf"(?:mi[oae]i? |miei )?{_KIN})"
)
_NEEDY = (
    r"(?:malat|anzian|disabil|invalid|non autosufficient|inferm|piccol|minor|neonat|in difficolta)"
    r"[a-z]*"
)
_BODY = (
    r"(?:erni[ae]|schiena|spall[ae]|ginocchi[oa]|anc[ah]e?|cuore|man[oi]|occhi[o]?|pols[oi]"
    r"|pied[ei]|bracci[oa]|gamb[ae]|menisco|tunnel carpale|tumore|cataratta|appendicite|tiroide"
    r"|colonna|collo|testa|stomaco|reni?|polmoni?)"
)
_ILLNESS = (
    r"(?:tumor[ei]|cancro|infarto|ictus|erni[ae]|diabete|epilessia|depressione|ansia|sclerosi"
    r"|hiv|epatite|asma|leucemia|artrosi|artrite|scoliosi|lombalgia|mal di schiena|esaurimento"
    r"|malatti[ae]|operazion[ei]|intervent[oi]|infortunio|incidente|protesi|allergi[ae]"
    r"|fibromialgia|parkinson|endometriosi|celiachia|problem[ai] (?:di salute|fisic[io]|di cuore"
    r"|alla schiena))"
)
_UNION = (
    r"(?:sindacat[oi]|cgil|cisl|uil|uiltec|fiom|fim|uilm|filt|filcams|filctem|fisascat|fillea|ugl"
    r"|usb|cobas|cub|rsu|acli)"
)
_PARTY = (
    r"(?:partito|pd|pci|psi|lega|lega nord|forza italia|fratelli d'italia|movimento (?:5|cinque)"
    r" stelle|m5s|rifondazione)"
)
_FAITH = (
    r"(?:cattolic|musulman|mussulman|islamic|ortodoss|evangelic|cristian|ebre|ebraic|buddist"
    r"|induist|protestant|pentecostal|avventist|credent|praticant|ate|agnostic)[oaeiu]{0,2}"
)
_PLACE_OF_FAITH = (
    r"(?:parrocchia|chiesa|moschea|sinagoga|tempio|sala del regno|comunita (?:islamica|ortodossa))"
)
_AM = r"(?:(?:io )?sono |essendo )?"
_ADVERB = r"(?:attualmente |ora |adesso |oggi |tuttora |ancora |felicemente |gia )*"

# Wherever it stands as an item of its own. ``{tail}`` is what may follow, up to the item's end.
_ITEMS = (
    # Birth, age, sex.
    rf"{_AM}nat[oa]\b:?(?! (?:per|con|come)\b)[\s\d/.].{{1,60}}",
    r"(?:luogo e data|data e luogo|data|luogo|anno|giorno|paese|citta)(?: di)? nascita\b.*",
    r"nascita\b.*",
    rf"(?:eta\b:? ?(?:\d\d|\w+)(?: anni)?|anni:? ?[1-7]\d|{_ADVERB}ho [1-7]\d anni(?: compiuti)?"
    r"|(?:1[6-9]|[2-7]\d) anni(?: compiuti| d'eta| di eta)?|[1-7]\denne)",
    r"(?:della |di )?(?:classe|leva)(?: di ferro)?:? ?(?:(?:19|20)\d\d|['’]\d\d)",
    r"(?:codice fiscale|cod\. ?fisc\.?|c\.? ?f\.?)\b[:. ]*[a-z0-9 ]{11,22}",
    r"[a-z]{6}\d\d[a-z]\d\d[a-z]\d{3}[a-z]",
    r"(?:sesso|genere|m/f|gender|sex)\b\W{0,3}(?:m|f|maschi\w*|femmin\w*|male|female|donna|uomo"
    r"|altro|non binari\w+)",
    rf"{_AM}(?:un[ao']? ?)?(?:donna|uomo)|pronomi\b.*",
    r"(?:orientamento sessuale\b.*|omosessuale|eterosessuale|lesbica|transgender)",
    r"(?:date of birth|place of birth|born|nationality|citizenship|marital status)\b.*",
    # Citizenship, origin, permit.
    r"(?:doppia )?(?:cittadinanza|nazionalita['’]?|naz\.?:)(?: |:).*",
    rf"{_AM}cittadin[oa] (?:italian|europe|comunitari|extra\W?comunitari|extracee|stranier|ue\b"
    r"|\w{3,}(?:an|es|in|en|in|ian|ov|acc)[oaei])\w*[^()]{0,40}",
    rf"{_AM}(?:stranier[oa]|immigrat[oa]|extra\W?comunitari[oa]|comunitari[oa])\b[^()]{{0,30}}",
    rf"{_AM}(?:di )?origin[ei]:? (?!animale|vegetale|controllata).{{3,30}}",
    rf"{_AM}originari[oa] d.{{3,40}}|etnia\b.*",
    rf"{_ADVERB}(?:(?:vivo|abito|risiedo|sto|mi trovo|residente|presente|sono|arrivat[oa]"
    r"|sono arrivat[oa]|venut[oa]|sono venut[oa]|giunt[oa]) )?in italia (?:da|dal|dall['’]|nel|nell['’]"
    r"|a)\b ?.{2,25}",
    r"(?:vengo|provengo) d\w{1,4}['’]? ?[\w' ]{3,30}(?: ?\([^)]*\))?",
    r"(?:(?:ho|con|titolare d\w+|in possesso d\w+|in attesa d\w+|in attesa d\w+ rinnovo d\w+"
    r"|rinnovo d\w+) )?(?:(?:il|la|un|una|regolare) )?(?:permess[oi]|carta|titolo) (?:\w+ )?"
    r"(?:di |d['’])?soggiorno\b.*",
    r"permess[oi] (?:\w+ )?(?:protezione|umanitari\w|speciale|provvisorio|per motivi \w+"
    r"|per (?:lavoro|famiglia|studio|asilo|cure))\b.*",
    r"(?:(?:ho|con|titolare di|in) )?(?:la )?protezione (?:internazionale|sussidiaria|speciale"
    r"|temporanea|umanitaria)\b.*",
    rf"{_AM}(?:richiedente (?:asilo|protezione)|rifugiat[oa]|profug[oa])\b.{{0,60}}",
    r"(?:status di rifugiat[oa]|asilo politico|ricongiungimento familiare)\b.*",
    # Family.
    r"stato civile\b.*",
    rf"{_AM}{_ADVERB}(?:celibe|nubile|single|coniugat[oa]|sposat[oa]|separat[oa]|divorziat[oa]"
    r"|vedov[oa]|unit[oa] civilmente|fidanzat[oa])(?: (?:dal?|con|e|in|senza|da)\b.{1,60})?",
    rf"(?:(?:ho|con|senza|avendo|vivo con|n\.|numero) )?(?:i |le |l[ao] |mi[oae]i? |miei |nessun )*"
    rf"(?:{_NUMBER} )?figli(?:[oa]|e)?\b(?! d[ei]l)[^a-z]{{0,3}}(?:a carico|di .{{1,40}}|piccol\w+"
    r"|grand\w+|minor\w+|maggiorenn\w+|adult\w+|autonom\w+|adesso .{1,20}|malat\w+|disabil\w+"
    r"|al(?:la|le)? (?:asilo|nido|materna|elementari|medie|scuola).{0,20}|che va\w* a scuola.{0,20}"
    rf"|{_NUMBER}(?: .{{0,20}})?|no|si|nessuno|)",
    rf"(?:ho|mamma di|madre di|padre di|papa di|genitore di) (?:{_NUMBER} )(?:bambin[oaie]|bimb[oaie]"
    r"|gemell[ie]|ragazz[ie]|figli[oae]?)(?: [^()]{0,40})?",
    rf"{_AM}(?:neo)?(?:mamma|madre|padre|papa|genitore|nonn[oa])(?: single| sol[oa]| vedov[oa])?"
    rf"(?: (?:di|con|a) .{{2,50}})?",
    r"(?:ho |con )?(?:una )?famiglia(?: numerosa| a carico)?|nucleo familiare\b.*"
    r"|carichi? (?:di famiglia|familiari)\b.*|persone a carico\b.*|con prole",
    # Photograph and looks.
    r"(?:fototessera|foto(?:grafia)? (?:tessera|formato tessera|del profilo))(?: allegata)?",
    r"(?:altezza|statura|peso|taglia|gruppo sanguigno)\b:? ?(?:m\.? ?|cm\.? ?|kg\.? ?)?\d[\d.,]*"
    r" ?(?:cm|m|kg)?|(?:di )?bella presenza",
    # Military service.
    r"(?:servizio (?:militare|di leva)|obblighi? (?:di leva|militari)|militare|leva"
    r"|posizione militare)\b[\s:–-]{0,3}(?:gia |di leva )?(?:assolt\w+|svolt\w+|esent\w+"
    r"|compiut\w+|complet\w+|prestat\w+|congedat\w+|rinviat\w+|fatto|adempiut\w+|a posto|no|si)"
    r"(?: [^()]{0,40})?",
    r"servizio (?:militare|di leva):? (?:alpin[oi]|fanteria|bersaglier[ei]|artiglieria|aeronautica"
    rf"|marina|carabinier[ei]|esercito|paracadutist\w|nel|dal|a|ad|in|{_DAY})\b[^()]{{0,40}}",
    r"(?:ho fatto il militare|ho svolto il (?:servizio )?militare)\b[^()]{0,40}",
    r"milit(?:e\W?)?(?:esente|assolto)|riformat[oa](?: alla visita)?(?: di leva| militare)?"
    r"|congedat[oa](?: (?:nel|dal|con)\b.{2,30})?|congedo illimitato.*|obiettore di coscienza.*",
    # Belief, union, party.
    rf"(?:{_AM}di )?(?:religione|fede|confessione)(?: religiosa)?\b:? .{{2,30}}",
    rf"{_AM}(?:{_FAITH}|testimone di geova|sikh)(?: (?:{_FAITH}|osservante))*",
    rf"{_AM}(?:frequento|vado|prego|frequentante)\b.{{0,12}}\b{_PLACE_OF_FAITH}\b[^()]{{0,40}}",
    r"porto il (?:velo|hijab|turbante)",
    r"(?:sono )?(?:iscritt|tesserat|aderent|delegat|rappresentant|militant|attivist|segretari"
    r"|membr|dirigent|simpatizzant|elett|rsu|rsa|rappresentanz)\w*\b(?! (?:dei|per la) [^()]{0,30}"
    rf"sicurezza)(?: \w+['’]?){{0,3}}? ?\b(?:{_UNION}|sindacal[ei]|{_PARTY})\b[^()]{{0,40}}",
    r"(?:tessera|iscrizione|attivita|impegno|militanza|permessi) (?:\w+ )?(?:sindacal\w+|politic\w+"
    rf"|{_UNION}|{_PARTY})\b[^()]{{0,30}}|(?:sindacato|partito):? .{{2,30}}",
    # Disability.
    r"(?:(?:ho|con|percentuale|certificato|verbale|riconosciuta|riconoscimento)(?: d\w+)? )?(?:un['a]?"
    r" ?)?(?:invalidita['’]?|disabilita['’]?|inabilita['’]?)\b(?! (?:civili|e |nelle|dei|delle)).{0,60}",
    rf"{_AM}invalid[oa] (?:civile|del lavoro|al|\d)[^()]{{0,40}}|{_AM}disabile al .{{1,30}}",
    r"sono (?:invalid[oa]|disabile|sord[oa]\w*|ciec[oa]|non vedente|ipovedente|ipoacusic[oa]"
    r"|non udente|dislessic[oa]|autistic[oa]|in sedia a rotelle)\b[^()]{0,40}|portat\w+ di handicap.*",
    rf"{_AM}(?:(?:non )?(?:apparten\w+|iscritt\w+|rientr\w+|inserit\w+) )?(?:(?:al?|alle|nelle|in"
    r"|nel|ad una|nelle liste d\w+) )?(?:categori[ae] protett[ae]|liste (?:speciali|protette)"
    r"|liste (?:d\w+['’]? ?)?l(?:egge|\.)? ?(?:n\.? ?)?68.*|collocamento (?:mirato|obbligatorio))\b"
    r"[^()]{0,40}",
    r"(?:(?:beneficiari[oa]|titolare|ho|usufruisco) )?(?:d\w{1,3} |la )?l(?:egge|\.)? ?(?:n\.? ?)?"
    r"(?:68|104)(?:/\d\d(?:\d\d)?)?(?:\W[^()]{0,40})?|ho la 104\b[^()]{0,40}",
    # Health and expecting.
    r"(?:stato|condizioni)(?: generali)? di salute\b.*|salute:? .{2,30}",
    r"(?:di |godo di )?(?:sana e robusta|buona|ottima|perfetta) (?:costituzione|salute)\b[^()]{0,30}",
    r"(?:nessun|senza|non ho)\w* (?:particolari )?problem[aio]\w* (?:di salute|fisic[oi])\b[^()]{0,30}",
    rf"{_AM}(?:diabetic|epilettic|celiac|asmatic|cardiopatic|ipertes|depress)[oa]\b[^()]{{0,40}}",
    rf"{_AM}(?:stat[oa] )?operat[oa] (?:d\w{{1,3}}|all?a?|agli|alle)['’]? ?{_BODY}\b[^()]{{0,40}}",
    rf"(?:ho|ho avuto|ho subito|soffro d\w+|avuto|affett[oa] da|causa)(?: un['ao]?| il| la| l['’]"
    rf"| dei| delle| problemi di)? ?{_ILLNESS}\b[^()]{{0,40}}",
    rf"{_AM}in (?:cura|terapia|chemioterapia|dialisi|riabilitazione)\b[^()]{{0,50}}",
    rf"infortunio (?:sul lavoro|in itinere|al|all['’]|alla|con)\b[^()]{{0,50}}",
    rf"{_AM}{_ADVERB}(?:incinta|in gravidanza|in dolce attesa|in maternita['’]?|neomamma)\b[^()]{{0,40}}",
    rf"{_AM}{_ADVERB}in (?:congedo|aspettativa|astensione)(?: (?:di|per|dal lavoro per))?"
    r" (?:maternita['’]?|paternita['’]?|parentale|facoltativ\w|obbligatori\w|matrimoniale"
    r"|straordinario|gravidanza)\b[^()]{0,40}",
    r"(?:rientro|rientrat[oa]|sono rientrat[oa]|torno|torn\w+) (?:da|dal|dalla|dopo la) (?:\w+ di )?"
    r"(?:maternita['’]?|congedo|gravidanza|malattia)\b[^()]{0,40}",
    r"aspetto un (?:bambino|figlio).{0,20}|congedo (?:parentale|di maternita|per maternita"
    r"|matrimoniale)\b[^()]{0,40}|maternita['’]? (?:obbligatoria|facoltativa|anticipata)\b[^()]{0,40}",
    # Convictions.
    r"(?:fedina penale|casellario(?: giudiziale)?|carichi pendenti|precedenti penali)\b[^()]{0,30}"
    r"|(?:nessun[a]?|senza|non ho) (?:condann[ae]|precedent[ei](?: penal[ei])?"
    r"|(?:carichi )?pendenz[ae])\b[^()]{0,30}|incensurat[oa]",
    rf"{_AM}(?:in |agli |ai |ex )?(?:detenut[oa]|carcerat[oa]|affidamento in prova|semiliberta['’]?"
    r"|arresti domiciliari|detenzione domiciliare|messa alla prova|misure? alternativ\w)\b[^()]{0,50}",
    r"(?:sono stat[oa] )?in (?:carcere|prigione|galera)\b[^()]{0,40}|ho (?:scontato|finito di scontare"
    r"|espiato) (?:\w+ ){0,2}pena\b[^()]{0,30}",
)  # fmt: skip
# What carries on such an item, after it: the day of a birth, the ages of children.
_GOES_ON = (
    rf"(?:il |nel |dal |prov\.? |in data )?{_DAY}|\d{{1,2}}(?: e \d{{1,2}})? (?:anni|mesi).{{0,12}}"
    r"|\d{1,2}|\([^)]*\)"
    r"|(?:scad\w+|valid\w+|rinnov\w+|in (?:fase di |corso di )?rinnovo|in scadenza|illimitat\w)\b[^()]{0,40}"
    rf"|(?:e )?posso lavorare.{{0,20}}|regolare|permesso d[ia] {_NUMBER} (?:mesi|anni)\b[^()]{{0,30}}"
    r"|(?:ora|oggi|adesso|poi) (?:sto bene|bene|guarit[oa]|sono guarit[oa]|tutto (?:bene|a posto)"
    r"|risolt[oa]|idone[oa])[^()]{0,40}|idone[oa] [^()]{0,40}|guarit[oa]\b[^()]{0,30}"
)
# Why somebody paused: only as the whole line, mostly after its years.
_REASONS = (
    r"(?:(?:in |congedo (?:di|per) |astensione per |pausa (?:di|per) |ferm[oa] per )?"
    r"(?:la )?(?:maternita['’]?|paternita['’]?|gravidanza)(?: [^()]{0,40})?"
    r"|(?:in )?(?:congedo|aspettativa)(?: .{1,40})?"
    r"|(?:lunga |in |assenza per |pausa per |ferm[oa] per |per )?malattia(?: [^()]{0,40})?"
    r"|(?:motivi|problemi|problema|ragioni|cause) (?:di salute|familiari|di famiglia|personali)(?: [^()]{0,30})?"
    r"|(?:pausa|ferm[oa]|assenza|interruzione|periodo di pausa)(?: (?:per|di|dal)\b[^()]{0,50})?"
    rf"|{_ILLNESS}(?: [^()]{{0,40}})?|(?:cure|terapie|convalescenza|riabilitazione|ricovero)(?: mediche| [^()]{{0,30}})?"
    rf"|(?:assistenza|cura|accudimento|assistito|accudito|curato|ho assistito|ho accudito|ho curato"
    rf"|assisto|accudisco|accudivo|assistevo|mi sono occupat[oa]|mi sono pres[oa] cura"
    rf"|badare|per accudire|per assistere)(?: d\w{{1,4}})? ?{_OWN_KIN}(?: {_NEEDY})?(?: (?:fino|e)[^()]{{0,30}})?"
    r"|(?:cura|accudimento|crescita|educazione) (?:dei figli|della famiglia|della casa|familiare)"
    rf"|(?:a casa|ferm[oa]|rimast[oa] a casa|sono rimast[oa] a casa)(?: (?:con|per) .{{2,45}})?"
    rf"|(?:ho )?(?:cresciuto|seguito) {_OWN_KIN}|(?:nascita|nato) (?:del |della |di )?.{{0,20}}figli[oa].{{0,20}}"
    r"|casaling[oa]|mamma a tempo pieno|famiglia|figli"
    # With the day since when, it says when work ended: this is read as a fact.
    r"|(?:dis|in)occupat[oa](?: [a-z ]{1,30})?|disoccupazione|(?:in )?naspi"
    r"|senza (?:lavoro|impiego|occupazione)"
    r"|(?:non ho lavorato|non lavoravo|nessun lavoro|niente|nulla)(?: [^()]{0,40}| \([^()]{0,40}\))?"
    r"|(?:in )?(?:cerca|ricerca) (?:di )?(?:lavoro|occupazione|impiego)"
    r"|(?:in )?(?:cassa ?integrazione|cig[so]?|cassintegrat[oa]|mobilita['’]?)(?: (?:a|per|e|fino|ordinaria|straordinaria|in deroga|guadagni|covid)\b[^()]{0,40})?"
    r"|(?:in )?(?:sciopero|vertenza|presidio)(?: [^()]{0,40})?"
    r"|(?:in )?(?:detenzione|carcere|reclusione|prigione)(?: [^()]{0,30})?|detenut[oa](?: [^()]{0,30})?"
    r"|(?:anno|periodo) sabbatico|convivente|separata"
    r"|(?:in allegato:? )?(?:foto(?:grafia)?|photo)(?: profilo)?(?: (?:allegata|recente|in basso"
    r"|in alto|a lato|qui))?)"
)
_YEARS = (
    rf"(?:(?:d[ae]l?l?['’]?|nel|anno|anni|periodo|tra il|tra)[ :]?\s?)?(?:mese di )?{_DAY}"
    rf"(?:\s?(?:-|–|—|/|→|>|al?l?['’]?|e il|e|fino al?|ad)\s?(?:{_DAY}|{_NOW}|\d\d))?"
)
_DATED = re.compile(rf"[^\w(]*(?:{_YEARS})[\s:;,–—-]*")
_TELLS_OF_WORK = re.compile(
    r"\b(?:lavor(?:o|avo|ato|ando|azion\w+)\b(?! subordinato)|esperienz\w+|autist[ai]|cuoc[oa]"
    r"|cucin\w+|guid(?:o|avo|a|are)\b|meccanic\w+|infermier\w+|magazzin\w+|mansion\w+|corso|corsi"
    r"|patent\w+|pulizi\w+|pannolon\w+|baby|insegn\w+|volontari\w+|tirocin\w+|stage|qualifica"
    r"|diplom\w+|laure\w+|attestat\w+)\b"
)
# What else an item may say, which is no matter of who somebody is.
_SAYS_MORE = re.compile(
    r"(?<=.)\b(?:resident\w*|residenza|domicili\w+|abit[oa]|tel|telefono|cell|cellulare|patent\w+"
    r"|automunit\w+|turn[io]|nott\w+|ore|orari\w*|part\W?time|full\W?time|disponibil\w+|liber[oa] da"
    r"|sabat\w+|domenic\w+|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|lavorett\w+)\b|[+@]"
)
_ITEM = re.compile("|".join(f"(?:{one})" for one in _ITEMS))
_CARRIES_ON = re.compile(_GOES_ON)
_REASON = re.compile(_REASONS)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LONGEST = 90


def is_private(item: str) -> bool:
    """Whether an item, given in plain words, says nothing but who its writer is.

    >>> is_private("coniugata con due figli"), is_private("ho fatto la mamma e la cuoca")
    (True, False)
    """
    return _is_all(_ITEM, item)


def carries_on(item: str) -> bool:
    """Whether an item goes on with a private one before it: *nata a Lecco, il 3 maggio 1961*."""
    return len(item) <= _LONGEST and _CARRIES_ON.fullmatch(item) is not None


def is_reason(item: str) -> bool:
    """Whether an item says why somebody paused: *maternità*, *assistenza a mia madre malata*."""
    return _is_all(_REASON, item)


def after_years(line: str) -> int:
    """Where the words after the years that open a line begin; 0 where none do."""
    dated = _DATED.match(line)
    return dated.end() if dated else 0


def _is_all(pattern: re.Pattern[str], item: str) -> bool:
    """Whether a pattern covers an item, but for brackets at its end, and nothing more is said."""
    return (
        0 < len(item) <= _LONGEST
        and any(pattern.fullmatch(one) for one in (item, _IN_BRACKETS.sub("", item)))
        and not _TELLS_OF_WORK.search(item)
        and not _SAYS_MORE.search(item)
    )
