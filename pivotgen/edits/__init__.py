"""Applies, shows and saves changes to the sources of a site."""
