"""The shipped icons draw something and can be tinted."""

from __future__ import annotations

from pathlib import Path

import pytest

from iscg_desktop.paths import resources

ICONS = sorted((resources() / "icons").glob("*.svg"))


def test_there_are_icons_and_their_licence() -> None:
    assert len(ICONS) >= 50
    assert "ISC License" in (resources() / "icons" / "LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_takes_the_colour_it_is_given_and_draws(path: Path, qapp: object) -> None:
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    source = path.read_text("utf-8")
    assert "currentColor" in source
    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", "#123456").encode()))
    assert renderer.isValid()
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    colours = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colours == {"#123456"}
