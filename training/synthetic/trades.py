"""The trades of a synthetic district, and their skills as the taxonomy names them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.errors import LexiconError
from matching.taxonomy import Concept, Taxonomy
from training.synthetic.phrases import PHRASES

# Driving licences and languages are asked and held as such, not as skills of a trade.
_NOT_TRADE_SKILLS = ("patente-", "lingua-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What is known of a trade besides its skills.

    ``people`` and ``vacancies`` are relative frequencies; ``women`` is the share of women in it,
    ``drives`` that of vacancies that want a vehicle, ``part_time`` that of short weeks; ``eqf``
    is the usual education level; ``vague`` are titles that are no label, masculine and feminine.
    """

    slug: str
    branch: str
    people: float
    vacancies: float
    women: float
    eqf: int
    vague: tuple[str, str]
    shifts: tuple[str, ...]
    drives: float
    part_time: float


_TABLE = """
trade|branch|people|jobs|women|eqf|drives|part|shifts|vague
operaio-metalmeccanico|workshop|5|6|0.15|1|0.3|0.2|rotating day|operai* in officina
saldatore|workshop|2|4|0.03|3|0.3|0.2|day rotating|operai* in carpenteria
operatore-cnc|workshop|2|5|0.08|3|0.3|0.2|rotating|operai* specializzat*
assemblatore-meccanico|workshop|4|5|0.45|1|0.3|0.2|rotating day|operai* in linea
manutentore-meccanico|workshop|1.5|4|0.02|3|0.5|0.2|rotating day|operai* di stabilimento
magazziniere|goods|5|5|0.22|1|0.3|0.2|day rotating|operai* di deposito
mulettista|goods|2.5|3|0.05|1|0.3|0.2|rotating|addett* al piazzale
addetto-picking|goods|3|4|0.4|1|0.3|0.2|rotating night|soci* di cooperativa
addetto-imballaggio|goods|4|4|0.65|1|0.3|0.25|rotating day|operai* fine linea
autista-furgone|goods|2.5|4|0.06|1|1.0|0.2|day weekend|padroncin*
badante|care|8|6|0.93|1|0.3|0.35|day night|aiuto in famiglia
oss|care|4|6|0.85|3|0.3|0.2|rotating weekend|dipendente di una struttura
colf|care|7|4|0.93|1|0.3|0.6|morning day|lavori in casa d'altri
babysitter|care|2.5|2|0.95|3|0.3|0.6|afternoon morning|aiuto mamma
addetto-pulizie|cleaning|9|6|0.78|1|0.5|0.6|morning afternoon|soci* di cooperativa
cameriere-piani|cleaning|3|3|0.9|1|0.3|0.4|morning weekend|addett* d'albergo
aiuto-cuoco|kitchen|4|5|0.45|1|0.3|0.2|weekend rotating|aiuto in trattoria
lavapiatti|kitchen|3|3|0.3|1|0.3|0.2|weekend night|aiuto in trattoria
cameriere|kitchen|4|5|0.6|1|0.3|0.35|weekend rotating|ragazz* di sala
addetto-mensa|kitchen|4|3|0.85|1|0.3|0.7|morning|dipendente di una mensa
commesso|shop|5|4|0.72|3|0.3|0.4|weekend rotating|dipendente di negozio
cassiere|shop|3|3|0.85|3|0.3|0.5|weekend rotating|dipendente di supermercato
scaffalista|shop|3|3|0.5|1|0.3|0.4|morning rotating|dipendente di supermercato
impiegato-ufficio|office|3.5|3|0.75|4|0.3|0.35|day|aiuto in ufficio
impiegato-contabile|office|2|3|0.7|4|0.3|0.2|day|dipendente di studio
muratore|site|3|4|0.02|1|0.5|0.2|day|operai* d'impresa
manovale-edile|site|3|3|0.02|1|0.4|0.2|day|operai* d'impresa
imbianchino|site|2|2|0.04|1|0.6|0.2|day|artigian*
elettricista|site|2|4|0.03|3|0.7|0.2|day|artigian*
giardiniere|green|2.5|3|0.06|1|0.6|0.2|day morning|soci* di cooperativa
macchinista-cucitrice|cloth|2|2|0.93|1|0.3|0.3|day|operai* in laboratorio
operaio-tessile|cloth|2|2|0.5|1|0.3|0.2|rotating night|operai* in filanda
"""


def _read(row: str) -> Trade:
    slug, branch, people, jobs, women, eqf, drives, part, shifts, vague = row.split("|")
    return Trade(
        slug=slug,
        branch=branch,
        people=float(people),
        vacancies=float(jobs),
        women=float(women),
        eqf=int(eqf),
        drives=float(drives),
        part_time=float(part),
        shifts=tuple(shifts.split()),
        vague=(vague.replace("*", "o"), vague.replace("*", "a")),
    )


TRADES = tuple(_read(row) for row in _TABLE.strip().splitlines()[1:])


@dataclass(frozen=True)
class Craft:
    """A trade with its occupation and its skills, by number in :attr:`Crafts.skills`."""

    trade: Trade
    occupation: Concept
    essential: tuple[int, ...]
    optional: tuple[int, ...]

    def title(self, *, feminine: bool) -> str:
        """The preferred label in a gender."""
        return self.occupation.labels["it"][1 if feminine else 0]


@dataclass(frozen=True)
class Crafts:
    """All trades, and every skill that one of them uses."""

    all: tuple[Craft, ...]
    skills: tuple[Concept, ...]

    def kinship(self, a: int, b: int) -> float:
        """How far experience in one trade serves in another, in [0, 1]: true by decree."""
        if a == b:
            return 1.0
        shared = {*self.all[a].essential} & {*self.all[b].essential}
        near = self.all[a].trade.branch == self.all[b].trade.branch
        return min(0.8, (0.45 if near else 0.0) + 0.15 * len(shared))


def crafts(taxonomy: Taxonomy, trades: Sequence[Trade] = TRADES) -> Crafts:
    """Look the trades up in a taxonomy.

    Raises
    ------
    LexiconError
        If the taxonomy lacks a trade, or a skill that the phrase bank has words for.
    """
    by_slug: dict[str, Concept] = {
        concept.slug: concept for _, concept in sorted(taxonomy.concepts.items())
    }
    if missing := [slug for slug in (*(t.slug for t in trades), *PHRASES) if slug not in by_slug]:
        raise LexiconError(
            f"The synthetic district needs {missing[0]!r}, which this taxonomy does not have; "
            "generate it with the shipped lexicon."
        )
    found: Mapping[str, tuple[list[str], list[str]]] = {
        trade.slug: (
            _trade_skills(taxonomy, by_slug[trade.slug].essential),
            _trade_skills(taxonomy, by_slug[trade.slug].optional),
        )
        for trade in trades
    }
    slugs = sorted({slug for pair in found.values() for slugs in pair for slug in slugs})
    number = {slug: i for i, slug in enumerate(slugs)}
    return Crafts(
        tuple(
            Craft(
                trade,
                by_slug[trade.slug],
                tuple(number[slug] for slug in found[trade.slug][0]),
                tuple(number[slug] for slug in found[trade.slug][1]),
            )
            for trade in trades
        ),
        tuple(by_slug[slug] for slug in slugs),
    )


def _trade_skills(taxonomy: Taxonomy, uris: frozenset[str]) -> list[str]:
    slugs = sorted(taxonomy.concepts[uri].slug for uri in uris)
    return [slug for slug in slugs if not slug.startswith(_NOT_TRADE_SKILLS)]
