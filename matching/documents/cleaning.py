"""Lines as a file gives them -> text as a person would have typed it. Pure."""

import re
import unicodedata
from collections.abc import Sequence

from matching.documents.hyphens import join_hyphenated

_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SPACES = dict.fromkeys([0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_BREAKS = dict.fromkeys([0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x2028, 0x2029], "\n")
_BREAK = re.compile("\r\n?|[" + "".join(map(chr, _BREAKS)) + "]")
_INVISIBLE = dict.fromkeys(
    [*range(0x00, 0x09), *range(0x0E, 0x1C), 0x1F, 0x7F, 0x034F, 0x061C, 0x180E]
    + [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
    + [*range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF]
    + [*range(0xD800, 0xE000)]
)
# Control characters of Latin-1 are Windows-1252 punctuation that was decoded as Latin-1.
_MISREAD = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_TRANSLATION = {**_MISREAD, **_LIGATURES, **_SPACES, **_BREAKS, **_INVISIBLE}

# UTF-8 that was decoded as Windows-1252, once or twice: "CittÃ\xa0", "perchÃ©", "lâ€™azienda".
_HIGH = "".join(bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xC0))
_MISDECODED = re.compile(
    f"(?:[\u00c2-\u00df][{_HIGH}]|[\u00e2\u00ef][{_HIGH}]{{2}}|\u00f0[{_HIGH}]{{3}})+"
)
_MISDECODED_A = re.compile(r"(?<=[a-z])\u00c3(?=[\s.,;:)]|$)")  # its second half became a space
_BYTE_OF = {character: 0x80 + number for number, character in enumerate(_HIGH)}

_ACCENTS = {
    "`": "\u0300", "ˋ": "\u0300", "´": "\u0301", "ˊ": "\u0301", "¨": "\u0308", "ˆ": "\u0302",
    "˜": "\u0303", "¸": "\u0327",
}  # fmt: skip
_MARKS = "".join(_ACCENTS)
_ACCENT_BEFORE = re.compile(rf"(?<=[^\W\d_])([{_MARKS}])([aeiouAEIOUıcCnN])(?=([^\W\d_])?)")
_ACCENT_AFTER = re.compile(r"((?<=[^\W\d_])[aeiouıAEIOU]|(?<!\S)[eE])([`ˋ´ˊ])(?![^\W\d_])")
_QUOTED = re.compile(r"(?<![^\W\d_])[`´][^\W\d_]{0,40}$")
_ACCENT_ALONE = re.compile(r"(?<!\S)[`ˋ]([Ee])(?=\s)")
# A spacing accent after one of these, inside a word, was typed for an apostrophe: "l´azienda".
_ELIDED = re.compile(
    r"(?<![^\W\d_])"
    "(?:l|d|un|dell|all|nell|sull|dall|coll|quest|quell|c|s|m|t|v|n|anch|senz|bell|sant|tutt)$",
    re.IGNORECASE,
)
_LONGEST_WORD = 40
_LONGEST_ELIDED = 6  # and the character before it

_PRIVATE = "\ue000-\uf8ff"
_GLYPHS = "•▪▫■□●○◦◘◙‣⁃∙·➢➤►▶▸▹➔→⇒✓✔☑✗❖◆◇❑❒❏✦★☆➜♦»¤" + _PRIVATE
_BULLET = re.compile(rf"^[ \t]*(?:[{_GLYPHS}][ \t]*|[-–—*][ \t]+|o\t[ \t]*)+(?=\S)")
_BARE_BULLET = re.compile(rf"^[ \t]*[{_GLYPHS}-][ \t]*$")
_ICON = re.compile(rf"[{_PRIVATE}\U000f0000-\U0010fffd]+")
_BLANKS = re.compile(r"[ \t]{2,}")
# Most lines need nothing: they start with a letter or digit and hold plain characters.
_PLAIN = re.compile(r"[A-Za-z0-9][ -_a-~àèéìòùÀÈÉÌÒÙ’–]*")
_PAGE_WORDS = re.compile(
    # The numbers may be missing: they are fields, and fields are left out.
    r"^\W*(?:pagina|pag\.?|page)\s*\d{0,4}(?:\s*(?:di|of|su|/|-)\s*\d{0,4})?\W*$",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"^[-–— ]*\d{1,3}(?:\s*(?:/|di|of|su)\s*\d{1,3})?[-–— ]*$")
_NUMBERING = re.compile(
    r"\b\d{1,4}\s*(?:/|di|of|su)\s*\d{1,4}\b|\bpag(?:ina|e|\.)?\s*\d{1,4}\b", re.I
)
_EDGE_LINES = 3
_NUMBER_LINES = 2


def clean_pages(pages: Sequence[Sequence[str]]) -> str:
    """Return the text of a document from the lines of its pages.

    What stands at the top or bottom of most pages is kept once, page numbers are dropped,
    words cut at the end of a line are joined, and one blank line at most separates lines.
    """
    cleaned = [_clean_lines(page) for page in pages]
    if len(cleaned) > 1:
        cleaned = _drop_repeated(cleaned)
        cleaned = [_drop_page_number(page) for page in cleaned]
    lines: list[str] = []
    for page in cleaned:
        lines.extend(page)
        if len(cleaned) > 1 and page and lines[-1]:
            lines.append("")
    return "\n".join(_single_blanks(join_hyphenated(lines))).strip("\n")


def clean_line(line: str) -> str:
    r"""Repair the characters of one line; soft hyphens stay, for the joining of lines.

    >>> clean_line("\uf0b7 Citt`a,\u00a0uﬃcio")
    '- Città, ufficio'
    """
    if _PLAIN.fullmatch(line) and "  " not in line and line[-1] != " ":
        return line
    if _MISDECODED.search(line) or _MISDECODED_A.search(line):
        line = _decoded_again(_decoded_again(line))
    line = line.translate(_TRANSLATION)
    line = _ACCENT_BEFORE.sub(_compose_before, line)
    line = _ACCENT_AFTER.sub(_compose_after, line)
    line = _ACCENT_ALONE.sub(lambda found: found[1] + "\u0300", line)
    line = unicodedata.normalize("NFC", line)
    line = "" if _BARE_BULLET.match(line) else _BULLET.sub("- ", line)
    line = _ICON.sub(" ", line)
    return _BLANKS.sub(lambda found: "\t" if "\t" in found[0] else " ", line).strip()


def _decoded_again(line: str) -> str:
    line = _MISDECODED.sub(_as_utf8, line)
    return _MISDECODED_A.sub("\u00e0", line)


def _as_utf8(found: re.Match[str]) -> str:
    data = bytes(_BYTE_OF.get(character, ord(character) & 0xFF) for character in found[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]


def _compose_before(found: re.Match[str]) -> str:
    mark, letter, more = found.groups()
    if more and _ACCENTS[mark] in {"\u0300", "\u0301"}:
        before = found.string[max(0, found.start() - _LONGEST_ELIDED) : found.start()]
        if _ELIDED.search(before):
            return f"'{letter}"
    return _dotted(letter) + _ACCENTS[mark]


def _compose_after(found: re.Match[str]) -> str:
    letter, mark = found.groups()
    before = found.string[max(0, found.start() - _LONGEST_WORD) : found.start()]
    return found[0] if _QUOTED.search(before) else _dotted(letter) + _ACCENTS[mark]


def _dotted(letter: str) -> str:
    return "i" if letter == "ı" else letter


def _clean_lines(page: Sequence[str]) -> list[str]:
    raw = _BREAK.sub("\n", "\n".join(page))
    lines = (clean_line(line) for line in raw.split("\n"))
    return [line for line in lines if not _PAGE_WORDS.match(line)]


def _drop_repeated(pages: list[list[str]]) -> list[list[str]]:
    """Keep a running header or footer on the first page that has it."""
    counts: dict[str, int] = {}
    edges = [_edge_positions(page, _EDGE_LINES) for page in pages]
    for page, positions in zip(pages, edges, strict=True):
        for key in {_running_key(page[position]) for position in positions}:
            counts[key] = counts.get(key, 0) + 1
    needed = max(2, len(pages) // 2 + 1)
    running = {key for key, count in counts.items() if key and count >= needed}
    seen: set[str] = set()
    kept: list[list[str]] = []
    for page, positions in zip(pages, edges, strict=True):
        dropped = {p for p in positions if _running_key(page[p]) in running & seen}
        seen |= {_running_key(page[p]) for p in positions} & running
        kept.append([line for number, line in enumerate(page) if number not in dropped])
    return kept


def _running_key(line: str) -> str:
    """Return what makes two running lines the same, whatever page number they carry."""
    key = _NUMBERING.sub("#", line).casefold()
    return key if sum(map(str.isalpha, key)) >= 3 and not line.startswith("- ") else ""


def _drop_page_number(page: list[str]) -> list[str]:
    dropped = {p for p in _edge_positions(page, _NUMBER_LINES) if _PAGE_NUMBER.match(page[p])}
    return [line for number, line in enumerate(page) if number not in dropped]


def _edge_positions(page: list[str], size: int) -> list[int]:
    filled = [number for number, line in enumerate(page) if line]
    return sorted({*filled[:size], *filled[-size:]})


def _single_blanks(lines: list[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
