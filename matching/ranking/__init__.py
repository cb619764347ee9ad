"""From scores to a shortlist: who is in the pool, what the law asks, weights, near ties, exposure."""
