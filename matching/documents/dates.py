"""Whether a cell holds a date or a span of time and nothing else. Pure."""

import re

_LONGEST = 40
_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
    "|gen|feb|mar|apr|mag|giu|lug|ago|sett|set|ott|nov|dic"
    "|january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|jun|jul|aug|sept|sep|oct|dec"
)
_NOW = (
    "oggi|in corso|attuale|attualmente|tutt'?ora|presente|present|current|ongoing|now|today"
    "|data odierna"
)
_ANCHOR = re.compile(
    rf"\b(?:\d{{1,2}}\s*[./-]\s*){{0,2}}(?:19|20)\d\d\b|\b\d{{1,2}}/\d\d\b|\b(?:{_NOW})\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    rf"\b(?:{_MONTHS}|da|dal|dalla|a|ad|al|alla|fino|sino|dall'|from|to|since|until|e|anno|anni|estate"
    r"|inverno|circa|il|\d{1,2}|[’']\d\d)\b",
    re.IGNORECASE,
)


def is_date_cell(text: str) -> bool:
    """Say whether a text is a date or a span of time, alone.

    >>> [is_date_cell(text) for text in ("2011-2016", "da marzo 2019 a oggi", "09/2003 – 06/2008")]
    [True, True, True]
    >>> [is_date_cell(text) for text in ("Diploma 2008", "Tel. 0341 2020", "Excel", "Agosto")]
    [False, False, False, False]
    """
    if len(text) > _LONGEST:
        return False
    rest, anchors = _ANCHOR.subn(" ", text)
    return anchors > 0 and not any(map(str.isalnum, _FILLER.sub(" ", rest)))
