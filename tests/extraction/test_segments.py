import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import DocumentKind
from matching.extraction.sections import Section
from matching.extraction.segments import segments
from tests.extraction.clock import quickly

CV, VACANCY = DocumentKind.CV, DocumentKind.VACANCY


def cut(text: str, kind: DocumentKind = CV) -> list[tuple[str, Section, bool]]:
    return [(text[s.start : s.end].strip(), s.section, s.silent) for s in segments(text, kind)]


def spoken(text: str, kind: DocumentKind = VACANCY) -> str:
    return " ".join(text[s.start : s.end] for s in segments(text, kind) if not s.silent)


def section_of(text: str, word: str, kind: DocumentKind = CV) -> Section:
    place = text.index(word)
    (found,) = (s for s in segments(text, kind) if s.start <= place < s.end)
    return found.section


def test_list_items_end_with_their_line() -> None:
    assert [part for part, _, _ in cut("- muletto\n- transpallet\nbarista\ncuoco")] == [
        "- muletto",
        "- transpallet",
        "barista",
        "cuoco",
    ]


def test_a_wrapped_paragraph_is_joined_and_cut_into_sentences() -> None:
    text = (
        "Ho lavorato per molti anni in una fabbrica di\ncalze come addetta. Poi ho fatto la cuoca "
        "in\nmensa."
    )
    assert [part for part, _, _ in cut(text)] == [
        "Ho lavorato per molti anni in una fabbrica di\ncalze come addetta.",
        "Poi ho fatto la cuoca in\nmensa.",
    ]


def test_a_line_of_capitals_does_not_run_on_into_prose() -> None:
    text = "MI CHIAMO SAMUELE PIROVANELLI, VIVO A OGGIONO\nHo fatto il muratore"
    assert len(cut(text)) == 2


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "Movilario Soc. Coop. di Olginate, magazziniere da Sett. 2019 a oggi. Turni."
    assert [part for part, _, _ in cut(text)] == [text[:-7], "Turni."]


def test_a_dated_line_starts_an_entry() -> None:
    text = (
        "2011-2016 Muratore presso la ditta Edilcasa di Lecco\n"
        "2016-2018 Magazziniere presso la ditta Bianchi"
    )
    assert len(cut(text)) == 2


def test_a_wrapped_date_does_not() -> None:
    text = "Addetto al carroponte in trafileria. Cassa integrazione\nda gennaio 2013, poi nulla."
    assert cut(text)[-1][0] == "Cassa integrazione\nda gennaio 2013, poi nulla."


def test_a_section_lasts_until_the_next_header() -> None:
    text = "ESPERIENZE\nbarista\n\ncuoco\nLINGUE\ninglese"
    assert section_of(text, "barista") is Section.EXPERIENCE
    assert section_of(text, "cuoco") is Section.EXPERIENCE
    assert section_of(text, "inglese") is Section.LANGUAGES


@pytest.mark.parametrize(
    "line", ["Orario: 8-17", "Azienda: Rossi srl", "Contatti: 0341 000000", "Gradito: inglese"]
)
def test_a_filled_in_line_leaves_the_section_open(line: str) -> None:
    text = f"Requisiti\n- muletto\n{line}\n- transpallet"
    assert section_of(text, "transpallet", VACANCY) is Section.REQUIREMENTS
    assert "transpallet" in spoken(text)


def test_a_preferential_header_alone_opens_a_section() -> None:
    text = "Requisiti preferenziali:\n- inglese\n- tedesco\nindispensabile la patente"
    assert section_of(text, "tedesco", VACANCY) is Section.PREFERRED
    assert section_of(text, "patente", VACANCY) is Section.REQUIREMENTS


def test_what_the_firm_offers_is_no_request() -> None:
    text = "Cerchiamo cuoco. Offriamo corso di inglese e contratto stabile. Richiesto haccp."
    assert section_of(text, "inglese", VACANCY) is Section.OFFER
    assert section_of(text, "haccp", VACANCY) is Section.BODY


def test_a_job_that_is_offered_is_one() -> None:
    assert section_of("Offriamo lavoro come cuoco", "cuoco", VACANCY) is Section.BODY


def test_other_adverts_stay_silent_to_the_end() -> None:
    text = (
        "Saldatore\nRequisiti\n- TIG\n\nOfferte simili\n- Cuoco, Erba\nContratto: stage\n"
        "Requisiti\n- tedesco\n"
    )
    assert spoken(text).split() == ["Saldatore", "-", "TIG"]


def test_adverts_above_the_text_end_where_it_begins() -> None:
    text = "Vedi anche: cuoco, Erba\n- pizzaiolo\nMansione: saldatore\nRequisiti\n- TIG"
    assert "saldatore" in spoken(text)
    assert "TIG" in spoken(text)
    assert "pizzaiolo" not in spoken(text)


@pytest.mark.parametrize(
    "line",
    [
        "Usiamo i cookie per offrirti offerte da commesso, contabile, autista",
        "Accedi | Registrati | Corsi di saldatura",
        "Registrati o accedi per candidarti come cuoco",
        "Home > Candidati > Lecco > Saldatura",
        "Condividi: Facebook, WhatsApp, saldatura",
        "© 2026 BachecaLario, lavori di saldatura",
        "Saldature Bianchi srl – P.IVA 00000000000",
        "#saldatura #lavoro",
        "Scarica la nostra app per saldatori",
    ],
)
@pytest.mark.parametrize("kind", DocumentKind)
def test_site_furniture_is_silent(line: str, kind: DocumentKind) -> None:
    assert spoken(f"cuoco\n{line}\ncameriere", kind).split() == ["cuoco", "cameriere"]


def test_a_menu_is_silent() -> None:
    text = "- Cerca lavoro\n- Il mio CV\n- Aziende\n- Corsi di contabilità\n- Esci\n\n- muletto"
    assert spoken(text, CV).strip() == "- muletto"


def test_a_list_of_skills_is_no_menu() -> None:
    text = "- cassa\n- aziende agricole\n- inventario"
    assert "inventario" in spoken(text, CV)


def test_contacts_and_birth_are_silent_and_the_rest_of_their_line_speaks() -> None:
    text = "nato il 17.8.1979 a Lecco – patente A, B – celibe, cuoco, tel. 300 000000"
    found = spoken(text, CV)
    assert "patente A" in found
    assert "cuoco" in found
    assert "1979" not in found
    assert "celibe" not in found


def test_the_telephone_as_a_tool_speaks() -> None:
    assert spoken("Rispondere al telefono e fissare appuntamenti", CV)


def test_a_story_ends_the_contacts() -> None:
    text = "Dati personali\nAda Rossi\nLecco\n\nHo lavorato come cuoca in una mensa.\nSo stirare"
    assert spoken(text, CV).split()[:3] == ["Ho", "lavorato", "come"]
    assert "stirare" in spoken(text, CV)


def test_consent_to_data_processing_is_silent_and_a_safety_course_is_not() -> None:
    assert not spoken("Autorizzo il trattamento dei dati ai sensi del D.Lgs. 196/2003", CV)
    assert spoken("Corso sicurezza D.Lgs 81/08, rischio alto", CV)


def test_a_request_ends_the_portrait_of_the_firm() -> None:
    text = "Chi siamo\nFacciamo tornitura dal 1968.\nCerchiamo un fresatore.\nRichiesto il CAD."
    assert "tornitura" not in spoken(text)
    assert "fresatore" in spoken(text)
    assert "CAD" in spoken(text)


@pytest.mark.parametrize("kind", DocumentKind)
@given(
    text=st.lists(
        st.sampled_from(
            [
                "ESPERIENZE\n", "Requisiti: ", "muletto", " ", "\n", ". ", "- ", "Chi siamo\n",
                "nato a Lecco, ", "azienda leader nel settore ", "cerca ", "privacy ", "2011-2016 ",
                "offriamo ", "tel. 300", "x" * 50, "\t", "cookie", "😀", "Gradito: ", "Offerte "
                "simili\n",
            ]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_segments_are_in_order_and_never_overlap(text: str, kind: DocumentKind) -> None:
    place = 0
    for segment in segments(text, kind):
        assert place <= segment.start < segment.end <= len(text)
        assert text.count("\n", 0, segment.start) >= segment.line
        place = segment.end


@given(st.text(alphabet="abc .,;!?\n", max_size=300))
def test_every_visible_character_of_plain_prose_is_in_a_segment(text: str) -> None:
    covered = {n for s in segments(text, VACANCY) for n in range(s.start, s.end)}
    assert {n for n, char in enumerate(text) if not char.isspace()} <= covered


@pytest.mark.parametrize(
    "unit", ["a", "1", " ", "a ", "a. ", "azienda ", "offriamo ", "privacy, ", "nato a ", "tel. 3 "]
)
@pytest.mark.parametrize("kind", DocumentKind)
def test_a_hundred_thousand_characters_on_a_line_are_cut_quickly(
    unit: str, kind: DocumentKind
) -> None:
    with quickly():
        found = segments(unit * (100_000 // len(unit)), kind)
    assert found or not unit.strip()


def test_a_paragraph_of_millions_of_characters_is_cut() -> None:
    with quickly():
        assert segments("parola. " * 150_000, CV)
