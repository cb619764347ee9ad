"""A timetable of three villages in a row, made up here and worked by hand.

Alto, Borgo and Costa lie on a meridian, a tenth of a degree (11.1195 km) apart; Diga is another
tenth away and has no stop. The road factor is 1.5 and one walks at 4.5 km/h: a thousandth of a
degree, 0.1112 km, is 133.4 seconds on foot, 134 in whole seconds.

Stop ``a`` is in the centre of Alto, ``b-north`` a thousandth of a degree north of Borgo,
``b-south`` in its centre, ``c`` in the centre of Costa.
"""

from datetime import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from matching.domain import Weekday
from matching.territory import (
    Commuting,
    Detour,
    Mode,
    Municipality,
    TravelMode,
    TravelParameters,
    Walking,
)

Change = tuple[str, str, str]

ALTO, BORGO, COSTA, DIGA = "000001", "000002", "000003", "000004"

FEED = {
    "stops.txt": """\
stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station
b,Borgo,45.1,9.0,1,
a,Alto,45.0,9.0,,
b-north,Borgo nord,45.101,9.0,0,b
b-south,Borgo sud,45.1,9.0,0,b
c,Costa,45.2,9.0,,
""",
    "routes.txt": """\
route_id,route_type
line,3
""",
    "trips.txt": """\
route_id,service_id,trip_id
line,weekdays,up-1
line,weekdays,up-2
line,weekdays,night
line,saturdays,saturday
line,holiday,feast
line,weekdays,late
""",
    "stop_times.txt": """\
trip_id,arrival_time,departure_time,stop_id,stop_sequence
up-1,07:10:00,07:10:00,a,1
up-1,07:30:00,07:30:00,b-north,2
up-2,7:40:00,7:40:00,b-south,10
up-2,8:00:00,8:00:00,c,20
night,02:00:00,02:00:00,a,1
night,02:15:00,02:15:00,c,2
saturday,07:00:00,07:00:00,a,1
saturday,07:05:00,07:05:00,c,2
feast,07:00:00,07:00:00,a,1
feast,07:06:00,07:06:00,c,2
late,31:00:00,31:00:00,c,1
late,31:40:00,31:40:00,a,2
""",
    "calendar.txt": """\
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
weekdays,1,1,1,1,1,0,0,20260101,20260131
saturdays,0,0,0,0,0,1,0,20260101,20260131
""",
    "calendar_dates.txt": """\
service_id,date,exception_type
weekdays,20260106,2
holiday,20260106,1
""",
}


def write_feed(folder: Path, *changes: Change) -> Path:
    """The feed as a folder; a change replaces a text in a file, an empty text writes the file."""
    folder.mkdir(exist_ok=True)
    files = dict(FEED)
    for name, old, new in changes:
        assert old in files.get(name, ""), f"{old!r} is not in {name}"
        files[name] = files[name].replace(old, new, 1) if old else new
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def zip_feed(path: Path, *, within: str = "") -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in FEED.items():
            archive.writestr(within + name, text)
    return path


def a_place(istat: str, latitude: float, longitude: float = 9.0) -> Municipality:
    return Municipality(
        istat=istat, name=istat, province="XX", latitude=latitude, longitude=longitude
    )


PLACES = (a_place(ALTO, 45.0), a_place(BORGO, 45.1), a_place(COSTA, 45.2), a_place(DIGA, 45.3))


def commuting(
    *,
    day: Weekday = Weekday.TUE,
    earliest: time = time(6, 30),
    latest: time = time(8, 30),
    waiting_minutes: float = 5.0,
    change_minutes: float = 3.0,
    longest_minutes: float = 180.0,
) -> Commuting:
    return Commuting(
        day=day,
        earliest=earliest,
        latest=latest,
        waiting_minutes=waiting_minutes,
        change_minutes=change_minutes,
        longest_minutes=longest_minutes,
        reason="prova",
    )


def parameters(
    *,
    commuting: Commuting = commuting(),  # noqa: B008
    detours: tuple[Detour, ...] = (),
    change_radius_km: float = 0.3,
) -> TravelParameters:
    """By car at 60 km/h and 5 minutes, by public transport at 30 km/h and 15."""
    return TravelParameters(
        road_factor=1.5,
        reason="prova",
        modes={
            Mode.CAR: TravelMode(speed_kmh=60.0, fixed_minutes=5.0, reason="prova"),
            Mode.PUBLIC_TRANSPORT: TravelMode(speed_kmh=30.0, fixed_minutes=15.0, reason="prova"),
        },
        walking=Walking(
            speed_kmh=4.5, radius_km=1.0, change_radius_km=change_radius_km, reason="prova"
        ),
        commuting=commuting,
        detours=detours,
    )
