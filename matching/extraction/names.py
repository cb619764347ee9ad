"""Names of people, firms and home streets, which are no skills.

*Mario Sarti* is no tailor, *Muratori srl* no mason, who lives in *via dei Tintori* no dyer.
Whoever is named, the rest of a text reads the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from matching.domain import DocumentKind
from matching.extraction.boilerplate import is_furniture, menu_lines
from matching.extraction.index import Index
from matching.extraction.sections import Section, header_of
from matching.normalisation import plain

_CAPITAL = r"[A-ZÀ-ÖØ-ÝŠŽČĆŞŢȘȚ]"
_LETTER = r"[^\W\d_]"
_PARTICLE = r"(?:(?:de|di|del|della|dei|lo|la|el|al|ben|van|von|d|dal|dalla)[ '’])?"
_NAME_WORD = rf"{_PARTICLE}{_CAPITAL}(?:{_LETTER}|['’-])+"
# What else a form asks is no part of a name: "Cognome e nome: Bolis Fiorenzo Età: 56".
_ASKED = (
    r"(?!(?:Età|Eta|Comune|Nat[oa]|Nome|Cognome|Data|Luogo|Indirizzo|Residen\w+|Domicilio|Tel\w*"
    r"|Cell\w*|Stato|Via|Codice|Sesso|Nazionalità|Cittadinanza|E-?mail|Professione|Profilo|Sig|Dott)\b)"
)
_NAMES = rf"{_ASKED}{_NAME_WORD}(?:[ \t]{{1,2}}{_ASKED}{_NAME_WORD}){{0,3}}"
_NO_MORE = (
    r"(?!e\b|ed\b|ho\b|sono\b|di\b|da\b|con\b|faccio\b|abito\b|vivo\b|cerco\b|in\b|a\b|nat[oa]\b"
    r"|il\b|la\b|lavoro\b|un\b|una\b|del\b|per\b)"
)
_SMALL_NAMES = (
    rf"(?!e\b|ed\b|ho\b|sono\b|di\b|del)[a-zà-ÿ'’]{{2,}}(?:[ \t]+{_NO_MORE}[a-zà-ÿ'’]{{2,}})?"
)
_ENTRY_CUES = ("nom", "nume", "apelli", "name", "firma", "candidat", "utente", "beneficiari")
_GAP = r"[ \t]{0,30}"
# After words that announce a name, even one without capitals is taken for it.
_ANNOUNCED = re.compile(
    r"(?i:\b(?:mi chiamo|il mio nome (?:e|è)|sono (?:il|la) signor[ae]?|my name is)\b)"
    rf"[ \t]*[:,.]?[ \t]*\n?[ \t]*(?P<name>{_NAMES}|{_SMALL_NAMES})"
)
# In a form, and under a letter: *firma digitale* and *conosco per nome* announce nobody.
_ENTRY = re.compile(
    r"(?i:(?:^[^\w\n]*|[ \t]{3}|[|;,·•][ \t]|(?<=[A-Za-z])[ \t]{1,2}(?=cognome))"
    r"(?P<cue>nome(?:(?: e)? cognome)?"
    r"|cognome(?:(?: e)? nome)?|nominativo|nome ?/ ?cognome|cognome ?/ ?nome|name"
    r"|first name|surname|nombre|apellidos?|nume|nom|pr[eé]nom|candidat[oa]|utente|beneficiari[oa]"
    r"|last name|firmato|firma)(?!\w))"
    rf"(?:{_GAP}:?{_GAP}\n?{_GAP}(?P<name>{_NAMES})|{_GAP}:{_GAP}(?P<small>{_SMALL_NAMES}))",
    re.MULTILINE,
)
# "Buongiorno, sono Mariangela Conti": two names or more.
_I_AM = re.compile(
    rf"\b[Ss]ono[ \t]+(?P<name>{_CAPITAL}[a-zà-ÿ'’]+"
    rf"(?:[ \t]+{_PARTICLE}{_CAPITAL}[a-zà-ÿ'’]+){{1,3}})"
)
# "SONO VALENTYNA HRYTSENKO, ...", if no word of it is one of a trade.
_I_AM_LOUD = re.compile(
    rf"\bSONO[ \t]+(?P<name>{_CAPITAL}{{3,}}(?:[ \t]+{_CAPITAL}{{3,}}){{1,2}})(?=[ \t]*[,.\n])"
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
_MAIL = re.compile(r"(?<![\w.+-])(?P<own>[\w.+-]{1,64})@")
# Where somebody lives: "via dei Tintori 12", "piazza Santa Maria". *Corso* is mostly a course.
_STREET_WORD = rf"(?:{_LETTER}\.|e\b|{_LETTER}(?:{_LETTER}|['’])+)"
_STREET = re.compile(
    r"\b(?i:via|viale|v\.le|piazza|p\.zza|piazzale|piazzetta|vicolo|largo)[ \t]+(?P<name>"
    rf"(?:{_STREET_WORD}[ \t]+){{0,6}}{_STREET_WORD}(?=,?[ \t]+(?:n\.?[ \t]?)?\d{{1,4}}\b)"
    rf"|{_PARTICLE}(?:(?:delle|degli|dell)['’ ])?(?=[^a-z]){_STREET_WORD}"
    rf"(?:[ \t]+(?={_CAPITAL}){_STREET_WORD}){{0,2}})"
)
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
# "Oksana Melnyk. Vivo a ...", not "Anna M. Rossi".
_STOP = re.compile(r"(?<=[^\W\d_]{3})\. ")
_HEAD = frozenset({Section.CONTACTS, Section.BODY})
# Stands for the writer's own name, and for her street: a word of no language.
ANYBODY = "Xyz"
_ANYBODY = re.compile(rf"\b{ANYBODY}\b")
_LONGEST_NAME = 5
# "Autofficina Rossi, 2010-2015: freni" tells where somebody worked.
_FIRM = re.compile(
    r"(?:\w{3,}(?:eria|ificio|fficin[ae])|officin[ae]|hotel|albergo|bar|ristorante|impresa|ditta"
    r"|azienda|coop\w*|studio|farmacia|supermercato|fondazione|rsa|istituto|scuola|comune|ospedale"
    r"|casa|agenzia|gruppo|societa|negozio|mensa|asilo|autotrasporti)\b"
)
_AT_WORK = re.compile(r"\b(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)?\d\d|oggi)\b")
_FIRST_LINES = 4
_FORM_LINES = 12
_ORNAMENT = " \t*-–—•>"
# Of a first line without capitals: the most words, and the fewest letters of each.
_SMALL_NAMED, _SHORTEST_SMALL = 3, 3
# Words of which no name is made.
_NO_NAMES = frozenset("con per presso e addetto addetta".split())  # noqa: SIM905
# The top of a page of a job site, above what somebody wrote there.
_TOP_LINES = 40


@dataclass(frozen=True, slots=True)
class OwnName:
    """Where somebody's own name stands; ``cue`` is where what announces it begins."""

    cue: int
    start: int
    end: int


def other_names(text: str, kind: DocumentKind, index: Index) -> list[tuple[int, int]]:
    """Stretches that name other people, a firm or an address, in order of start."""
    found = [match.span("name") for match in _COMPANY.finditer(text)]
    found = [_without_title(text, span, index) for span in found]
    found += [match.span() for match in _ADDRESS.finditer(text)]
    found += [match.span("name") for match in _TITLED.finditer(text)]
    if kind is DocumentKind.CV:
        found += [match.span() for match in _ANYBODY.finditer(text)]
        found += [span for _, span in _entries(text)]
        found += list(_again(text, found))
    return sorted(span for span in found if span[0] < span[1])


def own_names(text: str, words: str, index: Index) -> list[OwnName]:
    """Where a CV names its writer, in order."""
    found = [
        OwnName(match.start(), *match.span("name"))
        for pattern in (_ANNOUNCED, _I_AM)
        for match in pattern.finditer(text)
        if pattern is _ANNOUNCED
        or not _is_title([token.key for token in index.tokens(match["name"])], index)
    ]
    found += [
        OwnName(match.start(), *match.span("name"))
        for match in _I_AM_LOUD.finditer(text)
        if not any(index.is_label_word(token.key) for token in index.tokens(match["name"]))
    ]
    # Further on, the fields of a form are about firms.
    head = next((end for n, (_, end) in enumerate(_lines(text)) if n == _FORM_LINES), len(text))
    found += [
        OwnName(cue, start, end)
        for cue, (start, end) in _entries(text)
        if cue < head or text[cue] in "fF"
    ]
    spans = [match.span("name") for match in _SIGNED.finditer(text)]
    spans += _name_line(text, words, index)
    spans += _again(text, [*spans, *((name.start, name.end) for name in found)])
    found += [OwnName(start, start, end) for start, end in spans]
    return sorted(found, key=lambda name: (name.cue, -name.end))


def _entries(text: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Names in the fields of a form, and where what asks for each begins."""
    small = text.lower()
    if any(cue in small for cue in _ENTRY_CUES):
        for match in _ENTRY.finditer(text):
            yield match.start("cue"), match.span("name" if match["name"] else "small")


def streets_and_mails(text: str) -> Iterator[re.Match[str]]:
    """Where streets and addresses of mails and pages stand; a street's ``name`` is apart."""
    yield from _STREET.finditer(text)
    yield from _ADDRESS.finditer(text)


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
    for start, end in islice(_told_lines(text, words), _FIRST_LINES):
        header = header_of(text[start:end], DocumentKind.CV)
        if header is not None:
            # "LINGUE / INGLESE: BUONO": past the head of a CV no line is its owner's name.
            if header[0] not in _HEAD:
                return
            continue
        prefix = _PREFIX.match(words, start, end)
        start = prefix.end() if prefix else start
        start += len(text[start:end]) - len(text[start:end].lstrip(_ORNAMENT))
        line_end = end
        for mark in ("|", ",", "*", " - ", " – ", " — ", "\t", "   ", "(", " nato ", " nata "):
            place = words.find(mark, start, end)
            end = place if place > start else end
        stop = _STOP.search(words, start, end)
        end = stop.start() if stop else end
        end = start + len(text[start:end].rstrip())
        keys = [token.key for token in index.tokens(text[start:end])]
        if " ".join(keys) in _TITLE_LINES or _is_title(keys, index):
            continue
        # "Patente B" is none, nor is "Marito: Claudio".
        named = (
            1 < len(keys) <= _LONGEST_NAME
            and not any(c.isdigit() or c == ":" for c in text[start:end])
            and _DESCRIPTORS.isdisjoint(keys)
        )
        if not named:
            if prefix or not keys:
                continue
            return
        is_name = (
            _looks_like_name(text[start:end])
            or _is_in_mail(words[start:end], words)
            or (end == line_end and not text[:start].strip() and _is_unknown(keys, index))
        )
        is_firm = _COMPANY.search(text, start, line_end) or _FIRM.match(words, start, end)
        if is_name and not is_firm and not _AT_WORK.search(words, end, line_end):
            yield start, end
        return


def _told_lines(text: str, words: str) -> Iterator[tuple[int, int]]:
    """The lines that are not empty, without the menu and the cookies of a web page."""
    menu = menu_lines(text.split("\n", _TOP_LINES)[:_TOP_LINES])
    for start, end in islice(_lines(text), _TOP_LINES):
        number = text.count("\n", 0, start)
        if number not in menu and not is_furniture(words[start:end]):
            yield start, end


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
    tokens = re.findall(rf"{_LETTER}+", line)
    if not _NO_NAMES.isdisjoint(map(str.lower, tokens)):
        return False
    # "Bo Li" has no longer words.
    long = [token for token in tokens if len(token) > 2] or tokens
    return bool(long) and all(token[0].isupper() for token in long)


def _is_unknown(keys: Sequence[str], index: Index) -> bool:
    """Whether a first line without capitals holds no word of a trade: *pietro invernizzi*."""
    return len(keys) <= _SMALL_NAMED and not any(
        len(key) < _SHORTEST_SMALL or index.is_label_word(key) for key in keys
    )


def _is_in_mail(line: str, words: str) -> bool:
    """Whether a line without capitals holds a name of its writer's address: *anna.cuoco@...*."""
    own = {part for mail in _MAIL.finditer(words) for part in re.split(r"[\W\d_]+", mail["own"])}
    return any(len(word) > 2 and word in own for word in line.split())


def _again(text: str, found: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same names further on, in a footer or a signature, whole and with capitals.

    Also with the surname last: "Nome e cognome: Bolis Ada", signed "Ada Bolis".
    """
    for start, end in sorted(set(found)):
        name = text[start:end].strip()
        if " " not in name or len(name) > 60 or "@" in name:
            continue
        words = name.split(" ")
        turned = {" ".join(words[n:] + words[:n]) for n in range(min(len(words), _LONGEST_NAME))}
        for other in sorted(turned):
            place = text.find(other, end)
            while place >= 0:
                yield place, place + len(other)
                place = text.find(other, place + len(other))
