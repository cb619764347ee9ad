"""The same CV twice, by its text: by hand, and on the CVs of an invented district."""

import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.upkeep import (
    Aspect,
    Curriculum,
    MergeKind,
    MergeProposal,
    Verdict,
    identity_of,
    same_curricula,
    same_people,
    with_curricula,
)
from matching.wording import load_wording
from training.synthetic import Size, generate
from upkeep.registers import misspelt

WORDING = load_wording(Path(__file__).parents[2] / "data" / "wording", "it")
CV = """Ada Verdini, via Roma 3
ESPERIENZE
Dal 2015 al 2019 addetta al confezionamento presso la Ditta Novalba di Oggiono: preparazione
delle scatole, controllo dei pesi, etichettatura, pulizia della linea a fine turno.
Dal 2010 al 2014 aiuto in cucina alla mensa Serenella: taglio delle verdure, lavaggio, riordino.
FORMAZIONE
Licenza media; corso di sicurezza alimentare di otto ore.
LINGUE
Italiano madrelingua, francese scolastico. Patente B, bicicletta propria.
"""
MORE = """Dal 2020 al 2023 assistente in sartoria: orli, riparazioni, stiratura, consegna ai clienti
con appuntamento, tenuta della cassa nei giorni di mercato.
"""
NEWER = CV.replace("ESPERIENZE\n", f"ESPERIENZE\n{MORE}")


def found(*curricula: Curriculum, **known) -> tuple[MergeProposal, ...]:  # type: ignore[no-untyped-def]
    return same_curricula(curricula, wording=WORDING, places={}, **known)


def test_the_same_document_set_out_in_other_lines_is_one_document() -> None:
    again = "\n\n".join(CV.upper().split("\n"))
    (proposal,) = found(Curriculum(id="1", text=CV), Curriculum(id="2", text=again))
    assert (proposal.kind, proposal.verdict) == (MergeKind.SAME_DOCUMENT, Verdict.VERY_LIKELY)
    assert proposal.score == 1.0
    assert [remark.aspect for remark in proposal.agreements] == [Aspect.CV]
    assert proposal.differences == ()


def test_a_cv_with_one_more_job_is_the_newer_version() -> None:
    for order in (("new", "old"), ("old", "new")):
        texts = {"new": NEWER, "old": CV}
        (proposal,) = found(*(Curriculum(id=name, text=texts[name]) for name in order))
        assert proposal.kind is MergeKind.NEWER_VERSION
        assert (proposal.first, proposal.second) == ("old", "new")
        assert "testo che l'altro non ha" in proposal.differences[0].text


def test_dates_of_update_tell_which_is_newer_before_length_does() -> None:
    (proposal,) = found(
        Curriculum(id="long", text=NEWER, updated=date(2026, 5, 1)),
        Curriculum(id="short", text=CV, updated=date(2026, 9, 1)),
    )
    assert (proposal.first, proposal.second) == ("long", "short")
    assert "Aggiornamento: «01/05/2026» e «01/09/2026»" in [d.text for d in proposal.differences]


def test_two_people_who_filled_in_the_same_form_are_not_proposed() -> None:
    form = (
        "CURRICULUM VITAE FORMATO EUROPEO. INFORMAZIONI PERSONALI Nome e cognome {0} Indirizzo di"
        " residenza {1} ESPERIENZA LAVORATIVA Date da a {2} Nome e indirizzo del datore di lavoro"
        " {3} Tipo di azienda o settore Principali mansioni e responsabilità {4} ISTRUZIONE E"
        " FORMAZIONE Nome e tipo di istituto {5} CAPACITÀ E COMPETENZE PERSONALI acquisite nel"
        " corso della vita e della carriera ma non necessariamente riconosciute da certificati {6}"
    )
    filled = [
        ("Ada Verdini", "via Roma", "2015 2019", "Novalba", "imballo e peso", "media", "cucito"),
        ("Ugo Neri", "via Po", "2001 2008", "Solivaga", "guido il furgone", "perito", "orto"),
        ("Bea Fonti", "via Adda", "2020 2024", "Lunaria", "servo ai tavoli", "liceo", "canto"),
    ]
    for number in (2, 3):
        texts = [form.format(*words) for words in filled[:number]]
        assert found(*(Curriculum(id=str(n), text=text) for n, text in enumerate(texts))) == ()


def test_a_few_words_that_many_could_write_are_no_proof() -> None:
    text = "Cuoca in mensa, attestato HACCP, italiano B2, patente B, disponibile da subito."
    assert found(Curriculum(id="1", text=text), Curriculum(id="2", text=text)) == ()


def test_one_cv_under_two_names_is_possible_and_said_to_be_odd() -> None:
    cvs = (Curriculum(id="1", text=CV), Curriculum(id="2", text=CV))
    people = (identity_of("1", name="Ada Verdini"), identity_of("2", name="Ugo Neri"))
    (proposal,) = found(*cvs, identities=people)
    assert proposal.verdict is Verdict.POSSIBLE
    assert "Nome: «Ada Verdini» e «Ugo Neri»" in [d.text for d in proposal.differences]
    assert "scheda sbagliata" in proposal.note


def test_of_a_person_found_by_identity_too_the_cv_is_one_more_agreement() -> None:
    cvs = (Curriculum(id="1", text=CV), Curriculum(id="2", text=CV))
    people = tuple(
        identity_of(key, name="Ada Verdini", born=date(1985, 3, 12)) for key in ("1", "2")
    )
    by_identity = same_people(people, wording=WORDING, places={})
    (proposal,) = with_curricula(by_identity, found(*cvs, identities=people))
    assert proposal.kind is MergeKind.PERSON
    assert [r.aspect for r in proposal.agreements] == [Aspect.NAME, Aspect.BORN, Aspect.CV]


def test_cvs_found_by_text_alone_come_after_people_found_by_identity() -> None:
    cvs = (Curriculum(id="3", text=CV), Curriculum(id="4", text=CV))
    people = tuple(
        identity_of(key, name="Ada Verdini", born=date(1985, 3, 12)) for key in ("1", "2")
    )
    both = with_curricula(same_people(people, wording=WORDING, places={}), found(*cvs))
    assert [p.kind for p in both] == [MergeKind.PERSON, MergeKind.SAME_DOCUMENT]


@pytest.fixture(scope="module")
def texts(territory: Territory, taxonomy: Taxonomy) -> list[str]:
    district = generate(territory, taxonomy, seed=5, size=Size(people=400, vacancies=60))
    return [text for text in district.people["text"] if len(text.split()) >= 60]


def test_versions_of_the_cvs_of_a_district_are_found_and_nobody_else_is(texts: list[str]) -> None:
    """``pytest -s`` prints precision and recall."""
    rng = Random(5)
    again = sorted(rng.sample(range(len(texts)), 60))
    cvs = [Curriculum(id=f"p{number}", text=text) for number, text in enumerate(texts)]
    cvs += [
        Curriculum(id=f"p{number}b", text=_version(texts[number], texts, rng)) for number in again
    ]
    rng.shuffle(cvs)
    truth = {frozenset((f"p{number}", f"p{number}b")) for number in again}
    proposed = {frozenset((p.first, p.second)) for p in found(*cvs)}
    precision = len(proposed & truth) / len(proposed)
    recall = len(proposed & truth) / len(truth)
    sys.stdout.write(
        f"\n{len(cvs)} CVs, {len(truth)} versions: precision {precision:.3f}, recall {recall:.3f}\n"
    )
    assert precision >= 0.98
    assert recall >= 0.90


def _version(text: str, texts: list[str], rng: Random) -> str:
    """The same CV some time later: a slip in 30 words, in two of three a piece of another job."""
    words = [
        misspelt(word, rng) if len(word) > 3 and rng.random() < 1 / 30 else word
        for word in text.split()
    ]
    if rng.random() < 2 / 3:
        other = rng.choice(texts).split()
        start = rng.randrange(max(len(other) - 20, 1))
        place = rng.randrange(len(words))
        words[place:place] = other[start : start + rng.randrange(8, 20)]
    return " ".join(words)
