"""Wiring: the only place where the parts of the service meet."""

from enum import StrEnum
from pathlib import Path

from matching.accompaniment import find_catalogue
from matching.documents import WorkerPool
from matching.domain import ModelStamp
from matching.errors import ModelError, SettingsError
from matching.extraction import Extractor, Index, load_or_build, place_names
from matching.features import FeatureSpace, feature_space
from matching.models import Ranker
from matching.models.loading import Loaded, load
from matching.models.package import Kind
from matching.models.ranker import LambdaRanker
from matching.models.risk import DiscreteHazard
from matching.service.chain import BASELINE, Service, baseline
from matching.settings import Settings
from matching.taxonomy import Taxonomy, load_lexicon
from matching.territory import load_territory
from matching.wording import load_wording


class RankerChoice(StrEnum):
    """Which model ranks."""

    BASELINE = "baseline"
    CHAMPION = "champion"


def build(
    settings: Settings, *, ranker: RankerChoice | None = None, with_risk: bool = False
) -> Service:
    """Wire the chain from the settings.

    Without a choice, the champion ranks where the home has one that can serve, else the baseline.
    What could not serve, and what does instead, is in the service's ``problems``. The risk model
    is loaded only where it is asked for: opening the registry takes seconds.

    Raises
    ------
    DataError
        Naming the file and entry of the lexicon, territory or wording that is not valid.
    ModelError
        When the champion is asked for and none can serve.
    SettingsError
        When nothing can be kept under ``settings.home``.
    """
    taxonomy = load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon")
    folder = _territory_folder(settings)
    territory = load_territory(folder)
    index = _kept_index(taxonomy, settings.home)
    extractor = Extractor(taxonomy, index, place_names(territory))
    space = feature_space(taxonomy, territory, extractor.concept_words)
    scorer, stamp, said = _ranker(space, settings.home, ranker)
    risk = load(settings.home, Kind.RISK) if with_risk else Loaded()
    return Service(
        taxonomy=taxonomy,
        territory=territory,
        extractor=extractor,
        space=space,
        wording=load_wording(settings.data_dir / "wording", settings.language),
        ranker=scorer,
        model=stamp,
        risk=risk.model if isinstance(risk.model, DiscreteHazard) else None,
        risk_model=risk.stamp,
        catalogue=find_catalogue(folder, taxonomy, territory),
        problems=(*said, *risk.problems),
        readers=WorkerPool(),
    )


def _ranker(
    space: FeatureSpace, home: Path, choice: RankerChoice | None
) -> tuple[Ranker, ModelStamp, tuple[str, ...]]:
    """The ranker of a choice, its stamp, and what is to be said about it."""
    if choice is RankerChoice.BASELINE:
        return baseline(space), BASELINE, ()
    loaded: Loaded = load(home, Kind.RANKER)
    if isinstance(loaded.model, LambdaRanker) and loaded.stamp is not None:
        return loaded.model, loaded.stamp, loaded.problems
    if choice is RankerChoice.CHAMPION:
        why = " ".join(loaded.problems) or (
            f"There is no champion in {home}: no ranker has been trained and promoted there."
        )
        raise ModelError(
            f"{why} Use --model baseline, or train one: valoriamo train ranker --synthetic mild."
        )
    instead = ("The baseline ranks instead.",) if loaded.problems else ()
    return baseline(space), BASELINE, (*loaded.problems, *instead)


def _kept_index(taxonomy: Taxonomy, home: Path) -> Index:
    try:
        return load_or_build(taxonomy, home / "cache")
    except OSError as error:
        raise SettingsError(
            f"VALORIAMO_HOME={str(home)!r}: nothing can be kept there ({error.strerror}). Name a "
            "folder that may be written."
        ) from error


def _territory_folder(settings: Settings) -> Path:
    """The folder of the territory named in the settings; without a name, the only one there is."""
    folder = settings.data_dir / "territories"
    if settings.territory is not None:
        return folder / settings.territory
    found = sorted(path for path in folder.glob("*") if (path / "territory.toml").is_file())
    if len(found) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise SettingsError(
            f"VALORIAMO_TERRITORY is not set, and {folder} holds {len(found)} territories "
            f"({names}); set it to the code of one."
        )
    return found[0]
