"""Which roles have a page of questions."""

from __future__ import annotations

from pivotgen.model.site import Site

# The questions of one pivot are on its own page already.
_LEAST = 2


def has_questions(site: Site, slug: str) -> bool:
    """Whether enough pivots lead to the role for a page with their questions."""
    return len(site.into.get(slug, ())) >= _LEAST


def has_public_questions(site: Site, slug: str) -> bool:
    """Whether there is such a page where no drafts are shown."""
    return len(site.into.get(slug, ())) - len(site.drafts.intersection(site.into[slug])) >= _LEAST
