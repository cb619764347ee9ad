"""From scores to a shortlist: the pool, what the law asks, weights, near ties, exposure."""
