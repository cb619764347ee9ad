"""How people write who they are: birth, sex, origin, family, health, belief, and why they paused.

An *item* is a whole line of a CV, or what stands between two commas, dashes or full stops. It is
private where all of it says who its writer is; an item that also tells of work is not. Patterns
work on plain text (lower case, no accents).
"""

import re
from collections.abc import Callable

from matching.extraction.pauses import LINES, is_a_pause, is_a_reason
from matching.extraction.private_terms import (
    BODY,
    CHILD,
    DAY,
    ILLNESS,
    NUMBER,
    OWN_KIN,
    PARENT,
    SOME,
    any_of,
)

_UNION = (
    r"(?:sindacat[oi]|cgil|cisl|uil|uiltec|fiom|fim|uilm|filt|filcams|filctem|fisascat|fillea"
    r"|ugl|cobas|rsu)"
)
_PARTY = (
    r"(?:partito|pd|pci|psi|lega|forza italia|fratelli d'italia|movimento (?:5|cinque) stelle"
    r"|m5s|rifondazione)"
)
_FAITH = (
    r"(?:cattolic|musulman|mussulman|islamic|ortodoss|evangelic|cristian|ebre|ebraic|buddist"
    r"|induist|protestant|pentecostal|avventist|credent|praticant|ate|agnostic)[oaeiu]{0,2}"
)
_CHURCH = r"(?:parrocchia|chiesa|moschea|sinagoga|tempio|sala del regno)"
_LEAVE = (
    r"(?:maternita['’]?|paternita['’]?|parentale|facoltativ\w|obbligatori\w|matrimoniale"
    r"|straordinario|gravidanza)"
)
_LAW = r"l(?:egge|\.)? ?(?:n\.? ?)?"
_AM = r"(?:(?:io )?sono |essendo )?"
_NOWADAYS = r"(?:attualmente |ora |adesso |oggi |tuttora |ancora |felicemente |gia )*"
_SINCE_COMING = (
    rf"(?:{DAY}|(?:[\w']+ ){{0,2}}(?:ann[oi]|mes[ei])|eta .{{2,14}}|sempre|bambin[oa]|piccol[oa])"
)
_DONE = (
    r"(?:assolt|svolt|esent|compiut|complet|prestat|congedat|rinviat|fatto|adempiut|a posto"
    r"|no\b|si\b)\w*"
)
_CORPS = (
    r"(?:alpin[oi]|fanteria|bersaglier[ei]|artiglieria|aeronautica|marina|carabinier[ei]|esercito"
    r"|paracadutist\w)"
)

# Private wherever they stand.
_ITEMS = (
    # Birth, age, sex.
    rf"{_AM}nat[oa]\b:?(?! (?:per|con|come)\b)[\s\d/.].{{1,60}}",
    r"(?:(?:luogo|data|anno|giorno|paese|citta)(?: e (?:luogo|data))? (?:di )?)?nascita\b.*",
    r"n\.? (?:a )?[a-z' ]{2,25}(?:,? il)? (?:\d{1,2}[/.-]){2}(?:(?:19|20)\d\d|\d\d)",
    r"eta:? ?\d\d(?: anni)?|eta: \w+|(?:di )?anni:? [1-7]\d|(?:1[6-9]|[2-7]\d) anni"
    rf"(?: compiuti| d'eta| di eta)?|[1-7]\denne|{_NOWADAYS}ho [1-7]\d anni(?: compiuti)?",
    r"(?:della |di )?(?:classe|leva)(?: di ferro)?:? ?(?:(?:19|20)\d\d|['’]\d\d)",
    r"(?:(?:codice fiscale|cod\. ?fisc\.?|c\.? ?f\.?)[:. ]*)?"
    r"[a-z]{6} ?\d\d[a-z]\d\d ?[a-z]\d{3}[a-z]",
    r"(?:sesso|genere|m/f|gender|sex)\b\W{0,3}(?:[mf]|maschi\w*|femmin\w*|male|female|donna"
    r"|uomo|altro|non binari\w+)",
    r"sono (?:un uomo|una donna)|pronomi:? .*|orientamento sessuale\b.*",
    r"(?:date of birth|place of birth|born|nationality|citizenship|marital status)\b.*",
    # Citizenship, origin, permit.
    r"(?:doppia )?(?:cittadinanza|nazionalita['’]?|naz\.?:)(?: |:).*",
    rf"{_AM}cittadin[oa] (?:it\b|italian|europe|comunitari|extra\W?comunitari|stranier|ue\b"
    rf"|\w{{3,}}(?:an|es|in|en|ov|acc)[oaei])\w*{SOME}",
    rf"{_AM}(?:stranier[oa]|immigrat[oa]|extra\W?comunitari[oa])\b{SOME}",
    rf"{_AM}(?:di )?origin[ei]:? (?!animale|vegetale|controllata).{{3,30}}",
    rf"{_AM}originari[oa] d.{{3,40}}|etnia:? .*",
    rf"{_NOWADAYS}(?:(?:vivo|abito|risiedo|sto|mi trovo|residente|presente|(?:sono )?(?:arrivat"
    rf"|venut|giunt)[oa]|sono) )?in italia (?:d[ae]l?l?|nel|a)\b['’]? ?(?:l['’])?{_SINCE_COMING}",
    r"(?:(?:ho|con|titolare d\w+|in possesso d\w+|in attesa d\w+(?: rinnovo d\w+)?|rinnovo d\w+)"
    r" )?(?:(?:il|la|un|una|regolare) )?(?:permess[oi]|carta|titolo) (?:\w+ )?(?:di |d['’])?"
    r"soggiorno\b.*",
    r"permess[oi] (?:\w+ )?(?:protezione|umanitari\w|speciale|provvisorio|per motivi \w+"
    r"|per (?:lavoro|famiglia|studio|asilo|cure))\b.*",
    r"(?:(?:ho|con|titolare di|in) )?(?:la )?protezione (?:internazionale|sussidiaria|speciale"
    r"|temporanea|umanitaria)\b.*",
    rf"{_AM}(?:richiedente (?:asilo|protezione)|rifugiat[oa]|profug[oa])\b{SOME}",
    r"(?:status di rifugiat[oa]|asilo politico|ricongiungimento familiare)\b.*",
    # Family.
    r"stato civile\b.*|con prole|nucleo familiare: .*",
    rf"{_AM}{_NOWADAYS}(?:celibe|nubile|coniugat[oa]|sposat[oa]|separat[oa]|divorziat[oa]"
    rf"|vedov[oa]|unit[oa] civilmente)(?: dal? (?:\d|circa|poco|tempo|mi[oa]"
    rf"|{NUMBER} (?:ann|mes)|{DAY}).{{0,25}}| con (?:\w+ ){{0,3}}(?:figli|bambin|bimb|gemell|prole"
    r"|famiglia).{0,40}| e (?:padre|madre|mamma|papa|con|senza)\b.{1,40}"
    r"| in (?:seconde|italia|attesa)\b.{0,20}| senza (?:figli|prole))?",
    r"(?:(?:ho|con|senza|avendo|vivo con|n\.|numero) )?(?:(?:i|le|l[ao]|mi[oae]i?|miei|nessun) )*"
    rf"(?:{NUMBER} )?figli[oae]?\b(?! d[ei]l)[^a-z]{{0,3}}(?:a carico|di .{{1,40}}|piccol\w+"
    r"|grand\w+|minor\w+|maggiorenn\w+|adult\w+|autonom\w+|malat\w+|disabil\w+|nessuno|no|si|"
    r"(?:che va\w* )?a(?:l|lla|lle|gli)? (?:asilo|nido|materna|elementari|medie|scuola).{0,20}"
    rf"|{NUMBER}(?: .{{0,20}})?)?",
    rf"(?:ho|{_AM}{PARENT}(?: single| sola?)? di) {NUMBER} (?:\w+ )?{CHILD}(?: {SOME})?",
    rf"{_AM}(?:neomamma|{PARENT} (?:single|sol[oa]|vedov[oa])(?: (?:di|con) .{{2,50}})?)",
    r"(?:ho|con) (?:una )?famiglia(?: numerosa| a carico)?|carichi? (?:di famiglia|familiari)\b.*"
    r"|persone a carico\b.*",
    r"(?:fototessera|foto(?:grafia)? (?:tessera|formato tessera|del profilo))(?: allegata)?",
    r"(?:altezza|statura):? ?(?:m\.? ?)?1(?:[.,]\d\d|\d\d)(?: ?c?m)?|(?:di )?bella presenza",
    # Military service.
    r"(?:servizio (?:militare|di leva)|obblighi? (?:di leva|militari)|militare|leva|posizione"
    rf" militare)\b[\s:–-]{{0,3}}(?:gia |di leva )?{_DONE}(?: {SOME})?",
    rf"servizio (?:militare|di leva):? (?:{_CORPS}|nel|dal|ad?|in|{DAY})\b{SOME}",
    rf"(?:ho fatto il militare|ho svolto il (?:servizio )?militare)\b{SOME}",
    r"milit(?:e\W?)?(?:esente|assolto)|riformat[oa](?: alla visita)?(?: di leva| militare)?"
    r"|congedat[oa](?: (?:nel|dal|con)\b.{2,30})?|congedo illimitato.*|obiettore di coscienza",
    # Belief, union, party.
    rf"(?:{_AM}di )?(?:religione|fede|confessione)(?: religiosa)?\b:? .{{2,30}}",
    rf"{_AM}testimone di geova|sono {_FAITH}(?: {_FAITH})*|{_FAITH} (?:{_FAITH}|osservante)",
    rf"(?:frequento|vado|prego|frequentante)\b.{{0,12}}\b{_CHURCH}\b{SOME}",
    r"porto il (?:velo|hijab|turbante)",
    rf"{_AM}(?:iscritt|tesserat|aderent|delegat|rappresentant|militant|attivist|membr|simpatizzant"
    rf"|rsu)\w*\b(?!.*\bsicurezza\b)(?: [\w'’]+){{0,3}}? ?['’]?\b(?:{_UNION}|sindacal[ei]"
    rf"|{_PARTY})\b{SOME}",
    r"(?:tessera|iscrizione|attivita|impegno|militanza) (?:\w+ )?(?:sindacal\w+|politic\w+"
    rf"|{_UNION}|{_PARTY})\b{SOME}|(?:sindacato|partito): .{{2,30}}",
    # Disability.
    r"(?:ho|con|percentuale|certificato|verbale|riconosciuta|riconoscimento)(?: d\w+)? (?:un['a]?"
    rf" ?)?(?:invalidita|disabilita|inabilita)\b{SOME}",
    r"(?:invalidita|disabilita|inabilita)['’]?(?:: .{2,40}| (?:civile|riconosciuta|del|al|\d)"
    rf"{SOME})",
    rf"{_AM}invalid[oa] (?:civile|del lavoro|al|\d){SOME}|{_AM}disabile al .{{1,30}}",
    r"sono (?:invalid[oa]|disabile|sord[oa]\w*|ciec[oa]|non vedente|ipovedente|ipoacusic[oa]"
    rf"|non udente|dislessic[oa]|autistic[oa]|in sedia a rotelle)\b{SOME}",
    r"ipovedente|ipoacusic[oa]|sordomut[oa]|portat\w+ di handicap",
    rf"{_AM}(?:non )?(?:apparten|iscritt|rientr|inserit)\w+ (?:(?:al?|alle|nelle|in|nel|ad una)"
    rf" )?(?:(?:categori[ae] protett[ae]|liste (?:speciali|protette)|(?:liste (?:d\w+['’]? ?)?)?"
    rf"{_LAW}68|collocamento (?:mirato|obbligatorio))\b{SOME})",
    rf"collocamento (?:mirato|obbligatorio)(?: {_LAW}68\b{SOME})?",
    rf"{_AM}categoria protetta\b{SOME}|legge 68(?:/\d\d)?: \w+",
    rf"(?:beneficiari[oa]|titolare|ho|usufruisco)(?: d\w{{1,3}}| la)? (?:{_LAW})?(?:104|68)\b"
    rf"{SOME}",
    rf"{_LAW}104(?:/\d+)? per {OWN_KIN}{SOME}",
    # Health, and expecting a child.
    r"(?:stato|condizioni)(?: generali)? di salute\b.*|salute:? (?:buon|ottim|discret|cagionevol)"
    r"\w+.{0,30}",
    r"(?:di |godo di )?(?:sana e robusta|buona|ottima|perfetta) (?:costituzione|salute)\b"
    rf"{SOME}",
    rf"(?:nessun|senza|non ho)\w* (?:particolari )?problem\w+ (?:di salute|fisic[oi])\b{SOME}",
    rf"sono (?:diabetic|epilettic|celiac|asmatic|cardiopatic|ipertes|depress)[oa]\b{SOME}"
    rf"|(?:diabetic|epilettic|asmatic|cardiopatic)[oa] in (?:cura|terapia)\b{SOME}",
    rf"{_AM}(?:stat[oa] )?operat[oa] (?:d\w{{1,3}}|all?a?|agli|alle)['’]? ?{BODY}\b{SOME}",
    r"(?:ho(?: avuto| subito)?|soffro d\w+|porto|affett[oa] da) (?:(?:un[ao]?|il|la|dei|delle"
    rf"|problemi di) |(?:un|l)['’] ?)?{ILLNESS}\b{SOME}",
    rf"{_AM}in (?:cura|terapia) (?:per|dal?|presso)\b{SOME}|sono in (?:chemioterapia|dialisi)",
    rf"infortunio (?:in itinere|al|all['’]|alla|sul lavoro (?:nel|del|con)) ?{SOME}",
    rf"{_AM}{_NOWADAYS}(?:incinta|in gravidanza|in dolce attesa|in maternita)\b['’]?{SOME}",
    rf"{_AM}{_NOWADAYS}in (?:congedo|aspettativa|astensione)(?: (?:di|per|dal lavoro per))?"
    rf" {_LEAVE}{SOME}",
    r"(?:(?:sono )?rientr\w+|torn\w+) (?:da|dal|dalla|dopo la) (?:\w+ di )?(?:maternita['’]?"
    rf"|congedo|gravidanza|malattia)\b{SOME}",
    rf"aspetto un (?:bambino|figlio).{{0,20}}|congedo (?:(?:di|per) )?{_LEAVE}{SOME}"
    rf"|maternita['’]? {_LEAVE} (?:fino|dal?|in corso|termin){SOME}",
    # Convictions.
    rf"(?:fedina penale|carichi pendenti|precedenti penali|casellario(?: giudiziale)?:)\b{SOME}",
    r"(?:nessun[a]?|senza|non ho) (?:condann[ae]|precedent[ei](?: penal[ei])?|pendenze penali)\b"
    rf"{SOME}|incensurat[oa]",
    rf"{_AM}{_NOWADAYS}(?:in |agli |ai |ex )?(?:detenut[oa]|carcerat[oa]|affidamento in prova"
    rf"|semiliberta|arresti domiciliari|detenzione domiciliare|messa alla prova)\b['’]?{SOME}",
    rf"(?:sono stat[oa] )?in (?:carcere|prigione)\b{SOME}|ho (?:scontato|finito di scontare"
    r"|espiato) (?:\w+ ){0,2}pena\b.{0,30}",
)  # fmt: skip
# What carries on such an item, after it: the day of a birth, the ages of children.
_GOES_ON = (
    rf"(?:il |nel |dal |prov\.? |in data )?{DAY}",
    r"\d{1,2}(?: e \d{1,2})?(?: (?:anni|mesi).{0,12})?|\([^)]*\)",
    rf"(?:scad\w+|valid\w+|rinnov\w+|in (?:fase di |corso di )?rinnovo|in scadenza|illimitat\w)"
    rf"\b{SOME}",
    rf"(?:e )?posso lavorare.{{0,20}}|regolare|permesso d[ia] {NUMBER} (?:mesi|anni)\b{SOME}",
    r"(?:ora|oggi|adesso|poi) (?:sto bene|bene|(?:sono )?guarit[oa]|tutto (?:bene|a posto)"
    rf"|risolt[oa]|idone[oa]){SOME}|idone[oa] {SOME}|guarit[oa]\b{SOME}",
    r"(?:marito|moglie|compagn[oa]|figli[oae]?)(?: \w+){1,3}",
)  # fmt: skip
# Private as a whole line; among other things they may be said of customers, dishes, files.
_LINES = (
    r"single|convivente|fidanzat[oa]|(?:neo)?mamma|padre|papa|genitore|nonn[oa]|casaling[oa]",
    rf"{_FAITH}|sikh|(?:diabetic|epilettic|celiac|asmatic|cardiopatic|ipertes|disabil)[oae]",
    r"(?:in allegato:? )?(?:foto(?:grafia)?|photo)(?: profilo)?(?: (?:allegata|recente|in basso"
    r"|in alto|a lato|qui))?",
    rf"(?:{_LAW})(?:68|104)(?:/\d\d(?:\d\d)?)?(?:: \w+)?|categorie protette(?:: \w+)?",
    *LINES,
)  # fmt: skip
_TELLS_OF_WORK = re.compile(
    r"\b(?:lavor(?:o|avo|ato|ando|azion\w+)\b(?<!senza lavoro)(?<!cerca di lavoro)"
    r"(?<!non ho lavorato)(?<!non lavoravo)(?<!nessun lavoro)(?<!per lavoro)(?<!del lavoro)"
    r"(?<!sul lavoro)(?! subordinato)"
    r"|esperienz\w+|cuoc[oa]|cucin\w+|guid(?:o|avo|a|are)\b|meccanic[oa]|mansion\w+|cors[oi]"
    r"|patent\w+|pulizi\w+|pannolon\w+|baby|insegn\w+|volontari\w+|tirocin\w+|stage|qualifica"
    r"|diplom\w+|laure\w+|attestat\w+|badante|bracciante|colf|oss|asa"
    r"|(?!genitore|salvatore|baviera|riviera|bandiera)\w{3,}(?:iere|iera|tore|trice)|(?!genn|febbr)\w{3,}ai[oa]"
    r"|(?!budd|indu|batt|avvent|attiv)\w{3,}ista)\b"
)
# What else an item may say, which is no matter of who somebody is.
_SAYS_MORE = re.compile(
    r"(?<=.)\b(?:resident\w*|residenza|res|domicilio|domiciliat[oa]|dom|abit[oa]|tel|telefono|cell"
    r"|cellulare|automunit\w+|turn[io]|nott\w+|ore|orari\w*|part\W?time|full\W?time"
    r"|disponibil\w+|liber[oa] da|sabat\w+|domenic\w+|s\.?r\.?l|s\.?p\.?a|s\.?n\.?c|lavorett\w+)\b"
    r"|[+@]"
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)$")
# "Nascita: 3 giugno 1990, Tirana": after a form's word the place is that of the birth.
_FORM_BIRTH = re.compile(
    r"nat[oa]: ?\d{4}|(?:(?:luogo|data|citta)(?: e (?:luogo|data))? (?:di )?)?nascita\b"
)
_PLACE = re.compile(r"[a-z' ]{3,30}")
_LONGEST = 90
# Of a name of a place no word can be a trade's: *Peschiera*, *Equatore*.
_BIRTH = re.compile(
    rf"{_AM}nat[oa] (?:a|ad|in|nel|nell['’]|nello|nella|negli)\s?[a-z'’]+"
    r"(?: (?!e\b|lavor)[a-z'’]+){0,2}"
    rf"(?:,? ?(?:il|nel|in data|l['’])? ?{DAY})?"
)
_COMES_FROM = re.compile(
    r"(?:io )?(?:vengo|provengo|sono) d(?:a|[ae](?:l|llo|lla|lle|i|gli|ll['’]))"
    r" ?(?!post|zon|settor|mestier|provinc|territor|luog|ramo|mese|mond)"
    r"[a-z' ]{3,30}$"
)
_BIRTHDAY = re.compile(r"(?:anno )?(?:\d{1,2}[/.-]\d{1,2}[/.-])?(?:19[4-9]\d|200\d|201[01])")
_ITEM = any_of(_ITEMS)
_CARRIES_ON = any_of(_GOES_ON)
_LINE = any_of(_LINES)
_DATED_LINE = any_of(_ITEMS, _LINES)


def is_private(item: str, written: str | None = None) -> bool:
    """Whether an item, given in plain words, says nothing but who its writer is, or why she paused.

    ``written`` is the item as it stands in the text: *vengo dal Senegal* has a capital, *vengo
    dalla ristorazione* none.

    >>> is_private("coniugata con due figli"), is_private("separata da colleghi e cuoca")
    (True, False)
    """
    if not 0 < len(item) <= _LONGEST:
        return False
    return (
        _is_all(_ITEM.fullmatch, item)
        or _is_all(is_a_pause, item)
        or ("nat" in item and _is_all(_BIRTH.fullmatch, item, strict=False))
        or (written is not None and _COMES_FROM.match(item) is not None and _has_capital(written))
    )


def may_be_a_line(item: str, *, dated: bool) -> bool:
    """Whether an item is private where nothing else stands on its line: *convivente*, *foto*.

    ``dated``: years stand beside it, and it may say why somebody paused: *maternità*,
    *assistenza a mia madre malata*. What somebody tells to have done for her family is work.
    """
    if dated:
        return _is_all(_DATED_LINE.fullmatch, item) or _is_all(is_a_reason, item)
    return _is_all(_LINE.fullmatch, item)


def is_a_birthday(item: str) -> bool:
    """Whether an item is nothing but a day or a year in which somebody may have been born.

    At the head of a CV nothing else is dated so.
    """
    return _BIRTHDAY.fullmatch(item) is not None


def carries_on(item: str, before: str, *, bracketed: bool = False) -> bool:
    """Whether an item goes on with a private one before it: *nata in un paese, il 3 maggio 1961*.

    What stands in brackets does, unless it says more.
    """
    if len(item) > _LONGEST or _TELLS_OF_WORK.search(item) or _SAYS_MORE.search(f" {item}"):
        return "posso lavorare" in item
    if bracketed or (_FORM_BIRTH.match(before) and _PLACE.fullmatch(item)):
        return True
    return _CARRIES_ON.fullmatch(item) is not None


def _has_capital(written: str) -> bool:
    return any(word[0].isupper() for word in written.split()[1:])


def _is_all(says: Callable[[str], object], item: str, *, strict: bool = True) -> bool:
    """Whether an item, but for brackets at its end, is of a kind and says nothing more.

    Not ``strict``: it is no matter that a place may be called like a trade.
    """
    return (
        0 < len(item) <= _LONGEST
        and bool(says(item) or (item.endswith(")") and says(_IN_BRACKETS.sub("", item))))
        and not (strict and _TELLS_OF_WORK.search(item))
        and not _SAYS_MORE.search(item)
    )
