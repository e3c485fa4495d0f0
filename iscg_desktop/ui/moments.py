"""A moment in words, at the clock on the wall."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from iscg_desktop.domain.dates import format_date, format_heure


def moment(when: datetime) -> str:
    """« vendredi 27 novembre 2026 à 8 h 15 »."""
    local = when.astimezone()
    heure = local.time().replace(second=0, microsecond=0)
    words = QCoreApplication.translate("Moment", "{jour} à {heure}")
    return words.format(jour=format_date(local.date()), heure=format_heure(heure))
