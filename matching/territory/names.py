"""How people write the name of a municipality: spellings, abbreviations, province and postcode."""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from matching.normalisation import plain

_WORD = re.compile(r"[^\W_]+")
_SAINTS = frozenset({"san", "santo", "santa", "sant"})
_ELIDED = frozenset({"d", "l", "dell", "sant", "sull"})

_MARKS = " ,.;:-\t\n"
_POSTCODE = re.compile(r"(?:^|\s)(?:I\s*-\s*)?\d{5}(?:\s*-)?(?=\s|,|\(|$)", re.IGNORECASE)
_COUNTRY = re.compile(r"[\s,\-(]+(?:italia|italy|it)\)?$", re.IGNORECASE)
_PREFIX = re.compile(r"^(?:comune|citt[aà]'?) di\s+", re.IGNORECASE)
_PROVINCE_OF = re.compile(r"^(?:in\s+)?prov(?:incia\b|\.|\b)\s*(?:di\s+)?", re.IGNORECASE)
_BRACKETED = re.compile(r"^(?P<place>[^()]+)\((?P<province>[^()]+)\)$")
_NAMED = re.compile(
    r"^(?P<place>.+?)[\s,\-]+(?P<province>(?:in\s+)?prov(?:incia\b|\.|\b).+)$", re.IGNORECASE
)
_AFTER_MARK = re.compile(r"^(?P<place>.+?)\s*(?:,|/|\s-)\s*(?P<province>[^,]+)$")
_CODE_AT_END = re.compile(r"^(?P<place>.+)[\s\-](?P<province>[A-Za-z]{2})$")


def normalise_place(text: str) -> str:
    """Lower-case words without accents, apostrophes and other marks, one space between them.

    >>> normalise_place("  Sant’Esempio  d'Àltrove ")
    'sant esempio d altrove'
    """
    return " ".join(_WORD.findall(plain(unicodedata.normalize("NFC", text))))


def spelling_variants(name: str) -> Iterator[str]:
    """Every normal form under which a written name is looked up, the plain one first.

    Saints may be abbreviated and an apostrophe may be left out altogether.

    >>> list(spelling_variants("Santa Esempio d'Adige"))
    ['santa esempio d adige', 's esempio d adige', 'santa esempio dadige', 's esempio dadige']
    """
    words = normalise_place(name).split()
    abbreviated = ["s" if word in _SAINTS else word for word in words]
    seen: set[str] = set()
    for form in (words, abbreviated, _joined(words), _joined(abbreviated)):
        spelling = " ".join(form)
        if spelling and spelling not in seen:
            seen.add(spelling)
            yield spelling


def split_province(text: str, provinces: Mapping[str, str]) -> tuple[str, str | None]:
    """Separate a written place from the province, postcode and country written beside it.

    A two-letter code in brackets is a province even when it is not one of the territory's, so
    that a homonym far away is not taken for a place here.

    Parameters
    ----------
    text
        What a person wrote in the field for a municipality.
    provinces
        Code and name of the provinces that the territory knows.

    Returns
    -------
    tuple
        The place as written, and the code of the province, None when none is given.

    >>> split_province("12345 Altrove (XX)", {"XX": "Esempio"})
    ('Altrove', 'XX')
    """
    place = _POSTCODE.sub(" ", text).strip(_MARKS)
    place = _PREFIX.sub("", _COUNTRY.sub("", place).strip(_MARKS))
    for pattern in (_BRACKETED, _NAMED, _AFTER_MARK, _CODE_AT_END):
        match = pattern.match(place)
        if match is None:
            continue
        code = _province_code(match["province"], provinces)
        if code is None and pattern is _BRACKETED and len(match["province"].strip()) == 2:
            code = match["province"].strip().upper()
        if code is not None:
            return match["place"].strip(_MARKS), code
    return place, None


def _province_code(text: str, provinces: Mapping[str, str]) -> str | None:
    written = normalise_place(_PROVINCE_OF.sub("", text.strip()))
    for code, name in provinces.items():
        if written in (code.lower(), normalise_place(name)):
            return code
    return None


def _joined(words: list[str]) -> list[str]:
    result: list[str] = []
    for word in words:
        if result and result[-1] in _ELIDED:
            result[-1] += word
        else:
            result.append(word)
    return result
