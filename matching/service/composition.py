"""Wiring: the only place where the parts of the service meet."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from matching.accompaniment import find_catalogue
from matching.accompaniment.agreement import load_paths
from matching.accompaniment.fund.policy import find_fund_policy
from matching.documents import WorkerPool
from matching.domain import ModelStamp
from matching.errors import ModelError, SettingsError, TaxonomyError
from matching.extraction import Extractor, Index, load_or_build, place_names
from matching.extraction.gate import load_gate
from matching.extraction.jobs import JobLinker
from matching.extraction.loose import LooseLinker
from matching.extraction.tongues import Tongues
from matching.features import FeatureSpace, feature_space
from matching.features.age import AGE
from matching.models import Ranker
from matching.models.loading import Loaded, load
from matching.models.package import Kind
from matching.models.ranker import LambdaRanker
from matching.models.risk_models import RiskModel
from matching.models.watch import Watch, read_watch
from matching.ranking.rules import load_rules
from matching.service.chain import BASELINE, Service, baseline
from matching.settings import Settings, taxonomy_folder
from matching.taxonomy import Taxonomy, load_lexicon
from matching.taxonomy.esco import ImportedTaxonomy, is_imported, open_imported
from matching.taxonomy.esco.joining import joined
from matching.territory import Territory, load_territory, territory_folder
from matching.wording import load_wording


class RankerChoice(StrEnum):
    """Which model ranks."""

    BASELINE = "baseline"
    CHAMPION = "champion"


def build(
    settings: Settings,
    *,
    ranker: RankerChoice | None = None,
    with_risk: bool = False,
    with_linker: bool = True,
) -> Service:
    """Wire the chain from the settings.

    Without a choice, the champion ranks where the home has one that can serve, else the baseline.
    What could not serve, and what does instead, is in the service's ``problems``. The risk model
    is loaded only where it is asked for: opening the registry takes seconds. Without the linker
    texts are read by the labels of skills alone, which is what its weights are learned from.

    With an imported taxonomy, texts are also read by its labels, in each of its languages; without
    one, by the lexicon alone.

    Raises
    ------
    DataError
        Naming the file and entry of the lexicon, territory or wording that is not valid.
    ModelError
        When the champion is asked for and none can serve, or a linker's weights were altered.
    SettingsError
        When nothing can be kept under ``settings.home``.
    """
    lexicon = load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon")
    folder = territory_folder(settings.data_dir / "territories", settings.territory)
    territory = load_territory(folder)
    wording = load_wording(settings.data_dir / "wording", settings.language)
    index = _kept_index(lexicon, settings.home)
    imported, lost = _imported(settings)
    taxonomy = joined(lexicon, imported) if imported else lexicon
    linking = settings.data_dir / "linking"
    loose = LooseLinker.of(lexicon, index.normaliser, linking) if with_linker else None
    extractor = Extractor(
        taxonomy,
        index,
        place_names(territory),
        tongues=Tongues(lexicon, imported, settings.home / "cache") if imported else {},
        loose=loose,
        jobs=JobLinker.of(loose, linking) if loose else None,
        gate=load_gate(linking) if loose else None,
    )
    space = feature_space(taxonomy, territory, extractor.concept_words)
    service = Service(
        taxonomy=taxonomy,
        territory=territory,
        extractor=extractor,
        space=space,
        wording=wording,
        ranker=baseline(space),
        model=BASELINE,
        risk=None,
        risk_model=None,
        catalogue=find_catalogue(folder, taxonomy, territory),
        fund_policy=find_fund_policy(folder, territory),
        rules=load_rules(settings.data_dir / "rules", taxonomy),
        problems=lost,
        readers=WorkerPool(),
        ocr=settings.ocr,
        paths=load_paths(settings.data_dir, folder, taxonomy),
    )
    return with_models(service, settings.home, ranker=ranker, with_risk=with_risk)


def with_models(
    service: Service,
    home: Path,
    *,
    ranker: RankerChoice | None = None,
    with_risk: bool = False,
) -> Service:
    """The same service with the models of a home, as :func:`build` chooses them.

    Raises
    ------
    ModelError
        When the champion is asked for and none can serve.
    """
    scorer, stamp, said = _ranker(service.space, home, ranker)
    risk = risk_model(home, service.territory) if with_risk else Loaded()
    watch, unread = _watch(home, risk)
    return replace(
        service,
        ranker=scorer,
        model=stamp,
        risk=risk.model if isinstance(risk.model, RiskModel) else None,
        risk_model=risk.stamp,
        problems=(*service.problems, *said, *risk.problems, *unread),
        risk_watch=watch,
        risk_reference=tuple(risk.card.get("people", {}).get("no_work", ())),
        risk_calibration=risk.calibration,
    )


def risk_model(home: Path, territory: Territory) -> Loaded:
    """The risk model of a home, unless it reads an age that the territory's policy keeps out."""
    loaded = load(home, Kind.RISK)
    reads = isinstance(loaded.model, RiskModel) and AGE.name in loaded.model.feature_names_in_
    if not reads or territory.policy.risk.age:
        return loaded
    why = (
        f"The risk model reads the age, which the policy of {territory.code} keeps out (policy."
        "toml, [risk] age = false); it does not serve. Train it again: valoriamo train risk."
    )
    return Loaded(problems=(*loaded.problems, why))


def _watch(home: Path, risk: Loaded) -> tuple[Watch | None, tuple[str, ...]]:
    """The last watch over the risk model that serves, and what is to be said about it."""
    if risk.stamp is None or risk.stamp.digest is None:
        return None, ()
    try:
        return read_watch(home, risk.stamp.digest), ()
    except ModelError as error:
        return None, (str(error),)


def _imported(settings: Settings) -> tuple[ImportedTaxonomy | None, tuple[str, ...]]:
    """The imported taxonomy, if there is one, and what is to be said about it."""
    folder = taxonomy_folder(settings)
    if not is_imported(folder):
        return None, ()
    try:
        return open_imported(folder), ()
    except TaxonomyError as error:
        # The lexicon is enough to work with until somebody imports again.
        return None, (f"{error} Until then texts are read by the lexicon alone.",)


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
