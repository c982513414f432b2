"""Reads, checks and formats the YAML frontmatter of content files."""
