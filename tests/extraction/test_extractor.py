"""The whole reading of a text: evidence, importance, and no surprise on any text."""

import time
import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from matching.domain import DocumentKind, Extraction, Fact, Importance
from matching.errors import DocumentError
from matching.extraction import Extractor
from matching.taxonomy import Taxonomy

AS_OF = date(2026, 11, 22)
CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY


def evidences(found: Extraction) -> list[tuple[int, int, str]]:
    facts = found.facts
    single = [
        facts.own_vehicle,
        facts.education_level,
        facts.comune,
        facts.start,
        facts.weekly_hours,
        facts.months_required,
        facts.last_job_end,
        facts.posts,
        facts.deadline,
        facts.reserved,
    ]
    listed = [
        *facts.licences,
        *facts.contracts,
        *facts.hours,
        *facts.shifts,
        *facts.shifts_refused,
        *facts.languages,
        *(item for item in single if isinstance(item, Fact)),
        *([facts.salary] if facts.salary else []),
        *found.skills,
        *found.occupations,
    ]
    return [(item.start, item.end, item.evidence) for item in listed]


_TEXT = """
magazziniere Magazziniera saldatore patente B muletto inglese B1 rumeno OSS srl Sarti dal
2010 al 2015 oggi non ho senza vorrei cerco lavoro part-time 20 ore notte diploma laurea
residente a via Roma 23900 Lecco esperienza 2 anni gradita Requisiti: Lingue: ESPERIENZE •
RAL 22-26k euro netti mese cercasi n. 3 operai entro scadenza disoccupato 15/12 dicembre
– | , . : ; ( ) / ' ’ @ € % ● 😀 👩‍🏭 ✔
"""
_PIECES = st.sampled_from(
    [
        *_TEXT.split(),
        *["e\u0301", "\u0301", "\u200b", "\u00a0", "\r\n", "\n", "\n\n", "\t", "\x0c", "\x00", "ﬁ"],
        *["İ", "ß", "ﷺ", "Ǆ", "\u2028", "１２", "₂", "\ufeff", "\U0001d400"],
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    text=st.lists(_PIECES, max_size=40).map(" ".join)
    | st.lists(_PIECES, max_size=30).map("".join)
    | st.text(max_size=120),
    kind=st.sampled_from(DocumentKind),
)
@example(text="1 anno\x1c di esperienza", kind=VACANCY)
@example(text="İstanbul patente B\r\nmagazziniere", kind=CV)
def test_evidence_is_exact_on_any_text(extractor: Extractor, text: str, kind: DocumentKind) -> None:
    # Only an unsupported language may be refused; what is random seldom is in one.
    with suppress(DocumentError):
        check_evidence(extractor, text, kind)


def check_evidence(extractor: Extractor, text: str, kind: DocumentKind) -> None:
    found = extractor.extract(text, kind=kind, as_of=AS_OF)
    read = unicodedata.normalize("NFC", text)
    for start, end, evidence in evidences(found):
        assert read[start:end] == evidence
        assert evidence.strip()


def test_evidence_is_exact_in_decomposed_text_with_any_line_ends(extractor: Extractor) -> None:
    text = unicodedata.normalize(
        "NFD", "Qualità e serietà 😀\r\n\tAttività: pulizie\r\ncaffè, magazziniere\r\nPatente B"
    )
    found = extractor.extract(text, kind=CV, as_of=AS_OF)
    read = unicodedata.normalize("NFC", text)
    assert {evidence for _, _, evidence in evidences(found)} >= {"magazziniere", "Patente B"}
    assert all(read[start:end] == evidence for start, end, evidence in evidences(found))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "Aa " * 100_000,
        " " * 1_000_000,
        "\n" * 300_000,
        "1" * 1_000_000,
        "@" * 1_000_000,
        "(" * 500_000,
        "A" * 1_000_000,
    ],
    ids=["word", "names", "spaces", "lines", "digits", "at", "brackets", "capitals"],
)
def test_a_very_long_text_is_read_in_seconds(extractor: Extractor, text: str) -> None:
    before = time.process_time()
    extractor.extract(text, kind=CV, as_of=AS_OF)
    assert time.process_time() - before < 20


def by_slug(found: Extraction, taxonomy: Taxonomy) -> dict[str, Importance | None]:
    return {taxonomy.concepts[m.uri].slug: m.importance for m in found.skills}


def test_licences_and_languages_are_skills_too(extractor: Extractor, taxonomy: Taxonomy) -> None:
    found = extractor.extract("Patente C\nLingue: inglese B1", kind=CV, as_of=AS_OF)
    assert by_slug(found, taxonomy) == {"patente-c": None, "lingua-inglese": None}


def test_what_is_learnt_in_a_course_is_less_sure_than_what_was_done(
    extractor: Extractor, taxonomy: Taxonomy
) -> None:
    text = "ESPERIENZE\nsaldatura TIG\n\nCORSI\ntornitura CNC"
    found = extractor.extract(text, kind=CV, as_of=AS_OF)
    sure = {taxonomy.concepts[m.uri].slug: m.confidence for m in found.skills}
    assert sure["tornitura-cnc"] < sure["saldatura-tig"]


def test_what_a_vacancy_offers_is_not_asked_for(extractor: Extractor, taxonomy: Taxonomy) -> None:
    text = (
        "Cercasi saldatore\nRequisiti:\nsaldatura TIG\n\nOffriamo:\ncorso di inglese\n"
        "patentino del muletto pagato da noi"
    )
    found = extractor.extract(text, kind=VACANCY, as_of=AS_OF)
    assert set(by_slug(found, taxonomy)) == {"saldatura-tig"}


def test_a_contract_of_the_past_is_no_wish(extractor: Extractor) -> None:
    text = (
        "ESPERIENZE\n2015-2018 magazziniere, contratto a tempo determinato, part-time 20 ore"
        " settimanali, turni di notte\n2014 tirocinio di 6 mesi\n"
    )
    facts = extractor.extract(text, kind=CV, as_of=AS_OF).facts
    assert not extractor.extract(
        "L'ho lasciato perché il lavoro era solo notturno", kind=CV, as_of=AS_OF
    ).facts.shifts
    assert (facts.contracts, facts.hours, facts.weekly_hours, facts.shifts) == ((), (), None, ())
    wish = extractor.extract(
        text + "Cerco un contratto a tempo indeterminato, full time", kind=CV, as_of=AS_OF
    ).facts
    assert [item.value for item in wish.contracts] == ["permanent"]
    assert [item.value for item in wish.hours] == ["full_time"]


def test_somebody_elses_facts_are_not_the_persons(extractor: Extractor) -> None:
    facts = extractor.extract(
        "Mio marito lavora di notte e io cerco al mattino", kind=CV, as_of=AS_OF
    ).facts
    assert "night" not in {item.value for item in facts.shifts}


def test_a_shift_that_is_refused_is_not_accepted_elsewhere(extractor: Extractor) -> None:
    text = "Disponibile a turni, anche di notte.\nNon posso lavorare di notte."
    facts = extractor.extract(text, kind=CV, as_of=AS_OF).facts
    assert [item.value for item in facts.shifts_refused] == ["night"]
    assert [item.value for item in facts.shifts] == ["rotating"]


def test_a_header_belongs_to_what_follows(extractor: Extractor) -> None:
    facts = extractor.extract("Patente: B\nDisponibilità: immediata", kind=CV, as_of=AS_OF).facts
    assert [item.value for item in facts.licences] == ["B"]
    assert facts.start is not None
    assert facts.start.value == "immediate"
    assert not extractor.extract(
        "PATENTI E PATENTINI\npatentino del muletto", kind=CV, as_of=AS_OF
    ).facts.licences


def test_a_wrapped_line_ends_no_clause(extractor: Extractor) -> None:
    text = (
        "Cerco lavoro come cuoca o come aiuto cuoca nella zona, ma per la famiglia non posso\n"
        "lavorare di notte e la domenica."
    )
    facts = extractor.extract(text, kind=CV, as_of=AS_OF).facts
    assert {item.value for item in facts.shifts_refused} == {"night", "weekend"}


def test_a_vacancy_that_needs_no_car_says_nothing_about_one(extractor: Extractor) -> None:
    facts = extractor.extract(
        "Cercasi barista. Adatto anche a chi non è automunito", kind=VACANCY, as_of=AS_OF
    ).facts
    assert facts.own_vehicle is None


def test_the_same_text_is_read_the_same_twice(extractor: Extractor) -> None:
    text = "Magaziniere con patente B, inglese B1, 2010-2015 saldattore"
    first = extractor.extract(text, kind=CV, as_of=AS_OF)
    assert extractor.extract(text, kind=CV, as_of=AS_OF) == first


def test_what_a_vacancy_pays_seeks_and_until_when(extractor: Extractor) -> None:
    text = (
        "AUTISTA CONSEGNE\nAzienda di trasporti cerca n. 2 autisti con patente C.\n"
        "Retribuzione: da 1.600 a 1.800 euro netti mensili\nInviare CV entro il 20 dicembre"
    )
    facts = extractor.extract(text, kind=VACANCY, as_of=AS_OF).facts
    assert facts.salary is not None
    assert (facts.salary.low, facts.salary.high, facts.salary.period) == (1600, 1800, "month")
    assert facts.posts is not None
    assert facts.posts.value == 2
    assert facts.deadline is not None
    assert facts.deadline.value == "2026-12-20"


def test_other_adverts_on_the_page_say_nothing_of_this_one(extractor: Extractor) -> None:
    text = (
        "Cercasi cuoco\nRequisiti:\nesperienza\n\nOfferte simili\nn. 4 camerieri, "
        "RAL 22-26k\nCandidature entro il 15/12/2026"
    )
    facts = extractor.extract(text, kind=VACANCY, as_of=AS_OF).facts
    assert (facts.salary, facts.posts, facts.deadline) == (None, None, None)


def test_a_reserved_vacancy_is_known_also_where_the_law_is_named_in_passing(
    extractor: Extractor,
) -> None:
    text = (
        "Cercasi magazziniere\nRequisiti:\n- patente B\n- iscrizione alle liste L. 68/99\n\n"
        "L'offerta rispetta il D.Lgs 198/2006."
    )
    found = extractor.extract(text, kind=VACANCY, as_of=AS_OF).facts.reserved
    assert found is not None
    assert (found.value, found.evidence) == (True, "L. 68/99")
    liked = text.replace("Requisiti:", "Requisiti preferenziali:")
    assert extractor.extract(liked, kind=VACANCY, as_of=AS_OF).facts.reserved is None
    others = "Cercasi magazziniere\n\nOfferte simili\nOperaio, riservato categorie protette"
    assert extractor.extract(others, kind=VACANCY, as_of=AS_OF).facts.reserved is None


@pytest.mark.parametrize(
    "said",
    ["Iscritto alle categorie protette L. 68/99, cerco lavoro.", "Annuncio riservato L. 68/99"],
)
def test_of_a_person_nothing_is_read_about_reserved_jobs(extractor: Extractor, said: str) -> None:
    text = f"Curriculum\n{said}\nESPERIENZE\n2015-2018 magazziniere"
    assert extractor.extract(text, kind=CV, as_of=AS_OF).facts.reserved is None


def test_a_persons_pay_is_the_one_she_wishes_for(extractor: Extractor) -> None:
    past = "ESPERIENZE\n2015-2018 cuoca, stipendio 1.300 euro netti al mese\n"
    assert extractor.extract(past, kind=CV, as_of=AS_OF).facts.salary is None
    wish = "\nOBIETTIVO\nCerco lavoro con stipendio di almeno 1.300 euro netti al mese"
    salary = extractor.extract(past + wish, kind=CV, as_of=AS_OF).facts.salary
    assert salary is not None
    assert (salary.low, salary.high, salary.basis) == (1300, None, "net")


def test_a_cv_has_neither_posts_nor_deadline(extractor: Extractor) -> None:
    facts = extractor.extract(
        "Cerchiamo due camerieri. Candidature entro il 15/12/2026", kind=CV, as_of=AS_OF
    ).facts
    assert (facts.posts, facts.deadline) == (None, None)
