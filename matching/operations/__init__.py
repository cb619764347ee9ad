"""Running an installation: made, brought up to date, backed up, restored, examined."""
