"""What a CV says of who somebody is, as pure changes of its text that touch nothing else.

A change that finds nothing to change gives the text back as it is. Lines are set where people
write them: under the name, at the end of the head, at the foot.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

Change = Callable[[str], str]
Place = Callable[[str, str], str]

_BLANK = re.compile(r"\n[ \t]*\n")


def under_the_name(text: str, line: str) -> str:
    """The text with a line under its first one, unless that runs on."""
    return _after(text, _end_of_first(text), line)


def at_the_end_of_the_head(text: str, line: str) -> str:
    """The text with a line before the first empty one."""
    blank = _BLANK.search(text, _end_of_first(text))
    return _after(text, blank.start(), line) if blank else text


def at_the_foot(text: str, line: str) -> str:
    """The text with a paragraph more."""
    return f"{text.rstrip()}\n\n{line}\n"


def _end_of_first(text: str) -> int:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _after(text: str, end: int, line: str) -> str:
    if end >= len(text) or text[end + 1 : end + 2].islower():
        return text
    return f"{text[:end]}\n{line}{text[end:]}"


PLACES: tuple[Place, ...] = (under_the_name, at_the_end_of_the_head, at_the_foot)

LINES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "sex": ("Sesso: F", "Sesso: M", "Sesso: femminile", "Genere: femmina"),
        "birth and age": (
            "Nata a Lecco il 3 maggio 1961",
            "nato il 17.8.1999",
            "Data di nascita: 12/05/2004",
            "Luogo e data di nascita: Durazzo (Albania), 3/4/1979",
            "Età: 58 anni",
            "54 anni",
            "classe 1966",
            "Ho 23 anni",
            "Nato in Senegal nel 1988",
            "Codice fiscale: RSSMRA61E43E507X",
        ),
        "citizenship and origin": (
            "Cittadinanza: italiana",
            "Cittadinanza: rumena",
            "Nazionalità marocchina",
            "Nazionalità: Perù",
            "cittadina italiana dal 2015",
            "Cittadino extracomunitario",
            "Origini senegalesi",
            "In Italia dal 2004",
        ),
        "residence permit": (
            "Permesso di soggiorno: lavoro subordinato, scade 06/2027",
            "Permesso di soggiorno UE per soggiornanti di lungo periodo",
            "Carta di soggiorno illimitata",
            "Protezione internazionale, posso lavorare",
            "Richiedente asilo, permesso di sei mesi rinnovabile",
            "Permesso protezione speciale",
            "Protezione temporanea",
        ),
        "marital status": (
            "Stato civile: coniugata",
            "Stato civile: libero",
            "nubile",
            "Vedovo",
            "separata",
            "Sposato dal 1998",
            "Convivente",
        ),
        "children": (
            "Figli: 2",
            "Due figli a carico",
            "Ho tre figli di 4, 7 e 11 anni",
            "Mamma di due bambini",
            "Madre sola con un bambino piccolo",
            "Senza figli",
            "coniugata con due figli grandi",
        ),
        "photo": ("[Foto]", "Foto", "Fotografia allegata", "(foto tessera)"),
        "military service": (
            "Servizio militare: assolto",
            "Obblighi di leva assolti",
            "Militesente",
            "Servizio militare: alpino a Merano, 1989",
            "Servizio di leva svolto nel 1991",
            "Congedato nel 1987",
        ),
        "belief, union, party": (
            "Religione: cattolica",
            "Musulmano praticante",
            "Testimone di Geova",
            "Iscritta alla CGIL",
            "Delegato sindacale FIOM dal 2012",
            "Iscritto al sindacato dei metalmeccanici",
            "Tesserato del Partito Democratico",
            "Frequento la parrocchia di San Nicolò",
        ),
        "disability": (
            "Invalidità civile 46%",
            "Invalida civile al 60%",
            "Iscritto alle liste della L. 68/99",
            "Categoria protetta (L. 68/99)",
            "Non appartengo alle categorie protette",
            "Disabilità: sordità",
            "Iscritta al collocamento mirato",
            "Ho la 104 per mio figlio",
        ),
        "health": (
            "Stato di salute: buono",
            "Sana e robusta costituzione",
            "Diabetico in terapia",
            "Operato di ernia nel 2019, ora sto bene",
            "Nessun problema di salute",
            "Infortunio alla spalla nel 2018, idoneo senza limitazioni",
            "Ho avuto un tumore, ora sono guarita",
            "In cura per depressione dal 2021",
        ),
        "pregnancy and maternity": (
            "In maternità fino a marzo 2027",
            "In congedo parentale",
            "Incinta al quinto mese",
            "Rientro dalla maternità a gennaio",
            "In gravidanza",
        ),
        "convictions": (
            "Nessuna condanna",
            "Fedina penale pulita",
            "In affidamento in prova ai servizi sociali",
            "Detenuto in semilibertà",
            "Ho scontato la mia pena nel 2022",
        ),
    }
)


def line_changes(signal: str) -> tuple[Change, ...]:
    """Every line of a signal in every place."""
    return tuple(partial(place, line=line) for line in LINES[signal] for place in PLACES)


# The same signals where a CV holds them already: taken out, with what separates them.
_ITEM_END = r"(?=[ \t]*(?:[,;|·•\n–—]|\s-\s|\.\s|\.?$))"
_SAID = re.compile(
    r"(?im)(?:^[ \t]*|[ \t]*[,;|·•–—][ \t]*|[ \t]+-[ \t]+)"
    r"(?:nat[oa](?: a| il| nel| in|:)?\s[^\n,;|·•–—]{2,45}(?:,? il [\d/. ]{8,12})?"
    r"|(?:data (?:e luogo )?di |luogo (?:e data )?di )?nascita:[^\n|·•–—]{2,60}"
    r"|(?:età:? )?[2-6]\d anni|classe 19\d\d|stato civile:[^\n|·•–—]{2,40}"
    r"|(?:nazionalità|cittadinanza)[: ][^\n,;|·•–—]{2,30}|cittadin[oa] italian[oa]"
    r"|celibe|nubile|coniugat[oa]|sposat[oa]|separat[oa]|divorziat[oa]|vedov[oa]"
    r"|permesso di soggiorno[^\n|·•–—]{0,60}|(?:\w+ )?figli(?: \w+)?|militesente)" + _ITEM_END
)


def without_what_is_said(text: str) -> str:
    """The text without birth, age, family, citizenship and permit where they stand as items."""
    return _SAID.sub("", text)


_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?=@)")


def other_mail(text: str, given: str, surname: str) -> str:
    """The text with another name before the @ of its addresses."""
    return _MAIL.sub(f"{given}.{surname}".lower().replace(" ", "").replace("'", ""), text)


_STREET = re.compile(
    r"(?P<kind>\b(?:via|viale|piazza|vicolo|corso)\b\.?) (?P<name>[A-Z][\w'’àèéìòù. ]*?)"
    r"(?P<end>,?(?: n\.?)? ?\d+(?:/?[a-zA-Z])?(?=[\s,.;|·–—-]|$))",
    re.IGNORECASE,
)


def other_street(text: str, street: str) -> str:
    """The text of somebody who lives round the corner."""
    return _STREET.sub(lambda match: f"{match['kind']} {street}{match['end']}", text)


STREETS = ("Giuseppe Garibaldi", "dei Muratori", "dei Tintori", "Santa Maria", "Fabbri")
SCHOOLS = (
    ("Licenza media, Lecco", "Licenza media, Casablanca (Marocco)"),
    ("Diploma di ragioneria, Istituto Parini, Lecco", "Diploma di ragioneria, Bucarest (Romania)"),
    ("Licenza media presa a Kaolack (Senegal)", "Licenza media presa a Merate"),
)
