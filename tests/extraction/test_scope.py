from datetime import date

import pytest

from matching.domain import DocumentKind
from matching.extraction import Extractor
from matching.extraction.scope import Stance, employer_scopes, scopes
from matching.normalisation import plain
from tests.extraction.clock import quickly


def stance(text: str, word: str, kind: DocumentKind = DocumentKind.CV) -> set[Stance]:
    """What is said of the first place of a word; empty for held."""
    words = plain(text)
    place = words.index(word)
    return {scope.stance for scope in scopes(words, kind) if scope.start <= place < scope.end}


@pytest.mark.parametrize(
    ("text", "denied", "held"),
    [
        ("Non ho esperienza di muletto, ma so usare il transpallet", "muletto", "transpallet"),
        ("So usare il transpallet ma non ho esperienza di muletto", "muletto", "transpallet"),
        ("Non ho il patentino, uso il transpallet", "patentino", "transpallet"),
        ("Non ho esperienza di muletto, carroponte o tornio", "tornio", ""),
        ("Non ho esperienza di muletto, carroponte o tornio", "carroponte", ""),
        ("Non so usare il computer, parlo bene inglese", "computer", "inglese"),
        ("Mai usato il muletto; uso il transpallet", "muletto", "transpallet"),
        ("Il muletto non l'ho mai usato", "muletto", ""),
        ("Il computer no ma imparo in fretta", "computer", "imparo"),
        ("Muletto: no", "muletto", ""),
        ("Uso il muletto senza patentino", "patentino", "muletto"),
        ("Guido il trattore, privo di patentino", "patentino", "trattore"),
        ("Sprovvista di HACCP, ho lavorato in cucina", "haccp", "cucina"),
        ("Patentino muletto scaduto", "patentino", ""),
        ("Corso haccp, patentino muletto scaduto nel 2019", "patentino", "corso"),
        ("Abilitazione carrelli conseguita 10/2019, scaduta 10/2024", "carrelli", ""),
        (
            "Muletto usato spesso, patentino preso nel 2013 e non più rinnovato",
            "patentino",
            "muletto",
        ),
        ("Brevetto di bagnino (scaduto)", "bagnino", ""),
        ("Non parlo tedesco, capisco il francese", "tedesco", "francese"),
        ("Nessuna conoscenza di Excel, buona pratica con Word", "excel", "word"),
        ("Non lavoro di notte ma faccio i turni", "notte", "turni"),
        ("Non guido il furgone e faccio consegne in bici", "furgone", "consegne"),
        ("Non ho la patente e so stirare", "patente", "stirare"),
        ("Zero esperienza in cucina", "cucina", ""),
        ("Lavoro in cucina; nessun titolo, senza attestato haccp", "haccp", "cucina"),
    ],
)
def test_a_denial_ends_with_its_clause(text: str, denied: str, held: str) -> None:
    assert Stance.DENIED in stance(text, denied)
    if held:
        assert stance(text, held) == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Non solo saldatura ma anche tornitura", "saldatura"),
        ("Non solo saldatura ma anche tornitura", "tornitura"),
        ("Non ho solo esperienza di cucina", "cucina"),
        ("Non ho problemi a lavorare su turni", "turni"),
        ("Nessun problema con il muletto", "muletto"),
        ("Non ho mai avuto infortuni con il muletto", "muletto"),
        ("Non mi spaventa il lavoro in cucina", "cucina"),
        ("Senza difficoltà nell'uso del computer", "computer"),
        ("Patentino muletto rinnovato nel 2024", "patentino"),
        ("Patentino muletto, scadenza 2029", "patentino"),
        ("Lavoro da solo con il muletto", "muletto"),
        ("Ho sempre usato il tornio, mai in ritardo", "tornio"),
        ("Cerco di essere preciso con il tornio", "tornio"),
    ],
)
def test_what_sounds_like_a_denial_is_held(text: str, word: str) -> None:
    assert stance(text, word) == set()


@pytest.mark.parametrize(
    ("text", "wished", "held"),
    [
        ("Vorrei imparare a saldare", "saldare", ""),
        ("Vorrei imparare a saldare, so usare il trapano", "saldare", "trapano"),
        ("So usare il trapano e vorrei imparare la saldatura", "saldatura", "trapano"),
        ("Patente C in corso di conseguimento", "patente", ""),
        ("Ho la patente B; patente C in fase di conseguimento", "patente c", "patente b"),
        ("Patentino muletto da conseguire", "patentino", ""),
        ("Corso ASA in corso, fine giugno 2027", "asa", ""),
        ("Sto prendendo la patente C", "patente", ""),
        ("Sto frequentando il corso OSS", "oss", ""),
        ("Iscritta al corso OSS", "oss", ""),
        ("Ho fatto domanda per corso ASA", "asa", ""),
        ("Disponibile a frequentare un corso di saldatura", "saldatura", ""),
        ("Cerco lavoro come magazziniere", "magazziniere", ""),
        ("Cerco lavoro come magazziniere, ho esperienza di muletto", "magazziniere", "muletto"),
        ("Sono cuoco e cerco lavoro come magazziniere", "magazziniere", "cuoco"),
        ("Mi piacerebbe fare la parrucchiera", "parrucchiera", ""),
        ("Voglio fare il corso del muletto", "muletto", ""),
        ("Cerco lavoro come\nmagazziniere", "magazziniere", ""),
    ],
)
def test_a_wish_is_no_claim(text: str, wished: str, held: str) -> None:
    assert Stance.WISHED in stance(text, wished)
    if held:
        assert stance(text, held) == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Patentino muletto in corso di validità", "patentino"),
        ("2019 - in corso, saldatura in officina", "saldatura"),
        ("Saldatura e montaggio, 2019 - in corso", "saldatura"),
        ("Disponibile a lavorare su turni", "turni"),
        ("Ho fatto il corso OSS", "oss"),
        ("Cerco sempre di tenere pulita la cucina", "cucina"),
    ],
)
def test_what_sounds_like_a_wish_is_held(text: str, word: str) -> None:
    assert stance(text, word) == set()


@pytest.mark.parametrize(
    ("text", "others", "held"),
    [
        ("Mio marito è muratore", "muratore", ""),
        ("Mio marito fa il muratore, io faccio la sarta", "muratore", "sarta"),
        ("Mia sorella lavora come cuoca", "cuoca", ""),
        ("Figlia di falegname", "falegname", ""),
        ("Figlia di un falegname, so usare la pialla", "falegname", "pialla"),
        ("Mio padre falegname, mia madre casalinga", "falegname", ""),
        ("I miei genitori avevano un ristorante", "ristorante", ""),
    ],
)
def test_the_work_of_relatives_is_theirs(text: str, others: str, held: str) -> None:
    assert Stance.OTHERS in stance(text, others)
    if held:
        assert stance(text, held) == set()


def test_work_done_with_relatives_is_held() -> None:
    assert stance("Muratore con mio padre, barista, lavapiatti", "barista") == set()
    assert stance("Muratore con mio padre", "muratore") == set()


@pytest.mark.parametrize(
    ("text", "denied", "asked"),
    [
        ("Non serve esperienza in cucina, patente B", "cucina", "patente"),
        ("Non è richiesta esperienza di saldatura, tornitura o taglio", "tornitura", ""),
        ("Conoscenza di SAP non richiesta", "sap", ""),
        ("Uso del muletto, conoscenza di SAP non richiesta", "sap", "muletto"),
        ("Anche senza esperienza in cucina, purché automuniti", "cucina", "automuniti"),
        ("No agenzie; richiesto haccp", "agenzie", "haccp"),
    ],
)
def test_a_vacancy_does_not_ask_for_what_it_waives(text: str, denied: str, asked: str) -> None:
    assert Stance.DENIED in stance(text, denied, DocumentKind.VACANCY)
    if asked:
        assert stance(text, asked, DocumentKind.VACANCY) == set()


@pytest.mark.parametrize(
    "text",
    ["Esperienza di cucina non indispensabile", "Gradita, non indispensabile, pratica di cucina"],
)
def test_not_indispensable_is_still_a_request(text: str) -> None:
    assert stance(text, "cucina", DocumentKind.VACANCY) == set()


def test_a_vacancy_wishes_nothing() -> None:
    assert (
        stance("Interessato al settore? Cerco saldatore", "saldatore", DocumentKind.VACANCY)
        == set()
    )


def test_what_an_employer_makes_is_no_skill() -> None:
    words = "operaio presso ditta di stampaggio plastica, addetto al collaudo"
    inside = [words[scope.start : scope.end] for scope in employer_scopes(words)]
    assert any("stampaggio" in part for part in inside)
    assert not any("collaudo" in part for part in inside)


@pytest.mark.parametrize("unit", ["a", "1", " ", "non ", "non ho ", "no, ", "scaduto ", "azienda "])
@pytest.mark.parametrize("kind", DocumentKind)
def test_long_lines_are_read_quickly(unit: str, kind: DocumentKind) -> None:
    words = unit * (100_000 // len(unit))
    with quickly():
        found = [*scopes(words, kind), *employer_scopes(words)]
    for scope in found:
        assert 0 <= scope.start <= scope.end <= len(words)


def test_a_denial_reaches_back_over_brackets(extractor: Extractor) -> None:
    text = "Ho il patentino del muletto. Patentino piattaforma aerea (PLE): non\nce l'ho."
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=date(2026, 11, 22))
    assert [skill.label for skill in found.skills] == ["patentino muletto"]


@pytest.mark.parametrize(
    ("text", "word", "said"),
    [
        ("Mio marito faceva il muratore e tirava su i muri", "muri", {Stance.OTHERS}),
        ("Mio padre faceva il fabbro e saldava cancelli", "cancelli", {Stance.OTHERS}),
        ("Mio marito faceva il muratore e io guidavo il muletto", "muletto", set()),
        ("Mio padre faceva il fabbro e lavoravo con lui al tornio", "tornio", set()),
    ],
)
def test_a_verb_in_the_third_person_goes_on_with_a_relative(
    text: str, word: str, said: set[Stance]
) -> None:
    assert stance(text, word) == said
