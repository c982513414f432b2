"""`init`: creates a new site: settings, a few example pages, and how to go on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from string import Template

from pivotgen.disk.places import Places
from pivotgen.edits.save import save
from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.lock import ATTRIBUTES, MERGE_LINE
from pivotgen.model.source import PHRASES
from pivotgen.stages.site_files import theme_folder

_STARTER = Path(__file__).resolve().parents[1] / "starter"
_IGNORED = "# What pivotgen makes; the sources are enough to make it again.\npublic/\n.pivotgen/\n"
_SETTINGS = '''\
"""The settings of this site, and its front door: `python build.py COMMAND`."""

from pivotgen import Config, Link, main

config = Config(
    name={name},
    base_url={base_url},{language}
    navigation=(Link("About", "/about/"),),
)

if __name__ == "__main__":
    main(config)
'''
# What may be there already and stays as it is; every other file is needed as it is written.
_MAY_STAY = ("README.md", ".gitignore", ATTRIBUTES)
# Folders that are read as parts of a site, so what is in them would become part of this one.
_FOLDERS = ("content", "layouts", "assets", "static")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new site is called, where it will be, and in which language it is written."""

    name: str
    base_url: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: files in all, and the names of those that were there and stayed."""

    files: int
    kept: tuple[str, ...]


def init(folder: Path, beginning: Beginning) -> Begun:
    """Create a new site in `folder`, beside what is there; nothing of that is written over.

    ValueError says what stands in the way, or what is wrong with the address.
    """
    Config(name=beginning.name, base_url=beginning.base_url)
    texts = _texts(beginning)
    _refuse_what_is_in_the_way(folder, texts)
    files = {name: text.encode() for name, text in texts.items()}
    for file in (_STARTER / "static").iterdir():
        if file.is_file():
            files[f"static/{file.name}"] = file.read_bytes()
    kept = [name for name in files if (folder / name).exists()]
    changes = [Change(name, None, data) for name, data in files.items() if name not in kept]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"cannot write to {folder}: {error.strerror or error}") from None
    for problem in save(Places(folder), changes, with_folders=True):
        raise ValueError(f"cannot write to {folder}: {problem.path}: {problem.message}")
    return Begun(len(changes), tuple(kept))


def languages() -> list[str]:
    """The languages that the theme speaks."""
    return sorted(file.stem for file in (theme_folder() / PHRASES).glob("*.yaml"))


def _refuse_what_is_in_the_way(folder: Path, texts: Iterable[str]) -> None:
    """ValueError names what is there and would be written over, or become part of the site."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a new folder")
    names = {*_FOLDERS, *(name for name in texts if "/" not in name)} - {*_MAY_STAY}
    if taken := sorted(name for name in names if os.path.lexists(folder / name)):
        listed = " and ".join(f"`{name}`" for name in taken)
        stands = "stands" if len(taken) == 1 else "stand"
        raise ValueError(f"{listed} {stands} in the way; name a new folder, or move that away")


def _quoted(text: str) -> str:
    """A text as Python and people write it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _texts(beginning: Beginning) -> dict[str, str]:
    """Every text file of the new site, by its path."""
    language = beginning.language
    setting = "" if language == "en" else f"\n    language={_quoted(language)},"
    texts = {
        "build.py": _SETTINGS.format(
            name=_quoted(beginning.name), base_url=_quoted(beginning.base_url), language=setting
        ),
        "requirements.txt": f"pivotgen=={version('pivotgen')}\n",
        ".gitignore": _IGNORED,
        ATTRIBUTES: f"{MERGE_LINE}\n",
        "README.md": Template((_STARTER / "README.md").read_text("utf-8")).substitute(
            name=beginning.name
        ),
    }
    content = sorted((_STARTER / "content").rglob("*.md"))
    texts |= {file.relative_to(_STARTER).as_posix(): file.read_text("utf-8") for file in content}
    if language not in languages():
        english = (theme_folder() / PHRASES / "en.yaml").read_text("utf-8")
        texts[f"{PHRASES}/{language}.yaml"] = f"# Translate these from English.\n{english}"
    return texts
