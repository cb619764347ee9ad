"""Verb for noun and noun for verb: what says the same, and what must not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import ConceptKind, DocumentKind
from matching.extraction import Extractor, Index, build
from matching.extraction.alternation import Alternation, alternation, spellings
from matching.extraction.italian import ItalianWords
from matching.normalisation import Normaliser, fold
from matching.taxonomy import Concept, Taxonomy, VerbNouns

AS_OF = date(2026, 11, 22)
WORDS = ItalianWords(
    verbs={
        form: verb
        for verb, forms in {
            "gestire": "gestire gestito gestita gestiti gestite gestendo gestivo gestiamo",
            "pulire": "pulire pulito pulita puliti pulite pulendo pulivo",
            "produrre": "produrre prodotto prodotta prodotti prodotte",
            "stare": "stare stato stata stati state",
            "vendere": "vendere venduto venduta venduti vendute",
            "formare": "formare formato formata formati formate",
        }.items()
        for form in forms.split()
    },
    nouns=frozenset(
        map(fold, ["gestione", "pulizia", "produzione", "stazione", "formaggio", "prodotto"])
    ),
    known=frozenset({"gest"}),
)
OWN = VerbNouns(nouns={"vendere": ("vendita",)}, never=("formaggio",))
PAIRS = alternation(WORDS, OWN, {"prodott", "vendut"})


def said(label: str, pairs: Alternation = PAIRS) -> set[str]:
    return {" ".join(phrase) for phrase in pairs.variants(label, Normaliser())}


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("gestione del magazzino", "gestir magazzin"),
        ("gestire il magazzino", "gestion magazzin"),
        ("pulizia uffici", "pulir uffic"),
        ("produzione di pane", "produrr pan'"),
        ("vendita di scarpe", "vender scarp"),
        ("vendere scarpe", "vendit scarp"),
        ("gestione e vendita di scarpe", "gestir vender scarp"),
    ],
)
def test_a_noun_and_its_verb_say_the_same(label: str, other: str) -> None:
    assert other in said(label)


@pytest.mark.parametrize(
    "label",
    [
        "gestione",  # one word
        "gestione e",
        "magazzino e gestione",  # the head is no action
        "gestione e magazzino scarpe",  # what is joined to the head is none
        "stazione di servizio",  # from no verb: stare is too short
        "formaggi freschi",  # looks derived, see never
    ],
)
def test_what_is_no_action_has_no_other_form(label: str) -> None:
    assert said(label) == set()


def test_a_participle_that_a_label_holds_as_another_word_is_said_as_well() -> None:
    # "vendut" is a word of a label here, so that it keeps its key; "prodotto" is a thing.
    assert said("vendita di scarpe") == {"vender scarp", "vendut scarp"}
    assert said("produzione di pane") == {"produrr pan'"}


def concept(slug: str, kind: ConceptKind, *labels: str) -> Concept:
    return Concept(
        uri=f"urn:test:{slug}", slug=slug, kind=kind, family="test", labels={"it": labels, "en": ()}
    )


def taxonomy_of(*concepts: Concept) -> Taxonomy:
    return Taxonomy({c.uri: c for c in concepts}, {}, digest="test")


@pytest.fixture(scope="module")
def built() -> Index:
    return build(
        taxonomy_of(
            concept("one", ConceptKind.SKILL, "gestione del magazzino", "assistenza anziani"),
            concept("two", ConceptKind.SKILL, "gestire il negozio"),
            concept("three", ConceptKind.SKILL, "gestione del negozio"),
            concept("four", ConceptKind.SKILL, "lavaggio auto"),
            concept("five", ConceptKind.SKILL, "lavatura auto"),
            concept("six", ConceptKind.CERTIFICATE, "formazione preposti"),
            concept("seven", ConceptKind.OCCUPATION, "cura del verde"),
            concept("eight", ConceptKind.SKILL, "prendersi cura di persone"),
        )
    )


def owners(index: Index, text: str) -> set[str]:
    tokens = index.tokens(text)
    hits = index.skills.search([t.key for t in tokens], [t.breaks for t in tokens])
    return {claim.uri[9:] for hit in hits for claim in index.skills.claims[hit.phrase]}


@pytest.mark.parametrize(
    "text",
    [
        "gestire il magazzino",
        "gestito magazzini",
        "gestendo il magazzino",
        "gestivo il magazzino",
        "gestirà il magazzino",
        "Gestisco magazzini",
        "assistere gli anziani",
        "assistito anziani",
        "assisto un'anziana",
    ],
)
def test_every_form_of_the_verb_says_what_the_noun_says(built: Index, text: str) -> None:
    assert owners(built, text) == {"one"}


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("mi prendo cura di persone", "eight"),
        ("occupata a prendermi cura delle persone", "eight"),
        ("prendendosi cura delle persone", "eight"),
    ],
)
def test_pronouns_on_a_verb_change_nothing(built: Index, text: str, owner: str) -> None:
    assert owners(built, text) == {owner}


def test_a_label_as_it_stands_goes_before_another_way_to_say_one(built: Index) -> None:
    assert owners(built, "gestire il negozio") == {"two"}
    assert owners(built, "gestione del negozio") == {"three"}


def test_what_two_concepts_might_mean_is_no_other_way_to_say_either(built: Index) -> None:
    assert owners(built, "lavare le auto") == set()


def test_titles_and_certificates_have_no_other_form(built: Index) -> None:
    assert owners(built, "formare i preposti") == set()
    assert list(built.occupations.claims) == [("cur'", "verd")]


def test_a_firm_that_does_something_is_not_a_person_who_can(built: Index) -> None:
    assert owners(built, "Assistiamo anziani dal 1948") == set()


# Nouns with three forms of their verbs, written down by hand.
_VERBS = {
    line.split()[0]: line.split()[1:]
    for line in """
    gestione gestire gestito gestendo
    preparazione preparare preparato preparando
    montaggio montare montato montando
    riparazione riparare riparato riparando
    lavaggio lavare lavato lavando
    trasporto trasportare trasportato trasportando
    vendita vendere venduto vendendo
    raccolta raccogliere raccogliendo raccoglievo
    organizzazione organizzare organizzato organizzando
    installazione installare installato installando
    produzione produrre producendo producevo
    programmazione programmare programmando programmavo
    sostituzione sostituire sostituito sostituendo
    assemblaggio assemblare assemblato assemblando
    registrazione registrare registrato registrando
    verniciatura verniciare verniciato verniciando
    allestimento allestire allestito allestendo
    distribuzione distribuire distribuito distribuendo
    smistamento smistare smistato smistando
    potatura potare potato potando
    """.strip().splitlines()
}


@pytest.fixture(scope="module")
def swaps(taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """URI and verb phrase of every label that begins with one of the nouns."""
    return [
        (skill.uri, f"{verb} {rest}")
        for skill in taxonomy.skills
        if skill.kind not in (ConceptKind.CERTIFICATE, ConceptKind.LICENCE)
        for label in skill.labels["it"]
        if label.partition(" ")[0] in _VERBS
        and (rest := label.partition(" ")[2])
        and not rest.startswith("e ")
        and ("skill", " ".join(Normaliser().phrase(label))) not in taxonomy.rules
        for verb in _VERBS[label.partition(" ")[0]]
    ]


def test_labels_of_the_lexicon_are_found_with_the_verb_for_the_noun(
    swaps: list[tuple[str, str]], index: Index
) -> None:
    assert len(swaps) > 1000
    lost = []
    for uri, text in swaps:
        keys = tuple(token.key for token in index.tokens(text))
        claimed = {claim.uri for claim in index.skills.claims.get(keys, ())}
        if uri not in claimed:
            lost.append((uri, text, claimed))
    # Only what another label says as it stands, or what two concepts would share.
    assert len(lost) < len(swaps) / 30
    assert all(not claimed & {uri} for uri, _, claimed in lost)


@given(data=st.data())
def test_number_and_case_of_a_swapped_label_change_nothing(
    data: st.DataObject, swaps: list[tuple[str, str]], index: Index
) -> None:
    uri, text = data.draw(st.sampled_from(swaps))
    claimed = index.skills.claims.get(index.normaliser.phrase(text))
    verb, _, rest = text.partition(" ")
    article = data.draw(st.sampled_from(["", "il ", "la ", "i ", "gli ", "le ", "dei ", "l'"]))
    changed = data.draw(st.sampled_from([str.upper, str.lower, str.capitalize]))(
        f"{verb} {article}{rest}"
    )
    assert index.skills.claims.get(index.normaliser.phrase(changed)) == claimed
    assert claimed is None or uri in {claim.uri for claim in claimed} or len(claimed) == 1


@pytest.mark.parametrize("word", ["guida", "cura", "posa", "taglio", "gestione", "vendita"])
def test_an_action_alone_names_nothing_new(word: str, index: Index) -> None:
    key = index.normaliser.phrase(word)
    assert key not in index.skills.derived


def test_no_other_way_to_say_a_label_is_a_single_word_verb(index: Index) -> None:
    assert index.skills.derived
    verbs = set(index.normaliser.inflections.values())
    assert not [
        phrase for phrase in index.skills.derived if len(phrase) == 1 and phrase[0] in verbs
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Nel tempo libero ho pulito i sentieri.", False),
        ("Ho pulito i sentieri.", True),
        ("I volontari hanno pulito i sentieri.", False),
    ],
)
def test_leisure_and_what_others_did_are_no_skill(
    text: str, named: bool, extractor: Extractor
) -> None:
    found = extractor.extract(text, kind=DocumentKind.CV, as_of=AS_OF)
    assert bool(found.skills) is named


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("operatore socio-sanitario", {("operator", "sociosanitar")}),
        ("operatore socio sanitario", {("operator", "sociosanitar")}),
        ("ausiliario sociosanitario", {("ausiliar", "soci", "sanitar")}),
        ("socio della cooperativa", set()),
        ("automobile", set()),
    ],
)
def test_a_compound_is_written_in_one_word_or_two(
    label: str, expected: set[tuple[str, ...]]
) -> None:
    assert set(spellings(label, Normaliser(), {"sanitar", "cooperativ"})) == expected
