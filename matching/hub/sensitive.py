"""Matters of GDPR articles 9 and 10 in a text: health, belief, union, origin, convictions.

Only whether they are there, so that the file is kept apart until somebody decided; they become no
field and no feature. A CV is read line by line as :mod:`matching.extraction` does, which knows what
its writer says of herself from what she did for others: who cared for the ill has no illness. A
certificate says it in other words, which are looked for anywhere.

The words are in :mod:`matching.hub.matter_words`, shared with what a company may not choose by
(:mod:`matching.hub.forbidden_matters`), whose net is cast over every sentence and must be wider:
here one caught by mistake keeps a whole document from its manager, there one line is not quoted.

Citizenship, a permit of stay, family and leave for a child are no such matters: nearly every CV
has them, and to hold back all of those would protect nobody. Reading a CV leaves them out anyway.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from matching.extraction.private_terms import ILLNESS
from matching.extraction.set_aside import private_stretches
from matching.hub.matter_words import BELIEF, CONVICTIONS, HEALTH, ORIGIN, UNION
from matching.normalisation import plain


class Sensitive(StrEnum):
    """What a text must not decide about anybody by."""

    HEALTH = "health"
    UNION = "union"
    BELIEF = "belief"
    ORIGIN = "origin"
    CONVICTIONS = "convictions"


# Of lines in which somebody says who she is; in plain words (lower case, no accents). Besides the
# words that name a matter anywhere, those that do where one speaks of oneself.
_OF_ONESELF: Mapping[Sensitive, re.Pattern[str]] = MappingProxyType(
    {
        Sensitive.HEALTH: re.compile(
            rf"\b(?:{HEALTH}|disabil\w*|{ILLNESS}\b|operat[oa]\b|incinta\b|gravidanza\b)"
        ),
        Sensitive.UNION: re.compile(rf"\b(?:{UNION})"),
        Sensitive.BELIEF: re.compile(
            rf"\b(?:{BELIEF}|fede\b|confessione\b|velo\b|partito\b|politic\w\b"
            r"|orientamento sessuale\b)"
        ),
        Sensitive.ORIGIN: re.compile(rf"\b(?:{ORIGIN})"),
        Sensitive.CONVICTIONS: re.compile(rf"\b(?:{CONVICTIONS}|precedenti\b|pena\b)"),
    }
)
# Of papers that others made out: what they are is in their words, wherever these stand.
_OF_PAPERS: Mapping[Sensitive, re.Pattern[str]] = MappingProxyType(
    {
        Sensitive.HEALTH: re.compile(
            r"\b(?:si certifica che .{0,120}(?:affett[oa] da|patologi\w+)|affett[oa] da \w+"
            r"|diagnosi:? \w+|verbale .{0,40}invalidita|invalidita civile|percentuale di"
            r" invalidita|commissione medica|certificato medico|lettera di dimissioni"
            r"|referto (?:medico|di)|prognosi)\b"
        ),
        Sensitive.UNION: re.compile(
            r"\b(?:tessera sindacale|delega sindacale|quota associativa sindacale)\b"
        ),
        Sensitive.BELIEF: re.compile(
            r"\b(?:certificato di (?:battesimo|cresima)|tessera di partito)\b"
        ),
        Sensitive.ORIGIN: re.compile(
            r"\b(?:commissione territoriale .{0,60}protezione|status di (?:rifugiat[oa]"
            r"|protezione sussidiaria)|richiesta di asilo)\b"
        ),
        Sensitive.CONVICTIONS: re.compile(
            r"\b(?:casellario giudiziale|carichi pendenti|sentenza (?:di condanna|penale)"
            r"|ordinanza di (?:custodia|scarcerazione)|tribunale di sorveglianza)\b"
        ),
    }
)  # fmt: skip


def sensitive_in(text: str) -> frozenset[Sensitive]:
    """The sensitive matters that a text tells of its writer, or of whom it is made out for.

    >>> sorted(sensitive_in("Invalidità civile al 60%"))
    [<Sensitive.HEALTH: 'health'>]
    >>> sensitive_in("Assistenza a malati di Parkinson in casa di riposo")
    frozenset()
    """
    words = plain(text)
    own = [words[start:end] for start, end in private_stretches(text, words)]
    found = {
        kind
        for kind, pattern in _OF_ONESELF.items()
        if any(pattern.search(stretch) for stretch in own)
    }
    flat = " ".join(words.split())
    found |= {kind for kind, pattern in _OF_PAPERS.items() if pattern.search(flat)}
    return frozenset(found)
