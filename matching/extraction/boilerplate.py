"""What a document carries that is about nobody: legal formulas, company blurbs, site furniture.

Works on plain text (lower case, no accents). A request can share its sentence with a blurb
(*azienda leader nello stampaggio cerca magazziniere*); then only the blurb is quiet.
"""

import re
from collections.abc import Sequence

from matching.domain import DocumentKind
from matching.extraction.sections import Section

HIRING = re.compile(
    r"\b(?:(?<!\bdi )(?<!\bla )(?<!\bnella )(?<!\bcampo della )(?<!\bdella )ricerca"
    r"(?! e (?:selezione|lo sviluppo|sviluppo)| scientifica| medica| industriale| personale)"
    r"|ricerchiamo|ricercano|ricercasi|cerca(?! (?:di|lavoro|per|nel|tra)\b)|cerchiamo|cercano"
    r"|cercasi|stiamo cercando"
    r"|cerco(?! lavoro)"
    r"|stiamo (?:ricercando|selezionando|assumendo)|seleziona|selezioniamo|selezionano|assume"
    r"|assumiamo|assumono|assumesi|si (?:ricerca|ricercano|cerca|cercano|seleziona|selezionano)"
    r"|avviso (?:pubblico )?di (?:selezione|ricerca)|(?:selezione|concorso|bando)(?: \w+){0,6} per"
    r" l['’ ]?(?:assunzione|inserimento|copertura)"
    r"|si assum\w+|siamo alla ricerca|e alla ricerca|ricerca e seleziona|inserire|inserira"
    r"|abbiamo bisogno di|ci serve|ci servono|posizione aperta|ricerca di personale"
    r"|offr\w+ (?:un )?(?:posto|lavoro|impiego)|hiring|we are looking)\b"
)
_ASKS = re.compile(
    r"\b(?:richied|richiest|requisit|(?<!anni di )(?<!ennale )(?<!nostra )(?<!lunga )(?<!grande )"
    r"esperienza(?! (?:\w*ennale|maturata dal|di oltre|nel mercato|e professionalita))"
    r"|patente|patentino|(?:buona |ottima |discreta )conoscenza|disponibilita|mansion|si occuper"
    r"|dovra\b|dovrai\b|necessari[oa]\b|indispensabil|gradit|preferibil|titolo di studio"
    r"|almeno \d|minim[oa] \d|automunit)"
)
_LEGAL_VACANCY = re.compile(
    r"privacy|gdpr|2016/679|679/2016|679/16|196/2003|196/03|d\.? ?lgs(?!\D{0,5}81)"
    r"|dlgs(?!\D{0,5}81)"
    r"|l\. ?903|903/77|125/91|198/2006|215/0?3|216/0?3|216/2003|215/2003|pari opportunit"
    r"|parita di (?:genere|trattamento|accesso)|trattamento dei (?:miei |tuoi |suoi )?dati"
    r"|dati personali|dati sensibili|aut(?:orizzazione|\.)? ?min|albo (?:delle agenzie|informatico)"
    r"|discriminazion|(?:di ogni|qualsiasi) (?:nazionalita|eta|orientamento)|senza distinzion"
    r"|tutte le eta|legge sulla parita|equal opportunit|informativa|ambo ?i? ?sessi"
    r"|entrambi i sessi|l(?:egge|\.)? ?68/(?:19)?99|categorie protette|l\. ?104|inclusiv[oi]"
    r"|diversity|inclusion[ei]?\b|verranno contattat|saranno contattat|solo (?:i )?(?:profili"
    r"|candidati)"
    r" in linea|albo agenzie|dichiarazion\w+ mendac|somministrazione di lavoro di tipo"
    r"|\bgodimento dei diritti|\bdiritti civili|\bidoneita (?:fisica|psicofisica|psico-fisica"
    r"|sanitaria)"
    r"|\bcittadinanza (?:italiana|di uno)|\bassenza di condanne|\bcarichi pendenti"
    r"|dati (?:\w+ )?(?:saranno|verranno|sono) |titolare del trattamento"
)
_LEGAL_CV = re.compile(
    r"(?:autorizz|acconsent|consens|consento|ai sensi|dichiar).{0,90}(?:dati|privacy|gdpr|196"
    r"|679|445"
    r"|675/96)|trattamento dei (?:miei )?dati|2016/679|679/2016|679/16|196/2003|196/03|445/2000"
    r"|675/96|dichiarazion\w+ mendac|autorizzo l'uso"
)
_APPLY = re.compile(
    r"\b(?:inviare|invia|inviaci|inviate|mandare|manda|mandaci|mandate|spedire|trasmettere)"
    r" (?:\w+ ){0,3}(?:cv|c\.v\.|curriculum|candidatura|domanda)"
    r"|\bper (?:candidarsi|iscriversi|partecipare)\b|\bcompilare il (?:modulo|form)\b"
    r"|\bdomand\w (?:\w+ ){0,3}(?:presentat\w|inviat\w|trasmess\w|pervenut\w)"
    r"|\b(?:autenticazione|accesso|accedere|tramite|identita) (?:\w+ ){0,2}(?:spid|cie)\b"
    r"|\bportale (?:\w+ )?(?:inpa|del reclutamento|unico)"
    r"|\bcandidarsi (?:tramite|inviando|a)\b|\bcandidati (?:ora|subito|qui|tramite|inviando)\b"
)
_FIRM = (
    r"azienda|aziende|societa|impresa|gruppo|realta|cooperativa|studio|ditta|struttura|cliente"
    r"|multinazionale|agenzia|hotel|albergo|ristorante|catena|laboratorio|officina|officine"
    r"|fondazione|residenza|rsa|casa di riposo|cantiere|panificio|pasticceria|carrozzeria"
    r"|concessionaria|supermercat[oi]|negozio|farmacia|clinica|consorzio|torneria|salumificio"
    r"|tessitura|stamperia|falegnameria|carpenteria|agriturismo|bar|pizzeria|trattoria"
)
_BLURB = re.compile(
    rf"\b(?:{_FIRM})\b.{{0,60}}?\b(?:leader|operante|opera|operiamo|attiva|attivo|fondat[ao]"
    r"|nata|nato|nasce|specializzat[aoei]|presente|storic[ao]|consolidat[ao]|affermat[ao]"
    r"|rinomat[ao]"
    r"|che (?:opera|produce|offre|si occupa|realizza|progetta|fornisce|gestisce|accoglie|eroga"
    r"|vanta|conta|da oltre)"
    r"|da (?:oltre |piu di )?(?:\d+|\w+t['’]?) ?anni|dal (?:19|20)\d\d|in forte (?:crescita"
    r"|espansione)"
    r"|certificat[ao]|a conduzione famil\w+|punto di riferimento|si occupa|produce|realizza"
    r"|gestisce"
    r"|offre servizi|eroga|del settore|nel settore|nel campo|nell'ambito|di riferimento)\b"
    r"|\b(?:siamo|la nostra|il nostro|i nostri|le nostre)\b.{0,50}?\b(?:azienda|realta|societa"
    r"|impresa"
    r"|squadra|gruppo|agenzia|famiglia|storia|missione|mission|cooperativa|studio|laboratorio"
    r"|valori"
    r"|officina|clienti|prodotti|servizi|hotel|ristorante|struttura|specializzat\w|produttori"
    r"|filiali|competenze|consulenti|obiettivo|filosofia|qualita|cucina|menu|reparti"
    r"|punti vendita)\b"
    r"|\b(?:da (?:oltre |piu di )?(?:\d+|\w+t['’]?) ?anni|dal (?:19|20)\d\d) (?:ci occupiamo"
    r"|produciamo"
    r"|operiamo|siamo|lavoriamo|realizziamo|offriamo|costruiamo|serviamo|gestiamo|progettiamo)"
    r"|^\W*(?:ci occupiamo|produciamo|realizziamo|progettiamo|operiamo|commercializziamo|forniamo"
    r"|serviamo|costruiamo|installiamo|distribuiamo|gestiamo|trasformiamo|lavoriamo (?!su turni))\b"
    r"|\b\d+ (?:dipendenti|collaboratori|filiali|punti vendita|sedi|camere|posti letto|ospiti)\b"
    r"|\bcertificat[ao] (?:iso|uni)|\bparco macchine\b|\bil gruppo (?:\w+ )?(?:opera|e)\b"
    r"|\bservizi di (?:ricerca e selezione|somministrazione|outplacement|payroll)"
    r"|\b(?:mette|mettiamo) al centro\b|\b(?:nasce|nata|nato|fondat[ao]) nel (?:19|20)\d\d\b"
    r"|\bdal (?:18|19|20)\d\d\W*$"
    r"|\b(?:nelle|nei|presso (?:le|i)) nostr[ei] (?:\w+ )?(?:struttur|cas|uffic|filial|cantier"
    r"|repart|negoz|squadr|sed)"
    r"\w+ (?:\w+ )?(?:lavorano|operano|sono presenti|trovate|ci sono)\b"
    r"|\b(?:usiamo|utilizziamo|adoperiamo) (?!(?:anche )?chi)\b"
    r"|\b(?:svilupp|recuper|esport|restaur|ripar|fabbric)iamo\b"
)
# "Tessitura di seta e fibre miste cerca ...": who seeks, before the verb.
_WHO_SEEKS = re.compile(
    rf"^\W*(?:(?:la|il|lo|una|un|nota|noto|storic[ao]|piccola|importante) |l['’] ?)*(?:{_FIRM}"
    rf"|\w{{3,}}eria"
    r"|\w{3,}ificio|tessitura|tintoria|filatura|torcitura|fonderia|vivaio|famiglia|parrocchia"
    r"|comune)\b"
)
_SEEKS = re.compile(
    r"\b(?:cerca|ricerca|seleziona|assume|cercano|ricercano|selezionano|assumono)\b"
)
_DOES_FIRST = re.compile(
    r"^\W*(?:gestisce|produce|realizza|opera|offre|progetta|costruisce|eroga|accoglie) (?:da "
    r"|dal |servizi"
    r"|impianti|nel |nei |prodotti|soluzioni)"
)
# What a firm does, in the third person; of the person wanted a text says the same verbs.
_FIRM_DOES = re.compile(
    r"\w.{0,120}?\b(?:costruisce|posa|produce|realizza|effettua|distribuisce|esporta|fornisce"
    r"|progetta"
    r"|gestisce|accoglie|propone|commercializza|vende|ripara|installa|eroga|dispone di|conta su"
    r"|vanta"
    r"|si prende cura|fa parte di|opera|si rivolge|prepariamo|accogliamo|sono il nostro mestiere"
    r"|e il nostro mestiere|al servizio di|esegue|trasforma|tratta|organizza)\b"
)
_PERSON = re.compile(
    r"\b(?:risorsa|figura|candidat\w|persona|addett\w|operator\w|lavorator\w|collaborator\w|chi"
    r"|inserit\w"
    r"|selezionat\w|profilo)\b"
)
_OFFERING = re.compile(
    r"\W*(?:cosa |ti |vi )?(?:offriamo|si offr\w+|offresi|proponiamo|garantiamo|ti aspett\w+"
    r"|(?:l'azienda|la societa|l'ente|la cooperativa) (?:offre|garantisce|mette a disposizione"
    r"|propone)"
    r"|mettiamo a disposizione|retribuzione|stipendio"
    r"|benefit\w*|e previst[oa]|sono previst[ei]|prevediamo|(?:tutti )?(?:i|le) (?:nostr[ie] )?"
    r"(?:dipendenti|collaboratori|collaboratrici|soci|lavoratori) (?:hanno|possono|usufruiscono"
    r"|godono|ricevono)"
    r"|(?:e|sono) (?:attiv[aei]|a disposizione|disponibil[ei] (?:per|anche))|a disposizione"
    r"|possibilita di"
    r"|perks)\b(?! (?:un )?(?:lavoro|posto|impiego))"
)
_CONTACT = re.compile(
    r"\b(?:nat[oa] (?:a|il|nel|in)\b|data (?:e luogo )?di nascita|luogo (?:e data )?di nascita"
    r"|nazionalita|cittadinanza|stato civile|codice fiscale|c\.f\.|sesso\b|coniugat[oa]|nubile"
    r"|celibe|divorziat[oa]|separat[oa]\b|vedov[oa]|date of birth|nationality"
    r"|e-?mail\b\W{0,3}\S+@|pec\b\W{0,3}\S+@"
    r"|(?:tel|telefono|cell|cellulare|fax|mobile)\b[\W]{0,4}\d)"
)
_CONTACT_END = re.compile(
    r"[,;|·•\n]|\s[-–—]\s|\.\s|\be (?=(?:lavor|ho|sono|vivo|abito|da|dal|faccio|cerco)\b)"
)
_TELLS = re.compile(r"\b(?:ho|sono|lavor\w+|cerco|esperienza|faccio|vorrei|disponibil\w+)\b")
# What else an agency looks for, at the foot of one of its adverts.
_ALSO_SOUGHT = re.compile(
    r"\b(?:sono|abbiamo) (?:sempre |anche |inoltre )*(?:aperte|attive|disponibili)"
    r"(?: \w+){0,2} (?:ricerche|selezioni|posizioni|offerte|candidature)\b"
    r"|\b(?:altre|ulteriori) (?:ricerche|selezioni|posizioni|offerte|opportunita)\b"
    r"|\b(?:consulta|guarda|scopri|vedi) (?:anche )?(?:tutte |le )+(?:nostre )?(?:altre )?"
    r"(?:offerte|ricerche|posizioni)\b"
    r"|\b(?:in filiale|la nostra filiale|la filiale|le nostre filiali)\b[^.;]{0,60}"
    r"\b(?:cerca|ricerca|seleziona|cerchiamo|ricerchiamo|selezioniamo"
    r"|cercano)\b(?: \w+){0,1} anche\b"
)
_FURNITURE = re.compile(
    r"\bcookies?\b|\baccedi\b.{0,40}\bregistrati\b|\bregistrati\b.{0,40}\baccedi\b"
    r"|^\W*(?:accedi|registrati|log ?in|esci|logout|sign in|condividi|mi piace|torna (?:su"
    r"|indietro))\b"
    r"|^\W*home\s*[>|/»›]|^\W*(?:candidati|stampa|salva|segnala)"
    r"(?: (?:ora|subito|annuncio|offerta|questo annuncio))?\W*$"
    r"|\bscarica (?:la|l')\W?(?:nostra )?app\b|\biscriviti alla newsletter|\bcrea (?:un )?alert\b"
    r"|©|\bcopyright\b|\btutti i diritti riservati\b|\bcondizioni d'uso\b|\btermini e condizioni\b"
    r"|\bp\.? ?iva\W{0,3}\d|\bsede legale\b|\bwhistleblowing\b|\bprofilo esportato\b"
    r"|^\W*(?:cerca|filtra|ordina|sfoglia|esplora)\b(?: \w+){0,2} per\b|\[ ?\][^\n]*\[ ?\]"
    r"|^\W*(?:guide utili|dal nostro blog|dal blog|articoli correlati|leggi il blog)\b"
    r"|\bquanto guadagna\b|\bcome diventare (?:un |una )?\w+ *(?:[·|?]|$)|\bnessun risultato\b"
    r"|^\W*(?:mostra|vedi|carica) (?:altr[ie]|tutt[ei])\b"
    r"|^\W*pagina \d+\W|\bricevere (?:le |gli )?(?:offerte|annunci|alert)\b|^\s*(?:#\w+\s*)+$"
    r"|\bcercavi altro\b"
)
_MENU = frozenset(
    (
        "home", "cerca lavoro", "il mio cv", "aziende", "candidati", "filiali", "esci", "accedi",
        "registrati", "login", "logout", "blog", "lavora con noi", "carica cv", "carica il cv",
        "area riservata", "per le aziende", "per i candidati", "menu", "offerte di lavoro", "cerca",
        "news", "faq", "area candidati", "area aziende", "contattaci",
    )
)  # fmt: skip
_MENU_WORDS = 5

Stretch = tuple[int, int, Section]


def is_furniture(words: str) -> bool:
    """Whether a line belongs to a web page (cookies, log in, share, footer), not to the text."""
    return bool(_FURNITURE.search(words[:400]))


def menu_lines(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines of a menu: a run of short lines of which two are menu entries."""
    found: set[int] = set()
    run: list[int] = []
    for number, line in enumerate([*lines, ""]):
        if line.strip() and len(line) <= 60 and len(line.split()) <= _MENU_WORDS:
            run.append(number)
            continue
        entries = sum(lines[one].strip(" \t-–•·*>|").lower() in _MENU for one in run)
        if entries > 1:
            found.update(run)
        run = []
    return found


def offers(words: str) -> bool:
    """Whether a sentence of a vacancy says what the firm gives, not what it asks for."""
    return bool(_OFFERING.match(words)) and not _ASKS.search(words)


def seeker(words: str) -> int:
    """How far the name of who seeks reaches in a hiring sentence; 0 where it does not come first.

    >>> seeker("falegnameria artigiana di valle cerca un aiuto")
    32
    """
    verb = _SEEKS.search(words)
    return verb.start() if verb and _WHO_SEEKS.match(words) else 0


def quiet(words: str, section: Section, kind: DocumentKind) -> list[Stretch]:
    """Stretches of a sentence that prove and ask nothing, in order, with what they are about.

    They are half-open, relative to the sentence, and do not overlap.
    """
    if not words:
        return []
    if kind is DocumentKind.CV:
        return _quiet_cv(words, section)
    return _quiet_vacancy(words, section)


def _quiet_cv(words: str, section: Section) -> list[Stretch]:
    if section in (Section.LEISURE, Section.LEGAL, Section.ADVERTS):
        return [(0, len(words), section)]
    if _LEGAL_CV.search(words):
        return [(0, len(words), Section.LEGAL)]
    if section is Section.CONTACTS and not _TELLS.search(words):
        return [(0, len(words), section)]
    found: list[Stretch] = []
    for cue in _CONTACT.finditer(words):
        if found and cue.start() < found[-1][1]:
            continue
        end = _CONTACT_END.search(words, cue.end())
        found.append((cue.start(), end.start() if end else len(words), Section.CONTACTS))
    return found


def _quiet_vacancy(words: str, section: Section) -> list[Stretch]:
    if section in (Section.LEISURE, Section.LEGAL, Section.ADVERTS):
        return [(0, len(words), section)]
    if _ALSO_SOUGHT.search(words):
        return [(0, len(words), Section.ADVERTS)]
    hiring = HIRING.search(words)
    if section is Section.COMPANY:
        return [(0, hiring.start() if hiring else len(words), section)]
    strong = sorted({m.start() for pattern in (HIRING, _ASKS) for m in pattern.finditer(words)})
    found: list[Stretch] = []
    for pattern, about in (
        (_LEGAL_VACANCY, Section.LEGAL),
        (_APPLY, Section.LEGAL),
        (_BLURB, Section.COMPANY),
    ):
        for cue in pattern.finditer(words):
            stretch = _around(words, cue, strong, about)
            if stretch is not None:
                found.append(stretch)
    says_what_it_does = section is Section.BODY and (
        (not strong and _FIRM_DOES.match(words)) or _DOES_FIRST.match(words)
    )
    if says_what_it_does and not _PERSON.search(words):
        return [(0, len(words), Section.COMPANY)]
    return _merged(found)


def _around(words: str, cue: re.Match[str], strong: list[int], about: Section) -> Stretch | None:
    """How far a cue rules: the sentence, or its part before or after what is asked."""
    before = [place for place in strong if place < cue.start()]
    after = [place for place in strong if place >= cue.start()]
    if not strong:
        return 0, len(words), about
    if not before:
        # "Cuoco - hotel storico di Borgo cerca ...": what comes before the blurb may be a title.
        start = cue.start() if about is Section.COMPANY else 0
        return start, max(after[0], start), about
    start = max(words.rfind(mark, before[-1], cue.start()) for mark in ",;(") + 1
    if not start:
        # A blurb with a comma in it stands apart: "per azienda cliente, realta leader in ...,".
        if about is Section.COMPANY and "," not in cue.group():
            return None
        start = cue.start()
    if about is Section.LEGAL:
        return start, after[0] if after else len(words), about
    ends = [place for mark in ",;)" if (place := words.find(mark, cue.end())) >= 0]
    return start, min([*ends, len(words)]), about


def _merged(found: list[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end, about in sorted(found):
        if merged and start < merged[-1][1]:
            last = merged[-1]
            merged[-1] = (last[0], max(last[1], end), last[2])
        elif end > start:
            merged.append((start, end, about))
    return merged
