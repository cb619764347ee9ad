"""Bytes of a text file -> text: which encoding, and whether it is text at all."""

import re

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# Tab, line feed, vertical tab, form feed, carriage return, the DOS end of file and escape
# turn up in honest text; a few stray others do no harm.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_CONTROLS_PER_THOUSAND = 2
# Web pages that declare Latin-1 or ASCII are in Windows-1252.
_DECLARED = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "windows-1252": "cp1252",
    "iso-8859-15": "iso8859-15", "iso-8859-2": "iso8859-2", "windows-1250": "cp1250",
    "windows-1251": "cp1251", "iso-8859-5": "iso8859-5", "koi8-r": "koi8-r",
    "windows-1254": "cp1254", "iso-8859-9": "iso8859-9", "windows-1256": "cp1256",
    "gb2312": "gbk", "gbk": "gbk", "big5": "big5", "shift_jis": "cp932", "euc-kr": "cp949",
}  # fmt: skip
DECLARED_CODECS = frozenset(_DECLARED.values())
_UNDEFINED_IN_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}


def decode_text(data: bytes) -> str | None:
    """Decode UTF-8, UTF-16 with its mark, else Windows-1252; ``None`` if it is not text.

    Windows-1252 accepts nearly any bytes, so what it gives must also look like writing: no
    NUL, hardly any control character.

    >>> decode_text("Città".encode("cp1252"))
    'Città'
    >>> decode_text(bytes([77, 90, 0, 0])) is None
    True
    """
    text = _decode(data)
    if text is None or "\x00" in text:
        return None
    controls = len(_CONTROL.findall(text))
    return None if controls * 1_000 > len(text) * _CONTROLS_PER_THOUSAND else text


def decode_declared(data: bytes, declared: str) -> str | None:
    """Decode in the encoding that a page declares, if it is a known one and it fits."""
    encoding = _DECLARED.get(declared.casefold())
    if encoding is None or data.startswith((UTF8_MARK, *UTF16_MARKS)):
        return None
    return _strictly(data, encoding)


def _decode(data: bytes) -> str | None:
    if data.startswith(UTF16_MARKS):
        return _strictly(data, "utf-16")
    text = _strictly(data.removeprefix(UTF8_MARK), "utf-8")
    if text is not None or data.startswith(UTF8_MARK):
        return text
    if any(byte in _UNDEFINED_IN_CP1252 for byte in data):
        return None
    return _strictly(data, "cp1252")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
