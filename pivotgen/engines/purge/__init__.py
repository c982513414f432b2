"""Purge: the interfaces of caches, one file for each."""
