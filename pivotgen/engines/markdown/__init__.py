"""Renders Markdown to safe HTML and records its links, images and headings."""
