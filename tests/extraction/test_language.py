"""Which texts are read as Italian or English, and which are refused."""

import pytest

from matching.domain import DocumentErrorCode
from matching.errors import DocumentError
from matching.extraction.language import identify, second_guess

ITALIAN = [
    "Cerco lavoro come magazziniere, patente B e muletto.",
    "PLC Siemens S7, SolidWorks, AutoCAD, Excel, SAP, AS400, Fanuc, Heidenhain, TIG, CNC",
    "Photoshop Illustrator InDesign Canva WordPress Shopify Google Analytics Facebook Instagram",
    "MAGAZZINIERE MULETTISTA CARICO SCARICO BOLLE DDT TRANSPALLET",
    "Nguyen Thi Hoa, Via Roma 3, tel 300 1234567, hoa@example.it cameriera",
    "io lavora prima in fabrica e poi in ristorante lava piatti, adesso cerca lavoro",
    "Nato in Senegal a Kaolack, parlo wolof, francese bene, arabo leggo; lavapiatti e facchino",
    "Curriculum vitae. Warehouse worker, order picking. Ho lavorato cinque anni in magazzino.",
    "OSS",
    "",
    "😀 👍 ✔ ●●●○○",
]
REFUSED = {
    "French": "Je cherche un emploi de magasinier. J'ai travaillé cinq ans dans un entrepôt.",
    "Romanian": "Caut un loc de muncă în construcții. Am lucrat cinci ani ca zidar.",
    "Arabic": "أبحث عن عمل كعامل في مستودع. لدي خمس سنوات من الخبرة في البناء وأتحدث العربية.",
    "Ukrainian": "Шукаю роботу доглядальницею. Маю п'ять років досвіду догляду за літніми людьми.",
    "Chinese": "我正在寻找仓库工人的工作。我有五年的建筑经验，会说中文。"
    "我可以马上开始工作，也可以上夜班，周末也可以。",
    "Spanish": "Busco trabajo como camarera. He trabajado cinco años en hoteles y restaurantes.",
    "German": "Ich suche Arbeit als Lagerarbeiter. Ich habe fünf Jahre Erfahrung in der Logistik.",
    "Portuguese": "Procuro trabalho como ajudante de cozinha. Trabalhei em restaurantes.",
    "Albanian": "Kërkoj punë si murator. Kam punuar pesë vjet në ndërtim dhe flas pak italisht.",
}


@pytest.mark.parametrize("text", ITALIAN)
def test_short_mixed_and_tool_heavy_texts_count_as_italian(text: str) -> None:
    assert identify(text) == "it"


def test_an_english_text_is_read() -> None:
    text = "Warehouse worker with five years of experience in order picking. Looking for work."
    assert identify(text) == "en"


@pytest.mark.parametrize("language", REFUSED)
def test_another_language_is_refused_with_a_way_out(language: str) -> None:
    with pytest.raises(DocumentError) as refused:
        identify(REFUSED[language])
    assert refused.value.code is DocumentErrorCode.UNSUPPORTED_LANGUAGE
    assert language in refused.value.message
    assert "Italian version" in refused.value.message


def test_an_imported_language_is_recognised_and_named() -> None:
    assert identify(REFUSED["Romanian"], ["ro"]) == "ro"
    assert identify(REFUSED["French"], ["fr", "it", "en"]) == "fr"
    with pytest.raises(DocumentError, match="only Italian, English, French and Romanian can be"):
        identify(REFUSED["German"], ["ro", "fr"])


def test_a_further_language_is_recognised_only_where_it_was_imported() -> None:
    dutch = "Ik zoek werk als magazijnmedewerker. Ik heb vijf jaar ervaring in de logistiek."
    assert identify(dutch, ["nl"]) == "nl"
    assert identify(ITALIAN[0], ["nl", "hr"]) == "it"


def test_a_short_foreign_text_has_a_second_guess_among_what_was_imported() -> None:
    terms = "steel detailing\nstructural design\nfabrication drawing"
    assert identify("design engineer") == "it"
    assert second_guess(terms, ("en", "fr", "it")) == "en"
    assert second_guess(terms, ("it",)) is None
    assert second_guess(terms, ()) is None


@pytest.mark.parametrize("text", [ITALIAN[0], ITALIAN[3], ITALIAN[5], ITALIAN[9], ITALIAN[10]])
def test_an_italian_text_and_one_without_letters_have_none(text: str) -> None:
    assert second_guess(text, ("en", "fr")) is None
