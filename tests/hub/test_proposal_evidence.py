import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.domain import (
    Evidence,
    Fact,
    Facts,
    LanguageFact,
    OccupationHeld,
    Profile,
    SkillHeld,
    Vacancy,
)
from matching.errors import ConflictError
from matching.hub.forbidden_matters import Ground, grounds_in, may_be_quoted
from matching.hub.people import Contacts
from matching.hub.proposal_evidence import ContactChosen, evidence_for, with_contact, written
from tests.hub.deciding import TAXONOMY

PLANTED = (
    "ho curato mia madre malata", "mamma di due figli", "sono incinta", "dopo la maternità",
    "invalidità civile al 60%", "iscritta alla legge 68", "soffro di epilessia",
    "persona diabetica", "sorda dalla nascita",
    "cittadinanza marocchina", "permesso di soggiorno", "in Italia dal 2015", "rifugiato politico",
    "musulmana praticante", "volontario in parrocchia", "tesserata CGIL", "ho 54 anni",
    "nata il 3 maggio 1970", "detenuto a Bollate", "fedina penale pulita", "bella presenza",
    "in causa con la vecchia azienda", "omosessuale", "vedovo", "disoccupata, prendo la NASpI",
    "zaira@esempio.example", "via dei Canarini 7", "333 000 11 22",
)  # fmt: skip
HARMLESS = (
    "cucinavo per ottanta persone", "saldatura a filo", "patentino del muletto",
    "badante di anziani non autosufficienti", "assistenza a persone malate",
    "igiene dei pazienti in reparto", "pulizie in RSA", "cassa e vendita al banco",
    "automazione industriale", "guida del camion", "filettatura e maschiatura",
)  # fmt: skip


def shown_of(*words: str) -> str:
    evidence = tuple(Evidence(text=one, start=0, end=len(one)) for one in words)
    skill = SkillHeld(uri="pallets", label="bancali", confidence=1.0, evidence=evidence)
    job = OccupationHeld(
        uri="storekeeper", label="magazziniere", isco08="4321", months=30, evidence=evidence
    )
    profile = Profile(id="p", skills=(skill,), occupations=(job,))
    return written(evidence_for(profile, Vacancy(id="v", title="x"), TAXONOMY)).decode()


@given(
    st.sampled_from(PLANTED),
    st.sampled_from(("{}", "{}.", "Inoltre {}", "{} e so usare il muletto", "Nel reparto; {}")),
    st.sampled_from((str, str.upper, str.capitalize)),
)
def test_words_on_what_an_employer_may_not_choose_by_are_never_quoted(
    planted: str, frame: str, case: object
) -> None:
    text = case(frame.format(planted))  # type: ignore[operator]
    assert text not in shown_of(text)
    assert not may_be_quoted(text)


@pytest.mark.parametrize("words", HARMLESS)
def test_words_on_work_are_quoted(words: str) -> None:
    assert words in shown_of(words)


def test_a_skill_stays_where_its_words_do_not() -> None:
    shown = shown_of("ho curato mia madre malata")
    assert "bancali" in shown
    assert '"months":30' in shown


def test_a_language_is_shown_only_where_it_is_asked_for() -> None:
    german = LanguageFact(code="de", level="C2", evidence="madrelingua", start=0, end=1)
    arabic = LanguageFact(code="ar", level="C2", evidence="madrelingua", start=0, end=1)
    held = SkillHeld(uri="de", label="lingua tedesca", confidence=1.0)
    profile = Profile(id="p", skills=(held,), facts=Facts(languages=(german, arabic)))
    plain = evidence_for(profile, Vacancy(id="v", title="x"), TAXONOMY)
    assert (plain.languages, plain.skills) == ((), ())
    asked = Vacancy(id="v", title="x", facts=Facts(languages=(german,)))
    assert [one.code for one in evidence_for(profile, asked, TAXONOMY).languages] == ["de"]


def test_one_contact_is_shown_the_one_that_she_chose() -> None:
    contacts = Contacts(given_name="Anna", family_name="Esempio", telephone="333", email=None)
    plain = evidence_for(Profile(id="p"), Vacancy(id="v", title="x"), TAXONOMY)
    shown = with_contact(plain, contacts, ContactChosen.TELEPHONE)
    assert (shown.name, shown.contact) == ("Anna Esempio", "333")
    assert with_contact(plain, contacts, ContactChosen.HUB).contact is None
    with pytest.raises(ConflictError, match="email"):
        with_contact(plain, contacts, ContactChosen.EMAIL)


def test_licences_and_availability_are_shown() -> None:
    fact = Fact(value="B", evidence="patente B", start=0, end=1)
    shown = evidence_for(
        Profile(id="p", facts=Facts(licences=(fact,))), Vacancy(id="v", title="x"), TAXONOMY
    )
    assert shown.licences == ("B",)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("Ha 58 anni", Ground.AGE), ("Troppo giovane per noi", Ground.AGE),
        ("Preferiamo un uomo", Ground.SEX), ("Ha due figli piccoli", Ground.FAMILY),
        ("È incinta", Ground.FAMILY), ("Ha la 104", Ground.HEALTH),
        ("Non è italiana", Ground.ORIGIN), ("Porta il velo", Ground.BELIEF),
        ("È del sindacato", Ground.UNION), ("È stato in carcere", Ground.CONVICTIONS),
        ("Ha fatto causa al vecchio titolare", Ground.DISPUTE), ("È gay", Ground.ORIENTATION),
        ("In infortunio da marzo", Ground.HEALTH), ("Fa chemioterapia", Ground.HEALTH),
        ("È in ricovero", Ground.HEALTH), ("Persona non vedente", Ground.HEALTH),
        ("Cerchiamo persone incensurate", Ground.CONVICTIONS), ("Delegato FIM", Ground.UNION),
    ],
)  # fmt: skip
def test_a_forbidden_ground_is_found_in_a_companys_words(text: str, ground: Ground) -> None:
    assert ground in grounds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Servono almeno 3 anni di esperienza", "Non ha la patente C", "Manca il corso HACCP",
        "Parla poco italiano, serve il livello B2 per leggere le schede",
        "Abita oltre 40 km e non ha un mezzo", "Paga richiesta troppo alta",
        "Il turno di notte non va bene", "Posto coperto da un'altra persona",
        "Cerchiamo un autista di bilico", "Manca il corso di prevenzione infortuni",
    ],
)  # fmt: skip
def test_a_reason_that_has_to_do_with_the_work_names_no_ground(text: str) -> None:
    assert grounds_in(text) == ()
