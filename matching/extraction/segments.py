"""A text cut into segments: sentences and list items, each in its section.

A list item ends with its line; a wrapped paragraph is joined and cut into sentences by spaCy's
rule-based sentencizer, which knows Italian abbreviations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from matching.domain import DocumentKind
from matching.extraction.sections import Section, header_of
from matching.normalisation import plain

if TYPE_CHECKING:
    from spacy.language import Language

_BULLET = re.compile(r"\s*(?:[-–—•·▪●■◦○►➢✓*+>]|\d{1,2}[.)])\s+")
_WRAPPED = 45

_LEGAL = re.compile(
    r"privacy|gdpr|2016/679|679/2016|679/16|196/2003|196/03|d\.? ?lgs|dlgs|l\. ?903|903/77"
    r"|125/91|198/2006|215/0?3|216/0?3|pari opportunit|parita di (?:genere|trattamento)"
    r"|trattamento dei (?:miei |tuoi |suoi )?dati|dati personali|dati sensibili"
    r"|aut(?:orizzazione|\.) ?min|albo delle agenzie|discriminazion"
    r"|(?:di ogni|qualsiasi) (?:nazionalita|eta|orientamento)|senza distinzion"
    r"|tutte le eta e tutte le nazionalita|legge sulla parita|equal opportunit"
    r"|inviare (?:il |un )?(?:proprio )?(?:cv|curriculum)|candidarsi (?:tramite|inviando)"
    r"|mandare (?:il )?(?:cv|curriculum)|informativa"
)
_BIRTH = re.compile(
    r"\b(?:nat[oai] (?:a|il|nel)|data (?:e luogo )?di nascita|luogo (?:e data )?di nascita|"
    r"nazionalita|cittadinanza|stato civile|codice fiscale|e-?mail|pec|telefono|tel|cell"
    r"|cellulare|data di nascita|sesso|coniugat[oa]|nubile|celibe|date of birth|nationality)\b"
)
_BLURB = re.compile(
    r"\b(?:azienda|aziende|societa|impresa|gruppo|realta|cooperativa|studio|ditta|struttura"
    r"|cliente|multinazionale|agenzia|hotel|ristorante|catena|laboratorio|officina)\b"
    r".{0,60}\b(?:leader|operante|opera|operiamo|attiva|fondata|nata|nasce|specializzat[ao]"
    r"|presente|storica|consolidata|affermata|che (?:opera|produce|offre|si occupa)"
    r"|da (?:oltre |piu di )?\d+ anni|dal (?:19|20)\d\d|in forte (?:crescita|espansione)"
    r"|del settore|nel settore)\b"
    r"|\b(?:siamo|siamo una|la nostra)\b.{0,40}\b(?:azienda|realta|societa|impresa|squadra|gruppo"
    r"|agenzia|famiglia|storia|missione|mission)\b"
    r"|\bda (?:oltre |piu di )?\d+ anni (?:ci occupiamo|produciamo|operiamo|siamo|lavoriamo)"
)
HIRING = re.compile(
    r"\b(?:ricerca|ricerchiamo|ricercano|cerca|cerchiamo|cercano|cercasi|seleziona|selezioniamo"
    r"|selezionano|assume|assumiamo|si ricerca|si ricercano|si cerca|si cercano|si seleziona"
    r"|siamo alla ricerca|e alla ricerca|ricerca e seleziona|inserire|inserira)\b"
)
_ASKS = re.compile(
    r"\b(?:richied|richiest|requisit|esperienza|patent|conoscenz|capacita|disponib|mansion"
    r"|si occuper|dovra|dovrai|necessari|indispensabil|gradit|preferibil|titolo)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or list item. ``silent`` marks boilerplate, contacts and company blurbs."""

    start: int
    end: int
    line: int
    section: Section
    silent: bool


@lru_cache(maxsize=1)
def _sentencizer() -> "Language":
    import spacy  # here: a second of import that only running text needs

    language = spacy.blank("it")
    language.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", ";"]})
    return language


def segments(text: str, kind: DocumentKind) -> list[Segment]:
    """Cut a text into segments. Every character that is not layout is in exactly one."""
    section = Section.BODY
    found: list[Segment] = []
    block: tuple[int, int, int] | None = None

    def close() -> None:
        if block is not None:
            found.extend(_sentences(text, block[0], block[1], block[2], section, kind))

    for number, (start, end) in enumerate(_lines(text)):
        line = text[start:end]
        header = header_of(_BULLET.sub("", line, count=1), kind) if line.strip() else None
        if header is not None:
            close()
            block = None
            new, _ = header
            content = start + line.find(":") + 1 if ":" in line else end
            if new is Section.CONDITIONS:
                # A condition (Orario: ...) is one line long; the section around it goes on.
                found.extend(_sentences(text, content, end, number, new, kind))
                continue
            section = new
            if text[content:end].strip():
                block = (content, end, number)
            continue
        if not line.strip():
            close()
            block = None
        elif block is not None and _continues(text, block[1], line):
            block = (block[0], end, block[2])
        else:
            close()
            block = (start, end, number)
    close()
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _continues(text: str, previous_end: int, line: str) -> bool:
    line_start = text.rfind("\n", 0, previous_end) + 1
    long_enough = previous_end - line_start >= _WRAPPED
    ended = text[previous_end - 1 : previous_end] in ".:;!?"
    return long_enough and not ended and not _BULLET.match(line) and not _dated(line)


def _dated(line: str) -> bool:
    return bool(re.match(r"\s*(?:dal? |da )?(?:\d{1,2}[/.-])*(?:19|20)\d\d\b", line.lower()))


def _sentences(
    text: str, start: int, end: int, line: int, section: Section, kind: DocumentKind
) -> Iterator[Segment]:
    piece = text[start:end]
    if not piece.strip():
        return
    bounds = [(0, len(piece))]
    if len(piece) > _WRAPPED and re.search(r"[.!?;]\s", piece):
        bounds = [(s.start_char, s.end_char) for s in _sentencizer()(piece).sents]
        bounds = _whole(bounds, len(piece))
    for first, last in bounds:
        words = plain(piece[first:last])
        yield Segment(
            start + first, start + last, line, section, _is_silent(words, section, kind)
        )


def _whole(bounds: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    # Sentence ends move to the next start, so that no character falls between two sentences.
    starts = [0, *(first for first, _ in bounds[1:])]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _is_silent(words: str, section: Section, kind: DocumentKind) -> bool:
    if section in (Section.LEGAL, Section.LEISURE):
        return True
    if _LEGAL.search(words):
        # A request can share its sentence with a legal formula; then the request counts.
        return not (kind is DocumentKind.VACANCY and HIRING.search(words))
    if kind is DocumentKind.CV:
        return section is Section.CONTACTS or bool(_BIRTH.search(words))
    if section is Section.COMPANY:
        return True
    return bool(_BLURB.search(words)) and not HIRING.search(words) and not _ASKS.search(words)
