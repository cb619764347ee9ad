"""Where a sentence stands in a document: the sections of CVs and vacancies."""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from matching.domain import DocumentKind
from matching.normalisation import Normaliser


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
    COMPANY = "company"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    OFFER = "offer"
    CONDITIONS = "conditions"
    LEGAL = "legal"


# What stands in these sections proves neither a skill nor a request for one.
SILENT = frozenset({Section.CONTACTS, Section.LEGAL, Section.COMPANY, Section.LEISURE})

_CV_HEADERS: Mapping[Section, str] = MappingProxyType(
    {
        Section.CONTACTS: """dati personali|informazioni personali|dati anagrafici|contatti|recapiti
            |anagrafica|personal information|contacts|i miei contatti|generalità""",
        Section.BODY: """profilo|profilo personale|profilo professionale|chi sono|mi presento
            |presentazione|sintesi|in breve|about me|profile|summary|ulteriori informazioni|altro
            |note|altre informazioni|informazioni aggiuntive|patenti|patente|patente di guida
            |altre esperienze|volontariato|esperienze di volontariato|attività sociali
            |referenze""",
        Section.EXPERIENCE: """esperienza|esperienze|esperienza lavorativa|esperienze lavorative
            |esperienza professionale|esperienze professionali|lavori svolti|lavori fatti|lavori
            |attività lavorativa|attività lavorative|attività svolte|carriera|storia lavorativa
            |percorso professionale|percorso lavorativo|mansioni svolte|precedenti lavori
            |precedenti esperienze|esperienze di lavoro|esperienza di lavoro|dove ho lavorato
            |work experience|experience|professional experience|employment|employment history
            |work history|ultimi lavori""",
        Section.EDUCATION: """istruzione|istruzione e formazione|formazione scolastica|studi
            |titolo di studio|titoli di studio|percorso formativo|percorso di studi|scuola|scuole
            |formazione|formazione e istruzione|education|education and training|studi fatti
            |titoli""",
        Section.COURSES: """corsi|corsi e attestati|attestati|corsi di formazione|certificazioni
            |patentini|abilitazioni|corsi svolti|corsi frequentati|formazione professionale
            |formazione e corsi|certificates|certifications|patentini e attestati|attestati e corsi
            |patenti e attestati|patenti e patentini|attestati e patentini|qualifiche
            |corsi e patentini""",
        Section.SKILLS: """competenze|capacità e competenze|competenze tecniche|abilità|capacità
            |competenze professionali|conoscenze|conoscenze informatiche|competenze informatiche
            |competenze digitali|competenze organizzative|competenze relazionali|cosa so fare
            |so fare|capacità personali|capacità tecniche|skills|key skills|soft skills|hard skills
            |competenze personali|competenze trasversali|capacità e competenze personali
            |capacità e competenze tecniche|capacità e competenze relazionali|informatica
            |capacità e competenze organizzative|competenze comunicative|competenze acquisite
            |competenze chiave|punti di forza|technical skills|in cosa sono bravo""",
        Section.LANGUAGES: """lingue|lingue straniere|lingue conosciute|conoscenze linguistiche
            |competenze linguistiche|altre lingue|languages|lingua madre|madrelingua""",
        Section.WISHES: """obiettivo|obiettivi|obiettivo professionale|cosa cerco|cerco
            |aspirazioni|lavoro desiderato|posizione desiderata|occupazione desiderata
            |impiego ricercato|posizione ricercata|lavoro cercato|candidatura|mi candido come
            |che lavoro cerco|objective|posizione per la quale si concorre""",
        Section.LEISURE: "interessi|hobby|hobbies|tempo libero|interessi personali|passioni"
        "|interests",
        Section.LEGAL: "privacy|trattamento dei dati|autorizzazione al trattamento dei dati",
    }
)
_VACANCY_HEADERS: Mapping[Section, str] = MappingProxyType(
    {
        Section.COMPANY: """chi siamo|azienda|l'azienda|la nostra azienda|about us|about|la società
            |il nostro cliente|cliente|descrizione azienda|company profile|chi è l'azienda
            |azienda cliente|la cooperativa|chi cerca|settore|settore azienda""",
        Section.DUTIES: """mansione|mansioni|attività|attività principali|principali attività
            |compiti|cosa farai|di cosa ti occuperai|responsabilità|la risorsa si occuperà di
            |descrizione|descrizione attività|descrizione mansione|job description|ruolo
            |principali mansioni|la persona si occuperà di|il candidato si occuperà di
            |si occuperà di|attività da svolgere|le attività|i tuoi compiti|cosa dovrai fare
            |mansioni principali|posizione|figura ricercata|figura|si occuperà""",
        Section.REQUIREMENTS: """requisiti|profilo ricercato|cosa cerchiamo|competenze richieste
            |si richiede|si richiedono|richiesto|richiesti|requisiti richiesti|requisiti minimi
            |profilo|il candidato ideale|competenze|requisiti essenziali|requisiti necessari
            |richiediamo|chiediamo|cosa chiediamo|cerchiamo|requirements|profilo ideale
            |requisiti indispensabili|esperienza richiesta|esperienza|titolo di studio|conoscenze
            |requisiti obbligatori|la persona ideale|serve|servono""",
        Section.PREFERRED: """requisiti preferenziali|titoli preferenziali|costituisce titolo
            preferenziale|costituiscono titolo preferenziale|titolo preferenziale|nice to have
            |plus|gradito|graditi|gradita|gradite|sono graditi|è gradita|preferenziale
            |preferenziali|preferibile|preferibilmente|completano il profilo|completa il profilo""",
        Section.OFFER: """offriamo|si offre|si offrono|cosa offriamo|offerta|benefit|benefits
            |cosa ti offriamo|vantaggi|retribuzione|inquadramento|trattamento economico|we offer
            |stipendio|perché noi""",
        Section.CONDITIONS: """orario|orario di lavoro|orari|sede|sede di lavoro|luogo di lavoro
            |contratto|tipo contratto|tipologia contrattuale|tipo di contratto|durata|zona|luogo
            |zona di lavoro|disponibilità|turni|inizio|data inizio|località|condizioni|quando
            |dove|contratto e orario|inserimento|dettagli""",
        Section.LEGAL: "privacy|informativa|note legali|informativa privacy|come candidarsi"
        "|per candidarsi|candidature|contatti|per informazioni",
    }
)
HEADERS: Mapping[DocumentKind, Mapping[Section, str]] = MappingProxyType(
    {DocumentKind.CV: _CV_HEADERS, DocumentKind.VACANCY: _VACANCY_HEADERS}
)


@lru_cache(maxsize=2)
def _by_phrase(kind: DocumentKind) -> Mapping[tuple[str, ...], Section]:
    plain = Normaliser()
    return {
        phrase: section
        for section, forms in HEADERS[kind].items()
        for form in forms.split("|")
        if (phrase := plain.phrase(" ".join(form.split())))
    }


def header_of(line: str, kind: DocumentKind) -> tuple[Section, int] | None:
    """The section that a line opens, and where its own content starts in the line.

    A header stands alone on its line (``ESPERIENZE LAVORATIVE``) or before a colon
    (``Requisiti: patentino``). Returns None for any other line.

    >>> header_of("Requisiti: patentino del muletto", DocumentKind.VACANCY)
    (<Section.REQUIREMENTS: 'requirements'>, 10)
    """
    head, colon, _ = line.partition(":")
    candidate = head if colon else line
    if len(candidate) > 60:
        return None
    section = _by_phrase(kind).get(Normaliser().phrase(candidate))
    if section is None:
        return None
    return section, len(head) + 1 if colon else len(line)
