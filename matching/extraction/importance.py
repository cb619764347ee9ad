"""Whether a vacancy insists on something or would merely like it."""

import re

from matching.domain import Importance
from matching.extraction.sections import Section

_OPTIONAL = re.compile(
    r"\bgradit[oaei]\b|\bpreferibil[ei]\b|\bpreferibilmente\b|\bpreferenz\w+|\bplus\b"
    r"|\bapprezzat[oaei]\b|\bmeglio se\b|\beventual[ei]\b|\bauspicabil[ei]\b"
    r"|\b(?:non|ma non) (?:e |sono )?(?:indispensabil\w|necessari\w|obbligatori\w|vincolant\w)"
    r"|\bnice to have\b|\bvantaggio\b|\bgradiremmo\b|\bse (?:in possesso|possibile)\b"
    r"|\bsarebbe (?:utile|gradit\w|ideale)\b|\bcompleta(?:no)? il profilo\b|\bdesiderabil[ei]\b"
    r"|\banche (?:se )?alla prima esperienza\b"
)
_ESSENTIAL = re.compile(
    r"\b(?<!non )(?:indispensabil[ei]|obbligatori[oaei]|necessari[oaei]|richiest[oaei]"
    r"|requisito fondamentale|imprescindibil[ei]|fondamental[ei])\b"
)
_CLAUSE = re.compile(r"[,;.\n]")


def optional_scopes(words: str) -> list[tuple[int, int]]:
    """Stretches of a plain sentence that a vacancy would merely like.

    A cue at the head of its clause (*gradita esperienza nel ruolo e uso del muletto, ...*)
    governs the rest of the sentence up to a stronger word; one at the end (*patente C
    preferibile*) governs its own clause.
    """
    found: list[tuple[int, int]] = []
    for cue in _OPTIONAL.finditer(words):
        before = [match.end() for match in _CLAUSE.finditer(words, 0, cue.start())]
        clause_start = before[-1] if before else 0
        after = _CLAUSE.search(words, cue.end())
        clause_end = after.start() if after else len(words)
        if len(re.findall(r"\w+", words[clause_start : cue.start()])) > 2:
            found.append((clause_start, clause_end))
            continue
        stronger = _ESSENTIAL.search(words, cue.end())
        end = len(words)
        if stronger:
            cuts = [m.start() for m in _CLAUSE.finditer(words, cue.end(), stronger.start())]
            end = cuts[-1] if cuts else end
        found.append((clause_start, end))
    return found


def importance_at(place: int, section: Section, scopes: list[tuple[int, int]]) -> Importance:
    """The importance of what stands at a place of a sentence."""
    if section is Section.PREFERRED:
        return Importance.OPTIONAL
    if any(start <= place < end for start, end in scopes):
        return Importance.OPTIONAL
    return Importance.ESSENTIAL
