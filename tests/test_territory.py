"""Names, distances and the refusal of faulty folders, on a territory made up here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.errors import TerritoryError
from matching.territory import (
    ExposurePolicy,
    Mode,
    Municipality,
    RankingPolicy,
    Territory,
    distance_km,
    load_territory,
    normalise_place,
    travel_minutes,
)
from tests.territory.feeds import write_feed
from tests.territory.policies import POLICY

TERRITORY = """\
code = "prova"
name = "Prova"
province_code = "XX"
valid_from = 2020-01-01
municipalities_stated = 4
municipalities_today = 3

[note]
it = "Erano quattro, sono tre."
en = "There were four, there are three."

[provinces]
XX = "Prova e Collina"
YY = "Vicina"

[[ambito]]
code = "alto"
name = "Alto"
municipalities = 2
source = "elenco"
date = 2021-01-01

[[ambito]]
code = "basso"
name = "Basso"
municipalities = 1
source = "elenco"
date = 2021-01-01

[settings]
community_managers_per_hub = 3
corporate_manager_scope = "hub"
points_per_hub = 1
cases_per_year = 500

[limits]
profile_months = 6
vacancy_days = 60
reason = "assunzione"
source = "prova"

[targeted_placement]
office = "Collocamento mirato di Prova"
province = "Prova"
source = "elenco"
date = 2026-01-01

[ranking]
exposure = "near_ties"
window_days = 30
reason = "prova"

[travel]
road_factor = 1.5
reason = "assunzione"

[travel.car]
speed_kmh = 45.0
fixed_minutes = 5.0
reason = "assunzione"

[travel.public_transport]
speed_kmh = 20
fixed_minutes = 15
reason = "assunzione"

[travel.walking]
speed_kmh = 4.5
radius_km = 1.0
change_radius_km = 0.3
reason = "assunzione"

[travel.commuting]
day = "tue"
earliest = 06:30:00
latest = 08:30:00
waiting_minutes = 5
change_minutes = 3
longest_minutes = 180
reason = "assunzione"

[[travel.detour]]
side = ["900001"]
other_side = ["900003"]
via = "900002"
reason = "lago"

[[source]]
what = "tutto"
from = "inventato"
licence = "nessuna"
date = 2021-12-31
"""
HUBS = """\
[[hub]]
id = "hub-alto"
name = "Hub alto"
ambito = "alto"
municipality = "900001"
example = true
point = [{ id = "p-alto", name = "Punto alto", municipality = "900002" }]

[[hub]]
id = "hub-basso"
name = "Hub basso"
ambito = "basso"
municipality = "900003"
example = false
point = [{ id = "p-basso", name = "Punto basso", municipality = "900003" }]
"""
MUNICIPALITIES = """\
istat,name,province,latitude,longitude,ambito,ambito_checked,note,postcodes,population,population_year,also,former,ambiguous
900001,Santa Prova Poè,XX,46.00000,9.00000,alto,true,,90001,1200,2021,,,
900002,Riva d'Esempio,XX,46.00000,9.20000,alto,true,,90002|90003,800,2021,Riva,Rivetta,Riva
900003,Sponda,XX,46.02000,9.02000,basso,false,da confermare,,300,2021,,,
"""
NEIGHBOURS = """\
istat,name,province,latitude,longitude,also,ambiguous
910001,Oltrevalle,YY,46.10000,9.10000,,
910002,Sant'Orso,YY,46.10000,9.30000,,
"""

Change = tuple[str, str, str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write_folder(*changes: Change) -> Path:
        folder = tmp_path / "prova"
        folder.mkdir(exist_ok=True)
        files = {
            "territory.toml": TERRITORY,
            "policy.toml": POLICY,
            "hubs.toml": HUBS,
            "municipalities.csv": MUNICIPALITIES,
            "neighbours.csv": NEIGHBOURS,
        }
        for file, old, new in changes:
            assert old in files[file], f"{old!r} is not in {file}"
            files[file] = files[file].replace(old, new, 1)
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        return folder

    return write_folder


@pytest.fixture
def territory(write: Callable[..., Path]) -> Territory:
    return load_territory(write())


def place(istat: str, latitude: float, longitude: float) -> Municipality:
    return Municipality(
        istat=istat, name="Prova", province="XX", latitude=latitude, longitude=longitude
    )


def test_a_folder_becomes_a_territory(territory: Territory) -> None:
    assert territory.municipalities_stated == 4
    assert len(territory.municipalities) == 3
    assert set(territory.notes) == {"it", "en"}
    assert [point.id for point in territory.points] == ["p-alto", "p-basso"]
    assert territory.points[0].hub == "hub-alto"
    assert territory.municipality("900002").postcodes == ("90002", "90003")
    assert territory.municipality("900001").population == 1200


def test_a_neighbour_belongs_to_no_ambito_and_no_hub(territory: Territory) -> None:
    neighbour = territory.municipality("910001")
    assert neighbour.ambito is None
    assert neighbour not in territory.municipalities
    assert territory.hub_of(neighbour) is None


def test_a_municipality_has_the_hub_of_its_ambito(territory: Territory) -> None:
    hub = territory.hub_of(territory.municipality("900003"))
    assert hub is not None
    assert hub.id == "hub-basso"


def test_what_is_not_certain_says_so(territory: Territory) -> None:
    unsure = [m for m in territory.municipalities if not m.ambito_checked]
    assert [(m.istat, m.note) for m in unsure] == [("900003", "da confermare")]


def test_an_unknown_code_is_refused_by_name(territory: Territory) -> None:
    with pytest.raises(TerritoryError, match="'000000'.*municipalities.csv"):
        territory.municipality("000000")


@pytest.mark.parametrize(
    ("written", "istat"),
    [
        ("Santa Prova Poè", "900001"),
        ("SANTA PROVA POE'", "900001"),
        ("S. Maria Prova", None),
        ("S. Prova Poe", "900001"),
        ("S.Prova Poè (XX)", "900001"),
        ("riva d’esempio", "900002"),
        ("Riva dEsempio", "900002"),
        ("Rivetta", "900002"),
        ("Riva", "900002"),
        ("Sponda (XX)", "900003"),
        ("Sponda(xx)", "900003"),
        ("Sponda XX", "900003"),
        ("sponda xx", "900003"),
        ("Sponda/XX", "900003"),
        ("Sponda-XX", "900003"),
        ("Sponda, Prova e Collina", "900003"),
        ("Sponda (Prova e Collina)", "900003"),
        ("Sponda prov. di Prova e Collina", "900003"),
        ("Sponda, in provincia di Prova e Collina", "900003"),
        ("90004 Sponda (XX)", "900003"),
        ("I-90004 Sponda", "900003"),
        ("Sponda, XX, Italia", "900003"),
        ("Comune di Sponda", "900003"),
        ("S. Orso", "910002"),
        ("Sant Orso", "910002"),
        ("Santorso", "910002"),
        ("Altrove", None),
        ("Via Sponda 3", None),
        ("", None),
        (" ,()- ", None),
        ("Sponda altra " + "(" * 500, None),
        ("Sponda prov " * 500, None),
    ],
)
def test_a_name_is_found_however_it_is_written(
    territory: Territory, written: str, istat: str | None
) -> None:
    found = territory.find_municipality(written)
    assert (found.istat if found else None) == istat


def test_a_homonym_in_an_unknown_province_is_not_taken_for_a_place_here(
    territory: Territory,
) -> None:
    assert territory.find_municipality("Sponda (ZZ)") is None


def test_another_province_of_the_area_is_forgiven_unless_the_name_is_ambiguous(
    territory: Territory,
) -> None:
    assert territory.find_municipality("Sponda (YY)") is not None
    assert territory.find_municipality("Riva (YY)") is None
    assert territory.find_municipality("Riva (XX)") is not None


def test_spellings_can_be_looked_up_in_text_and_ambiguous_ones_are_flagged(
    territory: Territory,
) -> None:
    spellings = dict(territory.spellings())
    assert spellings["s prova poe"] == "900001"
    assert spellings["rivetta"] == "900002"
    assert spellings["oltrevalle"] == "910001"
    assert all(spelling == normalise_place(spelling) for spelling in spellings)
    assert territory.ambiguous_spellings == {"riva"}


@given(st.text())
def test_the_normal_form_is_stable(text: str) -> None:
    once = normalise_place(text)
    assert normalise_place(once) == once


def test_decomposed_accents_are_accents() -> None:
    assert normalise_place("Poe\u0300") == normalise_place("Poè") == "poe"


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    assert distance_km(place("1", 45.0, 9.0), place("2", 46.0, 9.0)) == pytest.approx(
        111.2, abs=0.1
    )


coordinates = st.builds(place, st.just("1"), st.floats(35, 47), st.floats(6, 19))


@given(coordinates, coordinates)
def test_distance_is_symmetric_and_never_negative(a: Municipality, b: Municipality) -> None:
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))
    assert distance_km(a, b) >= 0
    assert distance_km(a, a) == 0


def test_travel_lengthens_the_line_and_adds_the_fixed_minutes(territory: Territory) -> None:
    a, b = territory.municipality("900001"), territory.municipality("900002")
    expected = 5 + distance_km(a, b) * 1.5 / 45 * 60
    assert travel_minutes(a, b, Mode.CAR, territory.travel) == pytest.approx(expected)
    assert travel_minutes(b, a, Mode.CAR, territory.travel) == pytest.approx(expected)
    assert travel_minutes(a, a, Mode.PUBLIC_TRANSPORT, territory.travel) == 15


def test_travel_between_two_shores_goes_round_the_lake(territory: Territory) -> None:
    a, via, b = (territory.municipality(code) for code in ("900001", "900002", "900003"))
    round_km = distance_km(a, via) + distance_km(via, b)
    assert round_km > 5 * distance_km(a, b)
    for start, end in ((a, b), (b, a)):
        minutes = travel_minutes(start, end, Mode.CAR, territory.travel)
        assert minutes == pytest.approx(5 + round_km * 2)


def test_how_near_ties_are_ordered_is_the_territorys_choice(
    territory: Territory,
) -> None:
    assert territory.ranking == RankingPolicy(
        exposure=ExposurePolicy.NEAR_TIES, window_days=30, reason="prova"
    )


def test_a_timetable_of_the_folder_is_used(write: Callable[..., Path]) -> None:
    key = ("territory.toml", "road_factor", 'timetable = "orari"\nroad_factor')
    write_feed(write() / "orari")
    territory = load_territory(write(key))
    use = territory.journeys.timetable
    assert use is not None
    assert use.file == "orari"


def test_a_timetable_that_lacks_a_file_is_refused_at_once(write: Callable[..., Path]) -> None:
    key = ("territory.toml", "road_factor", 'timetable = "orari"\nroad_factor')
    feed = write_feed(write() / "orari")
    (feed / "trips.txt").unlink()
    with pytest.raises(TerritoryError, match="orari: there is no trips.txt"):
        load_territory(write(key))


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("territory.toml", 'name = "Prova"', 'name = "Prova"\ncolour = "red"', "'colour'.*remove"),
        ("territory.toml", 'name = "Prova"', "name = 5", "name = 5.*text"),
        ("territory.toml", "road_factor = 1.5", 'road_factor = "1.5"', "'1.5'.*a number"),
        ("territory.toml", "[settings]", "[[settings]]", "write a table"),
        ("hubs.toml", 'point = [{ id = "p-basso"', 'point = 3 # [{ id = "p-basso"', "list of"),
        ("territory.toml", "[travel.car]", "[travel.sledge]", "'car' is missing"),
        ("territory.toml", "[travel.car]", "[travel.sledge]\na = 1\n[travel.car]", "'sledge'"),
        ("territory.toml", 'code = "prova"', 'code = "altra"', "'altra'.*folder"),
        ("territory.toml", 'code = "prova"', "code = 'prova", "not valid TOML"),
        ("territory.toml", 'province_code = "XX"', 'province_code = "ZZ"', "'ZZ'.*provinces"),
        ("territory.toml", "valid_from = 2020-01-01", 'valid_from = "2020"', "valid_from.*date"),
        ("territory.toml", "2020-01-01", "2020-01-01T00:00:00", "valid_from.*date"),
        ("territory.toml", "municipalities_today = 3", "municipalities_today = 4", "3 rows.*= 4"),
        ("territory.toml", "municipalities = 2", "municipalities = 3", "2 municipalities.*3"),
        ("territory.toml", "municipalities = 2", "municipalities = true", "whole number"),
        ("territory.toml", 'code = "basso"', 'code = "alto"', "'alto' is used twice"),
        ("territory.toml", 'scope = "hub"', 'scope = "city"', "'city'.*'hub' or 'territory'"),
        ("territory.toml", "road_factor = 1.5", "road_factor = 0.5", "0.5.*at least 1"),
        ("territory.toml", "speed_kmh = 45.0", "speed_kmh = nan", "nan.*at least 1"),
        ("territory.toml", "speed_kmh = 45.0", "speed_kmh = inf", "inf.*number"),
        ("territory.toml", "speed_kmh = 45.0", "speed_kmh = 0", "at least 1"),
        ("territory.toml", 'reason = "assunzione"', 'reason = " "', "not empty"),
        ("territory.toml", 'side = ["900001"]', 'side = ["999999"]', "'999999'"),
        ("territory.toml", 'side = ["900001"]', 'side = ["900003"]', "both sides"),
        ("territory.toml", 'side = ["900001"]', "side = []", "list of texts"),
        ("territory.toml", 'via = "900002"', 'via = "999999"', "'999999'"),
        ("territory.toml", "[settings]", "[setting]", "'settings' is missing"),
        ("territory.toml", "[travel.walking]", "[travel.flying]", "'walking' is missing"),
        ("territory.toml", "radius_km = 1.0", "radius_km = -1", "radius_km = -1.*at least 0"),
        ("territory.toml", 'day = "tue"', 'day = "martedì"', "'martedì'.*one of mon"),
        ("territory.toml", "06:30:00", '"06:30"', "'06:30'.*a time of day"),
        ("territory.toml", "06:30:00", "09:30:00", "latest = 08:30:00 is before.*09:30:00"),
        ("territory.toml", "change_minutes = 3", "change_minutes = 0", "0.*at least 1"),
        ("territory.toml", "road_factor", 'timetable = "../x"\nroad_factor', "'../x'.*name of a"),
        ("territory.toml", "road_factor", 'timetable = "x.zip"\nroad_factor', "x.zip: there is no"),
        ("territory.toml", "[ranking]", "[rankings]", "'ranking' is missing"),
        ("territory.toml", '"near_ties"', '"always"', "'always'.*one of off, near_ties"),
        ("territory.toml", "window_days = 30", "window_days = 0", "= 0 .*at least 1"),
        ("territory.toml", "window_days = 30", "window_days = 30\ngroup = 1", "'group'.*remove"),
        ("hubs.toml", 'ambito = "basso"', 'ambito = "alto"', "900003.*'alto'"),
        ("hubs.toml", 'ambito = "basso"', 'ambito = "medio"', "'medio'"),
        ("hubs.toml", "example = false", 'example = "no"', "true or false"),
        ("hubs.toml", "example = false", "example = false\nphone = 1", "number 2.*'phone'"),
        ("hubs.toml", '"p-basso"', '"p-alto"', "'p-alto' is used twice"),
        ("hubs.toml", 'municipality = "900002"', 'municipality = "900003"', "not in the ambito"),
        ("hubs.toml", 'municipality = "900002"', 'municipality = "12"', "'12'"),
        ("hubs.toml", '"900003" }]', '"900003" }, {id = "q", name = "q", municipality = "900003"}]',
         "2 points.*is 1"),
        ("municipalities.csv", "istat,", "codice,", "header.*must be"),
        ("municipalities.csv", "900003,", "90003,", "line 4: istat '90003'.*six digits"),
        ("municipalities.csv", "900003,", "900001,", "'900001'.*Sponda"),
        ("municipalities.csv", "900003,Sponda", "900003,Riva", "'riva' is claimed"),
        ("municipalities.csv", "900003,Sponda", "900003,", "line 4: name ''"),
        ("municipalities.csv", "basso,", "medio,", "ambito 'medio'.*alto, basso"),
        ("municipalities.csv", "da confermare", "", "note ''.*not certain"),
        ("municipalities.csv", "false", "forse", "'forse'.*true or false"),
        ("municipalities.csv", "46.02000", "4602000", "latitude '4602000'.*Italy"),
        ("municipalities.csv", "9.02000", "nan", "longitude 'nan'"),
        ("municipalities.csv", "9.02000", "nove", "longitude 'nove'"),
        ("municipalities.csv", "1200", "-1", "population '-1'"),
        ("municipalities.csv", "90001,1200", "9001,1200", "postcodes '9001'"),
        ("municipalities.csv", ",Rivetta,Riva", ",Rivetta,Rive", "'rive' is not a spelling"),
        ("municipalities.csv", "Sponda,XX", "Sponda,YY", "province 'YY'"),
        ("municipalities.csv", ",300,", ",3,00,", "line 4: 15 cells where 14"),
        ("neighbours.csv", "Sant'Orso,YY", "Sant'Orso,ZZ", "line 3: province 'ZZ'"),
        ("neighbours.csv", "910001,Oltrevalle", "910001,Sponda", "'sponda' is claimed"),
    ],
)  # fmt: skip
def test_a_faulty_folder_is_refused_with_file_value_and_remedy(
    write: Callable[..., Path], file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(TerritoryError, match=f"(?s){message}"):
        load_territory(write((file, old, new)))


def test_every_ambito_needs_exactly_one_hub(write: Callable[..., Path]) -> None:
    second = HUBS[HUBS.index("[[hub]]", 1) :]
    with pytest.raises(TerritoryError, match="'basso' has 0 hubs"):
        load_territory(write(("hubs.toml", second, "")))


@pytest.mark.parametrize(
    "file", ["territory.toml", "hubs.toml", "municipalities.csv", "neighbours.csv"]
)
def test_a_missing_file_is_named(write: Callable[..., Path], file: str) -> None:
    folder = write()
    (folder / file).unlink()
    with pytest.raises(TerritoryError, match=f"{file}: there is no such file"):
        load_territory(folder)


def test_a_file_in_another_encoding_is_named(write: Callable[..., Path]) -> None:
    folder = write()
    (folder / "neighbours.csv").write_bytes("città".encode("latin-1"))
    with pytest.raises(TerritoryError, match="neighbours.csv: not UTF-8"):
        load_territory(folder)


def test_a_table_without_rows_is_refused(write: Callable[..., Path]) -> None:
    header = MUNICIPALITIES.splitlines()[0]
    with pytest.raises(TerritoryError, match="no rows"):
        load_territory(write(("municipalities.csv", MUNICIPALITIES, header)))
