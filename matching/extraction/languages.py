"""Languages with their CEFR level, from the words around a language's name."""

import re
from types import MappingProxyType

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

_EXACT = re.compile(r"\b([abc])\s?([12])\b")
# Words for levels, as the Council of Europe's scale describes its bands.
_WORDED: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (
            "C2",
            r"\bmadrelingua\b|\bmadre lingua\b|\blingua madre\b|\bbilingue\b|\bnative\b"
            r"|\bmother tongue\b",
        ),
        ("C1", r"\bottim[oa]\b|\beccellent[ei]\b|\bfluent[ei]?\b|\bavanzat[oa]\b|\bperfett\w+"),
        ("B2", r"\bbuon[oa]?\b|\bmolto bene\b|\bfluentemente\b|\bbene\b|\bgood\b"),
        (
            "B1",
            r"\bdiscret[oa]\b|\bintermedi[oa]\b|\bsufficiente\b|\babbastanza\b|\bintermediate\b"
            r"|\bmedi[oa]\b|\bme la cavo\b",
        ),
        (
            "A2",
            r"\bscolastic[oa]\b|\belementare\b|\b(?:di )?base\b|\bun po'?\b|\bpoco\b|\bbasic\b"
            r"|\bbasilare\b",
        ),
        ("A1", r"\bprincipiante\b|\bminim[oa]\b|\bqualche parola\b|\bbeginner\b"),
    )
)
_NATIVE = re.compile(r"\bmadre ?lingua\b|\blingua madre\b|\bbilingue\b|\bnative\b|\bmother tongue\b")
_REACH = 40
_RANK = MappingProxyType({level: number for number, level in enumerate(LEVELS)})


def rank(level: str | None) -> int:
    """Place of a level on the scale, -1 for none."""
    return _RANK.get(level or "", -1)


def level_near(words: str, start: int, end: int, others: list[int]) -> str | None:
    """CEFR level said of the language named at ``words[start:end]``.

    Looks to the right up to the next language's name or 40 characters, then to the left up to
    the nearest separator.

    >>> level_near("inglese: livello b1, francese scolastico", 0, 7, [21])
    'B1'
    """
    right_end = min([end + _REACH, len(words), *(place for place in others if place >= end)])
    right = words[end:right_end]
    stop = re.search(r"[;.\n]", right)
    right = right[: stop.start()] if stop else right
    left = words[max(0, start - _REACH) : start]
    cut = max((match.end() for match in re.finditer(r"[,;.\n]| e ", left)), default=0)
    left = left[cut:]
    # Europass writes one level per ability (B1 B2 A2): the lowest is what can be relied on.
    exact = [f"{m[1].upper()}{m[2]}" for m in _EXACT.finditer(right)]
    if exact:
        return min(exact, key=rank)
    if _NATIVE.search(left) or _NATIVE.search(right):
        return "C2"
    for part in (left, right):
        exact = [f"{m[1].upper()}{m[2]}" for m in _EXACT.finditer(part)]
        if exact:
            return min(exact, key=rank)
        for level, pattern in _WORDED:
            if pattern.search(part):
                return level
    return None
