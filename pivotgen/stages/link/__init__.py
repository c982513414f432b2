"""Joins all content into one graph: names, link targets, neighbours, shared skills."""
