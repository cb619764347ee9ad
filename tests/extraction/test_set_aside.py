"""What a CV says of its writer is taken out whole, and what says more stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.extraction.set_aside import private_stretches
from matching.extraction.shown import Edit, shown
from matching.normalisation import plain


def left(text: str) -> str:
    return shown(text, [Edit(a, b) for a, b in private_stretches(text, plain(text))]).text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Anna Rossi\nnubile\nCuoca", "Anna Rossi\nCuoca"),
        ("[Foto]\nNata il 3/5/1961\nCuoca", "Cuoca"),
        ("Anna Rossi, nubile, cuoca", "Anna Rossi, cuoca"),
        ("Nubile, patente B", "patente B"),
        ("In Italia dal 2004. Cuoca in mensa.", "Cuoca in mensa."),
        ("Sesso F | Data di nascita 17/03/1979 | Lecco", "Lecco"),
        ("Anna Rossi nata a Bari il 3/5/1961", "Anna Rossi"),
        ("L. 104 per figlio (no turni di notte)", "(no turni di notte)"),
        ("Nata a Peschiera nel 1961", ""),
        ("Anna Rossi | 1968 | Merate", "Anna Rossi | Merate"),
    ],
)
def test_a_private_line_or_item_goes_with_the_mark_beside_it(text: str, rest: str) -> None:
    assert left(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "2015-2018 assistenza anziani",
        "2015-2018 assistenza familiare",
        "2012 - 2015 cura bambini in asilo",
        "2010-2014 cure igieniche in RSA",
        "2018-2020 riabilitazione ortopedica",
        "2010-2012 protesi dentarie",
        "2012-2014 operazioni doganali",
        "2019-2020 sostituzione maternità",
        "2015-2018 maternità, Ospedale di Bari, ostetrica",
        "Badante convivente",
        "Caregiver familiare, puericultrice",
        "Assistenza a persone con disabilità",
        "ho accudito mia madre malata per sei anni",
        "Saldatore (20 anni)",
        "Vengo dalla ristorazione",
        "Cucina di origine animale e vegetale",
        "Corso su maternità e lavoro",
        "Autista, patente C, separato dal resto della squadra in officina",
        "Categoria protetta: addetto alle pulizie",
        "Famiglia Ratti, badante, 2010-2014",
    ],
)
def test_work_stays(text: str) -> None:
    assert left(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2018-2020\nMaternità\n\n2016-2018\nBarista",
        "2016-2018\nBarista\n\nPausa per assistenza a un familiare (2018-2020)",
        "2016-2018\nBarista\n\nMaternità, 2018-2020",
    ],
)
def test_a_pause_goes_with_its_years_and_the_job_keeps_its_own(text: str) -> None:
    assert left(text).strip("\n") == "2016-2018\nBarista"


def test_years_under_their_entries_stay_with_them() -> None:
    text = "Barista\n2016-2018\nMaternità\n2018-2020\nCuoca\n2020-2024"
    assert left(text) == "Barista\n2016-2018\nCuoca\n2020-2024"


def test_a_line_of_years_about_a_job_loses_only_why_it_ended() -> None:
    assert left("2016-2018 barista, interrotto per maternità") == "2016-2018 barista"
    assert left("2016-2018 badante, nubile") == "2016-2018 badante, nubile"


@pytest.mark.parametrize("more", ["", "Nubile\n", "2018-2020 maternità\n", "Nubile\n2 figli\n"])
def test_a_line_about_her_does_not_change_where_her_head_ends(more: str) -> None:
    rest = "Anna Rossi\nCuoca\nMerate, anna@example.it\n\nMensa, 1984, turni"
    text = f"Anna Rossi\n{more}Cuoca\nMerate, 1984, anna@example.it\n\nMensa, 1984, turni"
    assert left(text) == rest


parts = st.sampled_from(
    ["Anna Rossi", "nubile", "\n", "\n\n", ", ", " - ", "2018-2020", "maternità", "cuoca", "(", ")",
     ". ", "\t", "|", "due figli", "54 anni", "\r\n", "§", "È nata"]
)  # fmt: skip


@given(st.lists(parts, max_size=14).map("".join))
def test_stretches_are_in_order_apart_and_inside_the_text(text: str) -> None:
    done = 0
    for start, end in private_stretches(text, plain(text)):
        assert done <= start < end <= len(text)
        done = end


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert len(left(text)) <= len(text)


def test_a_line_without_end_is_no_trouble() -> None:
    text = "nubile, " * 20_000
    assert left(text) == text or len(left(text)) < len(text)
