"""An invented policy of a territory, whole."""

POLICY = """
[risk]
age = false
reason = "prova"
[outcome]
work_days = 30
lost = "inactive"
reason = "prova"
[priority]
closely = 25
lightly = 50
worklist = 10
rising = 0.1
no_contact_days = 45
assessment_months = 6
reason = "prova"
[reach]
suitable = 0.25
near_minutes = 20
most_minutes = 60
reason = "prova"
[proposals]
sender = "prova"
answer_hours = 48
reminder_hours = 8
reason = "prova"
"""
