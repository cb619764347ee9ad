"""Jobs that are told by their work: *in cassa al supermercato*, *pulizie in due studi medici*.

A CV is cut into entries: lines of a list, paragraphs, sentences of a story. In an entry without
a job title the rules of the lexicon (``data/lexicon/activities.toml``) say which occupation the
work belongs to, if the entry speaks of work that was done, outside the family. In a vacancy they
say what *a person for ...* is wanted for.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from matching.domain import DocumentKind
from matching.extraction.boilerplate import HIRING
from matching.extraction.index import Claim
from matching.extraction.mentions import RawMention, Reading, segment_at, stance_at
from matching.extraction.periods import Period
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.stretches import PASSED, speaks_of_work, work_entries
from matching.normalisation import STOP_WORDS
from matching.taxonomy import Taxonomy
from matching.taxonomy.activities import Activity, ActivityIndex, Phrase, beginnings

# Less sure than a title (0.9): the work may have been a small part of the job.
TOLD = 0.7
_SECTIONS = frozenset({Section.BODY, Section.EXPERIENCE})
# Three blanks are the gap between two columns.
_TOKEN = re.compile(r"[a-z0-9]+|[.;\n!?]|\s{3}")
_ENDS = frozenset(".;\n!?")
_SMALL_WORDS = """
due tre quattro cinque sei sette otto nove dieci ogni tutti tutte tutto tutta anche poi piu varie
vari diversi diverse alcuni alcune mio mia suo sua loro gia sempre altri altre l d
"""
_SMALL = STOP_WORDS | frozenset(_SMALL_WORDS.split())
# "consegne a bar e negozi": whom the work was for.
_FOR_WHOM = frozenset({"a", "agli", "per"})
_SKIPPED = 3
_REACH = 5
_AGAIN = re.compile(
    r"\b(?:poi|dopo|prima|infine|inoltre|in seguito|successivamente|d'estate|estate|la sera"
    r"|il sabato|nel frattempo|intanto|in questi anni|negli ultimi|ultimamente|adesso|ora"
    r"|attualmente"
    r"|un anno di|(?:un|due|tre|sei) mes[ei] di|per (?:\d+|un|due|tre|quattro|cinque|qualche"
    r"|alcun[ei]) (?:ann[oi]|mes[ei]|stagion[ei])"
    r"|d?[ai]l? ?(?:19|20)\d\d|nel (?:19|20)\d\d|ho fatto|ho lavorato|mi sono arrangiat[oa])\b"
)
# Work for one's own home, friends or parish is none that was paid for.
PRIVATE = re.compile(
    r"\b(?:mi[oa] (?:nonn|mamm|madr|padr|papa|marit|mogli|figli|nipot|suocer|zi[oa]|sorell|fratell"
    r"|compagn|genitor)\w*|miei (?:figli|genitori|nonni|suoceri|nipoti)|mie (?:figlie|nipoti)"
    r"|nipotin\w+|volontari\w*|parrocchi\w+|oratori\w+|caritas|gratis|gratuit\w+|croce rossa"
    r"|(?:in|a) casa (?:mia|nostra|ho|faccio|facevo|mi)|casa mia|(?:i|nei) nonni|hobby|tempo libero"
    r"|per (?:gli )?amici|per me|festa patronale|pro loco|alpini|scout)\b"
)
# "nei cantieri di mio zio", "con mio cognato": where and beside whom, not for whom.
_FAMILY_FIRM = re.compile(
    r"\b(?:ditta|impresa|negozio|bottega|bar|officina|cantier[ei]|azienda|ristorante|laboratorio"
    r"|campi|salone|panificio|pizzeria|studio|stalla)(?: \w+)? (?:di|dei) mi\w+ \w+"
    r"|\bcon mi[oa] \w+"
    r"|\bmi[oa] \w+ (?:nel|nella|in|al|alla|nei) (?:\w+ )?(?:negozio|bar|bottega|ristorante"
    r"|officina"
    r"|campi|campagna|stalla|cantiere|azienda|ditta|mercato|laboratorio|panificio|salone|trattoria"
    r"|pizzeria|rifugio|agriturismo|falegnameria|macelleria)"
)
_ABLE = re.compile(
    r"\b(?:so|sa|posso|puo|potev\w+|saprei|capace di|in grado di|mi piac\w+|disponibil\w+"
    r"|pront[oa]|voglio"
    r"|vorrei|cerco|imparare|corso|diploma|qualifica|attestato|scuola di|patentino|potrei|farei)\b"
)
# In a story the bare name of a place is one of work only beside such a word; a date will do.
_WORKED = re.compile(
    r"\b(?:lavor\w+|assunt\w|tirocini\w|stag\w+|apprendist\w+|impiegat\w|dipendent\w+|operai\w"
    r"|turn[io]|ann[oi]|mes[ei]|contratt\w+|ditta|mansion\w+|(?:19|20)\d\d)\b|^\W*[-–•*·]"
)
_SOMEBODY = re.compile(
    r"\b(?:un[ao]?|qualcun[oa]|person[ae]|ragazz\w+|signor\w+|figur\w+|risors\w+|personale|gente"
    r"|chi|donna|uomo|aiuto|collaborator\w+|addett\w+)\b"
)
_FAR = 110

Words = list[tuple[str, int, int]]


def told_mentions(
    titles: Sequence[RawMention],
    reading: Reading,
    dated: Sequence[Period],
    taxonomy: Taxonomy,
    named: Sequence[RawMention] = (),
) -> list[RawMention]:
    """Occupations that the work told of belongs to, in the order of the text.

    Parameters
    ----------
    titles
        The writer's own occupations, or those sought; the work beside a title is that job's.
    reading
        The text.
    dated
        The periods in it, which make lines entries.
    taxonomy
        Holds the rules.
    named
        All occupations named, whosesoever; their words tell of no work.
    """
    if not taxonomy.activities:
        return []
    stretches = (
        _entries_told(titles, reading, dated)
        if reading.kind is DocumentKind.CV
        else _wanted_for(titles, reading)
    )
    found: dict[tuple[int, str], RawMention] = {}
    for start, end in stretches:
        for activity, first, last in _search(taxonomy.told_by, reading.flat, start, end):
            number = segment_at(reading, first)
            if any(one.start < last and first < one.end for one in named):
                continue
            if number is None or not _counts(reading, number, (start, end), first, activity):
                continue
            claim = Claim(activity.uri, taxonomy.concepts[activity.uri].label())
            found.setdefault(
                (first, activity.uri),
                RawMention(
                    claim=claim,
                    start=first,
                    end=last,
                    confidence=TOLD,
                    segment=reading.segments[number],
                    stance=stance_at(reading, number, first, employers=False),
                ),
            )
    return [found[key] for key in sorted(found)]


def _counts(
    reading: Reading, number: int, stretch: tuple[int, int], place: int, activity: Activity
) -> bool:
    segment = reading.segments[number]
    if segment.silent or (
        stance_at(reading, number, place, employers=False) in (Stance.DENIED, Stance.OTHERS)
        and not activity.family
    ):
        return False
    if reading.kind is DocumentKind.VACANCY:
        return segment.section not in (Section.OFFER, Section.CONDITIONS)
    if segment.section not in _SECTIONS:
        return False
    low, high = max(segment.start, stretch[0]), min(segment.end, stretch[1])
    words = reading.flat[low:high]
    if PRIVATE.search(_FAMILY_FIRM.sub("", words)) and not activity.family:
        return False
    before = words[: place - low]
    able = [match.end() for match in _ABLE.finditer(before)]
    return not able or PASSED.search(before, able[-1]) is not None


def _entries_told(
    titles: Sequence[RawMention], reading: Reading, dated: Sequence[Period]
) -> Iterator[tuple[int, int]]:
    """The stretches that tell of work and hold no title."""
    named = sorted(title.start for title in titles)

    def is_titled(start: int, end: int) -> bool:
        return bisect_right(named, end - 1) > bisect_right(named, start - 1)

    for entry in work_entries(reading, dated, is_titled):
        if entry.listed:
            if not entry.titled and (
                entry.dated or speaks_of_work(reading, entry.start, entry.end)
            ):
                yield entry.start, entry.end
            continue
        for start, end in entry.parts:
            if is_titled(start, end) or not speaks_of_work(reading, start, end):
                continue
            if not entry.titled or _AGAIN.search(reading.flat, start, end):
                yield start, end


def _wanted_for(titles: Sequence[RawMention], reading: Reading) -> Iterator[tuple[int, int]]:
    """Stretches of a vacancy after *cerchiamo una persona*, up to the first title."""
    for segment in reading.segments:
        if segment.silent:
            continue
        for cue in HIRING.finditer(reading.flat, segment.start, segment.end):
            who = _SOMEBODY.search(reading.flat, cue.end(), min(cue.end() + _FAR, segment.end))
            if who is None:
                continue
            end = min(who.end() + _FAR, segment.end)
            named = [title.start for title in titles if cue.start() <= title.start < end]
            yield who.start(), min([end, *named])


def _search(
    activities: ActivityIndex, flat: str, start: int, end: int
) -> Iterator[tuple[Activity, int, int]]:
    """Activities told in a stretch; of two that want the same words the first in order."""
    words = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(flat, start, end)]
    there = frozenset(word for word, _, _ in words)
    starts = beginnings(there)

    def spans(phrases: Sequence[Phrase]) -> Iterator[tuple[int, int]]:
        return _spans([one for one in phrases if one[0].may_fit(there, starts)], words)

    used: set[int] = set()
    told = False
    worked = _WORKED.search(flat, start, end) is not None
    for activity in activities.begun_by(there):
        if activity.otherwise and told:
            continue
        for span in spans(activity.did):
            if activity.otherwise and not _is_workplace(words, span, worked):
                continue
            if used.isdisjoint(range(*span)):
                used.update(range(*span))
                told = True
                yield activity, words[span[0]][1], words[span[1] - 1][2]
        if activity.beside is not None and not any(activity.beside.fits(w) for w, _, _ in words):
            continue
        for span in spans(activity.at):
            told = True
            yield activity, words[span[0]][1], words[span[1] - 1][2]


def _is_workplace(words: Words, span: tuple[int, int], worked: bool) -> bool:
    """Whether the bare name of a place or a trade says where somebody worked."""
    first, last = span
    bare = last - first == 1
    return (worked or not bare) and not (first and words[first - 1][0] in _FOR_WHOM)


def _spans(phrases: Sequence[Phrase], words: Words) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        for number, (word, _, _) in enumerate(words):
            if phrase[0].fits(word):
                last = _end(phrase, words, number)
                if last is not None:
                    yield number, last


def _end(phrase: Phrase, words: Words, first: int) -> int | None:
    """Where a phrase that begins at a word ends, None where it does not go on."""
    place = first + 1
    for step in phrase[1:]:
        reach = _REACH if step.gap else 0
        small = _SKIPPED + reach
        while place < len(words) and not step.fits(words[place][0]):
            word = words[place][0]
            if word in _ENDS or word.isspace():
                return None
            if word in _SMALL or word.isdigit():
                small -= 1
            else:
                reach -= 1
            if small < 0 or reach < 0:
                return None
            place += 1
        if place == len(words):
            return None
        place += 1
    return place
