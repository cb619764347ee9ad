"""Names of people and firms, which are no skills.

*Mario Sarti* is no tailor, *Muratori srl* no mason. Whoever is named, the rest of a text reads
the same.
"""

import re
from collections.abc import Iterator
from itertools import islice

from matching.domain import DocumentKind
from matching.extraction.index import Index
from matching.extraction.sections import Section, header_of
from matching.normalisation import plain

_CAPITAL = r"[A-ZÀ-ÖØ-ÝŠŽČĆŞŢȘȚ]"
_LETTER = r"[^\W\d_]"
_PARTICLE = r"(?:(?:de|di|del|della|dei|lo|la|el|al|ben|van|von|d|dal|dalla)[ '’])?"
_NAME_WORD = rf"{_PARTICLE}{_CAPITAL}(?:{_LETTER}|['’-])+"
# After a word that announces a name, even one without capitals is taken for it.
_ANNOUNCED = re.compile(
    r"(?i:\b(?:mi chiamo|il mio nome (?:e|è)|sono (?:il|la) signor[ae]?|nome(?: e cognome)?"
    r"|cognome"
    r"(?: e nome)?|nominativo|nome/cognome|my name is|name|first name|surname|last name"
    r"|firmato|firma))"
    r"[ \t]*[:,.]?[ \t]*\n?[ \t]*(?P<name>"
    rf"{_NAME_WORD}(?:[ \t]+{_NAME_WORD}){{0,3}}|(?!e\b|ed\b|ho\b|sono\b|di\b"
    rf"|del)[a-zà-ÿ'’]{{2,}}(?:[ \t]+"
    r"(?!e\b|ed\b|ho\b|sono\b|di\b|da\b|con\b|faccio\b|abito\b|vivo\b|cerco\b|in\b|a\b"
    r"|nat[oa]\b|il\b|la\b"
    r"|lavoro\b|un\b|una\b|del\b|per\b)[a-zà-ÿ'’]{2,})?)"
)
_TITLED = re.compile(
    r"(?i:\b(?:sig(?:\.?ra|\.?na|\.)|signor[ae]?|dott(?:\.ssa|\.|or|oressa)|dr\.|avv\."
    r"|ing\.|geom\.|rag\.|prof(?:\.ssa|\.)"
    r"|chiedere di|contattare|c\.a\.|(?:referente|responsabile|titolare|referenze|rif\.?)[ \t]*:)"
    rf"[ \t]*:?[ \t]+)(?P<name>{_CAPITAL}[a-zà-ÿ'’]+"
    rf"(?:[ \t]+{_PARTICLE}{_CAPITAL}[a-zà-ÿ'’]+){{0,2}})"
)
_SIGNED = re.compile(
    r"(?i:\b(?:in fede|cordiali saluti|distinti saluti|cordialmente|firma"
    r"|saluti|grazie))[ \t]*[:,.]?\s{1,6}"
    rf"(?P<name>{_NAME_WORD}(?:[ \t]+{_NAME_WORD}){{0,3}})[ \t.]*"
    r"(?:\n|$|[-–—,(][ \t]*(?:(?i:tel|cell?|mob)\b|[+0-9]))"
)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,255}|https?://\S+|\bwww\.\S+")
_AT = re.compile(r"(?i:\b(?:presso|c/o|ditta|azienda|impresa|da|di|per|alla)\W+)$")
_NO_NAME = r"(?!(?i:presso|per|dal?|al|in|con|ditta|azienda|impresa|c/o|addett[oa]|come)\b)"
_COMPANY = re.compile(
    rf"(?<![\w'’])(?P<name>(?:{_NO_NAME}{_CAPITAL}[\w'’&.-]*[ \t]+(?:(?:di|e|&|dei|del|della"
    rf"|F\.lli)[ \t]+)?){{1,3}})"
    r"(?=(?i:s\.? ?r\.? ?l\b|s\.? ?p\.? ?a\b|s\.? ?n\.? ?c\b|s\.? ?a\.? ?s\b|soc\.? ?coop"
    r"|scarl\b|s\.c\.|& c\b|"
    r"e figli\b|& figli\b|onlus\b|gmbh\b|ltd\b))"
)
_DESCRIPTOR_WORDS = """
espert qualificat specializzat generic profession junior senior ex esperienz patent turnist addett
operai offr cerc cercas dispon disponibil candidatur autocandidatur lettera presentazion
"""
_DESCRIPTORS = frozenset(_DESCRIPTOR_WORDS.split())
_TITLE_LINES = frozenset(
    {"curriculum vita", "curricul vita", "curriculum", "cv", "europas", "europass"}
)
_PREFIX = re.compile(
    r"\s*(?:europass\W+)?(?:curriculum(?:\s+vitae)?(?:\s+(?:europeo|formativo"
    r"|professionale))?|c\.?v\.?)"
    r"\s*(?:di|del|della|[-–—:|])?\s+"
)
_HEAD = frozenset({Section.CONTACTS, Section.BODY})
_LONGEST_NAME = 4
_FIRST_LINES = 4


def hidden(text: str, words: str, kind: DocumentKind, index: Index) -> list[tuple[int, int]]:
    """Stretches that name a person, a firm or an address, in order of start."""
    found = [match.span("name") for match in _COMPANY.finditer(text)]
    found = [_without_title(text, span, index) for span in found]
    found += [match.span() for match in _ADDRESS.finditer(text)]
    found += [match.span("name") for match in _TITLED.finditer(text)]
    if kind is DocumentKind.CV:
        for pattern in (_ANNOUNCED, _SIGNED):
            found += [match.span("name") for match in pattern.finditer(text)]
        found += _name_line(text, words, index)
        found += list(_again(text, found))
    return sorted(span for span in found if span[0] < span[1])


def _without_title(text: str, span: tuple[int, int], index: Index) -> tuple[int, int]:
    # "Saldatore Officine Rossini srl": a job title before the firm's name stays visible. A plural
    # ("Muratori srl") is a firm's name.
    start, end = span
    if _AT.search(text[max(0, start - 20) : start]):
        return span
    tokens = index.tokens(text[start:end])
    for hit in index.occupations.search([t.key for t in tokens], [False] * len(tokens)):
        written = plain(text[start + tokens[0].start : start + tokens[hit.last - 1].end])
        labels = {plain(claim.label) for claim in index.occupations.claims[hit.phrase]}
        singular = written in labels or written[-1:] in ("a", "e", "o")
        if hit.first == 0 and hit.last < len(tokens) and singular:
            return start + tokens[hit.last].start, end
    return span


def _name_line(text: str, words: str, index: Index) -> Iterator[tuple[int, int]]:
    # One of the first lines of a CV is mostly a name. It is a job title only if nothing in it is
    # a word that no label and no list of descriptors knows.
    for start, end in islice(_lines(text), _FIRST_LINES):
        header = header_of(text[start:end], DocumentKind.CV)
        if header is not None:
            # "LINGUE / INGLESE: BUONO": past the head of a CV no line is its owner's name.
            if header[0] not in _HEAD:
                return
            continue
        prefix = _PREFIX.match(words, start, end)
        start = prefix.end() if prefix else start
        line_end = end
        for mark in ("|", ",", " - ", " – ", " — ", "\t", "   ", "("):
            place = text.find(mark, start, end)
            end = place if place > start else end
        keys = [token.key for token in index.tokens(text[start:end])]
        if " ".join(keys) in _TITLE_LINES or _is_title(keys, index):
            continue
        named = 1 < len(keys) <= _LONGEST_NAME and not any(c.isdigit() for c in text[start:end])
        if not named:
            if prefix or not keys:
                continue
            return
        if _looks_like_name(text[start:end]) and not _COMPANY.search(text, start, line_end):
            yield start, end
        return


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield start, end
        start = end + 1


def _is_title(keys: list[str], index: Index) -> bool:
    breaks = [False] * len(keys)
    jobs = index.occupations.search(keys, breaks)
    skills = index.skills.search(keys, breaks)
    # "Anna" has the key of "anni": so short a key proves nothing.
    known = all(
        len(key.rstrip("'")) > 3
        and index.is_label_word(key)
        or key in _DESCRIPTORS
        or len(keys) == 1
        for key in keys
    )
    covered = {number for hit in skills for number in range(hit.first, hit.last)}
    return (
        bool(keys)
        and known
        and (len(keys) > 2 or bool(jobs) and jobs[0].first == 0 or len(covered) == len(keys))
    )


def _looks_like_name(line: str) -> bool:
    tokens = [token for token in re.findall(rf"{_LETTER}+", line) if len(token) > 2]
    return bool(tokens) and all(token[0].isupper() for token in tokens)


def _again(text: str, found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same names further on, in a footer or a signature, whole and with capitals."""
    for start, end in sorted(set(found)):
        name = text[start:end].strip()
        if " " not in name or len(name) > 60 or "@" in name:
            continue
        place = text.find(name, end)
        while place >= 0:
            yield place, place + len(name)
            place = text.find(name, place + len(name))
