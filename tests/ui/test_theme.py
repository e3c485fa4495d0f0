"""The look can be read by everyone: contrast computed, colours in one place, sizes that follow the system."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel

from iscg_desktop.ui import fonts, icons
from iscg_desktop.ui.theme import Theme, palette, tokens
from iscg_desktop.ui.tokens import DARK, LIGHT, Tokens, body_size, contrast
from iscg_desktop.ui.widgets.button import Button

UI = Path(__file__).parents[2] / "iscg_desktop" / "ui"
SETS = pytest.mark.parametrize("t", [LIGHT, DARK], ids=["clair", "sombre"])


def test_contrast_is_the_one_of_wcag():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@SETS
def test_text_is_readable_wherever_it_stands(t: Tokens):
    pairs = list(product(("ink", "quiet"), ("ground", "surface")))
    pairs += [
        ("ink", "soft"),
        ("ink", "line"),
        ("accent", "ground"),
        ("accent", "surface"),
        ("accent", "soft"),
    ]
    pairs += [
        ("accent_ink", "accent"),
        ("accent_ink", "accent_hover"),
        ("surface", "ink"),
        ("alert", "surface"),
    ]
    pairs += [(role, f"{role}_soft") for role in ("good", "warn", "alert")]
    pairs += [("ink", f"{role}_soft") for role in ("good", "warn", "alert")]
    worst = {pair: contrast(t.role(pair[0]), t.role(pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in worst.items() if ratio < 4.5} == {}


@SETS
def test_edges_and_focus_rings_can_be_seen(t: Tokens):
    pairs = list(product(("edge", "accent", "alert"), ("ground", "surface")))
    pairs += [("ink", "accent")]  # ring of the primary button
    pairs += [("accent", "soft")]  # ring of what is chosen
    seen = {pair: contrast(t.role(pair[0]), t.role(pair[1])) for pair in pairs}
    too_faint = {pair: ratio for pair, ratio in seen.items() if ratio < 3}
    # On the primary button the ring also stands against the ground around it.
    if ("ink", "accent") in too_faint:
        assert contrast(t.ink, t.ground) >= 3
        del too_faint["ink", "accent"]
    assert too_faint == {}


def test_no_colour_is_written_outside_the_tokens():
    literal = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\bQColor\(\s*[\"'\d]|GlobalColor\.(?!transparent)|rgba?\(")
    found = {
        f"{file.relative_to(UI)}:{number}"
        for file in UI.rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line) and file.name != "tokens.py"
    }
    assert found == set()


@SETS
def test_the_palette_agrees_with_the_style_sheet(t: Tokens):
    worn = palette(t)
    assert worn.color(QPalette.ColorRole.Window) == QColor(t.ground)
    assert worn.color(QPalette.ColorRole.Base) == QColor(t.surface)
    assert worn.color(QPalette.ColorRole.Text) == QColor(t.ink)
    assert worn.color(QPalette.ColorRole.Highlight) == QColor(t.accent)
    assert worn.color(QPalette.ColorRole.PlaceholderText) == QColor(t.quiet)


@pytest.mark.parametrize(
    ("system", "platform", "expected"),
    [
        (9.0, "win32", 10.0),
        (13.5, "win32", 15.0),
        (27.0, "win32", 20.0),
        (13.0, "darwin", 13.0),
        (11.0, "linux", 10.0),
        (8.0, "linux", 10.0),
        (16.5, "linux", 15.0),
    ],
)
def test_text_grows_with_the_text_of_the_system(system, platform, expected):
    assert body_size(system, platform) == expected


def test_choosing_a_scheme_dresses_everything_again_at_once(theme: Theme, qtbot):
    button = Button("Imprimer", icon="printer")
    qtbot.addWidget(button)
    theme.choose("clair")
    light = button.icon().pixmap(16, 16).toImage()
    with qtbot.waitSignal(theme.changed):
        theme.choose("sombre")
    assert tokens() is DARK
    assert theme.dark
    assert button.icon().pixmap(16, 16).toImage() != light
    theme.choose("clair")
    assert tokens() is LIGHT


def test_the_scheme_of_the_system_is_followed_until_one_is_chosen(theme: Theme, qapp):
    system = [Qt.ColorScheme.Dark]
    follower = Theme(qapp, "systeme", lambda: system[0])
    assert tokens() is DARK
    for scheme, expected in ((Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK)):
        system[0] = scheme
        qapp.styleHints().colorSchemeChanged.emit(scheme)
        assert tokens() is expected
    follower.choose("clair")
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert tokens() is LIGHT
    follower.deleteLater()


def test_the_shipped_font_is_worn_and_its_figures_are_of_one_width(qtbot):
    assert fonts.load() == "Noto Sans"
    label = QLabel("1")
    qtbot.addWidget(label)
    label.ensurePolished()
    assert label.fontInfo().family() == "Noto Sans"
    assert len({label.fontMetrics().horizontalAdvance(figure) for figure in "0123456789"}) == 1


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_an_icon_is_as_sharp_as_the_screen(qapp, scale):
    picture = icons.pixmap("lock", "accent", 20, scale)
    assert picture.width() == round(20 * scale)
    assert picture.deviceIndependentSize().width() == pytest.approx(20)


def test_an_icon_wears_the_colour_of_its_role(theme: Theme):
    theme.choose("clair")
    image = icons.pixmap("lock", "alert", 64).toImage()
    solid = {
        image.pixelColor(x, y).name().upper()
        for x in range(64)
        for y in range(64)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {LIGHT.alert}


def test_a_role_or_an_icon_that_does_not_exist_is_a_mistake_of_ours(qapp):
    with pytest.raises(KeyError):
        icons.pixmap("lock", "rouge")
    with pytest.raises(FileNotFoundError):
        icons.pixmap("licorne", "ink")
