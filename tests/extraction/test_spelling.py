"""Misspelt words are understood; names and other words stay as they are."""

from datetime import date
from pathlib import Path

import pytest

from matching.domain import DocumentKind
from matching.extraction import Extractor, Index
from matching.taxonomy import Taxonomy

AS_OF = date(2026, 11, 22)

_MISSPELT = """
magaziniere/magazziniere magaziniera/magazziniera saldattore/saldatore inffermiera/infermiera
imballagio/imballaggio fatturazzione/fatturazione mulletto/muletto pulizzie/pulizie
lavapiati/lavapiatti badannte/badante torniturra/tornitura idraulicco/idraulico
piastrelista/piastrellista assemblagio/assemblaggio carpentierre/carpentiere
informattica/informatica cameriea/cameriera elevattori/elevatori carelli/carrelli colaudo/collaudo
contabiltà/contabilità falegniame/falegname muleto/muletto segretria/segreteria
assistensa/assistenza patetnino/patentino
"""

# Ordinary words, trades, firms, places, foreign words and English words of advertisements: none of
# them is a misspelling of a label's word.
_LEFT_ALONE = """
packaging stock team welcome office manager meeting feedback training customer delivery service
support leader partner business online digital marketing sales account store shop food beverage
kitchen housekeeping cleaning planning budget target report project quality control supply chain
export import design developer tester backend frontend cloud software hardware network security
remote junior senior stage internship freelance startup brand fashion luxury retail wholesale
outlet franchising mission vision values benefit bonus voucher ticket restaurant smartworking
deadline briefing brainstorming coaching mentoring onboarding recruiting staff crew shift overtime
weekend holiday salary wage payroll invoice order picking loading packing esselunga bennet
carrefour iperal conad trenord whatsapp facebook instagram google amazon zalando decathlon leroy
merlin obi lidl eurospin unieuro mediaworld leonardo fincantieri pirelli ferrero barilla parmalat
galbani lavazza segafredo illy fiat iveco piaggio ducati luxottica benetton milano torino genova
bologna firenze napoli palermo catania verona padova trieste brescia bergamo monza varese como
sondrio pavia cremona mantova lodi novara alessandria cuneo savona imperia tirana durazzo valona
bucarest iasi cluj timisoara kiev leopoli odessa casablanca rabat dakar lagos accra tunisi algeri
cairo islamabad lahore dacca colombo lima quito bogota manila pechino shanghai abbazia accordo
acquazzone aeroporto affresco agnello albicocca alveare anatra angolo anguria apostolo arcobaleno
argomento armonia arrosto asciugamano asparago astronomia atmosfera autunno avvocato balena
bandiera battaglia biblioteca biscotto bottiglia brigante bussola calamaro calendario cammello
campanile candela canzone cappello capitolo carnevale cartolina castagna castello cavallo chitarra
ciliegia cioccolatino collina colomba cometa coniglio coperta corallo corona cortile cravatta
cuscino damigiana dentista dialetto diamante dinosauro discorso domanda dottrina elefante
enciclopedia eremita esercito fagiano fantasma farfalla fiaba filosofia fiume fontana foresta
formica fragola fulmine gabbiano gallina gattino gelsomino geografia ghiacciaio ginocchio giornale
giraffa gomitolo grandine grillo grotta impero incendio inchiostro inverno isola lampone lanterna
lavagna leggenda libellula limone lucciola lumaca madonna maestro maniglia marmellata martedi
maschera medaglia melagrana melodia merenda miele miniera montagna mosaico nebbia nipote nuvola
oceano occhiali oliveto ombrello orchestra orologio ospedale ostrica pagliaccio palazzo palude
pannocchia paradiso passero pellicano pennello pergola pinguino pioggia pittore poesia polvere
pomodoro porcino primavera principe proverbio quaderno quercia ragnatela ramarro rana regina
ricchezza rondine rosmarino rugiada sandalo scalinata scarabeo schiuma sciroppo scoiattolo
semaforo sentiero serpente siepe sirena soffitto sorgente specchio spiaggia stagione stella
storione tamburo tartaruga tempesta teatro temporale torrente tramonto trifoglio tulipano uccello
uragano vaniglia velluto vendemmia ventaglio vescovo violino vipera vulcano zaffiro zanzara
zattera zucchero zafferano
"""

# Frequent surnames of people who come to a hub.
_SURNAMES = """
rossini bianchini brambilla colombo fumagalli galbusera riva spreafico valsecchi panzeri corti
butti sala dell'oro tentori bonaiti invernizzi mauri aldeghi castagna frigerio locatelli pirovano
ripamonti rota rusconi sozzi viganò villa ghislanzoni milani longhi crippa hoxha dervishi shehu
popescu ionescu kovalenko shevchenko diallo ndiaye mensah benali haddad singh kaur khan ahmed
hussain fernando perera garcia quispe mamani santos reyes chen wang
"""


MISSPELT, LEFT_ALONE, SURNAMES = _MISSPELT.split(), _LEFT_ALONE.split(), _SURNAMES.split()


@pytest.mark.parametrize("pair", MISSPELT)
def test_a_misspelt_word_is_understood(index: Index, pair: str) -> None:
    written, meant = pair.split("/")
    correction = index.speller.correction(index.normaliser.key(written))
    assert correction is not None
    assert correction.word == index.normaliser.key(meant)


def test_words_that_are_none_of_ours_stay_as_they_are(index: Index) -> None:
    corrected = {
        word: correction.word
        for word in LEFT_ALONE
        if (correction := index.speller.correction(index.normaliser.key(word)))
        and (correction.sure or word[-1] in "aeiou")
    }
    assert len(LEFT_ALONE) > 300
    assert corrected == {}


def test_surnames_are_never_surely_misspelt(index: Index) -> None:
    found = [index.speller.correction(index.normaliser.key(name)) for name in SURNAMES]
    assert not [correction for correction in found if correction and correction.sure]


def test_both_genders_of_a_misspelling_mean_the_same(index: Index) -> None:
    for one, other in (("magaziniere", "magaziniera"), ("saldattore", "saldattrice")):
        found = [index.speller.correction(index.normaliser.key(word)) for word in (one, other)]
        assert found[0] is not None
        assert found[0] == found[1]


def slugs(extractor: Extractor, taxonomy: Taxonomy, text: str) -> dict[str, float]:
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF)
    return {taxonomy.concepts[m.uri].slug: m.confidence for m in found.skills}


def test_a_misspelt_skill_is_less_sure(extractor: Extractor, taxonomy: Taxonomy) -> None:
    right = slugs(extractor, taxonomy, "uso del carrello elevatore e del transpallet")
    wrong = slugs(extractor, taxonomy, "uso del carelo elevattore e del transpallet")
    assert wrong["uso-muletto"] < right["uso-muletto"]
    assert wrong["transpallet"] == right["transpallet"]


def test_a_word_written_like_a_name_is_not_corrected(
    extractor: Extractor, taxonomy: Taxonomy
) -> None:
    found = extractor.extract(
        "ho lavorato da Carpintieri e con Cammerieri", kind=DocumentKind.CV, as_of=AS_OF
    )
    assert found.occupations == ()


def test_a_phrase_in_another_order_is_found(extractor: Extractor, taxonomy: Taxonomy) -> None:
    assert "carico-scarico" in slugs(extractor, taxonomy, "mi occupavo di merci carico e scarico")
    assert "lettura-disegno" not in slugs(extractor, taxonomy, "tecnico, disegno. Lettura libri")


@pytest.mark.shared_data
def test_names_of_people_are_not_taken_for_misspellings(index: Index, shared: Path) -> None:
    names = {
        line.strip()
        for file in ("9000_nomi_propri.txt", "lista_38000_cognomi.txt")
        for line in (shared / "data" / "nomi" / file).read_text("utf-8", "replace").splitlines()
        if line.strip()
    }
    found = [index.speller.correction(index.normaliser.key(name)) for name in names]
    sure = sum(1 for correction in found if correction and correction.sure)
    doubtful = sum(1 for correction in found if correction and not correction.sure)
    # What is doubtful is never corrected where it is written with a capital, as names are.
    assert sure / len(names) < 0.001
    assert doubtful / len(names) < 0.017
