"""Words cut at the end of a line are joined again. Pure."""

import re
from collections.abc import Sequence, Set

SOFT_HYPHEN = "\u00ad"

_CUT = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40})([-\u2010\u00ad])$")
_LONGEST_CUT = 42  # and the character before it
_CONTINUATION = re.compile(r"[^\W\d_]{2,}")
_SPELLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# After these the hyphen belongs to the word, or to a span of time ("lunedì-venerdì").
_HYPHENATED_START = re.compile(
    "back|check|customer|ex|follow|front|full|know|long|mid|on|open|part|problem|self|socio"
    "|stand|start|step|team|vice|web|work"
    "|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre"
    "|dicembre|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
)


def join_hyphenated(lines: Sequence[str]) -> list[str]:
    """Join "magazzi-" and "niere" into one word, on the line where it began.

    It is conservative: the next line starts in lower case, both parts have two letters or
    more, and the document does not spell the word with its hyphen elsewhere. The rest of the
    next line stays on its own line.

    >>> join_hyphenated(["addetto magazzi-", "niere a turni", "e-", "mail"])
    ['addetto magazziniere', 'a turni', 'e-', 'mail']
    """
    known: Set[str] | None = None
    joined: list[str] = []
    for line in lines:
        previous = joined[-1] if joined else ""
        cut = _CUT.search(previous, max(0, len(previous) - _LONGEST_CUT))
        continuation = _CONTINUATION.match(line) if cut else None
        if cut and continuation and continuation[0][0].islower():
            if known is None:
                known = frozenset(_SPELLED.findall("\n".join(lines).casefold()))
            hyphen = _kept_hyphen(cut[1], cut[2], continuation[0], known)
            word, punctuation, rest = _first_word(line)
            joined[-1] = previous[: cut.start(2)] + hyphen + word + punctuation
            if rest:
                joined.append(rest)
        else:
            joined.append(line)
    return [line.replace(SOFT_HYPHEN, "") for line in joined]


def _kept_hyphen(start: str, mark: str, end: str, known: Set[str]) -> str:
    start, end = start.casefold(), end.casefold()
    spelled_with = f"{start}-{end}" in known
    spelled_without = f"{start}{end}" in known
    if mark == SOFT_HYPHEN or (spelled_without and not spelled_with):
        return ""
    return "-" if spelled_with or _HYPHENATED_START.fullmatch(start) else ""


def _first_word(line: str) -> tuple[str, str, str]:
    found = re.match(r"([^\W\d_]+)([^\s\w]*)\s*", line)
    if found is None:
        return "", "", line
    return found[1], found[2], line[found.end() :]
