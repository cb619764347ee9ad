"""The hub's own model of risk: which is chosen, brought to its outcomes, and how it is audited."""
