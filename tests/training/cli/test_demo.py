import io
import re
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from matching.cli.samples import read_samples, samples_folder
from matching.domain import DocumentKind, ModelStamp
from matching.errors import InputError, SettingsError
from matching.models.risk import DiscreteHazard
from matching.service import Service
from matching.settings import Settings, shipped_data
from training.cli import make_whole_app
from training.cli.demo import tell_models, tell_person, tell_reading
from training.cli.demo_fund import tell_fund
from training.cli.runs import Source
from training.dataset import spell_set
from training.synthetic import Size

AS_OF = date(2026, 11, 28)
MEASURES = shipped_data() / "measures"
CV = "Magazziniere dal 03/2019 al 02/2023: uso del muletto, inventario."
OFFER = "Cerchiamo magazziniere con patentino del muletto."


def samples(folder: Path, people: dict[str, bytes], offers: dict[str, bytes]) -> Path:
    for table, files in (("people", people), ("vacancies", offers)):
        lines = []
        for name, content in files.items():
            (folder / name).write_bytes(content)
            lines.append(f'[[{table}]]\nfile = "{name}"\n')
        (folder / f"{table}.toml").write_text("".join(lines))
    return folder


def console() -> tuple[Console, io.StringIO]:
    file = io.StringIO()
    return Console(file=file, width=100), file


def told(service: Service, folder: Path) -> str:
    paper, file = console()
    people, offers = tell_reading(paper, service, folder, AS_OF)
    asked = tell_person(paper, service, people, offers, AS_OF, samples=folder, measures=MEASURES)
    tell_fund(paper, service, asked, AS_OF, samples=folder)
    tell_models(paper, service)
    return file.getvalue()


def test_everybody_is_in_the_shortlist(service: Service, tmp_path: Path) -> None:
    people = {f"rossi-p{number}.txt": CV.encode() for number in range(7)}
    text = told(service, samples(tmp_path, people, {"v.txt": OFFER.encode()}))
    assert [name for name in people if name[:-4].replace("-", " ").title() not in text] == []
    assert "baseline: pesi scritti nel codice" in text


def test_a_sample_that_cannot_be_read_is_said_and_the_rest_goes_on(
    service: Service, tmp_path: Path
) -> None:
    people = {"vuoto.pdf": b"", "bianchi-ada.txt": CV.encode()}
    text = told(service, samples(tmp_path, people, {"v.txt": OFFER.encode()}))
    assert "Documento non letto: vuoto.pdf: empty: " in text
    assert "Documenti letti: 2 (txt 2)." in text
    assert "1. Bianchi Ada: " in text


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ("", "none of its documents can be read"),
        ("[[people]]\nfile = 3\n", "cannot be read"),
        ("[[people]]\nfiles = 'a.txt'\n", "cannot be read"),
        ("[[people]]\nfile = 'gone.txt'\n", "gone.txt"),
        ("[[people]]\nfile = 'a.txt'\nanswers = ['money']\n", "cannot be read"),
        ("oops", "cannot be read"),
    ],
)
def test_a_list_of_samples_that_cannot_be_used_is_refused_by_name(
    service: Service, tmp_path: Path, people: str, said: str
) -> None:
    (tmp_path / "people.toml").write_text(people)
    with pytest.raises(InputError, match=said) as caught:
        told(service, tmp_path)
    assert "people.toml" in str(caught.value)


def test_one_person_has_a_risk_a_path_and_the_versions_that_did_it(service: Service) -> None:
    size = Size(people=400, vacancies=1, pool=(1, 1))
    history = Source(size=size, seed=8).read(service)
    held = spell_set(history)
    model = DiscreteHazard().fit(held.features, held.outcomes(history.sheet.last_day))
    stamp = ModelStamp(name="risk", version=3, digest="ab" * 32, synthetic=True, known_until=AS_OF)
    learnt = replace(service, risk=model, risk_model=stamp)
    plain = " ".join(told(learnt, shipped_data() / "samples").split())
    assert "Priorità di accompagnamento: Tentorini Sabrina" in plain
    assert "intervallo 80%" in plain
    assert "Percorso da proporre: Tentorini Sabrina" in plain
    vacancies = plain.partition("Offerte per: Tentorini Sabrina")[2].partition("Priorità")[0]
    assert re.search(r"1\. [^.]+ \d+/100 \(intervallo 80%: \d+-\d+\)\. Posto 1,", vacancies)
    assert "Costo per il fondo, in tutto" in plain
    rights = plain.partition("I diritti, prima di ogni passo")[2].partition("Un percorso da")[0]
    assert "Assegno di inclusione (ADI): " in rights
    assert rights.count("Dove: ") == rights.count("da verificare. Dove: ") > 3
    fund = plain.partition("che cosa vedrebbe il comitato")[2]
    assert "Tra le richieste, come persona-demo, i passi del percorso qui sopra" in fund
    assert "Tentorini" not in fund  # whoever decides on the money sees a pseudonym
    assert re.search(r"Budget 3\.000 €: proposti [\d.]+ € per \d+ passi su 1\d chiesti", fund)
    left = fund.partition("Passi non proposti: ")[2].partition("Bisogno (4")[0]
    assert "persona-d - Corso OSS" in left
    assert left.count("Cambia ") >= 2
    assert "risk v3 (abababab): ha imparato da una storia sintetica" in plain


def test_the_samples_have_one_person_who_told_of_her_situation(service: Service) -> None:
    paper, _ = console()
    people = read_samples(paper, service, shipped_data() / "samples", DocumentKind.CV, AS_OF)
    assert [bool(item.sample.situation) for item in people].count(True) == 1


@pytest.fixture(scope="module")
def whole(shared_cache: Path, read_before: None, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the command prints on a terminal of 80 columns, with a small district."""
    home = tmp_path_factory.mktemp("demo")
    (home / "cache").symlink_to(shared_cache, target_is_directory=True)
    small = Source(size=Size(people=120, vacancies=45, pool=(6, 10)), seed=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("training.cli.demo.SOURCE", small)
        arguments = ["demo", "--home", str(home), "--as-of", AS_OF.isoformat()]
        result = CliRunner().invoke(make_whole_app(), arguments)
    assert result.exit_code == 0, result.output
    return str(result.stdout)


def test_the_whole_demo_fits_the_terminal_and_has_every_part(whole: str, service: Service) -> None:
    say = service.wording.say
    for key in (
        "demo.title", "demo.training", "demo.shortlist", "demo.matches", "demo.rights",
        "demo.plan", "demo.fund", "demo.models",
        "screen.skill", "screen.evidence", "screen.missing", "screen.changes", "screen.ask",
    ):  # fmt: skip
        assert say(key) in whole
    assert re.search(r"^1\. [\w ]+: \d+/100 \(intervallo 80%: \d+-\d+\)$", whole, re.M)
    assert re.search(r"^ +Posto 1\b", whole, re.M)
    assert re.search(r"^ *\+\d+ Esperienza\. ", whole, re.M)
    assert max(map(len, whole.splitlines())) <= 80


def test_training_says_that_the_history_is_synthetic(whole: str, service: Service) -> None:
    training = whole.partition(service.wording.say("demo.training"))[2]
    text = " ".join(training.partition(service.wording.say("demo.shortlist"))[0].split())
    assert text.count("Ha imparato da una storia sintetica") == 2
    assert "nDCG@10" in text
    assert "concordanza" in text


def test_the_demo_reads_at_least_twelve_documents_of_six_formats(
    whole: str, service: Service
) -> None:
    found = re.search(r"Documenti letti: (\d+) \(([^)]+)\)", whole)
    assert found is not None
    folder = shipped_data() / "samples"
    samples = tomllib.loads((folder / "people.toml").read_text("utf-8"))["people"]
    samples += tomllib.loads((folder / "vacancies.toml").read_text("utf-8"))["vacancies"]
    assert int(found[1]) == len(samples) >= 12
    assert len(found[2].split(",")) >= 6
    assert service.wording.say("screen.refused") not in whole


def test_another_territory_is_shown_with_its_own_data_in_a_home_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Settings] = []

    def stop(settings: Settings, **options: object) -> Service:
        asked.append(settings)
        raise SettingsError("seen")

    monkeypatch.setattr("training.cli.demo.build", stop)
    runner, home = CliRunner(), ["demo", "--home", str(tmp_path)]
    for territory in ([], ["--territory", "valle"]):
        assert runner.invoke(make_whole_app(), [*home, *territory]).exit_code == 1
    assert [(one.territory, one.home) for one in asked] == [
        (None, tmp_path),
        ("valle", tmp_path / "valle"),
    ]


def test_a_territory_that_is_not_there_is_refused_with_those_there_are(
    tmp_path: Path, read_before: None
) -> None:
    arguments = ["demo", "--home", str(tmp_path), "--territory", "atlantide"]
    result = CliRunner().invoke(make_whole_app(), arguments)
    assert result.exit_code == 1
    assert "there is no territory 'atlantide'" in " ".join(result.stderr.split())


def test_a_territory_without_samples_of_its_own_shows_those_that_all_share(
    tmp_path: Path,
) -> None:
    own = tmp_path / "territories" / "valle" / "samples"
    assert samples_folder(tmp_path, "valle") == tmp_path / "samples"
    own.mkdir(parents=True)
    assert samples_folder(tmp_path, "valle") == own
