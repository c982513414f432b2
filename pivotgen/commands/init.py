"""`init`: creates a new site: settings, a few example pages, and how to go on.

It writes what a host and a service of CI need, too, also into a site that is there already.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from string import Template

from pivotgen.commands._deploy_files import extras_of, target_for_ci, with_deploy
from pivotgen.commands._host_files import host_files, ignored_lines, service_of
from pivotgen.disk.places import Places
from pivotgen.edits.save import save
from pivotgen.engines.settings import SETTINGS_FILE, read_settings
from pivotgen.model.config import Config
from pivotgen.model.edit import Change
from pivotgen.model.lazy_dataclass import dataclass
from pivotgen.model.lock import ATTRIBUTES, MERGE_LINE
from pivotgen.model.source import PHRASES
from pivotgen.stages.site_files import theme_folder

_STARTER = Path(__file__).resolve().parents[1] / "starter"
_IGNORED = (
    "# What programs make; the sources are enough to make it again.",
    *("public/", ".pivotgen/", ".venv/", "__pycache__/"),
)
_SETTINGS = '''\
"""The settings of this site, and its front door: `python build.py COMMAND`."""

from pivotgen import Config, Link, main

config = Config(
    name={name},
    base_url={base_url},{settings}
    footer=(Link("About", "/about/"),),
)

if __name__ == "__main__":
    main(config)
'''
_NEEDED = "requirements.txt"
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
    # The host that publishes it, and the service that checks it, such as "github"; "" for none.
    host: str = ""
    service: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What was written: files in all, and the names of those that were there and stayed."""

    files: int
    kept: tuple[str, ...]
    # Lines that are still to be written: into Config of build.py, and into other files by name.
    settings: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()


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
    return _written(folder, files)


def add_host(folder: Path, host: str, service: str) -> Begun:
    """Write what a host and a service need into the site in `folder`; nothing is written over.

    ValueError says what stands in the way.
    """
    settings = read_settings(folder)
    config = settings if isinstance(settings, Config) else None
    service = service_of(host, service)
    texts = host_files(host, service, config.name if config else "")
    target = target_for_ci(config) if config and service else None
    if target:
        texts = with_deploy(texts, service, target)
    others = [
        path
        for path, text in texts.items()
        if os.path.lexists(folder / path) and not _holds(folder / path, text)
    ]
    if others:
        raise ValueError(_in_the_way(others, "move that away and compare"))
    begun = _written(folder, {path: text.encode() for path, text in texts.items()})
    is_named = not host or bool(config and host in config.hosts)
    ignored = _words(folder / ".gitignore")
    lines = [(".gitignore", line) for line in ignored_lines(host) if line not in ignored]
    if target and not any(word.startswith(extras_of(target)) for word in _words(folder / _NEEDED)):
        lines.append((_NEEDED, f"{extras_of(target)}=={version('pivotgen')}"))
    return Begun(
        begun.files,
        begun.kept,
        settings=() if is_named else (_hosts_setting(host),),
        lines=tuple(lines),
    )


def _words(file: Path) -> list[str]:
    return file.read_text("utf-8", "replace").split() if file.is_file() else []


def _written(folder: Path, files: Mapping[str, bytes]) -> Begun:
    kept = [name for name in files if (folder / name).exists()]
    changes = [Change(name, None, data) for name, data in files.items() if name not in kept]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"cannot write to {folder}: {error.strerror or error}") from None
    for problem in save(Places(folder), changes, with_folders=True):
        raise ValueError(f"cannot write to {folder}: {problem.path}: {problem.message}")
    return Begun(len(changes), tuple(kept))


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


def is_site(folder: Path) -> bool:
    """Whether there is a site in the folder already."""
    return (folder / SETTINGS_FILE).is_file()


def languages() -> list[str]:
    """The languages that the theme speaks."""
    return sorted(file.stem for file in (theme_folder() / PHRASES).glob("*.yaml"))


def _refuse_what_is_in_the_way(folder: Path, texts: Iterable[str]) -> None:
    """ValueError names what is there and would be written over, or become part of the site."""
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file; name a new folder")
    of_host = (name for name in texts if name.partition("/")[0] not in _FOLDERS)
    names = {*_FOLDERS, *of_host} - {*_MAY_STAY}
    if taken := sorted(name for name in names if os.path.lexists(folder / name)):
        raise ValueError(_in_the_way(taken, "name a new folder, or move that away"))


def _in_the_way(names: Iterable[str], hint: str) -> str:
    listed = [f"`{name}`" for name in names]
    return f"{' and '.join(listed)} {'stands' if len(listed) == 1 else 'stand'} in the way; {hint}"


def _quoted(text: str) -> str:
    """A text as Python and people write it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def _hosts_setting(host: str) -> str:
    return f"hosts=({_quoted(host)},),"


def _texts(beginning: Beginning) -> dict[str, str]:
    """Every text file of the new site, by its path."""
    language, host = beginning.language, beginning.host
    settings = [] if language == "en" else [f"language={_quoted(language)},"]
    settings += [_hosts_setting(host)] if host else []
    texts = {
        SETTINGS_FILE: _SETTINGS.format(
            name=_quoted(beginning.name),
            base_url=_quoted(beginning.base_url),
            settings="".join(f"\n    {setting}" for setting in settings),
        ),
        _NEEDED: f"pivotgen=={version('pivotgen')}\n",
        ".gitignore": "".join(f"{line}\n" for line in (*_IGNORED, *ignored_lines(host))),
        ATTRIBUTES: f"{MERGE_LINE}\n",
        "README.md": Template((_STARTER / "README.md").read_text("utf-8")).substitute(
            name=beginning.name
        ),
    }
    texts |= host_files(host, service_of(host, beginning.service), beginning.name)
    content = sorted((_STARTER / "content").rglob("*.md"))
    texts |= {file.relative_to(_STARTER).as_posix(): file.read_text("utf-8") for file in content}
    if language not in languages():
        english = (theme_folder() / PHRASES / "en.yaml").read_text("utf-8")
        texts[f"{PHRASES}/{language}.yaml"] = f"# Translate these from English.\n{english}"
    return texts
