"""Differences: what a reader would notice between two built sites, and how it is shown."""
