"""Where a sentence stands in a document: the sections of CVs and vacancies."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from matching.domain import DocumentKind
from matching.normalisation import STOP_WORDS, Normaliser, plain

_PLAIN = Normaliser()  # it keeps the keys of the words that it met


class Section(StrEnum):
    """What a part of a document is about."""

    BODY = "body"
    CONTACTS = "contacts"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    COURSES = "courses"
    SKILLS = "skills"
    LANGUAGES = "languages"
    WISHES = "wishes"
    LEISURE = "leisure"
    UNPAID = "unpaid"
    COMPANY = "company"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    OFFER = "offer"
    CONDITIONS = "conditions"
    LEGAL = "legal"
    ADVERTS = "adverts"


# What stands in these sections proves neither a skill nor a request for one.
SILENT = frozenset(
    {Section.CONTACTS, Section.LEGAL, Section.COMPANY, Section.LEISURE, Section.ADVERTS}
)
# A line that fills one of these in ("Azienda: ...", "Orario: ...", "Gradito: ...") speaks for
# itself alone; the section around it goes on.
ONE_LINE = frozenset(
    {
        Section.CONDITIONS,
        Section.COMPANY,
        Section.CONTACTS,
        Section.LEGAL,
        Section.LEISURE,
        Section.PREFERRED,
    }
)

_CV_HEADERS: Mapping[Section, str] = MappingProxyType(
    {
        Section.CONTACTS: """dati personali|informazioni personali|dati anagrafici|contatti|recapiti
            |anagrafica|personal information|contacts|i miei contatti|generalità""",
        Section.BODY: """profilo|profilo personale|profilo professionale|chi sono|mi presento
            |presentazione|sintesi|in breve|about me|profile|summary|ulteriori informazioni|altro
            |note|altre informazioni|informazioni aggiuntive|patenti|patente|patente di guida
            |referenze|disponibilità|su di me|chi sono io|qualcosa su di me|altri dati|varie
            |informazioni ulteriori|allegati|premessa|osservazioni|osservazioni dell'operatrice
            |osservazioni dell'operatore|qualche parola su di me|due parole su di me|in sintesi
            |informazioni""",
        Section.UNPAID: """volontariato|esperienze di volontariato|attività sociali|servizio civile
            |attività di volontariato|esperienza di volontariato|impegno sociale|volunteering
            |servizio militare|obblighi di leva|militare|esperienze di cura|lavoro di cura
            |esperienze familiari""",
        Section.EXPERIENCE: """esperienza|esperienze|esperienza lavorativa|esperienze lavorative
            |altre esperienze|altri lavori|lavoro|impieghi|occupazioni|lavori precedenti
            |esperienze in ambito lavorativo|esperienze lavorative e professionali|mestieri
            |esperienze di lavoro e stage|stage e tirocini|tirocini|occupazione attuale
            |lavoro attuale|impiego attuale|cosa ho fatto|che lavori ho fatto|i lavori che ho fatto
            |esperienza maturata|esperienze maturate|curriculum lavorativo|cariche
            |esperienze di lavoro e formative
            |esperienza professionale|esperienze professionali|lavori svolti|lavori fatti|lavori
            |attività lavorativa|attività lavorative|attività svolte|carriera|storia lavorativa
            |percorso professionale|percorso lavorativo|mansioni svolte|precedenti lavori
            |precedenti esperienze|esperienze di lavoro|esperienza di lavoro|dove ho lavorato
            |work experience|experience|professional experience|employment|employment history
            |work history|ultimi lavori|ultimo lavoro|prima ancora|stage e lavori|lavori e stage
            |dove l'ho fatto|dove ho fatto|lavoro fatto|percorso|il mio percorso|lavoretti|stage
            |lavori stagionali|esperienze e lavori|esperienza e lavori|i miei lavori
            |lavori in italia|lavoro in italia|esperienza in italia|lavori all'estero
            |nel mio paese|al mio paese|in patria|all'estero
            |esperienze all'estero|esperienze in italia|altre attività lavorative|attività attuale
            |che lavori hai fatto|che lavori ha fatto|lavori che ha fatto|storia""",
        Section.EDUCATION: """istruzione|istruzione e formazione|formazione scolastica|studi
            |titolo di studio|titoli di studio|percorso formativo|percorso di studi|scuola|scuole
            |formazione|formazione e istruzione|education|education and training|studi fatti
            |titoli|studio|istruzione scolastica|carriera scolastica|formazione accademica
            |percorso scolastico|educazione|titoli scolastici|formazione culturale
            |scuole fatte|scuola fatta|dove ho studiato|studi e corsi|formazione e studi
            |studi compiuti|titoli di studio e corsi|scuole e corsi""",
        Section.COURSES: """corsi|corsi e attestati|attestati|corsi di formazione|certificazioni
            |patentini|abilitazioni|corsi svolti|corsi frequentati|formazione professionale
            |formazione e corsi|certificates|certifications|patentini e attestati|attestati e corsi
            |patenti e attestati|patenti e patentini|attestati e patentini|qualifiche
            |corsi e patentini|aggiornamento|aggiornamenti|corsi fatti|certificati|corsi e patenti
            |patentini e corsi|corsi e certificazioni|corsi e abilitazioni
            |attestati e corsi fatti""",
        Section.SKILLS: """competenze|capacità e competenze|competenze tecniche|abilità|capacità
            |competenze professionali|conoscenze|conoscenze informatiche|competenze informatiche
            |competenze digitali|competenze organizzative|competenze relazionali|cosa so fare
            |so fare|capacità personali|capacità tecniche|skills|key skills|soft skills|hard skills
            |competenze personali|competenze trasversali|capacità e competenze personali
            |capacità e competenze tecniche|capacità e competenze relazionali|informatica
            |capacità e competenze organizzative|competenze comunicative|competenze acquisite
            |competenze chiave|punti di forza|technical skills|in cosa sono bravo|cosa so fare bene
            |competenze e capacità|conoscenze tecniche|conoscenze e competenze|capacità lavorative
            |competenze lavorative|computer|conoscenza computer|mestieri che so fare|attitudini
            |macchinari utilizzati|attrezzature utilizzate|programmi utilizzati|competenza digitale
            |competenze specifiche|cosa faccio|conoscenze pratiche|le cose che so fare
            |che cosa so fare|cosa sa fare|che cosa sa fare|sa fare|competenze in sintesi|come sono
            |le mie capacità|le mie competenze|sono capace di|so usare|cosa so usare|qualità
            |le mie qualità|pregi|carattere|soft|tech|strumenti|programmi""",
        Section.LANGUAGES: """lingue|lingue straniere|lingue conosciute|conoscenze linguistiche
            |competenze linguistiche|altre lingue|languages|lingua madre|madrelingua
            |lingue parlate|conoscenza lingue|conoscenza delle lingue|le mie lingue""",
        Section.WISHES: """obiettivo|obiettivi|obiettivo professionale|cosa cerco|cerco
            |aspirazioni|lavoro desiderato|posizione desiderata|occupazione desiderata
            |occupazione per la quale si concorre|tipo di lavoro cercato|cerco lavoro
            |che cosa cerco|lavoro che cerco|mansione desiderata|ruolo desiderato
            |impiego ricercato|posizione ricercata|lavoro cercato|candidatura|mi candido come
            |che lavoro cerco|objective|posizione per la quale si concorre|desidera|vorrei
            |vorrebbe|cosa vorrei fare|cosa vorrei|che cosa vorrei|lavoro che vorrei|mi piacerebbe
            |cosa mi piacerebbe fare|che lavoro vorrei|il lavoro che cerco|lavoro cercato oggi
            |ricerco|cosa sto cercando|sto cercando|disponibile per|cerca""",
        Section.LEISURE: "interessi|hobby|hobbies|tempo libero|interessi personali|passioni"
        "|interests|nel tempo libero"
        # What somebody says she lacks proves as little.
        "|mi manca|mi mancano|cosa mi manca|cosa non so fare|non so fare|devo imparare|da imparare"
        "|cosa vorrei imparare|vorrei imparare|non so",
        Section.LEGAL: "privacy|trattamento dei dati|autorizzazione al trattamento dei dati",
    }
)
_VACANCY_HEADERS: Mapping[Section, str] = MappingProxyType(
    {
        Section.COMPANY: """chi siamo|azienda|l'azienda|la nostra azienda|about us|about|la società
            |il nostro cliente|cliente|descrizione azienda|company profile|chi è l'azienda
            |azienda cliente|la cooperativa|chi cerca|settore|settore azienda
            |descrizione dell'azienda
            |la struttura|la nostra storia|il gruppo|informazioni sull'azienda|mission
            |i nostri valori
            |perché sceglierci|la nostra realtà|profilo aziendale|presentazione azienda
            |in cantiere con voi|con chi lavorerai|lavorerai con|il nostro team|la nostra squadra
            |i nostri servizi|la nostra azienda in breve|dove siamo|i nostri numeri""",
        Section.DUTIES: """mansione|mansioni|attività|attività principali|principali attività
            |compiti|cosa farai|di cosa ti occuperai|responsabilità|la risorsa si occuperà di
            |descrizione|descrizione attività|descrizione mansione|job description|ruolo
            |principali mansioni|la persona si occuperà di|il candidato si occuperà di
            |si occuperà di|attività da svolgere|le attività|i tuoi compiti|cosa dovrai fare
            |mansioni principali|posizione|figura ricercata|figura|si occuperà|cosa si fa
            |cosa c'è da fare|il lavoro|la tua giornata|attività previste|descrizione del lavoro
            |descrizione dell'offerta|descrizione offerta|la mansione|i compiti|ti occuperai di
            |le tue responsabilità|principali responsabilità|principali compiti|il ruolo|lavoro
            |figure ricercate|posizioni aperte|profilo professionale|offerta di lavoro|titolo
            |cosa prevede il ruolo|in particolare si occuperà di|la figura si occuperà di
            |cosa fare|che cosa farai|che cosa c'è da fare|che cosa fare|le giornate
            |la giornata tipo
            |cosa si fa qui|il tuo lavoro|il tuo ruolo|di che si tratta|in cosa consiste
            |lavoro da fare
            |per la sala|per la cucina|in cosa consiste il lavoro|cosa serve fare|mansioni previste
            |di cosa ti occupi|cosa faresti|cosa dovrà fare|compiti previsti""",
        Section.REQUIREMENTS: """requisiti|profilo ricercato|cosa cerchiamo|competenze richieste
            |si richiede|si richiedono|richiesto|richiesti|requisiti richiesti|requisiti minimi
            |profilo|il candidato ideale|competenze|requisiti essenziali|requisiti necessari
            |richiediamo|chiediamo|cosa chiediamo|cerchiamo|requirements|profilo ideale
            |requisiti indispensabili|esperienza richiesta|esperienza|titolo di studio|conoscenze
            |requisiti obbligatori|la persona ideale|serve|servono|cosa ti chiediamo|chi cerchiamo
            |cosa ti serve|skills|hard skills|soft skills|must have|competenze tecniche
            |caratteristiche
            |titolo di studio richiesto|istruzione|formazione|chi sei|profilo del candidato
            |i tuoi requisiti|competenze trasversali|caratteristiche richieste|capacità richieste
            |conoscenze richieste|requisiti fondamentali|requisiti tecnici|indispensabile
            |indispensabili|necessario|necessari|è richiesto|è richiesta|sono richiesti
            |sono richieste|si richiede inoltre|ti chiediamo|skill richieste|patenti|patente
            |requisiti di accesso|si chiede|richieste|richiesta|lingue|lingue richieste
            |cosa avere|requisiti comuni|requisiti di ammissione|requisiti per l'ammissione|prove
            |chi stiamo cercando|chi vogliamo|che cosa cerchiamo|il tuo profilo|il tuo bagaglio
            |cosa ci aspettiamo|cosa porti|cosa devi avere|cosa devi sapere|che cosa serve
            |cosa serve
            |ci serve|dovresti avere|sei la persona giusta se|prove d'esame|materie d'esame
            |cosa chiediamo a te|a chi ci rivolgiamo""",
        Section.PREFERRED: """requisiti preferenziali|titoli preferenziali|costituisce titolo
            preferenziale|costituiscono titolo preferenziale|titolo preferenziale|nice to have
            |plus|gradito|graditi|gradita|gradite|sono graditi|è gradita|preferenziale
            |preferenziali|preferibile|preferibilmente|completano il profilo|completa il profilo
            |requisito preferenziale|costituisce requisito preferenziale|requisiti graditi
            |competenze gradite|costituirà titolo preferenziale|costituiranno titolo preferenziale
            |un plus|sarebbe un plus|è un plus|nice-to-have|requisiti opzionali|desiderabile
            |requisiti desiderabili|meglio se|sono preferibili|titoli di preferenza
            |costituisce titolo di preferenza|costituiscono titolo di preferenza
            |saranno considerati un plus|saranno considerati titoli preferenziali|apprezzati
            |competenze preferenziali|sarà considerato un plus|saranno apprezzati
            |requisiti preferenziali e graditi|ancora meglio se|ci piace se|bonus
            |titolo di preferenza
            |sarebbe bello|se hai anche|in più""",
        Section.OFFER: """offriamo|si offre|si offrono|cosa offriamo|offerta|benefit|benefits
            |cosa ti offriamo|vantaggi|retribuzione|inquadramento|trattamento economico|we offer
            |stipendio|perché noi|cosa offre l'azienda|l'azienda offre|la nostra offerta|i benefit
            |corsi gratuiti|proponiamo|cosa troverai|cosa proponiamo|ti offriamo|welfare
            |welfare aziendale|i vantaggi|condizioni economiche|ral|compenso|paga|cosa trovi
            |cosa trovi da noi|che cosa trovi da noi|cosa troverai da noi|cosa ti aspetta|perks
            |cosa avrai|cosa c'è per te|cosa ti diamo|cosa diamo|che cosa offriamo|noi offriamo
            |il nostro pacchetto|i nostri plus|perché lavorare con noi|perché venire da noi
            |la paga|lo stipendio|agevolazioni|cosa ti garantiamo|garantiamo|in cambio""",
        Section.CONDITIONS: """orario|orario di lavoro|orari|sede|sede di lavoro|luogo di lavoro
            |contratto|tipo contratto|tipologia contrattuale|tipo di contratto|durata|zona|luogo
            |zona di lavoro|disponibilità|turni|inizio|data inizio|località|condizioni|quando
            |dove|contratto e orario|inserimento|dettagli|rif|riferimento|codice annuncio|pubblicato
            |posti|numero posti|data pubblicazione|orario e contratto|giorni|inizio lavoro""",
        Section.LEGAL: "privacy|informativa|note legali|informativa privacy|come candidarsi"
        "|per candidarsi|candidature|contatti|per informazioni|domanda|domande|presentazione della"
        " domanda|come partecipare|modalità di candidatura|modalità di partecipazione|per info"
        "|trattamento dei dati|pari opportunità|come fare",
    }
)
HEADERS: Mapping[DocumentKind, Mapping[Section, str]] = MappingProxyType(
    {DocumentKind.CV: _CV_HEADERS, DocumentKind.VACANCY: _VACANCY_HEADERS}
)


@lru_cache(maxsize=2)
def _by_phrase(kind: DocumentKind) -> Mapping[tuple[str, ...], Section]:
    plain = _PLAIN
    return {
        phrase: section
        for section, forms in HEADERS[kind].items()
        for form in forms.split("|")
        if (phrase := plain.phrase(" ".join(form.split())))
    }


# Words that qualify a header without changing it: "le mie principali esperienze lavorative".
_QUALIFIERS = frozenset(
    _PLAIN.phrase(
        "mio mia mie tuo nostro principali precedenti pregresse significative recenti ultime più "
        "varie altre breve sintesi seguenti relative pertinenti passate rilevanti"
    )
)
_ORNAMENT = re.compile(
    r"[\W_]*(?:(?:\d{1,2}|[ivx]{1,4})\s?[.)°]\s*|art(?:icolo|\.)?\s*\d{1,2}\b)?[\W_]*",
    re.IGNORECASE,
)
# "Officine Rossi srl – Chi siamo": the only header that comes behind the name it is about.
_WHO_WE_ARE = re.compile(r"[–—|:-]\s*(?:chi siamo|about us|la nostra storia)\W*$", re.IGNORECASE)
# "In Italia:", "In Ucraina –": the lives of those who moved are told by country.
_IN_A_COUNTRY = re.compile(
    r"\W*in (?:italia|ucraina|romania|albania|marocco|senegal|peru|ecuador|moldavia|bolivia|nigeria"
    r"|ghana|egitto|tunisia|pakistan|india|bangladesh|cina|sri lanka|brasile|argentina|svizzera"
    r"|germania|francia|spagna|russia|georgia|kosovo|macedonia|serbia|polonia|bulgaria|togo|mali"
    r"|gambia|cuba|salvador|colombia|venezuela|camerun|costa d.avorio|burkina faso|turchia|siria"
    r"|inghilterra|austria|belgio|croazia|algeria|etiopia|eritrea|somalia|afghanistan|iran|iraq)"
    r"\W*$"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_SEPARATOR = re.compile(r":|\t|\s[-–—]\s|\s{3,}")
_JOINT = re.compile(r"\s(?:e|ed|&|\+)\s|\s?[/,]\s?")
_WORD = re.compile(r"[^\W_]{2,}")
_SPACED_LETTERS = re.compile(r"(?:[^\W\d_] ){4,}[^\W\d_]")
_LONGEST = 60
_LONGEST_ADVERTS = 90
_PREFIX_WORDS = 7
# Job sites put other people's adverts on the page, and on the print of a CV.
_OTHER_ADVERTS = re.compile(
    r"\W*(?:altr[ie] (?:annunci|offerte)|(?:annunci|offerte|lavori|posizioni)(?: di lavoro)?"
    r" (?:simili|correlat[ei]|in evidenza|recenti|consigliat[ei]|suggerit[ei]|vicin[ei])"
    r"|potrebbe(?:ro)? (?:anche )?interessarti|(?:ti )?potrebbe(?:ro)? (?:anche )?interessar[ei]"
    r"|vedi anche|leggi anche|ricerche (?:correlate|simili|frequenti|popolari|recenti)"
    r"|ultim[ei] (?:annunci|offerte)|tutte le offerte|scopri (?:anche|altre offerte)"
    r"|chi ha visto quest|hai visto anche|candidati anche|similar jobs|related jobs"
    r"|persone che hanno visto|consigliati per te|altre opportunita)"
)
_OTHER_ADVERTS_VACANCY = re.compile(r"\W*altr[ie] (?:lavori|posizioni|ricerche|selezioni)\b")


def header_of(line: str, kind: DocumentKind) -> tuple[Section, int] | None:
    """The section that a line opens, and where its own content starts in the line.

    A header stands alone on its line (``ESPERIENZE LAVORATIVE``, ``== 1. Esperienze (dal 1998)``)
    or before a colon, a tab or a dash (``Requisiti: patentino``). Returns None for any other
    line.

    >>> header_of("Requisiti: patentino del muletto", DocumentKind.VACANCY)
    (<Section.REQUIREMENTS: 'requirements'>, 10)
    """
    if opens_adverts(line, kind):
        return Section.ADVERTS, 0
    country = line[: line.find(":")] if ":" in line[:_LONGEST] else ""
    if kind is DocumentKind.CV and country and _IN_A_COUNTRY.match(plain(country)):
        return Section.EXPERIENCE, len(country) + 1
    ornament = _ORNAMENT.match(line[:_LONGEST])
    first = ornament.end() if ornament else 0
    if kind is DocumentKind.VACANCY and _WHO_WE_ARE.search(line):
        return Section.COMPANY, len(line)
    if not _may_open(line[first : first + _LONGEST], kind):
        return None
    for end, content in _heads(line, first):
        section = _section_of(line[first:end], kind)
        if section is not None:
            return section, content
    return _opening_words(line, first, kind)


def opens_adverts(line: str, kind: DocumentKind) -> bool:
    """Whether a line announces other adverts (``Offerte simili``), which are nobody's request."""
    words = plain(line[:_LONGEST_ADVERTS])
    if _OTHER_ADVERTS.match(words):
        return True
    return kind is DocumentKind.VACANCY and bool(_OTHER_ADVERTS_VACANCY.match(words))


@lru_cache(maxsize=2)
def _first_keys(kind: DocumentKind) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _by_phrase(kind)) | _QUALIFIERS


def _may_open(head: str, kind: DocumentKind) -> bool:
    # Most lines are told by their first word, which spares the closer look.
    if _SPACED_LETTERS.match(head):
        return True
    keys = (_PLAIN.key(word) for word in _WORD.findall(plain(head)) if word not in STOP_WORDS)
    return next(keys, "") in _first_keys(kind)


def _heads(line: str, first: int) -> Iterator[tuple[int, int]]:
    """Ends of the parts of a line that may be its header, with the start of what follows."""
    if len(line) - first <= _LONGEST:
        yield len(line), len(line)
    for mark in _SEPARATOR.finditer(line, first, first + _LONGEST):
        if mark.start() > first:
            yield mark.start(), mark.end()


def _section_of(head: str, kind: DocumentKind) -> Section | None:
    if _SPACED_LETTERS.fullmatch(head.strip()):
        head = head.replace(" ", "")
    head = _BRACKETS.sub(" ", head)
    known = _by_phrase(kind)
    phrase = _PLAIN.phrase(head)
    whole = known.get(phrase) or known.get(_unqualified(phrase))
    if whole is not None:
        return whole
    parts = [_unqualified(_PLAIN.phrase(part)) for part in _JOINT.split(head)]
    sections = [known.get(part) for part in parts]
    return sections[0] if len(parts) > 1 and all(sections) else None


def _unqualified(phrase: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in phrase if key not in _QUALIFIERS)


def _opening_words(line: str, first: int, kind: DocumentKind) -> tuple[Section, int] | None:
    # "ESPERIENZE LAVORATIVE NEL SETTORE ALBERGHIERO": capitals that begin like a header of two
    # words or more; the rest is read as content.
    if not line.isupper() or len(line.split()) > _PREFIX_WORDS:
        return None
    tokens = _PLAIN.tokens(line[first:])
    for size in range(min(4, len(tokens)), 1, -1):
        section = _by_phrase(kind).get(tuple(token.key for token in tokens[:size]))
        if section is not None:
            return section, first + tokens[size - 1].end
    return None
