"""Whether a text is what it is given as: a CV that tells of a person, a vacancy that asks.

Portraits of firms, lists of benefits, course catalogues, search pages, blank forms, e-mails
without their attachment: what they name is nobody's and is asked of nobody, however many trades
and languages they list. A short text gets the benefit of the doubt.
"""

import re
from collections.abc import Sequence

from matching.domain import DocumentKind
from matching.extraction.boilerplate import HIRING
from matching.extraction.mentions import RawMention, Reading
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.segments import Segment

_SHORT_WORDS = 30
_TITLE_WORDS = 12
_ASKING = frozenset({Section.DUTIES, Section.REQUIREMENTS, Section.PREFERRED})
_TELLING = frozenset(
    {
        Section.EXPERIENCE, Section.EDUCATION, Section.COURSES, Section.SKILLS, Section.LANGUAGES,
        Section.UNPAID, Section.WISHES,
    }
)  # fmt: skip
_REQUEST = re.compile(
    r"\b(?:requisit\w+|richied\w+|richiest[oaei]\b|candidat[oa] ideale|mansion[ei]\b|automunit\w"
    r"|la risorsa|il candidato|la candidata|(?:la|il) (?:figura|profilo|person[ae])\b"
    r"|esperienza (?:nel|come|minim|pregress|gradit|richiest|anche|di almeno|in|almeno)\w*"
    r"|(?:tempo|contratto) (?:in)?determinato|contratto (?:a|di|in)\b|full[- ]?time|part[- ]?time"
    r"|si occuper\w+|ti occuperai|dovra|dovrai|deve (?:sapere|saper|avere|essere)|ci serve|serve"
    r"|retribuzione|assunzion[ei]|si assum\w+|(?:da|per) inserire|sede di lavoro|avviso (?:pubblico"
    r"|di selezione)|selezione pubblica|concorso|bando|prova (?:pratica|pagata)|orario di lavoro"
    r"|disponibilita|indispensabil\w|livello ccnl|ral|posti (?:disponibili|vacanti)|si tratta di"
    r"|offerta (?:n|nr|num|di lavoro)|ore (?:settimanali|a settimana|alla settimana))\b"
    r"|\bposti ?: ?\d|\bore \d\d?[ /]{1,3}sett|\b(?:si chiede|assumere (?:\w+ )?un\w?)\b"
)
_FIRST_PERSON = re.compile(
    r"\b(?:ho (?:\w+ )?(?:\w+(?:ato|uto|ito|sto|tto|rso|eso)\b|esperienza|lavor\w+|\d+|un|una|il|la"
    r"|molt\w|buon\w)"
    r"|sono (?!(?:riservat|allegat|indicat|destinat|previst|contenut|informat|trattat"
    r"|conservat|confidenzial|strettamente|state|stati|i |gli |le |da |obbligatori)\w*)\w+"
    r"|(?<!di )(?<!del )(?<!il )(?<!e )(?<!per )lavoro (?:in|come|da|presso|nel\w*|al\w*|con"
    r"|anche|per)"
    r"|ero|so|faccio|cerco|vorrei|mi occup\w+|mi chiamo|parlo|guido|uso\b(?! (?:di|del))"
    r"|cucino|assisto|pulisco|imparo|abito|vivo|conosco|posso|vengo|i'm|i am|i have|my"
    r"|mi piac\w+|mi adatt\w+|mi propongo|voglio|\w{3,}(?:avo|evo|ivo))\b"
)
# An operator's note on somebody: "Elvis girava con le giostre, montava l'autoscontro". Her age,
# which such notes begin with, must count for nothing.
_THIRD_PERSON = re.compile(r"\b\w{3,}(?:ava|eva)(?:no)?\b")
_NOTE_CUES = 3
_YEAR = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b|['’]\d\d\b")
_STRETCH = re.compile(
    r"\b(?:19|20)\d\d\b\s*(?:[-–—/→]+|al?\b|fino a\w*)\s*(?:\d\d?[/.])?(?:(?:19|20)?\d\d\b|oggi"
    r"|in corso"
    r"|presente|now|ad oggi)"
)
# What a blank form and the notes on how to fill it in say; a person writes none of it.
_FORM = re.compile(
    r"\[[^\]\n]{0,12}(?:inserisci|nome|cognome|ruolo|descrivi|seleziona|lingua|mese|anno|data|es\.)"
    r"|\binserisci qui\b|\bsostituisci\b|\bsuggeriment[oi]:|\bscrivi (?:qui|due|una|le)\b"
    r"|\bdescriv(?:ere|erle|erli|i) (?:una|un|le|la|il|qui|brevemente)\b|\bdescriverle\b"
    r"|\bindicare (?:i|il|la|le|l'|gli|per|date|se)\b|\briportare (?:i|il|la|le|cognome|nome)\b"
    r"|\bcompilare (?:la|il|le|i) (?:griglia|sezion\w+|camp\w+|modul\w+|modello|tabell\w+)\b"
    r"|\b(?:da cancellare|da eliminare) prima\b|\bistruzioni per la compilazione\b|\bbarrare\b"
    r"|\bper ciascun[oa]? (?:\w+ )?(?:indicare|specificare)\b|\bselezionare la (?:voce|casella)\b"
    r"|\b(?:lorem ipsum|non superare le due pagine|le sezioni non pertinenti|sezione (?:da"
    r" compilare|facoltativa))\b|_{6,}"
)
_FORM_CUES = 3


def speaks(reading: Reading, titles: Sequence[RawMention]) -> bool:
    """Whether a CV tells of a person, or a vacancy asks for one.

    Parameters
    ----------
    reading
        The text.
    titles
        The occupations named in it. One at the head is a title, and the text what it says.
    """
    heard = [
        segment
        for segment in reading.segments
        if not segment.silent and reading.words[segment.start : segment.end].strip()
    ]
    if not heard:
        return False
    short = is_short(reading)
    if reading.kind is DocumentKind.CV:
        if _is_blank_form(reading):
            return False
        return short or _tells(reading, heard) or _has_title(reading, titles)
    return short or _asks(reading, heard) or _has_title(reading, titles)


CUES = ("hiring", "requests", "first_person", "stretches", "form_words", "title_on_top", "years")


def cues(reading: Reading, titles: Sequence[RawMention]) -> tuple[float, ...]:
    """How often the words of a purpose occur where a text speaks; in the order of ``CUES``."""
    heard = [segment for segment in reading.segments if not segment.silent]

    def count(pattern: re.Pattern[str]) -> float:
        return float(
            sum(
                sum(1 for _ in pattern.finditer(reading.words, part.start, part.end))
                for part in heard
            )
        )

    return (
        count(HIRING),
        count(_REQUEST),
        count(_FIRST_PERSON),
        count(_STRETCH),
        count(_FORM),
        float(_has_title(reading, titles)),
        float(len(_YEAR.findall(reading.words))),
    )


def is_short(reading: Reading) -> bool:
    """Whether a text is too short to be anything but what it is given as."""
    return len(reading.words.split()) <= _SHORT_WORDS


def _asks(reading: Reading, heard: Sequence[Segment]) -> bool:
    return any(
        segment.section in _ASKING
        or HIRING.search(reading.words, segment.start, segment.end)
        or _REQUEST.search(reading.words, segment.start, segment.end)
        for segment in heard
        if segment.section is not Section.OFFER
    )


def _tells(reading: Reading, heard: Sequence[Segment]) -> bool:
    return any(
        segment.section in _TELLING
        or _STRETCH.search(reading.words, segment.start, segment.end)
        or _FIRST_PERSON.search(reading.words, segment.start, segment.end)
        for segment in heard
    ) or _is_note(reading, heard)


def _is_note(reading: Reading, heard: Sequence[Segment]) -> bool:
    """Whether a text tells what somebody else used to do."""
    told = {
        verb[0]
        for segment in heard
        for verb in _THIRD_PERSON.finditer(reading.words, segment.start, segment.end)
    }
    return len(told) >= _NOTE_CUES


def _has_title(reading: Reading, titles: Sequence[RawMention]) -> bool:
    """Whether the first lines hold a job title with hardly anything else beside it."""
    first = [line for line in re.finditer(r"[^\n]+", reading.text) if line.group().strip()][:3]
    return any(
        line.start() <= title.start < line.end() and len(line.group().split()) <= _TITLE_WORDS
        for line in first
        for title in titles
        if title.stance is not Stance.OTHERS
    )


def _is_blank_form(reading: Reading) -> bool:
    cues = sum(1 for _ in _FORM.finditer(reading.words))
    return cues >= _FORM_CUES and len(_YEAR.findall(reading.words)) < _FORM_CUES
