from matching.accompaniment import Service
from matching.accompaniment.catalogue_search import Wanted, found
from matching.domain import Measure, Need
from tests.factories import HILL, VALLEY, a_catalogue, a_service

SERVICES = (
    a_service("b", name="Aiuto città", needs=[Need.CARE], area=[HILL]),
    a_service("a", needs=[Need.CARE, Need.WORK], measure=Measure.CARE, area=["prova"]),
    a_service("c", description="Si mangia insieme, l'orto.", area=["territory"]),
    a_service("d", changes="Apre le porte."),
)


def slugs(**wanted: object) -> list[str]:
    asked = Wanted(**wanted)  # type: ignore[arg-type]
    return [service.slug for service in found(a_catalogue(*SERVICES), asked)]


def test_without_anything_asked_all_are_found_in_order() -> None:
    assert slugs() == ["a", "b", "c", "d"]


def test_by_need_and_measure_together() -> None:
    assert slugs(need=Need.CARE) == ["a", "b"]
    assert slugs(need=Need.CARE, measure=Measure.COURSE) == ["b"]


def test_by_home_only_what_is_for_people_of_elsewhere_is_left_out() -> None:
    assert slugs(home=HILL, ambito="prova") == ["a", "b", "c", "d"]
    assert slugs(home=VALLEY, ambito="prova") == ["a", "c", "d"]
    assert slugs(home=VALLEY, ambito=None) == ["c", "d"]


def test_words_are_found_without_accents_by_their_beginning_and_all_of_them() -> None:
    assert slugs(text="citta") == ["b"]
    assert slugs(text="Orto mangia") == ["c"]
    assert slugs(text="porte orto") == []
    assert slugs(text="scuola prova") == ["a", "b", "c", "d"]  # their provider


def test_a_service_says_whether_it_is_for_people_of_a_place() -> None:
    def serves(*area: str) -> bool | None:
        service: Service = a_service("a", area=list(area))
        return service.serves(HILL, "prova")

    assert serves() is None
    assert serves("territory") is True
    assert serves(HILL) is True
    assert serves("prova") is True
    assert serves(VALLEY) is False
