"""Training and measuring: reads the product, is never read by it."""
