"""A CV reads the same in both genders, whatever the name and the birthplace."""

import re
from datetime import date
from pathlib import Path

import pytest

from matching.domain import DocumentKind, Extraction, Fact, Facts
from matching.extraction import Extractor

AS_OF = date(2026, 11, 22)

# What changes with the gender of the person: jobs, adjectives, participles, articles, names.
PAIRS = """
magazziniere/magazziniera saldatore/saldatrice operaio/operaia cameriere/cameriera cuoco/cuoca
infermiere/infermiera educatore/educatrice impiegato/impiegata commesso/commessa addetto/addetta
segretario/segretaria sarto/sarta parrucchiere/parrucchiera muratore/muratrice tornitore/tornitrice
operatore/operatrice assemblatore/assemblatrice verniciatore/verniciatrice giardiniere/giardiniera
falegname/falegname badante/badante barista/barista elettricista/elettricista mulettista/mulettista
stiratore/stiratrice bidello/bidella custode/custode autista/autista fattorino/fattorina
venditore/venditrice cassiere/cassiera collaboratore/collaboratrice assistente/assistente
pasticcere/pasticcera fresatore/fresatrice macellaio/macellaia fioraio/fioraia postino/postina
disponibile/disponibile automunito/automunita motivato/motivata nato/nata diplomato/diplomata
laureato/laureata iscritto/iscritta interessato/interessata sposato/sposata stato/stata
assunto/assunta qualificato/qualificata specializzato/specializzata esperto/esperta serio/seria
il/la un/una al/alla del/della dal/dalla generico/generica amministrativo/amministrativa
scolastico/scolastica meccanico/meccanica capace/capace signore/signora autonomo/autonoma
occupato/occupata impegnato/impegnata patentato/patentata turnista/turnista volontario/volontaria
Marco/Marta Luca/Lucia Paolo/Paola Sarti/Valsecchini Rossini/Cuoco Fabbri/Bianchini
socio/socio domestico/domestica apprendista/apprendista disoccupato/disoccupata solo/sola
"""
FEMININE = dict(pair.split("/") for pair in PAIRS.split())
_ABOUT_PERSON = re.compile(r"\[([^\]]+)\]")

# What stands in square brackets in the texts speaks of the person, and changes.
CVS = (Path(__file__).parent / "gender_cvs.txt").read_text("utf-8").strip().split("\n---\n")


def masculine(cv: str) -> str:
    return _ABOUT_PERSON.sub(lambda match: match[1], cv)


def feminine(cv: str) -> str:
    def turn(match: re.Match[str]) -> str:
        return " ".join(_feminine_word(word) for word in match[1].split(" "))

    return _ABOUT_PERSON.sub(turn, cv)


def _feminine_word(word: str) -> str:
    if word in ("magaziniere", "saldattore"):  # misspelt on purpose
        return {"magaziniere": "magaziniera", "saldattore": "saldattrice"}[word]
    return FEMININE[word]


def as_read(found: Extraction) -> tuple[object, ...]:
    """Everything that a matcher may use: no evidence, no places in the text."""
    return (
        sorted((m.uri, m.confidence, str(m.importance)) for m in found.skills),
        sorted((m.uri, m.months or -1, m.wanted, m.confidence) for m in found.occupations),
        facts_values(found.facts),
        [(word.key, word.count) for word in found.words],
    )


def facts_values(facts: Facts) -> dict[str, object]:
    values: dict[str, object] = {}
    for name in Facts.__dataclass_fields__:
        content = getattr(facts, name)
        if name == "languages":
            values[name] = [(item.code, item.level) for item in content]
        elif isinstance(content, tuple):
            values[name] = [item.value for item in content]
        else:
            values[name] = content.value if isinstance(content, Fact) else content
    return values


@pytest.fixture
def read(extractor: Extractor):
    def extract(text: str) -> tuple[object, ...]:
        return as_read(extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF))

    return extract


@pytest.mark.parametrize("cv", CVS)
def test_a_cv_reads_the_same_in_both_genders(read, cv: str) -> None:
    one, other = masculine(cv), feminine(cv)
    assert one != other
    found = read(one)
    assert found[1], "no occupation found: the comparison would prove little"
    assert read(other) == found


def test_twenty_cvs_are_compared() -> None:
    assert len(CVS) == 20


@pytest.mark.parametrize(
    "name",
    [
        "Marco Sarti",
        "Anna Cuoco",
        "Bashkim Hoxhalli",
        "Halyna Kovtunenka",
        "Li Wei",
        "Fatou Diallini",
    ],
)
def test_the_name_changes_nothing(read, name: str) -> None:
    text = (
        "{}\nVia Verdi 3\n2010-2014 cameriera ai piani\nPatente B\nLingue: inglese B1\n\n"
        "In fede\n{}"
    )
    assert read(text.format(name, name)) == read(text.format("Maria Rossini", "Maria Rossini"))


@pytest.mark.parametrize(
    "birth",
    [
        "Nata a Como il 3/4/1961",
        "Nata a Durazzo (Albania) il 3/4/1999",
        "Nato in Senegal nel 1988",
        "Data di nascita: 12 maggio 2004",
        "Luogo di nascita: Casablanca (Marocco)",
        "Cittadinanza: rumena",
        "Nazionalità italiana",
        "Stato civile: coniugata",
    ],
)
def test_birth_and_citizenship_change_nothing(read, birth: str) -> None:
    text = "Maria Rossini\n{}\nVia Verdi 3\n\nESPERIENZE\n2010-2014 cameriera ai piani\nPatente B"
    assert read(text.format(birth)) == read(text.format("Telefono 300 1234567"))
