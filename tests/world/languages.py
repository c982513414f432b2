"""A small site of three languages, some of it translated."""

from __future__ import annotations

from dataclasses import replace

from pivotgen.model.config import Config
from tests.world.builds import CONFIG
from tests.world.site import DATED_PIVOT, ROLE, World

LANGUAGES: Config = replace(CONFIG, languages=("fr", "ar"), call=None, editor=None, page_size=3)

FRENCH = """\
---
title: "De {a} à {b} : un regard"
description: Ce que l’on emporte de {a} à {b}.
updated: 2026-02-02
tldr:
  - Un *point*.
faqs:
  - question: Est-ce difficile ?
    answer: Moins que **cela** n’en a l’air.
---
## Vos atouts

Du texte.
"""
ARABIC = """\
---
title: "من {a} إلى {b}: نظرة"
description: ما تحمله معك.
tldr:
  - نقطة.
faqs:
  - question: هل الأمر صعب؟
    answer: أقل مما يبدو.
---
## مزاياك

نص.
"""
NAMES = {
    "fr": """\
roles:
  chef: Cuisinier
  nurse: Infirmier
  pilot: Pilote
skills:
  negotiation: Négociation
""",
    "ar": """\
roles:
  chef: طاهٍ
  nurse: ممرض
  pilot: طيار
skills:
  negotiation: التفاوض
""",
}
PAGE = "---\ntitle: About us\ndescription: Who we are.\n---\n## What\n\nText.\n"
FRENCH_PAGE = "---\ntitle: À propos\ndescription: Qui nous sommes.\n---\n## Quoi\n\nDu texte.\n"
FRENCH_ROLE = "---\ndescription: Ce que fait un cuisinier.\n---\nDu texte.\n"


def fill(world: World) -> World:
    """Write three pivots, one of them in French and Arabic and one in French alone; a role and a
    page in French; and all names in both."""
    for a, b in (("Chef", "Nurse"), ("Nurse", "Pilot"), ("Pilot", "Nurse")):
        world.pivot(a, b, DATED_PIVOT)
    world.write("content/pivots/chef-to-nurse.fr.md", FRENCH.format(a="cuisinier", b="infirmier"))
    world.write("content/pivots/nurse-to-pilot.fr.md", FRENCH.format(a="infirmier", b="pilote"))
    world.write("content/pivots/chef-to-nurse.ar.md", ARABIC.format(a="طاهٍ", b="ممرض"))
    world.write("content/roles/chef.md", ROLE.format(name="Chef"))
    world.write("content/roles/chef.fr.md", FRENCH_ROLE)
    world.write("content/pages/about.md", PAGE)
    world.write("content/pages/about.fr.md", FRENCH_PAGE)
    for language, text in NAMES.items():
        world.write(f"content/names.{language}.yaml", text)
    return world
