"""Letters: from a case to words in order, without markup or format."""
