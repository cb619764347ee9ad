"""The words of the trades in a text, beyond the phrases that name a skill.

*16 camere al giorno, letti, bagni, corridoi* names no skill of the lexicon as it stands, and yet
everybody knows what work it was. The words that labels are made of are collected, with what is
denied, wished for, about others or about an employer left out, and without words that speak of
a person's family or origin.
"""

from collections.abc import Collection, Mapping

from matching.domain import ConceptKind, DocumentKind, TradeWord
from matching.extraction.mentions import Reading, stance_at
from matching.extraction.personal import COUNTS, PRIVATE
from matching.extraction.scope import Stance
from matching.extraction.sections import Section
from matching.normalisation import Normaliser
from matching.taxonomy import Taxonomy

_SHORTEST = 3
_NOT_ASKED = frozenset({Section.OFFER, Section.CONDITIONS, Section.LANGUAGES})
# What every advertisement and every CV says, whatever the trade: hiring, contract, hours, places,
# praise, and the small words of labels in both languages.
_EVERYWHERE = frozenset(
    Normaliser().phrase(
        "lavoro lavorare lavoratore lavorativo esperienza esperto attività mansione ruolo posizione"
        " compito capacità competenza conoscenza requisito titolo ricerca ricercare cercare cerca"
        " selezione candidato personale persona risorsa collega collaboratore azienda ditta impresa"
        " società struttura sede zona luogo settore reparto contratto tempo determinato"
        " indeterminato somministrazione inserimento livello retribuzione stagionale stagione"
        " orario ore fascia turno turnazione ciclo continuo notte notturno giornaliero mattina"
        " pomeriggio"
        " sera festivo weekend fine part time full disponibilità disponibile immediata flessibile"
        " flessibilità richiesta richiedere offrire offerta fornire fornito divisa formazione corso"
        " affiancamento termine inizio presentare serio buono ottimo grande nuovo molto ogni altro"
        " proprio generale vario principale storico uso usare utilizzo utilizzare fare gestire"
        " gestione servizio operatore operaio addetto responsabile tecnico aiuto tenere"
        " seguire svolgere occuparsi prestare interno esterno piccolo base cura"
        " controllare controllo and the of for with to from on at work worker working job care"
        " use using making training"
        " operator machine skill skills ability basic"
    )
)
_LEFT_OUT = PRIVATE | COUNTS | _EVERYWHERE


def concept_words(taxonomy: Taxonomy, normaliser: Normaliser) -> Mapping[str, frozenset[str]]:
    """Keys of the words in the labels of each skill and occupation.

    The names of languages are left out everywhere: they are also words for origin.
    """
    names = {
        phrase[0]
        for concept in taxonomy.skills
        if concept.kind is ConceptKind.LANGUAGE
        for labels in concept.labels.values()
        for label in labels
        if len(phrase := normaliser.phrase(label)) == 1
    }
    left_out = _LEFT_OUT | names
    return {
        concept.uri: frozenset(
            key
            for labels in concept.labels.values()
            for label in labels
            for key in normaliser.phrase(label)
            if len(key) >= _SHORTEST and key not in left_out and not key.isdigit()
        )
        for concept in (*taxonomy.skills, *taxonomy.occupations)
        if concept.kind is not ConceptKind.LANGUAGE
    }


def trade_words(reading: Reading, vocabulary: Collection[str]) -> tuple[TradeWord, ...]:
    """Trade words of a text by key, in the order of their keys.

    ``vocabulary`` holds the keys that count, see :func:`concept_words`.
    """
    counts: dict[str, int] = {}
    written: dict[str, str] = {}
    for token, key, number in zip(reading.tokens, reading.keys, reading.of_segment, strict=True):
        segment = reading.segments[number]
        if key not in vocabulary:
            continue
        if reading.kind is DocumentKind.VACANCY and segment.section in _NOT_ASKED:
            continue
        if stance_at(reading, number, token.start, employers=True) is not Stance.HELD:
            continue
        counts[key] = counts.get(key, 0) + 1
        written.setdefault(key, reading.text[token.start : token.end])
    return tuple(
        TradeWord(key=key, count=counts[key], evidence=written[key]) for key in sorted(counts)
    )
