"""On every page, Tab reaches all that can be answered or pressed, and comes round again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from iscg_desktop.ui.desk import Desk
from iscg_desktop.ui.early_keys import EarlyKeys
from tests.attente import wait_for
from tests.ui.canaris import Places, open_desk
from tests.ui.chemins import ways

_MOST = 400  # Tab keys after which it will not come round any more


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Desk, Places]]:
    desk, tasks, places = open_desk(qtbot, tmp_path)
    desk.window.activateWindow()
    yield desk, places
    desk.close()
    tasks.close()


def test_nothing_is_out_of_reach_of_the_tab_key(opened: tuple[Desk, Places], tmp_path: Path) -> None:
    desk, at = opened
    missed: dict[str, list[str]] = {}
    early = desk.window.findChild(EarlyKeys)
    assert early is not None
    for name, go in ways(desk, at, tmp_path).items():
        go()
        wait_for(lambda: not early.holds)
        QApplication.processEvents()
        page = desk.window.page(desk.window.current_page() or "")
        asked = _stops(page)  # before: what is chosen on the way may offer more behind it
        reached = _walk(name)
        left_out = [each for each in asked if each not in reached]
        if left_out:
            missed[name] = [f"{type(each).__name__} {each.accessibleName()}" for each in left_out]
    assert missed == {}


def _stops(page: QWidget) -> list[QWidget]:
    """All that takes the focus from Tab itself."""
    return [
        each
        for each in page.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.focusProxy() is None
    ]


def _walk(name: str) -> set[QWidget]:
    """All that Tab goes through until it comes round."""
    seen: set[QWidget] = set()
    before: QWidget | None = None
    for _ in range(_MOST):
        here = QApplication.focusWidget()
        assert here is not None, f"{name}: the keyboard was lost after {before}"
        if here is not before and here in seen:
            return seen
        seen.add(here)
        before = here
        QTest.keyClick(here, Qt.Key.Key_Tab)
    raise AssertionError(f"{name}: Tab never comes round, {before} keeps it")
