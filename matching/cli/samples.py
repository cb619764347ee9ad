"""The sample documents: what their forms say, and what is read in them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter
from rich.console import Console
from rich.text import Text

from matching.cli.progress import progress_beside_results
from matching.domain import DocumentKind, Extraction, Profile, Situation, Vacancy
from matching.errors import DocumentError, InputError
from matching.profiles import profile_from, situation_of, vacancy_from
from matching.service import Service


class Sample(BaseModel):
    """One sample document and what its form says.

    ``title`` is for vacancies; ``situation`` (fields of :class:`matching.domain.Situation`) and
    ``answers`` to the intake assessment are a person's, ``household`` the file of hers for the
    public measures.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    comune: str = ""
    id: str = ""
    title: str = ""
    situation: Mapping[str, bool | int | float | str] = {}
    answers: Mapping[str, str] = {}
    household: str = ""


class FundSample(BaseModel):
    """Requests to the fund (a file beside it), and what it has for a month.

    ``need_quartile`` is the quarter of need of the person whose path is shown.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    requests: str
    budget_eur: int
    need_quartile: int


@dataclass(frozen=True, slots=True)
class ReadSample:
    """A sample and what was read in it."""

    sample: Sample
    format: str
    found: Extraction


def samples_folder(data: Path, territory: str) -> Path:
    """The samples of a territory: its own where it has some, else those that all share."""
    own = data / "territories" / territory / "samples"
    return own if own.is_dir() else data / "samples"


def read_samples(
    console: Console, service: Service, samples: Path, kind: DocumentKind, as_of: date
) -> list[ReadSample]:
    """Read the samples of a kind; what cannot be read is said, and the rest goes on.

    Raises
    ------
    InputError
        Where the list of samples cannot be read, or none of them can.
    """
    table = "vacancies" if kind is DocumentKind.VACANCY else "people"
    listed = samples / f"{table}.toml"
    read: list[ReadSample] = []
    for sample in progress_beside_results(_listed(listed, table), table):
        try:
            path = samples / sample.file
            if not path.is_file():
                raise InputError(f"{listed}: {sample.file} is not there.")
            document = service.read_document(path.read_bytes(), path.name)
            found = service.extract(document.text, kind=kind, as_of=as_of)
        except DocumentError as error:
            refused = service.wording.say("screen.refused")
            console.print(Text(f"{refused}: {sample.file}: {error.code}: {error.message}"))
            continue
        read.append(ReadSample(sample, str(document.format), found))
    if not read:
        raise InputError(f"{listed}: none of its documents can be read; see the lines above.")
    return read


def fund_sample(samples: Path) -> FundSample | None:
    """What the samples of a territory ask of its fund, None where they have no ``fund.toml``.

    Raises
    ------
    InputError
        Where the file cannot be read.
    """
    path = samples / "fund.toml"
    if not path.is_file():
        return None
    try:
        return FundSample.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error


def sample_profile(service: Service, item: ReadSample) -> Profile:
    """The person of a sample, by the name of its file."""
    return profile_from(
        Path(item.sample.file).stem, item.found, comune=_istat(service, item.sample)
    )


def sample_vacancy(service: Service, item: ReadSample) -> Vacancy:
    """The vacancy of a sample."""
    sample = item.sample
    return vacancy_from(
        sample.id or Path(sample.file).stem,
        sample.title,
        item.found,
        service.taxonomy,
        comune=_istat(service, sample),
    )


def sample_situation(profile: Profile, sample: Sample) -> Situation:
    """What the person of a sample answered of her situation; the CV says the rest."""
    return situation_of(profile, **sample.situation)


def _istat(service: Service, sample: Sample) -> str | None:
    place = service.territory.find_municipality(sample.comune)
    return place.istat if place else None


def _listed(path: Path, table: str) -> list[Sample]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
        return TypeAdapter(list[Sample]).validate_python(content.get(table, []))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {error}.") from error
