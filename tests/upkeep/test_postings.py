"""The same vacancy twice: reposted, through two agencies; and one frame for many jobs."""

import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest

from matching.domain import Contract, Fact, Facts, Hours, OccupationHeld, Vacancy
from matching.service import Service
from matching.service.records import read_vacancy
from matching.taxonomy import Taxonomy
from matching.territory import Territory
from matching.upkeep import Aspect, MergeProposal, Posting, Verdict, same_vacancies
from matching.upkeep.postings import asking_text, titles_alike
from matching.wording import load_wording
from training.synthetic import Size, generate
from upkeep.registers import misspelt

WORDING = load_wording(Path(__file__).parents[2] / "data" / "wording", "it")
DAY = date(2026, 5, 4)
LIKELY, POSSIBLE = Verdict.VERY_LIKELY, Verdict.POSSIBLE
DUTIES = {
    "Magazziniere": (
        "Le attività: ricevimento dei bancali, controllo delle bolle, stoccaggio a scaffale con il"
        " carrello retrattile, preparazione degli ordini con il palmare e carico dei camion."
    ),
    "Saldatore": (
        "Le attività: saldatura a filo e a TIG di telai in acciaio, lettura del disegno, molatura"
        " dei cordoni, controllo visivo dei giunti e taratura della saldatrice."
    ),
    "Cuoco": (
        "Le attività: preparazione dei primi e dei secondi per duecento coperti, diete speciali,"
        " conservazione dei cibi, pulizia della brigata e ordini ai fornitori."
    ),
    "Contabile": (
        "Le attività: registrazione delle fatture, prima nota, riconciliazione delle banche,"
        " liquidazione dell'IVA e supporto alla chiusura del bilancio annuale."
    ),
}
FRAME = (
    "Lavoro Brezzalta, agenzia per il lavoro autorizzata, filiale della provincia, seleziona per"
    " importante azienda cliente del territorio, attiva da trent'anni e in forte crescita, una"
    " risorsa da inserire in organico con la mansione di {title}.\n{duties}\n"
    "Si richiedono serietà, puntualità, voglia di imparare e disponibilità immediata; è gradita"
    " la residenza in zona. Si offre un contratto iniziale in somministrazione con scopo"
    " assunzione, mensa interna, inserimento graduale e un tutore per i primi mesi.\n"
    "Il presente annuncio è rivolto a entrambi i sessi ai sensi delle leggi 903/77 e 125/91."
    " I candidati sono invitati a leggere l'informativa sulla privacy, reg. UE 679/2016.\n"
)
OTHER_FRAME = (
    "Valfiorita Risorse cerca per realtà partner {title}.\n{duties}\n"
    "Astenersi perditempo. Retribuzione da contratto nazionale, buoni pasto.\n"
    "Inviare il CV aggiornato con autorizzazione al trattamento dei dati personali.\n"
)


def an_advert(job: str, record_id: str = "", frame: str = FRAME, **known: object) -> Posting:
    text = frame.format(title=job.lower(), duties=DUTIES[job])
    values: dict[str, object] = {"title": job, "text": text, "comune": "097042"}
    return Posting(id=record_id or job, **(values | known))  # type: ignore[arg-type]


def nothing_read(posting: Posting) -> Vacancy:
    return Vacancy(id=posting.id, title=posting.title)


def found(*postings: Posting, read=nothing_read) -> tuple[MergeProposal, ...]:  # type: ignore[no-untyped-def]
    return same_vacancies(postings, read=read, wording=WORDING, places={"097042": "Lecco"})


def saying(**facts: Facts):  # type: ignore[no-untyped-def]
    return lambda posting: Vacancy(id=posting.id, title=posting.title, facts=facts[posting.id])


def a_fact(value: str | int) -> Fact:
    return Fact(value=value, evidence="", start=0, end=0)


def test_a_repost_with_small_edits_is_very_likely_the_same_vacancy() -> None:
    first = an_advert("Magazziniere", "a")
    text = first.text.replace("Lavoro Brezzalta", "URGENTE! Lavoro Brezzalta").replace(
        "e carico dei camion", "e carico degli automezzi"
    )
    again = Posting(id="b", text=text, title="Magazziniere/a", comune="097042", opens=DAY)
    (proposal,) = found(first, again)
    assert proposal.verdict is LIKELY
    assert proposal.score > 0.7
    assert [remark.aspect for remark in proposal.agreements] == [
        Aspect.TEXT, Aspect.TITLE, Aspect.COMUNE,
    ]  # fmt: skip
    assert proposal.differences == ()


def test_one_job_through_two_agencies_is_proposed_and_the_agencies_are_named() -> None:
    first = an_advert("Magazziniere", "a", company="Lavoro Brezzalta S.p.A.")
    second = an_advert("Magazziniere", "b", OTHER_FRAME, company="Valfiorita Risorse srl")
    others = [an_advert(title, f"{title}{n}", frame) for title in ("Saldatore", "Cuoco")
              for n, frame in enumerate((FRAME, OTHER_FRAME))]  # fmt: skip
    pairs = {(p.first, p.second): p for p in found(first, second, *others)}
    assert set(pairs) == {("a", "b"), ("Saldatore0", "Saldatore1"), ("Cuoco0", "Cuoco1")}
    assert pairs["a", "b"].verdict is POSSIBLE
    assert [r.text for r in pairs["a", "b"].differences] == [
        "Azienda: «Lavoro Brezzalta S.p.A.» e «Valfiorita Risorse srl»"
    ]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_one_frame_filled_in_for_several_jobs_is_not_one_job(number: int) -> None:
    assert found(*map(an_advert, list(DUTIES)[:number])) == ()


@pytest.mark.parametrize("number", [2, 4])
def test_a_frame_is_seen_through_where_no_title_is_given(number: int, service: Service) -> None:
    def read(posting: Posting) -> Vacancy:
        return read_vacancy(service, posting.id, posting.text, as_of=DAY)[0]

    postings = [an_advert(title, title="") for title in list(DUTIES)[:number]]
    assert found(*postings, read=read) == ()


def test_a_frame_with_one_line_for_the_job_is_seen_through_by_its_title() -> None:
    short = {"Magazziniere": "carico e scarico", "Saldatore": "saldatura a filo"}
    postings = [
        Posting(id=title, title=title, text=FRAME.format(title=title.lower(), duties=line))
        for title, line in short.items()
    ]
    assert found(*postings) == ()


def test_the_companies_of_one_form_are_the_same_company() -> None:
    first = an_advert("Cuoco", "a", company="Serenella S.r.l.")
    (proposal,) = found(first, an_advert("Cuoco", "b", company="SERENELLA SRL"))
    assert Aspect.COMPANY in {remark.aspect for remark in proposal.agreements}


@pytest.mark.parametrize(
    ("first", "second", "aspect"),
    [
        (Facts(hours=(a_fact(Hours.FULL_TIME),)), Facts(hours=(a_fact(Hours.PART_TIME),)), "hours"),
        (Facts(weekly_hours=a_fact(40)), Facts(weekly_hours=a_fact(20)), "weekly_hours"),
        (
            Facts(contracts=(a_fact(Contract.PERMANENT),)),
            Facts(contracts=(a_fact(Contract.INTERNSHIP),)),
            "contracts",
        ),
    ],
)
def test_terms_that_differ_make_it_possible_only_and_are_shown(
    first: Facts, second: Facts, aspect: str
) -> None:
    postings = (an_advert("Cuoco", "a"), an_advert("Cuoco", "b"))
    (proposal,) = found(*postings, read=saying(a=first, b=second))
    assert proposal.verdict is POSSIBLE
    assert [remark.aspect for remark in proposal.differences] == [Aspect(aspect)]
    assert "altro posto" in proposal.note
    (same,) = found(*postings, read=saying(a=first, b=first))
    assert same.verdict is LIKELY
    (unsaid,) = found(*postings, read=saying(a=first, b=Facts()))
    assert (unsaid.verdict, unsaid.differences) == (LIKELY, ())


def test_the_same_text_in_another_town_is_possible_only() -> None:
    (proposal,) = found(an_advert("Cuoco", "a"), an_advert("Cuoco", "b", comune="colico"))
    assert proposal.verdict is POSSIBLE
    assert [r.text for r in proposal.differences] == ["Comune: «Lecco» e «colico»"]


def test_other_work_read_in_the_text_is_not_proposed_under_another_title() -> None:
    def read(posting: Posting) -> Vacancy:
        job = OccupationHeld(uri=posting.id, label=posting.id, isco08="0000", months=None)
        return Vacancy(id=posting.id, title=posting.title, occupations=(job,))

    first = an_advert("Cuoco", "a")
    assert found(first, an_advert("Cuoco", "b", title="Lavapiatti"), read=read) == ()
    (kept,) = found(first, an_advert("Cuoco", "b"), read=read)
    assert kept.verdict is POSSIBLE


def test_only_vacancies_that_resemble_another_are_read() -> None:
    read: list[str] = []

    def reading(posting: Posting) -> Vacancy:
        read.append(posting.id)
        return nothing_read(posting)

    alone = Posting(id="c", text="Cerchiamo un giardiniere per potature e siepi in villa privata.")
    found(an_advert("Cuoco", "a"), an_advert("Cuoco", "b"), alone, read=reading)
    assert sorted(read) == ["a", "b"]


@pytest.mark.parametrize(
    ("first", "second", "alike"),
    [
        ("Magazziniere/a", "Addetti al magazzino", True),
        ("Operaio saldatore", "SALDATRICE", True),
        ("Impiegata contabile", "Contabile", True),
        ("Addetto alle pulizie", "Addetto mensa", False),
        ("Cuoco", "Cameriere di sala", False),
        ("", "Cuoco", None),
        ("Operaio generico", "Saldatore", None),
    ],
)
def test_titles_are_alike_by_the_work_they_name(
    first: str, second: str, alike: bool | None
) -> None:
    assert titles_alike(first, second) is alike
    assert titles_alike(second, first) is alike


def test_what_speaks_of_no_job_is_left_out_of_the_text() -> None:
    kept = asking_text(an_advert("Cuoco").text)
    assert "duecento coperti" in kept
    assert "903/77" not in kept
    assert "679/2016" not in kept


def test_reposts_in_a_district_are_found_and_other_jobs_are_not(
    territory: Territory, taxonomy: Taxonomy
) -> None:
    """``pytest -s`` prints precision and recall."""
    district = generate(territory, taxonomy, seed=6, size=Size(people=60, vacancies=300))
    rows = [row for row in district.vacancies.itertuples() if len(str(row.text).split()) >= 30]
    postings = [
        Posting(id=f"v{n}", text=str(row.text), title=str(row.title), comune=str(row.comune))
        for n, row in enumerate(rows)
    ]
    rng = Random(6)
    again = sorted(rng.sample(range(len(postings)), 50))
    postings += [_reposted(postings[number], rng) for number in again]
    truth = {frozenset((f"v{number}", f"v{number}b")) for number in again}
    proposals = found(*postings)
    every = {frozenset((p.first, p.second)) for p in proposals}
    likely = {frozenset((p.first, p.second)) for p in proposals if p.verdict is LIKELY}
    precision, recall = len(likely & truth) / len(likely), len(every & truth) / len(truth)
    sys.stdout.write(
        f"\n{len(postings)} vacancies, {len(truth)} reposts: very likely {len(likely)}, precision "
        f"{precision:.3f}; all {len(every)}, precision {len(every & truth) / len(every):.3f}, "
        f"recall {recall:.3f}\n"
    )
    assert precision >= 0.98
    assert recall >= 0.90


def _reposted(posting: Posting, rng: Random) -> Posting:
    """The same advert some weeks later: another head and foot, a slip in 30 words."""
    words = [
        misspelt(word, rng) if len(word) > 4 and rng.random() < 1 / 30 else word
        for word in posting.text.split(" ")
    ]
    head = rng.choice(("URGENTE. ", "Rif. 2026/118. ", "Nuova ricerca: ", ""))
    text = f"{head}{' '.join(words)}\nAnnuncio pubblicato di nuovo il 12 maggio."
    return Posting(
        id=f"{posting.id}b", text=text, title=posting.title.upper(), comune=posting.comune
    )
