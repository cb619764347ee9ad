"""Work in the background: queued in the database, done once, resumed after a kill."""
