"""Agreed paths, as the events that they are made of."""

import sqlalchemy as sa

from matching.store.columns import Code, Key, Lane, Moment, Purpose, about, kept
from matching.store.tables.schema import metadata

plan_events = sa.Table(
    "plan_events",
    metadata,
    kept("id", Key, primary_key=True, purpose=Purpose.ACCOMPANIMENT),
    kept("hub", Code, purpose=Purpose.SECURITY, index=True),
    kept("plan_id", Key, purpose=Purpose.ACCOMPANIMENT, index=True),
    kept("pseudonym", Key, purpose=Purpose.EXPLANATION, index=True),
    kept("position", sa.Integer, purpose=Purpose.ACCOMPANIMENT),
    # An event as matching.accompaniment.agreement reads it, sealed with the person's key.
    kept("sealed", sa.LargeBinary, purpose=Purpose.ACCOMPANIMENT),
    kept("result_id", Key, sa.ForeignKey("results.id"), null=True, purpose=Purpose.EXPLANATION),
    kept("made_by", Key, purpose=Purpose.ACCOMPANIMENT),
    kept("made_at", Moment, purpose=Purpose.ACCOMPANIMENT),
    sa.UniqueConstraint("plan_id", "position", name="uq_plan_events_position"),
    info=about(Lane.FILE, "The events of agreed paths, sealed", subject="pseudonym"),
)
