import pytest

from matching.domain import Importance
from matching.extraction.importance import importance_at, optional_scopes
from matching.extraction.sections import Section
from matching.normalisation import plain
from tests.extraction.clock import quickly


def importance(text: str, word: str, section: Section = Section.BODY) -> Importance:
    words = plain(text)
    return importance_at(words.index(word), section, optional_scopes(words))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Gradita conoscenza di SAP", "sap"),
        ("Gradito il patentino del muletto", "patentino"),
        ("Sono graditi: patentino, corso haccp", "haccp"),
        ("È gradita la conoscenza del tedesco", "tedesco"),
        ("La conoscenza del tedesco costituisce titolo preferenziale", "tedesco"),
        ("Costituisce titolo preferenziale la conoscenza del tedesco", "tedesco"),
        ("Costituiranno titolo di preferenza: conoscenza di SAP, inglese, tedesco", "tedesco"),
        ("Costituisce requisito preferenziale il possesso di haccp", "haccp"),
        ("La conoscenza del tedesco è un plus", "tedesco"),
        ("Il patentino sarà considerato un plus", "patentino"),
        ("Plus: patentino del muletto", "patentino"),
        ("Preferibilmente con patente C", "patente"),
        ("Patente C preferibile", "patente"),
        ("Meglio se con patentino", "patentino"),
        ("Meglio con esperienza di cucina", "cucina"),
        ("Esperienza in saldatura non indispensabile", "saldatura"),
        ("Esperienza in saldatura, anche se non indispensabile", "saldatura"),
        ("Non è necessaria la conoscenza di SAP", "sap"),
        ("Esperienza in saldatura preferibile ma non vincolante", "saldatura"),
        ("Gradita, non indispensabile, esperienza con persone affette da demenza", "demenza"),
        ("Possibilmente con haccp", "haccp"),
        ("Il diploma di perito sarebbe un vantaggio", "perito"),
        ("L'inglese rappresenta un valore aggiunto", "inglese"),
        ("Sarà data precedenza a chi conosce il tedesco", "tedesco"),
        ("Avrà la precedenza chi ha il patentino", "patentino"),
        ("Si valutano anche candidati con sola esperienza di cucina", "cucina"),
        ("Completano il profilo precisione e inglese", "inglese"),
        ("Auspicabile la conoscenza di Excel", "excel"),
        ("Eventuale esperienza come saldatore", "saldatore"),
        ("Nice to have: inglese", "inglese"),
        ("Ben accetta esperienza in cucina", "cucina"),
        ("Inglese facoltativo", "inglese"),
        ("Sono apprezzate competenze di saldatura", "saldatura"),
        ("Esperienza come pizzaiolo preferita", "pizzaiolo"),
    ],
)
def test_what_a_vacancy_would_like_is_optional(text: str, word: str) -> None:
    assert importance(text, word) is Importance.OPTIONAL


@pytest.mark.parametrize(
    ("text", "essential", "optional"),
    [
        ("Indispensabile patente B, gradito il patentino", "patente b", "patentino"),
        ("Gradito il patentino, indispensabile patente B", "patente b", "patentino"),
        ("Gradito il patentino; richiesta patente B", "patente b", "patentino"),
        ("Richiesta esperienza in saldatura, preferibilmente a filo", "saldatura", "filo"),
        ("Conoscenza della saldatura, patente C preferibile", "saldatura", "patente"),
        ("Buon inglese, tedesco gradito", "inglese", "tedesco"),
        ("Esperienza come tornitore (valutiamo anche profili con diploma)", "tornitore", "diploma"),
        ("Patente B obbligatoria, meglio se C", "patente b", " c"),
        ("Uso del tornio necessario, del CAD non necessario", "tornio", "cad"),
        ("Gradita esperienza di cucina e di sala, obbligatorio haccp", "haccp", "sala"),
        ("Requisito fondamentale è il patentino; un plus l'inglese", "patentino", "inglese"),
    ],
)
def test_one_sentence_can_insist_and_wish(text: str, essential: str, optional: str) -> None:
    assert importance(text, essential) is Importance.ESSENTIAL
    assert importance(text, optional) is Importance.OPTIONAL


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Richiesta esperienza in saldatura", "saldatura"),
        ("Si richiede patente B", "patente"),
        ("Uso del muletto", "muletto"),
        ("Il patentino è indispensabile", "patentino"),
        ("Necessario haccp", "haccp"),
    ],
)
def test_what_a_vacancy_asks_for_is_essential(text: str, word: str) -> None:
    assert importance(text, word) is Importance.ESSENTIAL


def test_everything_under_a_preferential_header_is_optional() -> None:
    assert importance("uso del muletto", "muletto", Section.PREFERRED) is Importance.OPTIONAL


@pytest.mark.parametrize(
    "unit", ["a", "1", " ", "gradito ", "gradito, ", "plus (", "indispensabile,"]
)
def test_long_lines_are_read_quickly(unit: str) -> None:
    words = unit * (100_000 // len(unit))
    with quickly():
        found = optional_scopes(words)
    assert all(0 <= start <= end <= len(words) for start, end in found)
