"""Hiring incentives, the status of a worker, and internships, by dated rules.

Two outputs that never mix: :mod:`.general` lists what a vacancy could bring, and knows of no
person; :mod:`.personal` makes the sheet of a person, which only she may hand over. An agency or an
employer is shown the first alone (L. 300/1970 art. 8; D.Lgs. 276/2003 art. 10). The two have no
common door: import what is needed from its module.
"""
