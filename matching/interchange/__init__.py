"""Files of people, vacancies and outcomes: read with their mapping, written safely."""
