"""Why somebody paused is told from a job that sounds like it."""

import pytest

from matching.extraction.pauses import after_years, before_years, is_a_pause, is_a_reason


@pytest.mark.parametrize(
    "item",
    [
        "pausa per maternita",
        "poi ferma per malattia",
        "interruzione per assistere mio padre",
        "contratto interrotto per motivi di salute",
        "pausa lavorativa per accudire mia madre",
        "periodo di malattia",
        "pausa per assistenza a un familiare",
        "motivo: nascita di mio figlio",
    ],
)
def test_a_pause_is_one_wherever_it_stands(item: str) -> None:
    assert is_a_pause(item)


@pytest.mark.parametrize(
    "item",
    ["maternita", "pausa pranzo", "sostituzione per maternita", "assistenza anziani",
     "ferma moduli", "periodo di prova", "ferma presso la ditta per malattia"],
)  # fmt: skip
def test_other_items_are_none(item: str) -> None:
    assert not is_a_pause(item)


@pytest.mark.parametrize(
    "item",
    ["assistenza a mia madre malata", "cura dei figli", "congedo parentale", "disoccupata",
     "cassa integrazione", "mobilita per chiusura", "sciopero e vertenza sindacale", "detenzione",
     "ferma per operazione al ginocchio", "niente"],
)  # fmt: skip
def test_beside_years_a_reason_is_one(item: str) -> None:
    assert is_a_reason(item)


@pytest.mark.parametrize(
    "item",
    ["assistenza anziani", "assistenza familiare", "assistenza domiciliare", "cura bambini",
     "assistenza nido", "mobilita urbana", "carcere di bari cucina", "casa di riposo",
     "congedo presso azienda"],
)  # fmt: skip
def test_a_job_is_no_reason(item: str) -> None:
    assert not is_a_reason(item)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2018-2020 maternita", "maternita"),
        ("dal 2018 al 2020: maternita", "maternita"),
        ("03/2019 - 09/2020 maternita", "maternita"),
        ("* da ottobre 2023 disoccupata", "disoccupata"),
    ],
)
def test_years_before_words_are_told_from_them(line: str, words: str) -> None:
    assert line[after_years(line) :] == words


@pytest.mark.parametrize(
    "line", ["maternita 2018-2020", "maternita (2018 - 2020)", "maternita: dal 2018 al 2020"]
)
def test_years_after_words_are_told_from_them(line: str) -> None:
    assert line[: before_years(line)] == "maternita"


def test_without_years_a_line_is_all_words() -> None:
    assert after_years("maternita") == 0
    assert before_years("maternita") == len("maternita")
