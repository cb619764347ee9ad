"""Bytes of a text file -> text, whatever program saved it."""

import codecs

from charset_normalizer import from_bytes

from matching.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_MANY = 0.3  # share of zero bytes in one half of a text in UTF-16: all that is plain Latin
# What Italian texts, and names from other western languages, hold beyond ASCII as Windows writes
# it; what is left out are letters that are more often another encoding's (ø is ř in Prague).
_ITALIAN = frozenset("àáèéìíòóùúÀÁÈÉÌÍÒÓÙÚ€°ª«»“”‘’–—…·•·´§£\u00a0")
_WESTERN = frozenset("âêîôûäëïöüãõçñåýšžœßÂÊÎÔÛÄËÏÖÜÃÕÇÑÅÝŠŽŒ")
_OTHERS = ["cp1252", "cp1250", "cp850", "mac_roman", "iso8859_15"]


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the name of the encoding that it is in.

    A mark at the beginning decides; then UTF-8, which hardly anything else is by chance; then what
    Windows writes in Italy, as long as that gives letters that Italian texts have.

    Raises
    ------
    InputError
        Where no encoding gives a text.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            text = _as(content, name)
            if text is None:
                raise InputError(
                    f"The file says that it is {name.removesuffix('-sig')}, and is not: it was "
                    "damaged. Save it again."
                )
            return text, name
    if (sixteen := _without_mark(content)) is not None:
        return sixteen
    if (text := _as(content, "utf-8")) is not None:
        return text, "utf-8"
    text = _as(content, "cp1252")
    if text is not None and {one for one in text if ord(one) > 127} <= _ITALIAN | _WESTERN:
        return text, "cp1252"
    best = from_bytes(content, cp_isolation=_OTHERS).best()
    if best is not None and (guessed := _as(content, best.encoding)) is not None:
        return guessed, best.encoding
    if text is not None:
        return text, "cp1252"
    raise InputError("The file is in no encoding that can be read. Save it as CSV UTF-8.")


def _without_mark(content: bytes) -> tuple[str, str] | None:
    sample = content[:_SAMPLE]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if zeros and zeros.count(0) > _MANY * len(zeros):
            text = _as(content, name)
            if text is not None:
                return text, name
    return None


def _as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None
