"""The inclusion fund: its book, what a territory decides about it, whom to help this month."""
