"""Public and own labelled sets, the systems compared on them, and the command that runs them."""
