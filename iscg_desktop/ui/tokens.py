"""The colours of the program by role, light and dark, and the sizes everything is drawn with."""

from __future__ import annotations

import sys
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Tokens:
    """One set of colours; pages name these roles, never a colour.

    Attributes:
        ground: Behind the cards.
        surface: Cards, fields, the bar of pages.
        line: Separators that carry no meaning.
        edge: Border of what can be typed in or pressed; at least 3:1 on ground and surface.
        ink: Text.
        quiet: Secondary text.
        accent: The one colour of actions, links and focus.
        accent_hover: The same under the pointer.
        accent_ink: Text on the accent.
        soft: Chosen or pointed at.
        good, warn, alert: Words and marks of a state, each with its soft ground.
    """

    ground: str
    surface: str
    line: str
    edge: str
    ink: str
    quiet: str
    accent: str
    accent_hover: str
    accent_ink: str
    soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    alert: str
    alert_soft: str

    def role(self, name: str) -> str:
        """Colour of a role; raises ``KeyError`` for a name that is none."""
        if name not in ROLES:
            raise KeyError(name)
        return str(getattr(self, name))

    def soft_of(self, name: str) -> str:
        """Soft ground that goes under the text of a role."""
        grounds = {
            "good": self.good_soft,
            "warn": self.warn_soft,
            "alert": self.alert_soft,
            "quiet": self.line,
        }
        return grounds.get(name, self.soft)


ROLES = frozenset(field.name for field in fields(Tokens))

LIGHT = Tokens(
    ground="#F5F6F8",
    surface="#FFFFFF",
    line="#DDE1E7",
    edge="#7E8997",
    ink="#1B2430",
    quiet="#566272",
    accent="#1F5E8C",
    accent_hover="#174B71",
    accent_ink="#FFFFFF",
    soft="#E6EFF6",
    good="#1E7A4C",
    good_soft="#E3F3EA",
    warn="#8A5A00",
    warn_soft="#FBF0D9",
    alert="#B3261E",
    alert_soft="#FBE6E4",
)

DARK = Tokens(
    ground="#14181D",
    surface="#1C2229",
    line="#323B46",
    edge="#707C8A",
    ink="#E8ECF1",
    quiet="#A3AFBD",
    accent="#6FB1E0",
    accent_hover="#8CC4EC",
    accent_ink="#0E1A24",
    soft="#1F3344",
    good="#6CCB98",
    good_soft="#183526",
    warn="#E5B45A",
    warn_soft="#3A2F17",
    alert="#F2877F",
    alert_soft="#40201E",
)

# A grid of 4. Device-independent pixels: Qt multiplies them by the scale of the screen.
GAP = 16
"""Between cards, and inside them."""
MARGIN = 28
"""Around a page."""
CONTROL = 34
"""Least height of what can be pressed or typed in."""
ROW = 36
"""Least height of a table row."""
BAR = 196
"""Width of the bar of pages."""
BAR_COLLAPSED = 60
BREAK = 1000
"""Width of the window under which the bar collapses to icons."""
RADIUS = 6
RADIUS_CARD = 10

# Point size at which body text is comfortable where the system's own text is at its usual size.
_USUAL_AND_BODY = {"win32": (9.0, 10.0), "darwin": (13.0, 13.0)}
_LARGEST = 2.0


def body_size(system_size: float, platform: str = sys.platform) -> float:
    """Point size of body text, following the size the user gave to the system's text.

    Never below the usual size: a system font of 8 pt is a matter of taste, not of need.
    """
    usual, body = _USUAL_AND_BODY.get(platform, (11.0, 10.0))
    return round(body * min(max(system_size / usual, 1.0), _LARGEST), 2)


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB`` as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
