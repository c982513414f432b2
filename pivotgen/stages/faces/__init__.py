"""Faces: texts in the other languages of a site, made of sources, translations and names."""
