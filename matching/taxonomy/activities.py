"""The rules of ``activities.toml``: what work an occupation is told by, where no title is named."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from matching.errors import LexiconError
from matching.normalisation import plain

ACTIVITIES_FILE = "activities.toml"
_KEYS = {"did", "at", "beside", "family", "otherwise"}
_GAP = ".."
_WORD = re.compile(r"[a-z0-9]+[*+]?")
_SHORTEST_START = 3
# Endings of what people write of their work: I do, I did, done, doing, that she do.
_ENDINGS = {
    "are": "o are ando ato ata ati ate i ino",
    "ere": "o ere endo uto uta uti ute a ano",
    "ire": "o isco ire endo ito ita iti ite isca a",
}
_IRREGULAR = {
    "fare": "faccio fare facendo fatto fatta fatti fatte faccia",
    "rifare": "rifaccio rifare rifacendo rifatto rifatta rifatti rifatte rifaccia",
    "dare": "do dare dando dato dia",
    "stare": "sto stare stando stato stata stia",
    "tenere": "tengo tenere tenendo tenuto tenuta tenuti tenute tenga",
    "mettere": "metto mettere mettendo messo messa messi messe metta",
    "mungere": "mungo mungere mungendo munto munte munta",
    "raccogliere": "raccolgo raccogliere raccogliendo raccolto raccolta raccolte raccolga",
    "prendere": "prendo prendere prendendo preso presa presi prese prenda",
    "stendere": "stendo stendere stendendo steso stesa stesi stese stenda",
    "rispondere": "rispondo rispondere rispondendo risposto risponda",
}
_IMPERFECT = {"fare": "facev", "rifare": "rifacev"}


@dataclass(frozen=True, slots=True)
class Step:
    """One place of a phrase: any of its words, or a word that begins like one of ``starts``.

    ``gap`` lets other words of the sentence stand before it.
    """

    words: frozenset[str]
    starts: tuple[str, ...] = ()
    gap: bool = False

    def fits(self, word: str) -> bool:
        """Whether a plain word can stand here."""
        return word in self.words or word.startswith(self.starts)

    def may_fit(self, words: Set[str], starts: Set[str]) -> bool:
        """Whether some word may stand here: one of ``words``, which begin like ``starts``."""
        return not self.words.isdisjoint(words) or any(
            start[:_SHORTEST_START] in starts for start in self.starts
        )


Phrase = tuple[Step, ...]


def beginnings(words: Iterable[str]) -> frozenset[str]:
    """The first letters of words, as many as a rule's beginning of a word has at least."""
    return frozenset(word[:_SHORTEST_START] for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """How the work of an occupation is told.

    ``did`` phrases say it alone, ``at`` phrases name a place of work and need one of ``beside``
    in the same entry (without ``beside`` the place is enough). With ``family`` also work for
    one's own family counts, as in a family's business. With ``otherwise`` it counts only where the
    entry tells of no other work.
    """

    uri: str
    did: tuple[Phrase, ...] = ()
    at: tuple[Phrase, ...] = ()
    beside: Step | None = None
    family: bool = False
    otherwise: bool = False


@dataclass(frozen=True, eq=False)
class ActivityIndex:
    """Activities by the words that one of their phrases can begin with."""

    activities: tuple[Activity, ...]

    def begun_by(self, words: Iterable[str]) -> list[Activity]:
        """The activities of which some phrase can begin with one of the words, in their order."""
        numbers: set[int] = set()
        for word in set(words):
            numbers.update(self._by_word.get(word, ()))
            numbers.update(self._by_start.get(word[:_SHORTEST_START], ()))
        return [self.activities[number] for number in sorted(numbers)]

    @cached_property
    def _by_word(self) -> Mapping[str, frozenset[int]]:
        return self._grouped(lambda step: step.words)

    @cached_property
    def _by_start(self) -> Mapping[str, frozenset[int]]:
        return self._grouped(lambda step: [start[:_SHORTEST_START] for start in step.starts])

    def _grouped(self, openings: Callable[[Step], Iterable[str]]) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for number, activity in enumerate(self.activities):
            for phrase in (*activity.did, *activity.at):
                for opening in openings(phrase[0]):
                    found.setdefault(opening, set()).add(number)
        return {opening: frozenset(numbers) for opening, numbers in found.items()}


def read_activities(content: Mapping[str, Any], uris: Mapping[str, str]) -> tuple[Activity, ...]:
    """The activities of the file in its order; ``uris`` gives the URI of every slug.

    Raises
    ------
    LexiconError
        Naming table and phrase: an occupation that does not exist, a key or a form unknown, a
        phrase that says nothing.
    """
    if unknown := set(content) - {"activity"}:
        raise LexiconError(f"{ACTIVITIES_FILE}: unknown table or key {sorted(unknown)[0]!r}.")
    found: list[Activity] = []
    for entry in content.get("activity", []):
        slug = entry.get("occupation")
        where = f"{ACTIVITIES_FILE}: activity of {slug!r}"
        if slug not in uris:
            raise LexiconError(f"{where}: this occupation does not exist.")
        if unknown := set(entry) - _KEYS - {"occupation"}:
            raise LexiconError(f"{where}: unknown key {sorted(unknown)[0]!r}.")
        if not (entry.get("did") or entry.get("at")):
            raise LexiconError(f"{where}: says nothing; give did or at.")
        for flag in ("family", "otherwise"):
            if not isinstance(entry.get(flag, False), bool):
                raise LexiconError(f"{where}: {flag} is {entry[flag]!r}, not true or false.")
        beside = entry.get("beside")
        if beside is not None and not entry.get("at"):
            raise LexiconError(f"{where}: beside needs at.")
        found.append(
            Activity(
                uri=uris[slug],
                did=tuple(_phrase(where, text) for text in _texts(where, entry.get("did", []))),
                at=tuple(_phrase(where, text) for text in _texts(where, entry.get("at", []))),
                beside=None if beside is None else _step(where, "|".join(_texts(where, beside))),
                family=entry.get("family", False),
                otherwise=entry.get("otherwise", False),
            )
        )
    return tuple(found)


def _texts(where: str, listed: object) -> list[str]:
    if not (isinstance(listed, list) and all(isinstance(text, str) for text in listed)):
        raise LexiconError(f"{where}: {listed!r} must be a list of texts.")
    return listed


def _phrase(where: str, text: str) -> Phrase:
    steps: list[Step] = []
    gap = False
    for part in text.split():
        if part == _GAP:
            gap = True
            continue
        steps.append(_step(where, part, gap=gap and bool(steps)))
        gap = False
    if not steps or gap:
        raise LexiconError(f"{where}: {text!r} has no word where one is needed.")
    return tuple(steps)


def _step(where: str, text: str, *, gap: bool = False) -> Step:
    words: set[str] = set()
    starts: list[str] = []
    for word in text.split("|"):
        if not _WORD.fullmatch(word) or plain(word) != word:
            raise LexiconError(f"{where}: {word!r} is no plain word in small letters.")
        if word.endswith("+"):
            more, start = _forms(where, word[:-1])
            words.update(more)
            starts.append(start)
        elif not word.endswith("*"):
            words.add(word)
        elif len(word) <= _SHORTEST_START:
            raise LexiconError(f"{where}: {word!r} is too short a beginning.")
        else:
            starts.append(word[:-1])
    return Step(frozenset(words), tuple(starts), gap)


def _forms(where: str, verb: str) -> tuple[set[str], str]:
    """Forms of a verb, and how its imperfect begins."""
    ending = verb[-3:]
    if ending not in _ENDINGS or len(verb) <= _SHORTEST_START:
        raise LexiconError(f"{where}: {verb!r} is no verb in the infinitive.")
    stem = verb[:-3]
    imperfect = _IMPERFECT.get(verb, stem + ending[0] + "v")
    if verb in _IRREGULAR:
        return set(_IRREGULAR[verb].split()), imperfect
    forms = {stem + end for end in _ENDINGS[ending].split()}
    # "caricare": carichi; "tagliare": tagli.
    if stem[-1] in "cg" and ending == "are":
        forms |= {stem + "hi", stem + "hino"}
    if stem[-1] == "i" and ending == "are":
        forms |= {stem, stem + "no"}
    return forms, imperfect
