"""RTF -> lines.

The reader is ours because striprtf leaves out text boxes, headers and footers, decodes with
the wrong table when the font is Symbol, and gives halves of characters beyond U+FFFF.
"""

import codecs
import re
from dataclasses import dataclass, field, replace

from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<hex>[0-9a-fA-F]{2})"
    r"|\\(?P<symbol>[^a-zA-Z])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
    r"|(?P<noise>[\r\n]+|\\)"
)
_DEEPEST = 1_000
_CHARACTERS = {
    "par": "\n", "line": "\n", "sect": "\n", "page": "\n", "column": "\n", "softline": "\n",
    "tab": "\t", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {
    "~": "\u00a0", "-": "\u00ad", "_": "-", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n",
}  # fmt: skip
_SKIPPED = {
    "colortbl", "stylesheet", "info", "pict", "nonshppict", "sp", "shprslt", "nonesttables",
    "xe", "tc", "txe", "rxe", "object", "listtable", "themedata", "fldinst", "bkmkstart",
    "bkmkend", "template", "operator", "author", "title", "private", "do",
}  # fmt: skip
_KEPT_OPTIONAL = {"shpinst", "shptxt", "footnote"}
_EDGES = re.compile(r"(header|footer)[lrf]?")
_SYMBOL_CHARSET = 2
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 255: "cp850",
}  # fmt: skip
FONT_CODECS = frozenset(_CHARSETS.values())
_SYMBOL_FONT = "symbol"


@dataclass(frozen=True)
class _Group:
    """What an opening brace saves and a closing one restores."""

    skipped: bool = False
    hidden: bool = False
    font_table: bool = False
    font: int = -1
    fallback_length: int = 1
    target: str = "body"


@dataclass
class _Output:
    """The text so far of the body, the headers and the footers."""

    pieces: dict[str, list[str]] = field(
        default_factory=lambda: {"header": [], "body": [], "footer": []}
    )
    cell_has_lines: bool = False

    def add(self, target: str, text: str) -> None:
        self.pieces[target].append(text)

    def end_cell(self, target: str) -> None:
        self.add(target, "\n" if self.cell_has_lines else "\t")
        self.cell_has_lines = False


def read_rtf(data: bytes) -> list[str]:
    r"""Return headers, body and footers as lines.

    ``\'xx`` is read in the code page of the font or of the document, ``\uN`` as UTF-16.
    Objects, pictures, field codes and hidden text are left out. A document cut before its
    last brace gives the text up to there, as word processors do.
    """
    return _Reader(data.decode("latin-1")).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._group = _Group()
        self._stack: list[_Group] = []
        self._default_encoding = "cp1252"
        self._encodings: dict[int, str] = {}
        self._bytes = bytearray()  # characters not decoded yet, all in the current font
        self._fallback_left = 0
        self._optional = False  # a "\\*" was read: skip the group if its word is not known
        self._output = _Output()

    def read(self) -> list[str]:
        position = 0
        while (token := _TOKEN.match(self._source, position)) is not None:
            position = token.end()
            match token.lastgroup:
                case "word" | "number":
                    number = int(token["number"]) if token["number"] else None
                    if token["word"] == "bin":
                        position += max(number or 0, 0)
                    else:
                        self._word(token["word"], number)
                case "hex":
                    self._text(bytes.fromhex(token["hex"]).decode("latin-1"))
                case "text":
                    self._text(token["text"])
                case "symbol":
                    self._symbol(token["symbol"])
                case "brace":
                    self._brace(token["brace"])
        self._flush()
        return self._lines()

    def _lines(self) -> list[str]:
        lines: list[str] = []
        for target in ("header", "body", "footer"):
            text = "".join(self._output.pieces[target])
            # Characters beyond U+FFFF come as two halves.
            whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            found = whole.split("\n")
            lines.extend(found if target == "body" else dict.fromkeys(found))
            lines.append("")
        return lines

    def _brace(self, brace: str) -> None:
        self._flush()
        self._fallback_left = 0
        self._optional = False
        if brace == "{":
            if len(self._stack) >= _DEEPEST:
                raise DocumentError(
                    DocumentErrorCode.CORRUPT,
                    f"The RTF nests its groups more than {_DEEPEST:,} deep. "
                    "Save the document again, or as PDF.",
                )
            self._stack.append(self._group)
        elif self._stack:
            self._group = self._stack.pop()

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        self._fallback_left = 0
        optional, self._optional = self._optional, False
        group = self._group
        if word in _SKIPPED or (optional and word not in _KEPT_OPTIONAL):
            self._group = replace(group, skipped=True)
        elif word == "ansicpg":
            self._default_encoding = _code_page(number, self._default_encoding)
        elif word in {"mac", "pc", "pca"}:
            self._default_encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
        elif word == "fonttbl":
            self._group = replace(group, font_table=True)
        elif word == "f" and number is not None:
            self._group = replace(group, font=number)
        elif word in {"fcharset", "cpg"} and group.font_table:
            self._define_font(word, number or 0)
        elif edge := _EDGES.fullmatch(word):
            self._group = replace(group, target=edge.group(1))
        elif word in {"v", "deleted"}:
            self._group = replace(group, hidden=number != 0)
        elif word == "plain":
            self._group = replace(group, hidden=False)
        elif word == "uc":
            self._group = replace(group, fallback_length=min(max(number or 0, 0), 8))
        elif word == "u" and number is not None:
            self._add(chr(number % 0x10000))
            self._fallback_left = group.fallback_length
        else:
            self._layout(word)

    def _layout(self, word: str) -> None:
        if word in _CHARACTERS:
            self._output.cell_has_lines |= word == "par"
            self._add(_CHARACTERS[word])
        elif word in {"cell", "nestcell"} and self._is_visible():
            self._output.end_cell(self._group.target)
        elif word in {"row", "nestrow"}:
            self._output.cell_has_lines = False
            self._add("\n")
        elif word == "trowd":
            self._output.cell_has_lines = False

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self._optional = True
        elif self._fallback_left:
            self._fallback_left -= 1
        else:
            self._add(_SYMBOLS.get(symbol, ""))

    def _text(self, text: str) -> None:
        skipped = min(self._fallback_left, len(text))
        self._fallback_left -= skipped
        if self._is_visible():
            self._bytes += text[skipped:].encode("latin-1")

    def _flush(self) -> None:
        """Decode what was read since the last control word, all of it in one font."""
        if not self._bytes:
            return
        encoding = self._encodings.get(self._group.font, self._default_encoding)
        if encoding == _SYMBOL_FONT:
            text = "".join(chr(0xF000 + b) if b > 0x7F else chr(b) for b in self._bytes)
        else:
            text = self._bytes.decode(encoding, "replace")
        self._bytes.clear()
        self._add(text)

    def _is_visible(self) -> bool:
        return not (self._group.skipped or self._group.hidden or self._group.font_table)

    def _add(self, text: str) -> None:
        if self._is_visible():
            self._output.add(self._group.target, text)

    def _define_font(self, word: str, number: int) -> None:
        if word == "cpg":
            self._encodings[self._group.font] = _code_page(number, self._default_encoding)
        elif number == _SYMBOL_CHARSET:
            self._encodings[self._group.font] = _SYMBOL_FONT
        elif number in _CHARSETS:
            self._encodings[self._group.font] = _CHARSETS[number]


def _code_page(number: int | None, otherwise: str) -> str:
    name = {65001: "utf-8", 10000: "mac_roman"}.get(number or 0, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return otherwise
