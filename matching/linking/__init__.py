"""From words that are no label to the concepts that they mean."""
