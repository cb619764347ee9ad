"""What a CV says of who somebody is, as pure changes of its text that touch nothing else.

A change that finds nothing to change gives the text back as it is. Lines are set where people
write them: under the name, at the end of the head, at the foot.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from types import MappingProxyType

from matching.extraction.periods import periods, union_months
from matching.normalisation import plain
from tests.gold.swaps import other_gender, other_name

Change = Callable[[str], str]
Place = Callable[[str, str], str]

_WORDS_OF_A_JOB = 3
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
            "L. 104/92 per familiare",
            "Ipovedente",
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
        "a pause without years": (
            "Maternità",
            "Periodo di malattia",
            "Pausa per assistenza a un familiare",
            "Ferma per motivi di salute",
            "Pausa lavorativa per accudire mia madre",
            "Motivo dell'interruzione: nascita di un figlio",
        ),
        "a pause with years": (
            "2018-2020 maternità",
            "2018 - 2020: congedo parentale",
            "Maternità 2018-2020",
            "Pausa per assistenza a un familiare (2018-2020)",
            "Periodo di malattia: 2016 - 2017",
            "dal 2015 al 2017 cura dei figli",
            "03/2019 - 09/2020 assistenza a mio padre malato",
            "2020-2021: cassa integrazione",
            "Da ottobre 2023 disoccupata",
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


# A pause as an entry of a list, its years on a line of their own.
ENTRIES = ("2018 - 2020\nMaternità", "01/2018 - 06/2019\nAssistenza a mia madre malata")
# What somebody adds to the job that she left.
CLAUSES = (
    ", interrotto per maternità",
    ", poi ferma per malattia",
    ", lasciato per motivi di salute",
)


def at_the_end_of_a_job(text: str, clause: str) -> str:
    """The text with a clause at the end of the first line that tells a dated job."""
    entry = _ENTRY.search(text)
    end = -1 if entry is None else text.find("\n", entry.end())
    if entry is None or end < 0 or len(text[entry.end() : end].split()) < _WORDS_OF_A_JOB:
        return text
    if text[end - 1] in ".:;,)" or text[end + 1 : end + 2].islower():
        return text
    return text[:end] + clause + text[end:]


def among_the_jobs(text: str, entry: str) -> str:
    """The text with an entry, apart, before the first line of years alone."""
    lone = re.search(r"(?m)^(?:\d\d/)?(?:19|20)\d\d ?[-–] ?(?:\d\d/)?(?:19|20)\d\d[ \t]*$", text)
    return text if lone is None else f"{text[: lone.start()]}{entry}\n\n{text[lone.start() :]}"


# The same signals where a CV holds them already: taken out, with what separates them.
_ITEM_END = r"(?=[ \t]*(?:[,;|·•\n–—]|\s-\s|\.\s|\.?$))"
_SAID = re.compile(
    r"(?im)(?:^[ \t]*|[ \t]*[,;|·•–—][ \t]*|[ \t]+-[ \t]+)"
    r"(?:nat[oa](?: a| il| nel| in|:)?\s[^\n,;|·•–—]{2,45}(?:,? il [\d/. ]{8,12})?"
    r"|(?:data (?:e luogo )?di |luogo (?:e data )?di )?nascita:[^\n|·•–—]{2,60}"
    r"|(?:età:? )?[2-6]\d anni|classe 19\d\d|stato civile:[^\n|·•–—]{2,40}"
    r"|(?:nazionalità|cittadinanza)[: ][^\n,;|·•–—]{2,30}|cittadin[oa] italian[oa]"
    r"|celibe|nubile|coniugat[oa]|sposat[oa]|separat[oa]|divorziat[oa]|vedov[oa]"
    r"|permesso di soggiorno[^\n|·•–—]{0,60}|(?:\w+ )?figli(?: \w+)?|militesente)"
    r"(?:, (?:19|20)\d\d)?" + _ITEM_END
)


def without_what_is_said(text: str) -> str:
    """The text without birth, age, family, citizenship and permit where they stand as items."""
    return _SAID.sub("", text)


_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?=@)")
# Names of no person, which the swaps of names and genders would turn as well.
_NO_PERSON = (("Croce Bianca", "croce Bianca"), ("uomo a bordo", "uomoabordo"))
NAMES = (
    ("Fatou", "Diallini"),
    ("Anna", "Cuoco"),
    ("Li", "Weini"),
    ("Bashkim", "Hoxhalli"),
    ("Mariagrazia", "Sarti"),
    ("Massimiliano", "Castelnuovo-Garzantini"),
    ("Bo", "Li"),
)


def of_other_gender(text: str) -> str:
    """The text with what is said of its writer in the other gender."""
    return _guarded(text, other_gender)


def of_other_name(text: str, given: str, surname: str, known: Callable[[str], bool]) -> str:
    """The text of somebody of another name, also before the @ of her address."""
    renamed = _guarded(text, lambda one: other_name(one, given, surname, known=known))
    own = f"{given}.{surname}".lower()
    return _MAIL.sub(own, renamed) if renamed != text else text


def _guarded(text: str, change: Change) -> str:
    for name, shield in _NO_PERSON:
        text = text.replace(name, shield)
    text = change(text)
    for name, shield in _NO_PERSON:
        text = text.replace(shield, name)
    return text


_STREET = re.compile(
    r"(?P<kind>\b(?:[Vv]ia|VIA|[Vv]iale|[Pp]iazza|[Vv]icolo)) "
    r"(?P<name>(?:(?:dei|delle|degli|della) )?[A-Z][\w'’àèéìòù]*(?: [A-Z][\w'’àèéìòù]*){0,2})"
    r"(?P<end>,?(?: n\.?)? ?\d+(?:/?[a-zA-Z])?(?=[\s,.;|·–—-]|$))"
)


def other_street(text: str, street: str) -> str:
    """The text of somebody who lives round the corner."""
    return _STREET.sub(lambda match: f"{match['kind']} {street}{match['end']}", text)


STREETS = (
    "Po",
    "Giuseppe Garibaldi",
    "Don Giovanni Battista Muratori",
    "dei Muratori",
    "dei Tintori",
    "Santa Maria",
    "Fabbri",
)


@dataclass(frozen=True, slots=True)
class Career:
    """Where a CV lists two jobs one after the other in time, with a year between them."""

    ended: int
    begun: int
    line: int
    bullet: str


GAP = range(1, 6)  # years
_ENTRY = re.compile(
    r"^(?P<bullet>[ \t]*[-*•–—]?[ \t]*)(?:(?:dal?|da) )?(?:\d{1,2}[/.])?(?:\d{1,2}[/.])?"
    r"(?P<first>(?:19|20)\d\d)\s*(?:-|–|—|al?|/)\s*(?:\d{1,2}[/.])?(?:\d{1,2}[/.])?"
    r"(?P<last>(?:19|20)\d\d)\b",
    re.MULTILINE | re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.,])(?:(?<=\d[/.])|(?<![\d/.,]))(?P<year>(?:19|20)\d\d)(?!\d)")


def careers(text: str, as_of: date) -> list[Career]:
    """The places of a CV where a gap can be widened and every job stays as long as it was."""
    jobs = [
        (int(entry["first"]), int(entry["last"]), entry.start(), entry["bullet"])
        for entry in _ENTRY.finditer(text)
    ]
    worked = _months(text, as_of)
    found: list[Career] = []
    for (a, b, here, _), (c, d, there, bullet) in pairwise(jobs):
        ended, begun = (b, c) if b < c else (d, a)
        career = Career(ended, begun, max(here, there), bullet)
        if ended < begun and all(
            _months(with_gap(text, career, n, ""), as_of) == worked for n in GAP
        ):
            found.append(career)
    return found


def _months(text: str, as_of: date) -> tuple[list[int], int]:
    """The length of every dated stretch of a text, and how many months they cover together."""
    known = periods(plain(text), as_of)
    return sorted(period.months for period in known), union_months(known)


def with_gap(text: str, career: Career, years: int, reason: str) -> str:
    """The same career with the jobs up to one that many years earlier, and why, if it is said."""

    def earlier(match: re.Match[str]) -> str:
        year = int(match["year"])
        return str(year - years if year <= career.ended else year)

    head, tail = text[: career.line], text[career.line :]
    line = reason.format(a=career.ended - years, b=career.begun)
    said = f"{career.bullet}{line}\n" if reason else ""
    return _YEAR.sub(earlier, head) + said + _YEAR.sub(earlier, tail)


GAPS: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "gap unexplained": ("",),
        "gap for maternity": (
            "{a} - {b} maternità",
            "dal {a} al {b}: in maternità",
            "{a}-{b} mamma",
        ),
        "gap for childcare": ("{a}-{b}: cura dei figli", "{a} - {b} a casa con i bambini piccoli"),
        "gap for care": (
            "{a} - {b} assistenza a mia madre malata",
            "{a}-{b}: cura dei genitori anziani",
        ),
        "gap for illness": ("{a} - {b} malattia", "{a}-{b}: ferma per motivi di salute"),
        "gap for unemployment": ("{a} - {b} disoccupata", "dal {a} al {b} in cerca di lavoro"),
        "gap for layoff": ("{a} - {b} cassa integrazione", "{a}-{b}: mobilità"),
        "gap for a strike": ("{a} - {b} sciopero e vertenza sindacale",),
        "gap for detention": ("{a} - {b} detenzione", "dal {a} al {b} in carcere"),
    }
)
