"""Europass, JSON Resume and JobPosting become the text that a person would have typed."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.documents import DocumentFormat, Limits, parse_document
from matching.documents.curriculum import month, period
from matching.domain import DocumentErrorCode
from matching.errors import DocumentError

from .structured import (
    CANDIDATE,
    CANDIDATE_TEXT,
    EUROPASS,
    EUROPASS_TEXT,
    POSTING,
    POSTING_TEXT,
    PRIVATE,
    RESUME,
    RESUME_TEXT,
    as_json,
    page_with,
    pdf_with_attachment,
    pdf_without_text_with_attachment,
)

LONG = {**POSTING, "description": "Carico e scarico delle merci con il muletto. " * 10}


@pytest.mark.parametrize(
    ("data", "name", "kind", "text"),
    [
        (EUROPASS.encode(), "cv.xml", DocumentFormat.EUROPASS_XML, EUROPASS_TEXT),
        (CANDIDATE.encode(), "cv.xml", DocumentFormat.EUROPASS_XML, CANDIDATE_TEXT),
        (as_json(RESUME), "resume.json", DocumentFormat.JSON_RESUME, RESUME_TEXT),
        (as_json(POSTING), "offerta.jsonld", DocumentFormat.JOB_POSTING, POSTING_TEXT),
    ],
    ids=["europass 3", "europass since 2020", "json resume", "job posting"],
)
def test_everything_that_a_reader_wants_is_there_and_in_order(document_of, data, name, kind, text):
    document = document_of(data, name)
    assert document.text == text
    assert document.format == kind
    assert document_of(data, "senza nome").text == text


@pytest.mark.parametrize("data", [EUROPASS.encode(), CANDIDATE.encode(), as_json(RESUME)])
def test_of_the_person_only_the_town_is_kept(text_of, data):
    text = text_of(data, "documento")
    assert "Residenza: Lecco" in text
    assert [word for word in PRIVATE if word in text.replace("(MD)", "")] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_europass_is_read_in_the_encoding_that_it_declares(text_of, encoding):
    declared = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    xml = EUROPASS.replace("UTF-8", declared).replace("ş", "s").replace("ă", "a")
    assert "COMPETENZE COMUNICATIVE" in text_of(xml.encode(encoding), "cv.xml")
    assert "Patente: B, C1" in text_of(xml.encode(encoding), "cv.xml")


def test_a_europass_without_lists_is_read_too(text_of):
    xml = EUROPASS.replace("<WorkExperienceList>", "").replace("</WorkExperienceList>", "")
    assert text_of(xml.encode(), "cv.xml") == EUROPASS_TEXT


def test_an_xml_that_is_no_europass_is_refused(refusal_of):
    assert refusal_of(b"<?xml version='1.0'?><note/>", "cv.xml") == DocumentErrorCode.UNSUPPORTED
    empty = b"<SkillsPassport xmlns='x'><DocumentInfo/></SkillsPassport>"
    assert refusal_of(empty, "cv.xml") == DocumentErrorCode.CORRUPT


def test_the_attached_cv_of_a_europass_pdf_is_read_instead_of_its_pages(document_of):
    lines = ["Pagina disegnata", *EUROPASS_TEXT.replace("\t", " ").split("\n")[:40]]
    document = document_of(pdf_with_attachment(lines, EUROPASS.encode()), "cv.pdf")
    assert (document.text, document.format) == (EUROPASS_TEXT, DocumentFormat.EUROPASS_PDF)
    assert document.pages == 1


def test_a_europass_pdf_without_a_text_layer_is_read_from_its_attachment(document_of):
    document = document_of(pdf_without_text_with_attachment(CANDIDATE.encode()), "cv.pdf")
    assert (document.text, document.format) == (CANDIDATE_TEXT, DocumentFormat.EUROPASS_PDF)


@pytest.mark.parametrize(
    "attachment",
    [
        EUROPASS[: len(EUROPASS) // 2].encode(),
        EUROPASS.replace("<SkillsPassport", "<!DOCTYPE x><SkillsPassport", 1).encode(),
        b"<html>Candidate</html>",
        b"non XML: <Candidate",
        EUROPASS.replace("Magazziniera", "Astronauta collaudatrice").encode(),
    ],
    ids=["cut", "document type", "other", "text", "of another cv"],
)
def test_the_pages_are_read_when_the_attachment_is_not_their_cv(document_of, attachment):
    lines = ["Saldatore presso Officine Prova", "Patente B", "Corso di sicurezza"]
    document = document_of(pdf_with_attachment(lines, attachment), "cv.pdf")
    assert document.text == "\n".join(lines)
    assert document.format == DocumentFormat.PDF


@pytest.mark.parametrize(
    "value",
    [[POSTING], {"@graph": [{"@type": "WebSite"}, POSTING]}, {"mainEntity": POSTING},
     {**POSTING, "@type": ["Thing", "https://schema.org/JobPosting"]}],
    ids=["list", "graph", "inside", "two types"],
)  # fmt: skip
def test_a_posting_is_found_wherever_it_stands(text_of, value):
    assert text_of(as_json(value), "offerta.json") == POSTING_TEXT


def test_several_postings_of_a_file_follow_each_other(text_of):
    other = {"@type": "JobPosting", "title": "Cuoca", "description": "Primi piatti"}
    text = text_of(as_json([POSTING, other, POSTING]), "offerte.json")
    assert text == POSTING_TEXT + "\n\nCuoca\n\nDESCRIZIONE\nPrimi piatti"


@pytest.mark.parametrize(
    ("salary", "said"),
    [
        (1500, "1500"),
        ({"currency": "EUR", "value": 1500}, "1500 euro"),
        ({"currency": "EUR", "value": {"value": 9.5, "unitText": "HOUR"}}, "9.5 euro all'ora"),
        ({"currency": "CHF", "minValue": 20, "maxValue": None}, "20 CHF"),
    ],
)
def test_pay_is_written_however_it_is_given(text_of, salary, said):
    posting = {"@type": "JobPosting", "title": "Cuoca", "baseSalary": salary}
    assert text_of(as_json(posting), "x.json") == f"Cuoca\n\nRETRIBUZIONE\n{said}"


def test_a_page_is_read_by_the_posting_inside_it(document_of):
    body = "<nav>Home</nav><h1>Magazziniere/a</h1><p>Altri annunci: saldatore a Monza</p>"
    for wrap in ("{}", "<!-- {} -->", "//<![CDATA[\n{}\n//]]>"):
        page = page_with(wrap.format(json.dumps(LONG)), body=body)
        document = document_of(page, "annuncio.html")
        assert document.format == DocumentFormat.JOB_POSTING
        assert document.text.startswith("Magazziniere/a\n\nAzienda: Logistica Prova srl")
        assert "saldatore" not in document.text


def test_of_several_postings_the_one_that_the_page_is_about_is_read(text_of):
    other = {**LONG, "title": "Saldatore"}
    page = page_with(json.dumps([other, LONG]), body="<h1>Magazziniere/a a Merate</h1>")
    assert "Saldatore" not in text_of(page, "annuncio.html")
    both = page_with(json.dumps([other, LONG]), body="<h1>Offerte</h1>")
    assert "Saldatore" in text_of(both, "annuncio.html")


def test_a_page_whose_posting_is_a_teaser_is_read_as_well(text_of):
    teaser = {"@type": "JobPosting", "title": "Cuoca", "description": "Cerchiamo cuoca..."}
    text = text_of(page_with(json.dumps(teaser), body="<p>Requisiti: HACCP</p>"), "x.html")
    assert text == "Cuoca\n\nDESCRIZIONE\nCerchiamo cuoca...\n\nRequisiti: HACCP"


@pytest.mark.parametrize("script", ["{broken", '{"@type": "WebSite"}', "[" * 5_000, ""])
def test_a_page_without_a_usable_posting_is_a_page(document_of, script):
    document = document_of(page_with(script, body="<p>Cerchiamo cuoca</p>"), "x.html")
    assert (document.text, document.format) == ("Cerchiamo cuoca", DocumentFormat.HTML)


def test_line_breaks_inside_the_texts_of_a_posting_do_no_harm(text_of):
    script = '{"@type": "JobPosting", "title": "Cuoca",\n "description": "uno\n\tdue"}'
    assert "uno\n" in text_of(script.encode(), "x.json")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1}', DocumentErrorCode.UNSUPPORTED),
        (b'{"basics": {', DocumentErrorCode.CORRUPT),
        (b"[" * 100_000, DocumentErrorCode.CORRUPT),
        (b'{"basics": {}}', DocumentErrorCode.NO_TEXT),
        (b"Magazziniera", DocumentErrorCode.UNSUPPORTED),
    ],
    ids=["other", "cut", "deep", "empty", "text"],
)
def test_json_that_is_neither_is_refused_with_its_code(refusal_of, data, code):
    assert refusal_of(data, "cv.json") == code


@pytest.mark.parametrize("text", ["[Mario] magazziniere", "{nota} saldatore", '{"a": 1}'])
def test_a_text_may_begin_with_a_bracket(text_of, text):
    assert text_of(text.encode(), "cv.txt") == text


def test_dates_are_written_by_month():
    assert period("2019-03-01", "2019-03-31", ongoing=False) == "03/2019"
    assert period("", "", ongoing=True) == ""
    assert month("2019-13") == "2019"


def answer(data: bytes, name: str) -> str:
    """The code of a refusal, or that the text was read."""
    try:
        return "read" if parse_document(data, name, Limits()).text else "nothing"
    except DocumentError as refused:
        return refused.code


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*RESUME, *POSTING, "value", "name"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("base", [RESUME, POSTING], ids=["resume", "posting"])
@given(st.data())
def test_any_value_in_any_field_is_read_or_refused(base, data):
    value = copy.deepcopy(base)
    for key in data.draw(st.lists(st.sampled_from(list(base)), max_size=4)):
        value[key] = data.draw(JSON)
    assert answer(json.dumps(value).encode(), "x.json") in {
        "read", DocumentErrorCode.UNSUPPORTED, DocumentErrorCode.NO_TEXT,
    }  # fmt: skip


@given(st.data())
def test_a_europass_with_any_element_cut_out_is_read(data):
    lines = EUROPASS.split("\n")
    start = data.draw(st.integers(3, len(lines) - 2))
    kept = [*lines[:start], *lines[start + 1 :]]
    said = answer("\n".join(kept).encode(), "cv.xml")
    assert said in {"read", DocumentErrorCode.CORRUPT}
