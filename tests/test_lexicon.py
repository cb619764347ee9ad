"""The shipped lexicon: what it matches, what it must not match, what it may not contain."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import ConceptKind, DocumentKind
from matching.extraction import Extractor, Index
from matching.normalisation import STOP_WORDS, Normaliser, plain
from matching.taxonomy import Concept, Doubt, Taxonomy, doubtful_labels, is_driving_licence

HERE = Path(__file__).parent / "lexicon"
AS_OF = date(2026, 11, 22)
PROSE = (HERE / "prose.txt").read_text("utf-8").strip().split("\n===\n")
TITLES = tomllib.loads((HERE / "titles.toml").read_text("utf-8"))
NORMALISER = Normaliser()


# An inflection of our own, written from the grammar and not from the rules under test.

# An ending and the same word as masculine, feminine, masculine plural, feminine plural.
_NOUN_CLASSES = (
    ("tore", ("tore", "trice", "tori", "trici")),
    ("sore", ("sore", "soressa", "sori", "soresse")),
    ("iere", ("iere", "iera", "ieri", "iere")),
    ("aio", ("aio", "aia", "ai", "aie")),
    ("aiolo", ("aiolo", "aiola", "aioli", "aiole")),
    ("ario", ("ario", "aria", "ari", "arie")),
    ("ista", ("ista", "ista", "isti", "iste")),
    ("ante", ("ante", "ante", "anti", "anti")),
    ("ente", ("ente", "ente", "enti", "enti")),
    ("ico", ("ico", "ica", "ici", "iche")),
    ("co", ("co", "ca", "chi", "che")),
    ("go", ("go", "ga", "ghi", "ghe")),
    # Compounds and departments (mettifoglio, ufficio): not a word for a man or a woman.
    ("io", ("io",) * 4),
    ("uomo", ("uomo", "uomo", "uomini", "uomini")),
    ("o", ("o", "a", "i", "e")),
)
_ADJECTIVES = (
    ("ivo", ("ivo", "iva", "ivi", "ive")),
    ("iva", ("ivo", "iva", "ivi", "ive")),
    ("ico", ("ico", "ica", "ici", "iche")),
    ("ica", ("ico", "ica", "ici", "iche")),
    ("ario", ("ario", "aria", "ari", "arie")),
    ("ato", ("ato", "ata", "ati", "ate")),
    ("ata", ("ato", "ata", "ati", "ate")),
    ("ale", ("ale", "ale", "ali", "ali")),
    ("ile", ("ile", "ile", "ili", "ili")),
)


def inflected(word: str, classes: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    for ending, forms in classes:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return tuple(word[: -len(ending)] + form for form in forms)
    return (word,) * 4


def forms_of(label: str) -> Iterator[str]:
    """Other genders, numbers and inclusive spellings of a job title."""
    words = plain(label).split()
    head = len(words)
    for place, word in enumerate(words):
        if word in STOP_WORDS or "'" in word:
            head = place
            break
    # Abbreviations (ASO) and words whose stem is as short as one (capo) are written in full.
    if not head or not words[0].isalpha() or len(words[0]) <= 4:
        return
    heads = inflected(words[0], _NOUN_CLASSES)
    rest = [inflected(word, _ADJECTIVES) for word in words[1:head]]
    for number, first in enumerate(heads):
        bent = [options[number] for options in rest]
        yield " ".join([first, *bent, *words[head:]])
    if words[0].endswith("o") and heads[0] != heads[1]:
        for tail in ("/a", "(a)", "/a/i/e"):
            yield " ".join([words[0] + tail, *words[1:]])
        for mark in "*ə@":
            yield " ".join([words[0][:-1] + mark, *words[1:]])
    if words[0].endswith("iere"):
        for tail in ("/a", "/i", "(a)"):
            yield " ".join([words[0] + tail, *words[1:]])
        for mark in "*ə@":
            yield " ".join([words[0][:-1] + mark, *words[1:]])
    if words[0].endswith("tore"):
        for tail in ("/trice", "/rice", "(trice)", "/tori"):
            yield " ".join([words[0] + tail, *words[1:]])


def swapped_number(label: str) -> Iterator[str]:
    """The last word of a label in the other number, where that is regular."""
    *before, last = label.split()
    for ending, other in (
        ("zione", "zioni"),
        ("zioni", "zione"),
        ("menti", "mento"),
        ("mento", "menti"),
        ("iche", "ica"),
        ("ica", "iche"),
        ("aggio", "aggi"),
        ("tura", "ture"),
        ("ture", "tura"),
        ("tori", "tore"),
        ("eria", "erie"),
        ("grafia", "grafie"),
        ("ali", "ale"),
        ("ale", "ali"),
        ("ite", "ita"),
        ("ine", "ina"),
        ("ina", "ine"),
        ("etti", "etto"),
        ("cce", "ccia"),
        ("ccia", "cce"),
    ):
        if last.endswith(ending) and len(last) > len(ending) + 2 and last.isalpha():
            yield " ".join([*before, last[: -len(ending)] + other])
            return


def test_the_inflection_of_the_tests_knows_italian() -> None:
    assert list(forms_of("impiegato amministrativo"))[:4] == [
        "impiegato amministrativo",
        "impiegata amministrativa",
        "impiegati amministrativi",
        "impiegate amministrative",
    ]
    assert "operatrici di macchina" in set(forms_of("operatore di macchina"))
    assert "meccanici auto" in set(forms_of("meccanico auto"))
    assert "cuochi di mensa" in set(forms_of("cuoco di mensa"))
    assert "magazzinierə" in set(forms_of("magazziniere"))
    assert list(swapped_number("saldatura")) == ["saldature"]


def test_both_genders_and_numbers_of_every_job_title_are_the_same_words(
    taxonomy: Taxonomy,
) -> None:
    wrong = [
        (concept.slug, label, form)
        for concept in taxonomy.occupations
        for label in concept.labels["it"]
        for form in forms_of(label)
        if NORMALISER.phrase(form) != NORMALISER.phrase(label)
    ]
    assert wrong == []


def test_both_genders_and_numbers_of_every_job_title_are_found_as_the_same_job(
    taxonomy: Taxonomy, index: Index
) -> None:
    wrong = []
    for concept in taxonomy.occupations:
        for label in concept.labels["it"]:
            for form in forms_of(label):
                tokens = index.tokens(form)
                hits = index.occupations.search(
                    [token.key for token in tokens], [token.breaks for token in tokens]
                )
                found = {
                    claim.uri for hit in hits for claim in index.occupations.claims[hit.phrase]
                }
                if concept.uri not in found:
                    wrong.append((concept.slug, label, form))
    assert wrong == []


def test_the_masculine_and_the_feminine_name_of_a_job_are_the_same_words(
    taxonomy: Taxonomy,
) -> None:
    different = {
        concept.slug: concept.labels["it"][:2]
        for concept in taxonomy.occupations
        if NORMALISER.phrase(concept.labels["it"][0]) != NORMALISER.phrase(concept.labels["it"][1])
    }
    assert different == {
        "barman": ("barman", "barlady"),
        "hostess-steward": ("hostess di accoglienza", "steward di accoglienza"),
    }


def test_the_other_number_of_a_skill_is_the_same_words(taxonomy: Taxonomy) -> None:
    swapped = [
        (concept.slug, label, other)
        for concept in taxonomy.skills
        for label in concept.labels["it"]
        for other in swapped_number(label)
    ]
    assert len(swapped) > 1000
    wrong = [
        entry for entry in swapped if NORMALISER.phrase(entry[1]) != NORMALISER.phrase(entry[2])
    ]
    assert wrong == []


def test_no_two_concepts_fall_together_when_endings_are_cut_off(
    taxonomy: Taxonomy, index: Index
) -> None:
    ruled = {(kind, tuple(keys.split())) for kind, keys in taxonomy.rules}
    shared = {
        (kind, phrase)
        for kind, labels in (("skill", index.skills), ("occupation", index.occupations))
        for phrase, owners in labels.claims.items()
        if len(owners) > 1
    }
    assert shared <= ruled


def test_every_label_is_found_by_the_index_as_its_own_concept(
    taxonomy: Taxonomy, index: Index
) -> None:
    lost = []
    for concept in taxonomy.concepts.values():
        if concept.kind is ConceptKind.GROUP or is_driving_licence(concept):
            continue
        occupation = concept.kind is ConceptKind.OCCUPATION
        labels = index.occupations if occupation else index.skills
        for label in (label for labels_ in concept.labels.values() for label in labels_):
            keys = [token.key for token in index.tokens(label)]
            hits = labels.search(keys, [False] * len(keys))
            claimed = {claim.uri for hit in hits for claim in labels.claims[hit.phrase]}
            if concept.uri not in claimed:
                lost.append((concept.slug, label))
    assert lost == []


def test_no_label_of_a_concept_is_there_twice(taxonomy: Taxonomy) -> None:
    repeated = []
    for concept in taxonomy.concepts.values():
        # The feminine stands beside the masculine for the reader, mostly with the same key.
        for labels in (concept.labels["it"][2:], concept.labels["en"]):
            low = [plain(label) for label in labels]
            repeated += [(concept.slug, label) for label in set(low) if low.count(label) > 1]
    assert repeated == []


def test_doubtful_labels_are_only_those_a_reviewer_accepted(taxonomy: Taxonomy) -> None:
    common = (HERE / "common_words.txt").read_text("utf-8").split()
    groups = tomllib.loads((HERE / "reviewed.toml").read_text("utf-8"))["accepted"]
    assert all(group["reason"] for group in groups)
    accepted = [label for group in groups for label in group["labels"]]
    assert len(accepted) == len(set(accepted))
    found = {doubt.label for doubt in doubtful_labels(taxonomy, common)}
    assert found == set(accepted)


def made(slug: str, label: str, *, family: str) -> Concept:
    return Concept(
        uri=f"urn:{slug}",
        slug=slug,
        kind=ConceptKind.SKILL,
        family=family,
        labels={"it": (label,), "en": (f"the skill {slug}",)},
    )


@pytest.mark.parametrize(("family", "doubts"), [("power", {Doubt.INSIDE}), ("school", set())])
def test_an_abbreviation_inside_a_label_of_another_family_is_doubtful(
    family: str, doubts: set[Doubt]
) -> None:
    skills = (
        made("piano", "PEI", family="school"),
        made("tensione", "attestato PES PAV PEI", family=family),
    )
    found = doubtful_labels(
        Taxonomy(concepts={skill.uri: skill for skill in skills}, rules={}, digest=""), []
    )
    assert {doubt.doubt for doubt in found} == doubts


@pytest.mark.parametrize("kind", DocumentKind)
@pytest.mark.parametrize("paragraph", PROSE, ids=lambda text: " ".join(text.split()[:5]))
def test_ordinary_prose_names_no_skill_and_no_job(
    paragraph: str, kind: DocumentKind, extractor: Extractor
) -> None:
    found = extractor.extract(paragraph, kind=kind, as_of=AS_OF)
    driving = {"patente-b"}
    named = {
        (extractor.taxonomy.concepts[mention.uri].slug, mention.evidence)
        for mention in (*found.skills, *found.occupations)
    }
    assert {(slug, words) for slug, words in named if slug not in driving} == set()


@pytest.mark.parametrize("kind", DocumentKind)
def test_everyday_titles_name_their_job_in_both_genders(
    kind: DocumentKind, extractor: Extractor
) -> None:
    missed = []
    for slug, titles in TITLES.items():
        for title in titles:
            text = (
                f"Esperienze lavorative\n2015 - 2020 {title} presso Alfa srl\n"
                if kind is DocumentKind.CV
                else f"{title.capitalize()}\n\nAzienda cerca {title} con esperienza.\n"
            )
            found = extractor.extract(text, kind=kind, as_of=AS_OF)
            slugs = {extractor.taxonomy.concepts[job.uri].slug for job in found.occupations}
            if slugs != {slug}:
                missed.append((title, slug, slugs))
    assert missed == []


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Assistenza ad anziani con demenza e Alzheimer", "demenza-alzheimer"),
        ("Gestione ospiti in carrozzina e con sollevatore", "carrozzina-ausili"),
        ("Uso di tornio, fresa e trapano in officina", "tornitura"),
        ("Controllo pezzi con calibro e micrometro", "calibro-micrometro"),
        ("Servizio al banco salumi e formaggi", "banco-gastronomia"),
        ("Stesura del PEI con gli insegnanti di classe", "pei-progetto-educativo"),
        ("Centralino, telefono e accoglienza visitatori", "centralino"),
    ],
)
def test_a_word_that_needs_company_counts_beside_words_of_the_trade(
    text: str, slug: str, extractor: Extractor
) -> None:
    found = extractor.extract(f"Competenze\n- {text}\n", kind=DocumentKind.CV, as_of=AS_OF)
    assert slug in {extractor.taxonomy.concepts[skill.uri].slug for skill in found.skills}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Attestato PES PAV PEI in corso di validità", "pei-progetto-educativo"),
        ("Riprogrammazione della centralina e cambio olio", "centralino"),
    ],
)
def test_a_word_that_another_trade_has_too_is_not_taken_for_this_one(
    text: str, slug: str, extractor: Extractor
) -> None:
    found = extractor.extract(f"Competenze\n- {text}\n", kind=DocumentKind.CV, as_of=AS_OF)
    assert slug not in {extractor.taxonomy.concepts[skill.uri].slug for skill in found.skills}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ho seguito mia mamma malata per tre anni", "caregiver-familiare"),
        ("Ho assistito mio marito malato fino alla fine", "caregiver-familiare"),
        ("Portavo i genitori alle visite e gestivo le medicine", "terapie-in-famiglia"),
        ("Ho cresciuto tre figli", "crescita-figli"),
        ("Tenevo i bambini dei vicini dopo la scuola", "tata-conoscenti"),
        ("Facevo i lavoretti in casa e dagli amici", "riparazioni-casa"),
        ("Ho ristrutturato casa da solo", "ristrutturazione-propria"),
        ("Coltivo l'orto e vendo le uova", "orto-domestico"),
        ("Cucino per le feste di famiglia", "cucina-per-molti"),
        ("Cucio in casa, faccio orli per le vicine", "cucito-su-richiesta"),
        ("Aggiusto biciclette per gli amici", "mezzi-propri"),
        ("Aiuto gli anziani con lo SPID", "pratiche-per-altri"),
        ("Traducevo per i connazionali negli uffici", "interprete-connazionali"),
        ("Alleno una squadra di bambini", "allenamento-giovanile"),
        ("Servivo ai tavoli alla sagra del paese", "festa-di-paese"),
        ("Animatrice al grest tutte le estati", "grest"),
        ("Tenere i conti di casa e pagare le bollette", "bilancio-familiare"),
        ("Volontaria in casa di riposo la domenica", "ospedale-volontariato"),
    ],
)
def test_life_outside_a_job_told_in_plain_words_is_a_skill(
    text: str, slug: str, extractor: Extractor
) -> None:
    found = extractor.extract(f"Altro\n{text}.\n", kind=DocumentKind.CV, as_of=AS_OF)
    assert slug in {extractor.taxonomy.concepts[skill.uri].slug for skill in found.skills}


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Facevo pulizie negli uffici", "pulizia-ambienti"),
        ("Servivo ai tavoli", "servizio-tavoli"),
        ("Cucivo a macchina", "cucito-a-macchina"),
        ("Tagliavo l'erba nei parchi", "taglio-erba"),
        ("Stiravo camicie", "stiro"),
        ("Aiutavo i colleghi", "aiuto-ai-colleghi"),
        ("Preparavo i pasti", "preparazione-pasti"),
        ("Tenevo la contabilità", "contabilita"),
        ("Accudivo gli anziani", "assistenza-anziani"),
        ("Vendevo scarpe", "vendita-calzature"),
        ("Traducevo testi", "traduzioni"),
        ("Faccio iniezioni intramuscolari", "iniezioni-intramuscolari"),
    ],
)
def test_no_label_hides_the_verb_of_another(text: str, slug: str, extractor: Extractor) -> None:
    # A form that stands in some label (facevo torte) would no longer be read as its verb.
    found = extractor.extract(f"Mansioni\n{text}.\n", kind=DocumentKind.CV, as_of=AS_OF)
    assert slug in {extractor.taxonomy.concepts[skill.uri].slug for skill in found.skills}


def test_the_lexicon_has_its_full_size(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.occupations) >= 400
    assert len(taxonomy.skills) >= 1850


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("carpentiere, saldatura di telai in ferro", "carpentiere-metallico"),
        ("carpentiere, posa di travi per tetti in legno", "carpentiere-legno"),
        ("carpentiere, getti e solai", "carpentiere-edile"),
        ("autista, bilico e autotreno", "camionista"),
        ("autista, pullman di linea", "autista-autobus"),
        ("autista, consegne in provincia", "autista-furgone"),
        ("donna delle pulizie presso famiglia", "colf"),
        ("uomo delle pulizie in azienda", "addetto-pulizie"),
        ("donna delle pulizie in azienda", "addetto-pulizie"),
    ],
)
def test_one_title_of_several_trades_is_settled_by_the_words_around_it(
    text: str, slug: str, extractor: Extractor
) -> None:
    found = extractor.extract(
        f"Esperienze lavorative\n2015 - 2020 {text}\n", kind=DocumentKind.CV, as_of=AS_OF
    )
    assert slug in {extractor.taxonomy.concepts[job.uri].slug for job in found.occupations}


def test_every_occupation_needs_a_few_skills_and_not_only_soft_ones(taxonomy: Taxonomy) -> None:
    for concept in taxonomy.occupations:
        assert 3 <= len(concept.essential) <= 8, concept.slug
        kinds = {taxonomy.concepts[uri].kind for uri in concept.essential}
        assert kinds - {ConceptKind.TRANSVERSAL, ConceptKind.LANGUAGE}, concept.slug


def test_every_language_and_driving_licence_has_its_code(taxonomy: Taxonomy) -> None:
    for concept in taxonomy.skills:
        if concept.kind is ConceptKind.LANGUAGE:
            assert re.fullmatch(r"[a-z]{2,3}", concept.code or ""), concept.slug
        if concept.kind is ConceptKind.LICENCE:
            assert re.fullmatch(r"[A-Z][A-Z0-9-]*", concept.code or ""), concept.slug


def test_every_skill_belongs_under_a_heading(taxonomy: Taxonomy) -> None:
    for concept in taxonomy.skills:
        *_, last = taxonomy.ancestors(concept.uri)
        assert taxonomy.concepts[last].kind is ConceptKind.GROUP, concept.slug


@given(st.sampled_from(["addetto", "operaio", "tecnico", "impiegato", "operatore"]), st.data())
def test_a_stem_with_any_gender_is_the_same_key(word: str, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(inflected(word, _NOUN_CLASSES)))
    assert NORMALISER.key(form) == NORMALISER.key(word)
