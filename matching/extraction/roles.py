"""Occupations that a person did or looks for; months of experience.

Unpaid work counts like paid work where the person lists it among her jobs (*dal 2010 assisto mia
madre* under *Esperienze*); under a header of its own (volunteering, military service) it counts
for the occupation named, not for the months of work. Courses and schools count for neither.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.extraction.entries import periods_by_job
from matching.extraction.mentions import RawMention, Reading, segment_at
from matching.extraction.periods import Period, union_months
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.extraction.segments import Segment

_TITLE_BEFORE = re.compile(
    r"(?:^|\n)[^\n]{0,60}?(?:^|\n|\d{4}|oggi|corso|presente|:|-|–|•|\*|,|\()\s*$"
    r"|\b(?:come|da|di|mansione|ruolo|qualifica|mestiere|lavoro|faccio|facevo|fatto|fare|sono"
    r"|ero|stat[oa]|un|una|il|la|n\.? ?\d+|\d+|cerca|cerchiamo|cercasi|ricerca|ricerchiamo"
    r"|seleziona|selezioniamo|assume|operai[oae]|tecnic[oa]|aiuto|aiutante|apprendista|esperienza"
    r"|addett[oa]|capo|bravo|brava|espert[oa]|e)\s{0,9}(?:/[a-z]+)?\s{0,9}[:,]?\s{0,9}$"
)
# Said of machines, never of people, whatever the gender of the noun.
_MACHINE = re.compile(
    r"\s+(?:di base|general\w|applicat\w|e (?:elettronic|pneumatic|oleodinamic)\w+|universal\w"
    r"|radial\w|portatil\w|orbital\w|a colonna|a nastro|da banco|vertical\w|orizzontal\w|angolar\w)"
)
_SCHOOL = re.compile(
    r"\b(?:(?:diplom|laure)\w+|(?<!in )cors[oi]|attestat\w|maturita"
    r"|qualifica (?:professionale|triennale"
    r"|regionale|iefp)|(?<!con la )(?<!con )(?<!sua )qualifica (?:di|come)|abilitazione|licenza"
    r"|titolo di studio|titolo)\b(?P<between>[^.;,\n]{0,40})$"
    r"|\b(?:istitut\w+|scuola|facolta|liceo|cfp|ipsia|itis|enaip)\b(?P<inside>[^.;,:\n–\t]{0,40})$"
    r"|\bperit[oa](?: \w+)?\s$"
)
_DID = re.compile(
    r"\b(?:lavor\w+|fatto|facevo|faccio|assunt\w|impiegat\w|come|sono|ero|stat[oa]|presso)\b|\s-\s"
)
_BESIDE = re.compile(
    r"\b(?:affianc\w+|collabor\w+ (?:con|a stretto contatto con)|insieme (?:a|ad|al|all|alla|con)"
    r"|(?:a )?support\w+ (?:d\w+|a|al|all|ai|alla|agli|il|la|i)|aiut(?:avo|ando|are|o) (?:il|la"
    r"|l|lo|i|gli|le|a|al)"
    r"|supervision\w+|agli ordini|riport\w+ (?:a|al|alla|all|ai)|rispond\w+ (?:a|al|alla|all|ai)"
    r"|coordin\w+|gesti\w+ (?:di )?(?:un )?(?:team|squadra|gruppo)|formavo|formazione d\w+"
    r"|seguit[oa] da|assistit[oa] da|guidat[oa] da|dirett[oa] da|dipend\w+ d\w+|(?:la|lo) faceva"
    r"|(?:su )?indicazion\w+ d\w+|prescrizion\w+ d\w+|sotto (?:la guida|il controllo) d\w+"
    r"|a contatto con|rapport\w+ con|confront\w+ con|assist(?:o|evo|ere|endo) (?:il|la|l|lo|i|gli)"
    r"|(?:in|nella|della) squadra (?:di|con)|sostitut\w+ d\w+ un|al seguito d\w+"
    r"|agli? ordini d\w+|manca\w* (?:il|la|l|lo))"
    r"\W+(?P<between>(?:\w+\W+){0,3})$"
    r"|\b(?:con|col|coi|ai|agli|alle|al|allo|alla|all['’]|dai|dagli|dalle|dallo)\s?(?:gli |i |le "
    r"|il "
    r"|la |lo |un |una |l['’]|altri |altre )?(?:nostr\w )?$|\bcon \d+ $"
)
_SPOKEN_OF = re.compile(
    r"(?:(?:\b(?:il|lo|la)|\bl['’])|\b(?:studio|ufficio|negozio|impresa|officina|salone|bottega"
    r"|clinica|ambulatorio|casa)(?: d(?:i un[ao]?|[aie]l?(?:la)?))?)\s?$"
)
_OWN = re.compile(
    r"\b(?:f[ae]cc?\w*|fare|fatto|facevo|come|da|sono|ero|stat[oa]|esser\w|divent\w+|lavor\w+)\b"
)
# Named after a trade: "via dei Tessitori".
_STREET = re.compile(
    r"\b(?:via|viale|piazza|piazzale|piazzetta|vicolo|largo|p\.? ?zza|p\.? ?le|strada|contrada"
    r"|salita|vic\.)\s+(?:d\w{1,4}['’]? ?)?$"
)
# "per sei attivita della zona (parrucchiere, agriturismo)": whom somebody worked for.
_CLIENTS = re.compile(
    r"\b(?:client[ei]|attivita|committent\w+|imprese|ditte|aziende|negozi|studi|famiglie|utenti)\b"
    r"[^().;\n]{0,30}(?:\(|:|\b(?:come|tra cui|quali)\b)[^().;\n]{0,80}$"
)
# Who is chosen to speak for others has no trade of it.
_OFFICE = re.compile(
    r"\s+(?:di (?:classe|istituto|lista|sezione|quartiere|condominio|plesso)|d['’]istituto"
    r"|dei? (?:genitori|lavorator\w+|studenti|condomini|personale)|sindacal\w+|rsu|rls)\b"
)
_NOT_WORKED = frozenset({Section.EDUCATION, Section.COURSES})
_NOT_EMPLOYED = _NOT_WORKED | {
    Section.UNPAID, Section.LEISURE, Section.WISHES, Section.LANGUAGES, Section.SKILLS,
}  # fmt: skip
# What a date can also be about. The words stand in the clause of the date.
_IDLE = re.compile(
    r"\b(?:(?:dis|in)occupat\w+|naspi|cassa integrazione|cigs?\b|in mobilita|liste d\w+ mobilita"
    r"|(?<!sostituzione )(?<!sostituzione di )maternita|senza lavoro|sono ferm[oa]|cerco|in cerca"
    r"|aspettativa|resident\w|residenza|viv[oe]|abit[oa]|permesso|soggiorno|patente"
    r"|patentin\w|iscritt[oa]|sposat[oa]|coniugat[oa]|nat[oa]|militare|di leva|volontari\w*"
    r"|donatore"
    r"|mamma|casalinga|accudi\w+|hobby|pension\w+|invalid\w+ dal|diplom\w+|laure\w+"
    r"|(?<!in )cors[oi]|attestat\w+|scuola superiore"
    r"|liceo)\b"
)
_LIVES = re.compile(r"^\W*(?:sono |arrivat[oa] )?in italia\W*$")
# "La ditta è da 40 anni un punto di riferimento" speaks of the firm; "è da 3 anni che lavoro" not.
_IS_SO_SINCE = re.compile(r"(?:\bè|\be['’]) (?:da )?$", re.IGNORECASE)
_WORK = re.compile(
    r"\b(?:lavor\w+|impiegat\w|assunt\w|dipendente|operai\w|ditt[ae]|aziend[ae]|presso|cooperativa"
    r"|contratt\w|stagion\w+|faccio|facevo|ho fatto|mansion\w|come|esperienza|impresa|tirocinio"
    r"|apprendist\w+|stage|s\.?r\.?l|s\.?p\.?a)\b"
)
_CLAUSE = re.compile(r"[,;.]")


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation mention that counts; ``until`` is the last month of its dates, as a number."""

    raw: RawMention
    wanted: bool
    months: int | None
    confidence: float
    until: int | None = None


def stands_as_title(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens stand where a job title stands: head of an entry, after *come*, *da* ..."""
    start, end = reading.tokens[first].start, reading.tokens[last - 1].end
    segment = reading.segments[reading.of_segment[first]]
    if segment.section in _NOT_WORKED:
        return False
    before = reading.words[reading.words.rfind("\n", 0, start) + 1 : start][-200:]
    after = reading.words[end : end + 30].split("\n")[0]
    if _MACHINE.match(after):
        return False
    return bool(_TITLE_BEFORE.search(before)) or not before.strip(" \t-–•*")


def person_roles(
    mentions: Sequence[RawMention],
    reading: Reading,
    found: Sequence[Period],
    work: Sequence[RawMention] = (),
) -> list[Role]:
    """Jobs that a person claims or wants. Titles of study and other people's jobs are none.

    ``work`` are those told by what was done, which no such doubt concerns.

    The months of the mentions of one occupation add up to the months it was done: a stretch of
    time that two mentions share stands with the first, a statement on the whole career (*dieci
    anni di esperienza*) counts for what the dated jobs leave open.
    """
    kept = [
        (raw, raw.stance is Stance.WISHED or raw.segment.section is Section.WISHES)
        for raw in own_titles(mentions, reading)
    ]
    done = {raw.claim.uri for raw, wanted in kept if not wanted}
    kept += [
        (raw, False)
        for raw in work
        if raw.stance is not Stance.WISHED and raw.claim.uri not in done
    ]
    kept.sort(key=lambda one: one[0].start)
    usable = [
        period
        for period in found
        if _is_work(reading, period) and _section_at(reading, period.start) is not Section.UNPAID
    ]
    worked = [raw for raw, wanted in kept if not wanted]
    pairs = periods_by_job(worked, reading, usable)
    months = _months(worked, pairs)
    return [
        Role(raw, True, None, raw.confidence)
        if wanted
        else Role(
            raw,
            False,
            months.get(raw.start),
            raw.confidence,
            max((p.last - 1 for p in pairs.get(raw.start, ()) if p.last is not None), default=None),
        )
        for raw, wanted in kept
    ]


def own_titles(mentions: Iterable[RawMention], reading: Reading) -> list[RawMention]:
    """The occupations named in a CV that are the writer's own, done or wanted."""
    own: list[RawMention] = []
    for raw in mentions:
        before = reading.words[max(raw.segment.start, raw.start - 60) : raw.start]
        if raw.stance in (Stance.DENIED, Stance.OTHERS) or raw.segment.section in _NOT_WORKED:
            continue
        if _is_title_of_study(before) or is_somebody_beside(before):
            continue
        if _CLIENTS.search(before) or _OFFICE.match(reading.words, raw.end):
            continue
        if not (_is_spoken_of(before) or _is_several(raw, reading)):
            own.append(raw)
    return own


def experience_months(reading: Reading, found: Sequence[Period]) -> int | None:
    """Months covered by dated work in a CV, overlaps counted once; None without dates.

    Dates of unemployment, study, residence and military service are no work. Where the CV has a
    section of jobs its dates count, elsewhere those of a clause that speaks of work; a CV
    without sections is read whole.
    """
    sections = {segment.section for segment in reading.segments}
    listed = Section.EXPERIENCE in sections
    counted: list[Period] = []
    for period in found:
        segment = _segment_at(reading, period.start)
        if period.first is None or segment is None or segment.section in _NOT_EMPLOYED:
            continue
        if not _is_work(reading, period):
            continue
        speaks = _WORK.search(reading.words, segment.start, segment.end) is not None
        if segment.section is Section.EXPERIENCE or speaks or not (listed or period.point):
            counted.append(period)
    return union_months(counted) if counted else None


def _is_title_of_study(before: str) -> bool:
    match = _SCHOOL.search(before)
    if match is None:
        return False
    between = match["between"] or match["inside"] or ""
    return not _DID.search(between)


def on_a_street(mention: RawMention, reading: Reading) -> bool:
    """Whether the words are the name of a street: *via dei Tessitori 12*."""
    before = reading.words[max(0, mention.start - 30) : mention.start]
    return _STREET.search(before) is not None


def is_somebody_beside(before: str) -> bool:
    """Whether the words before a job make it that of somebody else: *in aiuto al cuoco*."""
    match = _BESIDE.search(before)
    return match is not None and not re.search(r"\b(?:come|da)\b", match["between"] or "")


def _is_spoken_of(before: str) -> bool:
    """*La fisioterapista mi ha insegnato*, *studio commercialista*: not the writer's own job."""
    match = _SPOKEN_OF.search(before)
    return match is not None and not _OWN.search(before[max(0, match.start() - 30) :])


def _is_several(raw: RawMention, reading: Reading) -> bool:
    """*Buste paga di colf e badanti*: one person is not several, her job stands in the singular.

    Only an ending in -i tells; -e is feminine singular as well as plural.
    """
    head = reading.words[raw.start : raw.end].split()[0]
    label = raw.claim.label.split()[0]
    return head.endswith("i") and label[-1:] in "oea" and len(head) > 3


def _is_work(reading: Reading, period: Period) -> bool:
    segment = _segment_at(reading, period.start)
    if segment is None or segment.silent or segment.section in _NOT_WORKED:
        return False
    before = _CLAUSE.split(reading.words[segment.start : period.start])[-1]
    after = _CLAUSE.split(reading.words[period.end : segment.end].lstrip(" ,:\t-–|)"))[0]
    idle = _IDLE.search(before[-80:])
    if idle is not None and not _DID.search(before[-80:], idle.end()):
        return False
    written = reading.text[max(segment.start, period.start - 6) : period.start]
    if _IS_SO_SINCE.search(written) and not after.lstrip().startswith("che "):
        return False
    return not (_IDLE.search(after[:60]) or _LIVES.match(before))


def _months(jobs: Iterable[RawMention], pairs: Mapping[int, tuple[Period, ...]]) -> dict[int, int]:
    """Months by the start of a job: what its periods add to those of the same occupation."""
    result: dict[int, int] = {}
    seen: dict[str, list[Period]] = {}
    career: dict[str, list[tuple[int, int]]] = {}
    for job in jobs:
        known = seen.setdefault(job.claim.uri, [])
        for period in pairs.get(job.start, ()):
            if period in known:
                continue
            if period.total:
                career.setdefault(job.claim.uri, []).append((job.start, period.months))
                continue
            before = union_months(known)
            known.append(period)
            bare = period.months if period.first is None else 0
            gained = union_months(known) - before + bare
            if gained:
                result[job.start] = result.get(job.start, 0) + gained
    for uri, claims in career.items():
        start, stated = max(claims, key=lambda claim: claim[1])
        told = union_months(seen[uri]) + sum(p.months for p in seen[uri] if p.first is None)
        if stated > told:
            result[start] = result.get(start, 0) + stated - told
    return result


def _section_at(reading: Reading, place: int) -> Section | None:
    segment = _segment_at(reading, place)
    return segment.section if segment is not None else None


def _segment_at(reading: Reading, place: int) -> Segment | None:
    number = segment_at(reading, place)
    return None if number is None else reading.segments[number]
