"""Makes the Qt application: its name, its look, Qt's own words in French."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from iscg_desktop import paths
from iscg_desktop.platform import freed
from iscg_desktop.services import preferences
from iscg_desktop.ui import icons
from iscg_desktop.ui.garbage import GarbageCollector
from iscg_desktop.ui.mnemonics import Mnemonics
from iscg_desktop.ui.theme import Theme

NAME = "ISCG Desktop"


def make_application(argv: Sequence[str]) -> tuple[QApplication, Theme]:
    """Make the one application and dress it.

    Args:
        argv: The command line, the program's name first.
    """
    freed.share_one_heap()
    # 125 % and 150 % are drawn as such, not rounded to 100 or 200.
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(list(argv))
    app.setApplicationName("iscg-desktop")
    app.setApplicationDisplayName(NAME)
    app.setDesktopFileName("iscg-desktop")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    _speak_french(app)
    kept = preferences.load()
    theme = Theme(app, kept.aspect)
    theme.wear(kept.aspect, kept.taille)
    Mnemonics(app)
    GarbageCollector(app)
    app.setWindowIcon(icons.icon("shield-check", "accent", 32))
    return app, theme


def _speak_french(app: QApplication) -> None:
    """Qt's own words (context menus, print dialog), then the plural forms of ours."""
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase_fr"),
        (str(paths.translations()), "iscg_fr"),
    ):
        translator = QTranslator(app)
        if translator.load(name, folder):
            app.installTranslator(translator)
