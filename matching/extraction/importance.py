"""Whether a vacancy insists on something or would merely like it."""

import re
from bisect import bisect_left, bisect_right

from matching.domain import Importance
from matching.extraction.sections import Section

_NEEDED = (
    r"(?:indispensabil\w|necessari\w|obbligatori\w|vincolant\w|fondamental\w|imprescindibil\w)"
)
_OPTIONAL = re.compile(
    r"\bcostitui\w+ (?:un |una )?(?:\w+ )?(?:titolo|elemento|requisito|criterio|motivo)?\s?(?:di )?"
    r"(?:preferenz\w+|merito|vantaggio|plus)\W{0,2}"
    r"|\b(?:ben )?gradit[oaei]\b|\bpreferibil[ei]\b|\bpreferibilmente\b|\bpreferenz\w+|\bplus\b"
    r"|\bpreferit[oaei]\b|\b(?:verra|sara|si) (?:data|da) (?:la )?(?:preferenza|precedenza"
    r"|priorita)\b"
    r"|\b(?:avra|avranno|ha|hanno) (?:la )?(?:precedenza|priorita|preferenza)\b"
    r"|\bapprezzat[oaei]\b|\bmeglio (?:se|con)\b|\beventual[ei]\b|\bauspicabil[ei]\b"
    r"|\bauspicat[oaei]\b"
    rf"|\b(?:anche se )?(?:non|ma non|seppur non) (?:e |sono |strettamente )?{_NEEDED}"
    r"|\bnice[ -]to[ -]have\b|\b(?:un )?vantaggio\b|\bvalore aggiunto\b|\bgradiremmo\b"
    r"|\bfacoltativ[oaei]\b"
    r"|\bse (?:in possesso|possibile|presente)\b|\bpossibilmente\b|\bidealmente\b|\bben (?:vist"
    r"|accett)[oaei]\b"
    r"|\bsarebbe (?:utile|gradit\w|ideale|un plus|bello)\b|\bsarebbero (?:utili|gradit\w)\b"
    r"|\bcompleta(?:no)? il profilo\b|\bdesiderabil[ei]\b|\bopzional[ei]\b|\bnon guasta\b"
    r"|\banche (?:se )?alla prima esperienza\b|\bsi valut\w+ anche\b|\bvalut(?:iamo|eremo) anche\b"
)
_ESSENTIAL = re.compile(
    r"\b(?<!non )(?<!non e )(?<!non sono )(?<!strettamente )(?:indispensabil[ei]|obbligatori[oaei]"
    r"|necessari[oaei]|richiest[oaei]|richiediamo|si richied\w+|requisito fondamentale"
    r"|imprescindibil[ei]|fondamental[ei]|tassativ\w+|essenzial[ei])\b"
)
_CLAUSE = re.compile(r"[,;.()]|\bma\b|\s[-–]\s")
_HEAD_WORDS = 2
_LOOK_BACK = 100
_LINKS = frozenset({"ma", "pur", "anche", "se", "seppur", "e"})


def optional_scopes(words: str) -> list[tuple[int, int]]:
    """Stretches of a plain sentence that a vacancy would merely like.

    A cue at the head of its clause (*gradita esperienza nel ruolo e uso del muletto, ...*)
    governs the rest of the sentence up to a stronger word; one at the end (*patente C
    preferibile*) governs its own clause.

    >>> words = "indispensabile la patente b, gradito il patentino"
    >>> [words[start:end].strip() for start, end in optional_scopes(words)]
    ['gradito il patentino']
    """
    found: list[tuple[int, int]] = []
    ends = [match.start() for match in _CLAUSE.finditer(words)]
    starts = [0, *(match.end() for match in _CLAUSE.finditer(words))]
    stronger = [match.start() for match in _ESSENTIAL.finditer(words)]
    for cue in _OPTIONAL.finditer(words):
        clause = bisect_right(starts, cue.start()) - 1
        start = starts[clause]
        after = bisect_left(ends, cue.end())
        clause_end = ends[after] if after < len(ends) else len(words)
        lead = words[max(start, cue.start() - _LOOK_BACK) : cue.start()].split()
        if len(lead) > _HEAD_WORDS:
            found.append((start, clause_end))
            continue
        end = len(words)
        next_stronger = bisect_left(stronger, cue.end())
        if next_stronger < len(stronger):
            cut = bisect_right(ends, stronger[next_stronger]) - 1
            end = ends[cut] if cut >= after else end
        # "esperienza in saldatura, anche se non vincolante" speaks of what stands before it, when
        # nothing stands after it.
        trailing = "non" in cue.group() and not set(lead) - _LINKS
        if trailing and clause and not words[cue.end() :].strip(" .;!)"):
            start = starts[clause - 1]
        found.append((start, end))
    return found


def importance_at(place: int, section: Section, scopes: list[tuple[int, int]]) -> Importance:
    """The importance of what stands at a place of a sentence."""
    if section is Section.PREFERRED:
        return Importance.OPTIONAL
    if any(start <= place < end for start, end in scopes):
        return Importance.OPTIONAL
    return Importance.ESSENTIAL
