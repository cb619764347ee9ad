"""What linkers are measured and trained with, from the settings; and ``train sentence-linker``."""

from pathlib import Path
from typing import Annotated

import typer

from matching.cli.progress import waiting
from matching.cli.records import json_line
from matching.settings import read_settings, taxonomy_folder
from matching.taxonomy import load_lexicon
from matching.taxonomy.esco import is_imported, open_imported
from training.benchmarks.resources import Resources
from training.benchmarks.skill_linking_run import train_sentence_linker


def linking_resources() -> Resources:
    """The lexicon, the imported taxonomy where the home has one, and the shipped weights."""
    settings = read_settings()
    folder = taxonomy_folder(settings)
    return Resources(
        lexicon=load_lexicon(settings.lexicon_dir or settings.data_dir / "lexicon"),
        imported=open_imported(folder) if is_imported(folder) else None,
        linking_dir=settings.data_dir / "linking",
    )


def sentence_linker(
    data: Annotated[
        Path, typer.Option(help="Folder with *_validation_annotations.csv and the list of labels.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Where to write the weights; without it, the data folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
) -> None:
    """Learn to link sentences to skills from a set's validation sentences.

    Example: valoriamo train sentence-linker --data ../shared/data/bench-esco-skills-en
    """
    resources = linking_resources()
    with waiting("Reading sentences and learning"):
        card = train_sentence_linker(resources, data, out or resources.linking_dir)
    if as_json:
        typer.echo(json_line(card))
        return
    reached = card["cross_fitted"]
    typer.echo(
        f"Learned from {sum(card['sentences'].values())} sentences with {card['taxonomy']}; on "
        f"sentences not learned from: RP@5 {reached['rp@5']:.3f}, MRR {reached['mrr']:.3f}. "
        f"Written: {card['written']}"
    )
