"""The bilan page in a test: over a period, all its figures counted."""

from __future__ import annotations

from iscg_desktop.ui.pages.bilan.page import BilanPage
from tests.ui.pages.pupitre import Pupitre


def page_of(pupitre: Pupitre) -> BilanPage:
    """The page that stands there."""
    assert isinstance(pupitre.page, BilanPage)
    return pupitre.page


def shown(pupitre: Pupitre, code: str = "2026-T3") -> BilanPage:
    """The page over a period, all its figures counted."""
    page = page_of(pupitre)
    if not page.isVisible():
        pupitre.show()
    page.activated()
    if page.period.value() != code:
        page.etendue.show_period(code)
        page.activated()
    pupitre.qtbot.waitUntil(
        lambda: not page._steps.running and not page.chiffres._timer.isActive(), timeout=20000
    )
    return page
