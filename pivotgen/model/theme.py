"""Theme: the values of the packaged look that a site may change without a stylesheet of its own."""

from __future__ import annotations

import re

from pivotgen.model.lazy_dataclass import dataclass

# The lightest and darkest grounds of assets/style.css that the accent stands on as text.
_LIGHT_GROUND, _DARK_GROUND = "#f2ece1", "#221f1a"
_WHITE, _BLACK = "#ffffff", "#1b120d"
# WCAG 2.2, success criterion 1.4.3: text of ordinary size.
_CONTRAST = 4.5
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# What ends a value in a stylesheet.
_UNSAFE = re.compile(r"[;{}<>\\\n]|/\*")
# How far a colour moves towards black or white in one step, as a part of the way.
_STEP = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Colour, fonts and logo of a site. What is empty stays as in the packaged stylesheet."""

    # The colour of links, buttons and lines, such as "#0b6e4f".
    accent: str = ""
    # The same in dark mode; made from `accent` when it is empty.
    accent_dark: str = ""
    # CSS font families of running text, of headings, and of everything around them.
    text_font: str = ""
    heading_font: str = ""
    interface_font: str = ""
    # A picture in place of the site's name at the top of each page: the address of a file in
    # static/ or assets/.
    logo: str = ""

    def __post_init__(self) -> None:
        """Check the values; a ValueError says in plain words what is wrong."""
        if self.accent_dark and not self.accent:
            raise ValueError("accent_dark needs accent too")
        _check_colour("accent", self.accent, _LIGHT_GROUND)
        _check_colour("accent_dark", self.accent_dark, _DARK_GROUND)
        for name in ("text_font", "heading_font", "interface_font"):
            if match := _UNSAFE.search(getattr(self, name)):
                raise ValueError(
                    f"{name} is the names of fonts with commas between, without `{match[0]}`"
                )

    @property
    def style(self) -> str:
        """The stylesheet that puts these values over those of the packaged one; "" for none."""
        fonts = {
            "--font-text": self.text_font,
            "--font-heading": self.heading_font,
            "--font-interface": self.interface_font,
        }
        root = {name: value for name, value in fonts.items() if value}
        dark: dict[str, str] = {}
        if self.accent:
            accent_dark = self.accent_dark or _readable(self.accent, _DARK_GROUND)
            root |= {"--accent": self.accent, "--on-accent": _text_on(self.accent)}
            dark = {"--accent": accent_dark, "--on-accent": _text_on(accent_dark)}
        rules = f":root {{ {_declarations(root)} }}\n" if root else ""
        if dark:
            rules += (
                f"@media (prefers-color-scheme: dark) {{ :root {{ {_declarations(dark)} }} }}\n"
            )
        return rules


def contrast(first: str, second: str) -> float:
    """How far two colours such as "#0b6e4f" are apart, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _check_colour(name: str, colour: str, ground: str) -> None:
    if not colour:
        return
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{name} is a colour such as #0b6e4f, and `{colour}` is none")
    ratio = contrast(colour, ground)
    if ratio < _CONTRAST:
        raise ValueError(
            f"{name} `{colour}` is hard to read on the page: its contrast is {ratio:.1f} to 1, and "
            f"text needs {_CONTRAST} to 1; `{_readable(colour, ground)}` would do"
        )


def _readable(colour: str, ground: str) -> str:
    """The colour, or the nearest one on the way to white or black that can be read on `ground`."""
    end = 255.0 if _luminance(ground) < 0.5 else 0.0
    parts = [float(part) for part in _parts(colour)]
    while contrast(_hex(parts), ground) < _CONTRAST:
        parts = [part + (end - part) * _STEP for part in parts]
    return _hex(parts)


def _text_on(colour: str) -> str:
    """White or black, whichever is easier to read on this colour."""
    return max((_WHITE, _BLACK), key=lambda text: contrast(text, colour))


def _luminance(colour: str) -> float:
    """Relative luminance of a colour, from 0 to 1 (WCAG 2.2, definition of relative luminance)."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _hex(parts: list[float]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _declarations(values: dict[str, str]) -> str:
    return " ".join(f"{name}: {value};" for name, value in values.items())
