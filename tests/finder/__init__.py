"""Tests of the finder's script, its files and its pages."""
