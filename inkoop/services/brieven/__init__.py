"""Filling documents: each module turns records into the data struct of the documents about one thing."""
