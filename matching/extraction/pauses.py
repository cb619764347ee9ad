"""How people write that they paused, and why: the lines and clauses that stand for a gap.

A child, an illness, somebody to care for, a strike, a time without work: none is a matter of
what somebody can do. Patterns work on plain text (lower case, no accents).
"""

import re

from matching.extraction.private_terms import (
    DAY,
    ILLNESS,
    NEEDY,
    NOW,
    OWN_KIN,
    SOME,
    any_of,
)

_BIRTH_LEAVE = r"(?:maternita['’]?|paternita['’]?|gravidanza)"
# "Maternità e congedo parentale", "maternità fino al 2020"; not "maternità, Ospedale Manzoni".
_ON = (
    r"(?: (?:e|ed|fino|per|con|a|al|dal|dalla|del|della|di|poi|obbligatori\w|facoltativ\w"
    r"|anticipat\w|prim\w|second\w|terz\w|durante|dopo|seguit\w)\b[^()]{0,36})?"
)
_WHY = (
    rf"(?:la |una |un['’]? ?)?(?:mia |lunga )?(?:{_BIRTH_LEAVE}|malattia|{ILLNESS}|lutto"
    r"|(?:motivi|problem[ai]|ragioni|cause|esigenze) (?:di salute|di famiglia|familiari|famigliari"
    rf"|personali)|(?:la )?(?:nascita|crescita|cura) {OWN_KIN}"
    r"|(?:stare|seguire|accudire|assistere|crescere|badare|curare)(?: con| dietro)?(?: a)?"
    rf" {OWN_KIN}|(?:l['’] ?)?(?:assistenza|accudimento) (?:di |a )?{OWN_KIN}"
    r"|(?:i )?(?:miei )?(?:figli|bambini|bimbi)|(?:la )?famiglia|detenzione|sciopero)"
    rf"(?: {NEEDY})?"
)
_PAUSE = (
    r"(?:(?:periodo|anno|anni|tempo|mesi) (?:di )?)?(?:pausa|ferm[oa]|stop|assenza|assente"
    r"|interruzione|inattivita|sospensione|a casa|rimast[oa] a casa|ritirat[oa])"
    r"(?: (?:lavorativa|professionale|dal lavoro|da lavoro|dell['’]attivita))?"
)
_BROKEN_OFF = (
    r"(?:(?:contratto|rapporto|lavoro|impiego|attivita)(?: di lavoro)? )?(?:interrott[oa]"
    r"|sospes[oa]|lasciat[oa]|lasciato il lavoro|smess[oa]|smesso di lavorare|dimess[oa]"
    r"|dimissioni|non rinnovat[oa])"
)

# Private wherever they stand, also beside a job.
CLAUSES = (
    rf"(?:e |ed |poi |quindi |dopo |infine )*(?:{_PAUSE}|{_BROKEN_OFF})"
    rf" (?:per|causa|a causa di|dovut\w a|legat\w a|di) {_WHY}{_ON}",
    rf"(?:e |poi |quindi |dopo |infine )+(?:in |la )?(?:{_BIRTH_LEAVE}|malattia|cassa integrazione"
    rf"|congedo (?:di )?(?:{_BIRTH_LEAVE}|parentale)){_ON}",
    rf"(?:un )?(?:lungo )?periodo di (?:{_BIRTH_LEAVE}|(?:lunga )?malattia|convalescenza"
    rf"|congedo|aspettativa|disoccupazione|inattivita|detenzione){_ON}",
    rf"(?:motiv\w+|causa|ragione)(?: (?:dell['’]|della |del )[a-z]{{4,14}})?: ?{_WHY}{_ON}",
)
# Private as a whole line, whether or not it says when.
LINES = (
    rf"(?:in )?(?:congedo |astensione )?(?:(?:di|per) )?(?:la )?{_BIRTH_LEAVE}{_ON}",
    rf"(?:in )?(?:congedo|aspettativa) (?:parentale|non retribuit\w|straordinari\w|di|per){SOME}",
    rf"(?:(?:lunga|in) )?malattia{_ON}",
    rf"{_PAUSE} (?:per|di) {_WHY}{_ON}",
    r"(?:in )?cassa ?integrazione(?: (?:straordinaria|ordinaria|in deroga|guadagni|covid))?",
)
# Why somebody paused, where years stand beside it and nothing else on the line.
REASONS = (
    r"(?:in )?(?:congedo|aspettativa)(?: .{1,40})?",
    rf"(?:assenza |pausa |ferm[oa] )?(?:in|per) malattia{_ON}",
    r"(?:per )?(?:motivi|problem[ai]|ragioni|cause) (?:di salute|familiari|di famiglia"
    rf"|personali)\b{SOME}",
    rf"{_PAUSE}(?: (?:per|di|dal)\b{SOME})?",
    rf"{ILLNESS}(?: {SOME})?|convalescenza(?: {SOME})?",
    r"(?:cure|terapie|riabilitazione|ricovero) (?:medic\w+|oncologic\w+|ospedalier\w+|dopo|post)\b"
    rf"{SOME}|(?:in )?(?:ricovero|riabilitazione)",
    r"(?:(?:mi|ci) (?:sono|siamo) dedicat\w )?(?:a |alla )?(?:cura|accudimento|crescita|educazione)"
    r" (?:dei (?:miei )?(?:figli|bambini|genitori)|della (?:mia )?famiglia)"
    r"|cura famigliare|cura familiare",
    r"(?:a casa|rimast[oa] a casa)(?: (?:con|per) .{2,45})?",
    r"(?:ho )?(?:cresciuto|seguito) (?:i |le |la )?(?:mi[oae]i? |miei )?(?:figli[oae]?"
    r"|bambin[oaie])",
    r"nascita .{0,20}figli[oa].{0,20}|(?:mamma|casalinga) a tempo pieno|mamma|famiglia|figli"
    r"|casalinga",
    rf"(?:non ho lavorato|non lavoravo|nessun lavoro|niente|nulla)(?: {SOME})?",
    r"(?:(?:dis|in)occupat[oa]|disoccupazione)(?: [a-z ]{1,30})?|(?:in )?naspi"
    r"|senza (?:lavoro|impiego|occupazione)",
    r"(?:in )?(?:cerca|ricerca) (?:di )?(?:lavoro|occupazione|impiego)",
    r"(?:in )?(?:cassa ?integrazione|cig[so]?|cassintegrat[oa]|mobilita['’]?)(?: (?:a|per|e|fino"
    rf"|(?:stra)?ordinaria|in deroga|guadagni|covid)\b{SOME})?",
    r"(?:in )?(?:sciopero|vertenza)(?: (?:e|sindacale|per|contro)\b[^()]{0,40})?",
    r"(?:in )?(?:detenzione|carcere|reclusione|prigione)(?: (?:domiciliare|(?:a|di) [a-z]+"
    r"|per [a-z ]{2,20}))?|detenut[oa](?: a [a-z]+)?|(?:anno|periodo) sabbatico",
    # As a noun; *ho accudito mia madre* tells of work that was done.
    r"(?:assistenza|cura|accudimento|badare|per accudire|per assistere)"
    rf" {OWN_KIN}(?: {NEEDY})?(?: (?:fino|e)\b[^()]{{0,30}})?",
)  # fmt: skip
_RANGE = rf"{DAY}(?:\s?(?:-|–|—|/|→|>|al?l?['’]?|e il|e|fino al?|ad)\s?(?:{DAY}|{NOW}|\d\d))?"
_FROM = r"(?:d[ae]l?l?['’]?|nel|anno|anni|periodo|tra il|tra)[ :]?\s?"
_YEARS = re.compile(rf"[^\w(]*(?:{_FROM})?(?:mese di )?{_RANGE}[\s:;,–—-]*")
_YEARS_AFTER = re.compile(rf"[\s:,–—(-]+(?:{_FROM})?(?:mese di )?{_RANGE}[\s).]*$")
_ENDS_IN_YEARS = re.compile(rf"(?:\d|{NOW})[\s).]*$")
# Where somebody worked; what stands beside it is no pause.
_AT_WORK = re.compile(
    r"\b(?:presso|ditt[ae]|aziend[ae]|impresa|cooperativa|coop|reparto|clinica|ospedale|rsa|nido"
    r"|casa di riposo|comunita|istituto|centro|studio|negozio|albergo|hotel|bar)\b"
    r"(?<!chiusura ditta)(?<!chiusura azienda)(?<!chiusura della ditta)(?<!fine ditta)"
    r"(?<!dell'azienda)(?<!della ditta)"
)

_CLAUSE = any_of(CLAUSES)
_REASON = any_of(REASONS, LINES, CLAUSES)


def is_a_pause(item: str) -> bool:
    """Whether an item, given in plain words, says that work paused for a reason of one's own.

    >>> is_a_pause("poi ferma per maternita"), is_a_pause("sostituzione maternita")
    (True, False)
    """
    return _CLAUSE.fullmatch(item) is not None and not _AT_WORK.search(item)


def is_a_reason(item: str) -> bool:
    """Whether an item with years beside it says why somebody paused, and nothing else.

    >>> is_a_reason("assistenza a mia madre"), is_a_reason("assistenza anziani")
    (True, False)
    """
    return _REASON.fullmatch(item) is not None and not _AT_WORK.search(item)


def after_years(line: str) -> int:
    """Where the words after the years that open a line begin; 0 where none do."""
    dated = _YEARS.match(line)
    return dated.end() if dated else 0


def before_years(line: str) -> int:
    """Where the words before the years that end a line end; its length where none do."""
    dated = _YEARS_AFTER.search(line) if _ENDS_IN_YEARS.search(line[-20:]) else None
    return dated.start() if dated else len(line)
