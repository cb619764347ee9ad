"""Levels of education, as levels of the European Qualifications Framework (EQF).

Levels as in the Italian qualifications framework (D.M. 8 January 2018): licenza media 1, first two
years of upper secondary school 2, three-year qualification 3, diploma and IFTS 4, ITS 5, laurea 6,
magistrale 7, dottorato 8. A title of another country counts only where its level is plain.
"""

import re
from collections.abc import Iterator

from matching.domain import DocumentKind, Fact
from matching.extraction.facts import fact

_VOCATIONAL = (
    r"taglio|cucito|partecipazione|frequenza|corso|lingua|italiano|ballo|danza|estetist\w+"
    r"|parrucchier\w+"
    r"|acconciat\w+|massag\w+|sommelier|primo soccorso|a\.?s\.?a\b|o\.?s\.?s\b|addett\w+"
    r"|operator[ei]|operatric[ei]|"
    r"haccp|dattilografia|stenodattilografia|computer|informatica di base|merito|onore"
    r"|sicurezza|bagnin[oa]"
)
_MIDDLE = (
    r"(?:terza |3\s?[a^ª°]? )?medi[ae](?: inferiore)?\b(?! superior)"
    r"|(?:terza |3\s?[a^ª°]? )medi[ae]\b|licenza media|primo ciclo"
    r"|secondaria (?:di )?(?:primo|i|1[°o]?) grado"
)
# Titles, highest first. Within a level the wording is free, between levels a longer title hides the
# shorter one inside it ("diploma di laurea", "diploma di terza media").
_TITLES: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (8, r"\bdottorato(?: di ricerca)?\b|\bdottore di ricerca\b|\bph\.?d\b"),
        (
            7,
            r"\b(?:diploma di )?laurea(?: di)? \(?(?:3 ?\+ ?2\b\)?|magistrale|specialistica"
            r"|vecchio ordinamento|quinquennale"
            r"|quadriennale|a ciclo unico|(?:di )?(?:secondo|ii|2[°o]?) livello)"
            r"|\blaurea(?: \w+)? in (?:giurisprudenza|medicina|farmacia|odontoiatria|veterinaria)"
            r"|\bmaster (?:universitario|di (?:primo|secondo|i|ii|1[°o]?|2[°o]?) livello)"
            r"|\bspecializzazione post ?-?laurea|\bmaster'?s degree|\bmaster of (?:science"
            r"|arts)\b",
        ),
        (
            6,
            r"\b(?:diploma di )?laure[ae]\b(?: triennale| breve| di primo livello| di i livello)?"
            r"|\blaureat[oaie]\b|\bdiploma (?:universitario|accademico)"
            r"|\bbachelor(?:'?s degree)?\b"
            r"|\buniversity degree\b",
        ),
        (
            5,
            r"\b(?:diploma (?:di )?)?(?:istruzione tecnica superiore"
            r"|istituto tecnologico superiore"
            r"|its\b|tecnico superiore\b|its academy)",
        ),
        (
            4,
            r"\bdiplom[ai] (?:quinquennale |tecnico )?(?:di |in )?(?:(?:scuola|istituto"
            r"|istruzione) )?"
            r"(?:\w+ )?(?:medi[ao] superiore|superiore|secondari[ao] (?:superiore"
            r"|di (?:secondo|ii|2[°o]?) grado))"
            r"|\blicenza (?:liceale|media superiore)|\bmaturita\b|\bifts\b|\besame di stato\b"
            r"(?! (?:di terza|per l|alla prof))|\bhigh school diploma\b"
            r"|\bsecondary school diploma\b"
            rf"|\bdiplom(?:a|i)\b(?! (?:di |in |d')?(?:{_MIDDLE}|qualifica"
            r"|scuola media\b(?! sup)|laurea"
            rf"|universitari|accademic|(?:di |da )?(?:{_VOCATIONAL})))|\bdiplomat[oaie]\b"
            r"|\bragionier[ea] diplomat|\bperito (?:\w+ )?(?:industriale|meccanico"
            r"|elettronico|chimico"
            r"|tessile|agrario|informatico|aziendale|elettrotecnico|edile)\b",
        ),
        (
            3,
            r"\b(?:diploma (?:di )?)?qualifica (?:professionale|triennale|regionale|iefp"
            r"|di (?:istruzione|iefp))"
            r"|\b(?:diploma|attestato) di qualifica\b|\biefp\b|\bqualifica di (?:3|tre) anni\b"
            r"|\bqualificat[oa] (?:presso|al) (?:cfp|enaip|istituto)",
        ),
        (
            2,
            r"\bbiennio\b(?! (?:di|come|presso|lavorat|20|19))|\bobbligo (?:scolastico"
            r"|formativo) (?:assolto|di 10 anni)"
            r"|\b(?:due|2|tre|3) anni (?:di|del|alle|dell'|dello) (?:superiori"
            r"|scuola superiore|liceo"
            r"|istituto|ragioneria)",
        ),
        (
            1,
            r"\b(?:licenza|lic\.|diploma(?: di)?|scuola|scuole|esame di)? ?(?:di )?(?:scuola )?"
            r"(?:terza medi[ae]|3\s?[a^ª°]? medi[ae])(?: inferiore)?\b"
            r"|\b(?:licenza|lic\.|diploma)(?: di)?(?: scuola)? ?medi[ae](?: inferiore"
            r"| inf\.)?\b(?! sup)"
            r"|\b(?:licenza|diploma) (?:di )?(?:scuola )?secondaria (?:di )?(?:primo|i"
            r"|1[°o]?) grado"
            r"|\b(?:diploma|licenza) (?:di |del )?primo ciclo|\bobbligo scolastico\b"
            r"|\bscuola dell'obbligo\b"
            r"|\bmedie inferiori\b",
        ),
    )
)
_QUALIFIED = 3
# Schools, which tell the level where they are listed as studies: not "bidella in una scuola media".
_SCHOOLS: tuple[tuple[int, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (
            4,
            r"\bliceo\b|\bistituto (?:tecnico|magistrale|d'arte|statale d'arte|commerciale)\b"
            r"|\bscuola (?:media )?superiore\b|\bmedie superiori\b|\bgeometra\b|\bragioniere?a?\b"
            r"|\bscuola secondaria (?:superiore|di (?:secondo|ii|2[°o]?) grado)"
            r"|\bragioneria\b|\b(?:itis|itcg?|ipsia|ipssar|ipc)\b|\bperito\b|\bhigh school\b",
        ),
        (
            3,
            r"\bscuola professionale\b|\bistituto (?:professionale|alberghiero)\b"
            r"|\bc\.?f\.?p\.?\b"
            r"|\bqualifica (?:di|come|da) \w+|\benaip\b|\bscuola alberghiera\b",
        ),
        (
            1,
            r"\bscuola secondaria di (?:primo|i|1[°o]?) grado|\bscuola media\b(?! sup)"
            r"|\bscuole medie\b(?! sup)|\bmedie\b(?! sup)",
        ),
    )
)
# What says that a school was not finished, or is not finished yet, anywhere in the sentence.
_UNFINISHED = re.compile(
    r"\biscritt[oa]\b|\binterrott\w+|\babbandonat\w+|\bfrequent(?:o|ando|ante)\b|\bin corso\b"
    r"|\bfrequentat\w+ (?:\w+ ){0,4}(?:fino|sino|il (?:primo|secondo|terzo|quarto)|i primi"
    r"|le prime"
    r"|solo|(?:per )?(?:\w+ )?(?:uno|due|tre|quattro|1|2|3|4) ann)"
    r"|\b(?:primo|secondo|terzo|quarto|[1-4][°o^]?) anno (?:di|del|della|in|alle?|per)\b"
    r"|\bsenza (?:aver\w* )?(?:conseguir|conclud"
    r"|termin|complet|fini|sosten|otten|il diploma|diploma|titolo)\w*"
    r"|\bnon (?:l'ho |e stat\w )?(?:ho |ancora )?(?:mai )?(?:conclus|terminat|completat"
    r"|finit|conseguit|ottenut|portat)\w*"
    r"|\blaureand[oa]\b|\bdiplomand[oa]\b|\b(?:sto|stiamo) (?:frequentando|studiando"
    r"|conseguendo|finendo)"
    r"|\bstudi non\b|\bincomplet\w+|\bmancan\w+\b|\bdue esami\b|\besami (?:sostenuti"
    r"|mancanti|superati)\b"
    r"|\bfino (?:al|alla|a) (?:\w+ )?(?:primo|secondo|terzo|quarto|prima|seconda|terza"
    r"|quarta|2|3|4|ii|iii|iv)"
    r"[°^ao]?\b(?! media| medie)|\bstudent(?:e|essa)\b|\bfuori corso\b"
)
_FINISHED = re.compile(
    r"\bdiplomat[oa]\b|\bconseguit[oaie]\b(?<!non conseguito)|\bho preso (?:il|la)\b"
)
_NOT_RECOGNISED = re.compile(
    r"\bnon (?:e |ancora )*(?:riconosciut|equipollent|equiparat|valid)\w*|\bda riconoscere\b"
    r"|\bin (?:attesa|corso|fase) di (?:riconoscimento|equipollenza)"
)
_ABROAD = re.compile(
    r"\b(?:nel|del|di) (?:mio |suo )?paese(?: d'origine| di origine)?\b|\bin patria\b"
    r"|\ball'estero\b"
    r"|\bester[oa]\b|\bin (?:albania|romania|ucraina|marocco|senegal|egitto|tunisia|algeria"
    r"|nigeria|ghana"
    r"|costa d'avorio|burkina|togo|mali|gambia|guinea|camerun|eritrea|etiopia|somalia"
    r"|russia|moldavia|moldova"
    r"|bielorussia|polonia|bulgaria|serbia|kosovo|macedonia|bosnia|croazia|georgia|armenia"
    r"|turchia|siria|iraq"
    r"|iran|afghanistan|pakistan|india|bangladesh|sri lanka|nepal|cina|filippine|peru"
    r"|ecuador|bolivia|brasile"
    r"|colombia|venezuela|cuba|argentina|uruguay|el salvador|honduras|repubblica dominicana"
    r"|santo domingo"
    r"|venezuela|messico)\b"
)
_VAGUE = re.compile(r"\bdiplom[ai]\b|\bqualifica\b|\bdiplomat[oaie]\b|\btecnico superiore\b")
_DENIED = re.compile(
    r"\b(?:senza|nessun\w?|non (?:ho|possiedo|e richiest\w|serve))\W+(?:\w+\W+){0,3}$"
)
_CLAUSE = re.compile(
    r"[;\n]|\+(?! ?2\))|(?<!\blic)(?<!\bdipl)(?<!\bist)\.|(?<=\)) (?=(?:licenza|diploma|laurea"
    r"|qualifica)\b)"
    r"|, (?=(?:poi|ho|ma|e poi|licenza|diploma|laurea|terza media)\b)|\b(?:ma|poi|pero)\b"
)
# Most sentences speak of no school; this tells quickly.
_HINT = re.compile(
    r"diplom|laur|licenza|qualific|dottor|ph\.?d|master|medi[ae]\b|scuol|liceo|istitut"
    r"|perito|ragion|geometra"
    r"|biennio|superior|maturit|ifts|\bits\b|iefp|cfp|c\.f\.p|enaip|itis|\bitc|ips|ciclo"
    r"|obblig|school|degree"
    r"|bachelor|esame di stato|secondaria"
)


def education_levels(
    text: str, words: str, kind: DocumentKind, *, studies: bool = True
) -> Iterator[Fact]:
    """Every education level named, as EQF level; of a person only those that were completed.

    ``studies`` is false where work is told: there a school is a place of work. An Italian title
    that is not recognised, and a foreign one of unclear level (*diploma nel mio paese*), give
    nothing: better ask than guess.
    """
    if not _HINT.search(words):
        return
    person = kind is DocumentKind.CV
    for first, last in _clauses(words):
        clause = words[first:last]
        if person and (
            (_UNFINISHED.search(clause) and not _FINISHED.search(clause))
            or _NOT_RECOGNISED.search(clause)
        ):
            continue
        abroad = person and bool(_ABROAD.search(clause))
        for level, start, end in _levels(clause, text[first:last], studies=studies and person):
            named = clause[start:end]
            if (
                abroad
                and _VAGUE.search(named)
                and not re.search(r"superiore|liceo|maturita", clause)
            ):
                continue
            if not _DENIED.search(clause[:start]):
                yield fact(text, level, first + start, first + end)


def _clauses(words: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _CLAUSE.finditer(words):
        if match.start() > start:
            yield start, match.start()
        start = match.start()
    yield start, len(words)


def _levels(clause: str, text: str, *, studies: bool) -> Iterator[tuple[int, int, int]]:
    taken: list[tuple[int, int]] = []
    for level, pattern in _TITLES:
        for match in pattern.finditer(clause):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            # "its" is a word of English; the school is written in capitals.
            if match.group() == "its" and not text[start:end].isupper():
                continue
            taken.append((start, end))
            yield level, start, end
    if studies and not taken:
        # "Qualifica di congegnatore, IPSIA": three years at a school that goes up to five.
        qualified = "qualific" in clause
        for level, pattern in _SCHOOLS:
            if qualified and level > _QUALIFIED:
                continue
            match_or_none = pattern.search(clause)
            if match_or_none:
                yield level, *match_or_none.span()
                return
