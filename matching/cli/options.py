"""Options that many commands have, each declared once."""

from typing import Annotated

import typer

AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Compute as of this day, YYYY-MM-DD [today]."),
]
Json = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
