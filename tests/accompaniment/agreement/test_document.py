"""The printed path: what it says, how easily it is read, as page and as PDF."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.accompaniment import Catalogue
from matching.accompaniment.agreement import (
    RightToCheck,
    ToPrint,
    agreement_paper,
    gulpease,
    paper_html,
)
from matching.accompaniment.agreement.paper import Paper, every_text, sentences
from matching.accompaniment.agreement.paths import load_paths
from matching.accompaniment.agreement.pdf import paper_pdf, unprintable
from matching.accompaniment.agreement.words import load_agreement_words
from matching.accompaniment.order_rules import load_order_rules
from matching.accompaniment.ordering import NotKept, Placed, Unkept, ordered
from matching.accompaniment.rights import load_measures
from matching.accompaniment.rules import DeskKind
from matching.domain import (
    Audience,
    Band,
    Matter,
    Measure,
    Need,
    PaperAsked,
    Payer,
    Plan,
    PlanState,
    ToConfirm,
    Weekday,
)
from matching.domain import (
    Paper as Document,
)
from matching.errors import InputError, TerritoryError, WordingError
from matching.service import Service
from matching.settings import shipped_data
from matching.territory import Territory
from matching.wording import Wording, placeholders
from tests.accompaniment.steps import AS_OF, a_rule, a_step
from tests.factories import a_service

WORDING = shipped_data() / "wording"
LANGUAGES = sorted(path.stem for path in (WORDING / "agreement").glob("*.toml"))
MEASURES = load_measures(shipped_data() / "measures")
PLAN = Plan(person_id="p", as_of=AS_OF, state=PlanState.OK, cost_eur=175)
FORKLIFT = a_service(
    "muletto",
    name="Patentino del muletto",
    measure=Measure.CERTIFICATE,
    needs=[Need.WORK],
    cost_eur=175,
    hours=12,
    starts=(date(2027, 2, 15),),
    lead_days=10,
    weekdays=(Weekday.MON, Weekday.TUE),
    changes="Apre gli annunci di magazzino.",
    conditions=("Avere 18 anni.",),
)


@pytest.fixture(scope="module")
def words() -> Mapping[str, Wording]:
    return load_agreement_words(WORDING)


def a_path(*placed: Placed, **changed: Any) -> ToPrint:
    made = {"name": "Ștefan Łuczak", "plan": PLAN, "steps": placed}
    return ToPrint(**{**made, **changed})


def text(paper: Paper) -> str:
    return "\n".join(every_text(paper))


# what it says


def test_it_says_that_nothing_is_an_obligation_and_which_pacts_it_is_not(
    words: Mapping[str, Wording],
) -> None:
    said = text(agreement_paper(a_path(), words["it"]))
    for sentence in (
        "In questo foglio non c'è nessun obbligo.",
        "Si può dire no a un passo o a tutti. Non si perde nulla.",
        "Non è il patto di servizio del centro per l'impiego.",
        "Non è il patto per l'assegno di inclusione (ADI).",
        "La firma non serve per avere i servizi.",
        "Si può proporre un altro passo, in ogni momento.",
    ):
        assert sentence in said


def test_rights_come_before_the_steps_and_are_to_be_verified(words: Mapping[str, Wording]) -> None:
    rights = (
        RightToCheck(name={"it": "Assegno"}, state="possible", desks=("caf", "patronato")),
        RightToCheck(name={"it": "Bonus luce"}, state="to_check", desks=("caf", "municipality")),
        RightToCheck(name={"it": "Carta spesa"}, state="to_check", desks=("caf",)),
    )
    path = a_path(Placed(step=a_step(FORKLIFT)), rights=rights)
    said = text(agreement_paper(path, words["it"]))
    assert said.index("Prima i diritti") < said.index("I passi, in ordine")
    assert "Questi aiuti sono da verificare:" in said
    assert "Assegno. Si può chiedere. Dove: CAF, patronato." in said
    assert "CAF: Bonus luce; Carta spesa." in said


def test_a_step_says_who_when_where_at_whose_cost_and_what_to_confirm(
    words: Mapping[str, Wording],
) -> None:
    step = a_step(
        FORKLIFT,
        skills=("guida del muletto",),
        documents=(PaperAsked(kind=Document.IDENTITY),),
        to_confirm=(
            ToConfirm(matter=Matter.BAND, about=Band.MORNING),
            ToConfirm(matter=Matter.AGE, about="18+"),
            ToConfirm(matter=Matter.STALE, about="2026-05-01"),
        ),
        alternatives=("Corso di sabato", "B", "C", "D"),
    )
    path = a_path(Placed(step=step), follows={"muletto": "Anna Neri"}, hub="Hub di prova")
    said = text(agreement_paper(path, words["it"])).splitlines()
    for line in (
        "Con: Hub di prova",
        "1. Patentino del muletto",
        "Ente di prova.",
        "Anna Neri.",
        "175 euro. Paga il fondo di inclusione, se dice sì. Da verificare.",
        "Comincia il 15/02/2027.",
        "Si chiede entro il 05/02/2027.",
        "Dura 12 ore in tutto.",
        "Giorni: lun, mar (mattino).",
        "A Borgo.",
        "Con i mezzi: circa 10 minuti. È una stima.",
        "Aiuta per: lavoro.",
        "Si impara: guida del muletto.",
        "Apre gli annunci di magazzino.",
        "Documento d'identità.",
        "Avere 18 anni.",
        "L'orario: mattino. Nel CV è un altro.",
        "L'età: da 18 anni in su.",
        "Se c'è ancora. L'ultima conferma è del 01/05/2026.",
        "Corso di sabato.",
        "Il fondo paga in tutto 175 euro. Da verificare.",
    ):
        assert line in said, line
    assert "D." not in said  # three alternatives, no more


@pytest.mark.parametrize(
    ("paid_by", "says"),
    [
        (Payer.PUBLIC, "Niente. È un servizio pubblico. Da verificare."),
        (Payer.PROVIDER, "Niente. Lo offre l'ente. Da verificare."),
        (Payer.PERSON, "Lo paga chi partecipa. Il prezzo è da verificare."),
    ],
)
def test_who_pays_is_always_to_be_verified(
    words: Mapping[str, Wording], paid_by: Payer, says: str
) -> None:
    step = a_step(FORKLIFT, paid_by=paid_by, cost_eur=0)
    assert says in text(agreement_paper(a_path(Placed(step=step)), words["it"]))


def test_a_step_says_after_which_it_comes_and_what_does_not_fit(
    words: Mapping[str, Wording],
) -> None:
    first, rule = a_step(a_service("casa")), a_rule("home_first")
    placed = Placed(
        step=a_step(FORKLIFT, start=None, minutes=None),
        not_before=date(2027, 3, 1),
        first=date(2027, 2, 1),
        not_kept=(
            NotKept(why=Unkept.NO_EDITION, rule=rule, after=first),
            NotKept(why=Unkept.NO_SEATS),
        ),
    )
    said = text(agreement_paper(a_path(placed), words["it"]))
    for line in (
        "Comincia quando c'è posto.",
        "Non prima del 01/03/2027.",
        "Il viaggio si guarda insieme.",
        "C'è una data prima, il 01/02/2027, ma non va bene con il resto.",
        "Sarebbe meglio dopo «Servizio casa», ma non si riesce. Ne parliamo.",
        "I posti sono finiti.",
        "da scegliere insieme.",
    ):
        assert line in said, line


def test_without_a_step_it_says_so_and_the_list_is_open(words: Mapping[str, Wording]) -> None:
    plan = replace(PLAN, without_needs=(Need.HOUSING,), without_skills=("saldatura",))
    said = text(agreement_paper(a_path(plan=plan), words["it"]))
    assert "Oggi non c'è un passo da proporre." in said
    assert "Oggi non c'è un servizio per: saldatura, casa. Lo cerchiamo insieme." in said
    assert "Qui si può scrivere un'altra idea." in said


def test_examples_are_called_examples(words: Mapping[str, Wording]) -> None:
    warning = "enti, date e prezzi di questo foglio sono esempi"
    assert warning in text(agreement_paper(a_path(Placed(step=a_step(FORKLIFT))), words["it"]))
    real = a_step(replace(FORKLIFT, example=False))
    assert warning not in text(agreement_paper(a_path(Placed(step=real)), words["it"]))


# languages


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_with_the_same_values(
    words: Mapping[str, Wording], language: str
) -> None:
    def of(name: str) -> dict[str, frozenset[str]]:
        return {
            key: placeholders(sentence)
            for key, sentence in words[name].sentences.items()
            if key.partition(".")[0] in ("sheet", "language")
        }

    assert of(language) == of("it")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_whatever_a_step_holds(
    words: Mapping[str, Wording], language: str
) -> None:
    held = words[language].sentences
    keys = [
        *(f"need.{one}" for one in Need),
        *(f"weekday.{one}" for one in Weekday),
        *(f"band.{one}" for one in Band),
        *(f"audience.{one}" for one in Audience),
        *(f"paper.{one}" for one in Document),
        *(f"desk.{one}" for one in DeskKind),
        *(f"sheet.cost_{one}" for one in Payer),
        *(f"sheet.confirm_{one}" for one in Matter),
    ]
    assert [key for key in keys if key not in held] == []


def test_every_sentence_of_the_paper_is_used(words: Mapping[str, Wording]) -> None:
    folder = Path(agreement_paper.__code__.co_filename).parent
    code = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    written = {
        *re.findall(r'"([a-z_]+)"', code),
        *re.findall(r"sheet\.([a-z_]+)", code),
        *(f"cost_{one}" for one in Payer),
        *(f"confirm_{one}" for one in Matter),
        "right_likely",
        "right_possible",
    }
    keys = {key.partition(".")[2] for key in words["it"].sentences if key.startswith("sheet.")}
    assert keys - written == set()


def test_the_reason_of_an_order_is_said_in_the_language_of_the_paper_where_it_can_be(
    service: Service, words: Mapping[str, Wording]
) -> None:
    rules = load_order_rules(shipped_data() / "measures", service.taxonomy)
    placed = ordered([a_step(FORKLIFT)], [FORKLIFT], rules, as_of=AS_OF)
    french = paper_html(agreement_paper(a_path(*placed), words["fr"]))
    assert "Cette étape est payante" in french
    other = a_rule("of_this_place")
    placed = (replace(placed[0], because=(replace(placed[0].because[0], rule=other),)),)
    french = paper_html(agreement_paper(a_path(*placed), words["fr"]))
    assert '<span lang="it" dir="auto">Perché of_this_place.</span>' in french
    assert "Because of_this_place." in text(agreement_paper(a_path(*placed), words["en"]))


def test_every_shipped_rule_of_the_order_has_its_reason_in_every_language(
    service: Service, words: Mapping[str, Wording]
) -> None:
    for rule in load_order_rules(shipped_data() / "measures", service.taxonomy):
        for language in LANGUAGES:
            assert language in rule.reason or f"order.{rule.id}" in words[language].sentences


def test_the_paper_names_the_other_languages_and_those_without_a_pdf(service: Service) -> None:
    path = service.paths.named(a_path(), "it")
    said = text(agreement_paper(path, service.paths.words["it"]))
    assert "Questo foglio c'è anche in: English, français, română, العربية." in said
    assert "Si stampa solo dalla pagina web: العربية." in said


def test_a_language_without_words_or_with_no_direction_is_refused(
    tmp_path: Path, service: Service
) -> None:
    (tmp_path / "agreement.toml").write_text(
        (shipped_data() / "territories" / "lecco" / "agreement.toml")
        .read_text("utf-8")
        .replace('"ar"]', '"xx"]'),
        "utf-8",
    )
    with pytest.raises(TerritoryError, match="'xx', which has no words"):
        load_paths(shipped_data(), tmp_path, service.taxonomy)
    (tmp_path / "agreement").mkdir()
    (tmp_path / "agreement" / "zz.toml").write_text('[language]\ndirection = "up"\n', "utf-8")
    with pytest.raises(WordingError, match=r"agreement/zz\.toml: language\.direction"):
        load_agreement_words(tmp_path)


# how easily it is read


def test_the_index_is_that_of_its_authors() -> None:
    # 12 words, 58 letters and digits, 2 sentences: 89 + (600 - 580) / 12
    said = "Il corso comincia lunedì 8 marzo. Dura dodici ore e si tiene a Valmadrera."
    found = "".join(one for one in said if one.isalnum())
    assert (len(said.split()), len(found)) == (14, 59)
    assert gulpease([said]) == pytest.approx(89 + (600 - 590) / 14)
    assert gulpease([said, "..."]) == gulpease([said])
    assert gulpease(said.split(". ")) == gulpease([said])
    with pytest.raises(ValueError, match="no word"):
        gulpease(["…", ""])


def catalogue_paths(catalogue: Catalogue, chosen: Sequence[int], rights: int) -> ToPrint:
    services = catalogue.services
    picked = [*dict.fromkeys(services[number % len(services)] for number in chosen)]
    day = date(2026, 11, 28)
    steps = [
        a_step(one, start=one.next_start(day), to_confirm=_matters(one.audiences)) for one in picked
    ]
    return ToPrint(
        name="Persona di prova",
        plan=replace(PLAN, cost_eur=sum(step.cost_eur for step in steps)),
        steps=ordered(steps, services, (), as_of=day),
        rights=tuple(
            RightToCheck(
                name=one.name,
                state="possible" if number % 2 else "to_check",
                desks=tuple(desk.value for desk in one.desks),
            )
            for number, one in enumerate(MEASURES[:rights])
        ),
        hub="Hub welfare di prova",
        languages=("italiano", "English"),
    )


def _matters(audiences: Sequence[Audience]) -> tuple[ToConfirm, ...]:
    return tuple(ToConfirm(matter=Matter.AUDIENCE, about=one) for one in audiences)


LEAST = 70.0
LONG = 5  # words: what is shorter is hardly a sentence, and flatters the index


@settings(max_examples=40)
@given(chosen=st.lists(st.integers(0, 999), max_size=10), rights=st.integers(0, 20))
def test_whatever_is_agreed_reads_easily(service: Service, chosen: list[int], rights: int) -> None:
    catalogue = service.catalogue
    assert catalogue is not None
    path = catalogue_paths(catalogue, chosen, rights)
    said = [*sentences(agreement_paper(path, service.paths.words["it"]))]
    assert gulpease(said) >= LEAST
    whole = [one for part in said for one in re.split(r"(?<=[.!?]) ", part)]
    assert gulpease([one for one in whole if len(one.split()) >= LONG]) >= LEAST


def test_the_sentences_of_the_paper_itself_each_read_easily(words: Mapping[str, Wording]) -> None:
    values = {"name": "", "hub": "", "list": "", "date": AS_OF, "cost": 9, "hours": 9, "about": ""}
    values |= {"state": "", "desks": "", "minutes": 9, "days": "", "place": "", "number": 1}
    values |= {"desk": ""}
    said = {
        key: words["it"].say(key, **values)
        for key in words["it"].sentences
        if key.startswith("sheet.") and words["it"].sentences[key].endswith((".", ":"))
    }
    hard = {key for key, one in said.items() if len(one.split()) >= LONG and gulpease([one]) < 60}
    assert hard == set()


# the page


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.left: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        if tag not in ("meta", "br"):
            self.left.append(tag)
        self.links += [value or "" for key, value in attrs if key in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        assert self.left.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_loads_nothing_and_says_its_language(
    words: Mapping[str, Wording], language: str
) -> None:
    paper = agreement_paper(a_path(Placed(step=a_step(FORKLIFT))), words[language])
    page = paper_html(paper)
    tags = Tags()
    tags.feed(page)
    assert tags.left == []
    assert tags.links == []
    assert "url(" not in page
    assert "@media print" in page
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in page
    heads = [tag for tag in tags.opened if tag in ("h1", "h2", "h3")]
    assert heads[0] == "h1"
    assert heads.count("h1") == 1
    assert tags.opened.count("main") == 1


def test_what_stands_in_a_name_is_no_markup(words: Mapping[str, Wording]) -> None:
    name = '<script>alert(1)</script> & "x"'
    page = paper_html(agreement_paper(a_path(name=name), words["it"]))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


# the PDF


def read(service: Service, data: bytes) -> str:
    return " ".join(service.read_document(data, "percorso.pdf").text.split())


def test_the_pdf_is_read_back_with_its_accents_and_euros(
    service: Service, words: Mapping[str, Wording]
) -> None:
    name = "àèéìòù È € «Łuczak» Ștefan Добрий"
    path = a_path(Placed(step=a_step(FORKLIFT)), name=name)
    said = read(service, paper_pdf(agreement_paper(path, words["it"])))
    for line in (
        "Percorso concordato",
        f"Per: {name}",
        "In questo foglio non c'è nessun obbligo.",
        "Patentino del muletto",
        "175 euro. Paga il fondo di inclusione, se dice sì.",
        "Firma di chi fa il percorso",
    ):
        assert line in said, line


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "ar"])
def test_every_language_but_arabic_is_printed_as_pdf(
    service: Service, words: Mapping[str, Wording], language: str
) -> None:
    paper = agreement_paper(a_path(Placed(step=a_step(FORKLIFT))), words[language])
    assert unprintable(paper) == ""
    data = paper_pdf(paper)
    assert data == paper_pdf(paper)
    assert words[language].say("sheet.free") in read(service, data)


def test_what_cannot_be_printed_is_told_and_not_printed_wrong(words: Mapping[str, Wording]) -> None:
    arabic = agreement_paper(a_path(), words["ar"])
    with pytest.raises(InputError, match="print its HTML page"):
        paper_pdf(arabic)
    chinese = agreement_paper(a_path(name="王"), words["it"])
    assert unprintable(chinese) == "王"
    with pytest.raises(InputError, match="王"):
        paper_pdf(chinese)


def test_a_name_that_looks_like_markup_is_printed_as_it_is(
    service: Service, words: Mapping[str, Wording]
) -> None:
    paper = agreement_paper(a_path(name="<b>x</b> & <font>"), words["it"])
    assert "Per: <b>x</b> & <font>" in read(service, paper_pdf(paper))


def test_nothing_printed_is_a_score_or_a_protected_fact() -> None:
    printed = {one.name for one in fields(ToPrint)}
    assert printed == {
        "name",
        "plan",
        "steps",
        "rights",
        "hub",
        "follows",
        "languages",
        "page_only",
    }


def test_a_territory_without_a_policy_prints_in_the_language_of_the_screen(
    service: Service, territory: Territory
) -> None:
    paths = replace(service.paths, policy=None)
    assert paths.languages("en") == ("en",)
    assert paths.named(a_path(), "en").languages == ("English",)
