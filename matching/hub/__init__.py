"""What a hub does with people, vacancies and decisions: kept, closed to others, on record."""
