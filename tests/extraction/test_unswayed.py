"""Whoever somebody is, and whyever she paused, her CV is read alike to the last decimal.

Signals are added, changed and taken away in raw texts, several at once; skills, jobs, months,
confidences, facts and trade words are compared exactly. Only the end of the last job may differ,
which enters no match.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.domain import DocumentKind, Extraction
from matching.extraction import Extractor
from matching.extraction.names import own_names
from matching.normalisation import plain
from tests.extraction.test_gender import CVS, as_read, masculine
from tests.protected_signals import CLAUSES, LINES, PLACES, at_the_end_of_a_job, other_street
from tests.repeats import examples

AS_OF = date(2026, 11, 22)
FORM = """CURRICULUM VITAE
Cognome e nome: Valsecchini Ada
Indirizzo: via dei Gelsi 4, 23900 {town}
E-mail: ada.v@example.it   Tel. 300 1194507
Patente B, automunita

ESPERIENZA LAVORATIVA
2016 - 2023
Addetta al confezionamento, Dolciaria Immaginaria srl
linea biscotti, controllo peso, etichettatrice, turni

2009 - 2015
Stiratrice, lavanderia industriale
mangano, presse, piegatura della biancheria

ISTRUZIONE
Licenza media

LINGUE
Italiano, inglese A2
"""
NOTE = """Nota del colloquio di lunedì, sportello lavoro.
{who} ha tenuto per otto anni il banco di un alimentari: serviva i clienti, affettava i salumi,
teneva la cassa e faceva gli ordini ai fornitori. Prima montava quadri elettrici in officina,
leggeva gli schemi e cablava. Patente B. Cerca un posto di giorno, anche part time.
"""
STORY = """Buongiorno, mi chiamo {name} e cerco lavoro.
Ho lavorato sei anni come magazziniere: carico e scarico con il muletto, inventario, bolle.
Poi tre stagioni da cameriere ai piani in albergo. So usare Excel, ho il patentino del carrello.
"""
TEXTS = (
    *map(masculine, CVS),
    FORM.format(town="Merate"),
    NOTE.format(who="La signora"),
    STORY.format(name="Ada"),
)
NAMES = ("Bo Li", "Anna Cuoco", "Fatou Diallini", "Massimiliano Castelnuovo Garzantini")
LENGTHY = examples(40)
Read = Callable[[str], tuple[object, ...]]


def as_matched(found: Extraction) -> tuple[object, ...]:
    return as_read(replace(found, facts=replace(found.facts, last_job_end=None)))


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    @cache
    def extract(text: str) -> tuple[object, ...]:
        return as_matched(extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF))

    return extract


lines = st.sampled_from([line for signal in LINES.values() for line in signal])
added = st.lists(st.tuples(lines, st.sampled_from(PLACES)), min_size=1, max_size=4)


@settings(max_examples=LENGTHY)
@given(st.sampled_from(TEXTS), added)
def test_lines_about_who_somebody_is_may_come_and_go(
    read: Read, text: str, found: list[tuple[str, Callable[[str, str], str]]]
) -> None:
    other = text
    for line, place in found:
        other = place(other, line)
    assert read(other) == read(text)


@settings(max_examples=examples(15))
@given(st.sampled_from(TEXTS), st.sampled_from(CLAUSES))
def test_a_clause_beside_a_job_says_why_it_ended_and_changes_nothing(
    read: Read, text: str, clause: str
) -> None:
    assert read(at_the_end_of_a_job(text, clause)) == read(text)


@pytest.mark.parametrize("text", TEXTS)
def test_a_name_that_stands_alone_may_be_left_out(
    read: Read, extractor: Extractor, text: str
) -> None:
    for name in own_names(text, plain(text), extractor.index):
        line = text[text.rfind("\n", 0, name.cue) + 1 : text.find("\n", name.end)]
        if line == text[name.cue : name.end]:
            assert read(text.replace(f"{line}\n", "", 1)) == read(text)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("street", ["Po", "Don Giovanni Battista Muratori e Fratelli"])
def test_a_name_a_street_or_an_address_of_any_length_changes_nothing(
    read: Read, name: str, street: str
) -> None:
    form = FORM.format(town="Merate")
    mail = ".".join(name.lower().split())
    other = other_street(form.replace("Valsecchini Ada", name).replace("ada.v", mail), street)
    assert other != form
    assert read(other) == read(form)
    assert read(STORY.format(name=name)) == read(STORY.format(name="Ada"))


def test_where_somebody_lives_changes_nothing_but_the_place(extractor: Extractor) -> None:
    found = [
        extractor.extract(FORM.format(town=town), kind=DocumentKind.CV, as_of=AS_OF)
        for town in ("Merate", "Calolziocorte")
    ]
    assert found[0].facts.comune != found[1].facts.comune
    one, other = (as_matched(replace(f, facts=replace(f.facts, comune=None))) for f in found)
    assert one == other


@pytest.mark.parametrize("age", ["", ", 45 anni,", ", 61 anni, vedova,"])
def test_an_operators_note_is_read_whatever_the_age(read: Read, age: str) -> None:
    found = read(NOTE.format(who=f"La signora R.{age}"))
    assert found[0]
    assert found == read(NOTE.format(who="La signora R."))


@pytest.mark.parametrize(
    "entry",
    ["2004 - 2009\nMaternità", "2004 - 2009\nAssistenza a mia madre malata", "2004-2009 maternità"],
)
def test_a_pause_is_no_job_and_takes_no_months_from_one(
    read: Read, extractor: Extractor, entry: str
) -> None:
    form = FORM.format(town="Merate")
    for before in ("ESPERIENZA LAVORATIVA\n", "piegatura della biancheria\n\n"):
        assert read(form.replace(before, f"{before}{entry}\n\n")) == read(form)
    months = [
        one.months for one in extractor.extract(form, kind=DocumentKind.CV, as_of=AS_OF).occupations
    ]
    assert sorted(m for m in months if m) == [72, 84]


def test_evidence_stands_where_it_is_written(extractor: Extractor) -> None:
    text = FORM.format(town="Merate").replace("\n", "\nNubile\nNata il 3/5/1961\n", 2)
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF)
    evidence: Mapping[str, str] = {
        one.evidence: text[one.start : one.end]
        for one in (*found.skills, *found.occupations, *found.facts.licences)
    }
    assert len(evidence) > 5
    assert all(said == written for said, written in evidence.items())
    assert found.facts.comune is not None
    assert text[found.facts.comune.start : found.facts.comune.end] == "Merate"


def test_that_somebody_is_out_of_work_is_still_a_fact(extractor: Extractor) -> None:
    line = "Da marzo 2023 disoccupata"
    text = (
        FORM.format(town="Merate")
        .replace("2016 - 2023", "dal 2016")
        .replace("\nISTRUZIONE", f"{line}\n\nISTRUZIONE")
    )
    end = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF).facts.last_job_end
    assert end is not None
    assert text[end.start : end.end] == end.evidence
