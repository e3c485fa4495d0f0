"""The head of an entretien: in which dossier it is typed, when its draft was kept, what is done with it."""

from __future__ import annotations

from datetime import datetime

from iscg_desktop.domain.dates import format_heure
from iscg_desktop.ui.widgets.page_header import PageHeader


class EntretienHeader(PageHeader):
    """Gives the page its title; its buttons are those of the page."""

    def __init__(self) -> None:
        super().__init__("")
        self.set_title(self.tr("Entretien"))
        self._place = ""
        self.abandon_button = self.add_secondary(self.tr("A&bandonner"))
        self.fiche_button = self.add_secondary(self.tr("Fiche de liaison…"), icon="file-text")
        self.finish_button = self.set_primary(self.tr("&Terminer   Ctrl+S"), shortcut="Ctrl+S")

    def show_typed(self, numero: str, kept_at: datetime | None, *, amends: bool) -> None:
        """An entretien is being typed.

        Args:
            numero: Of its dossier, "" for a new one.
            kept_at: When its draft was kept; None while there is none.
            amends: It was recorded before.
        """
        self._place = self.tr("Dossier {0}").format(numero) if numero else self.tr("Nouveau dossier")
        self.set_title(self.tr("Corriger un entretien") if amends else self.tr("Entretien"))
        self._show_work(typed=True, fiche=False)
        self.say_draft(kept_at)

    def say_draft(self, kept_at: datetime | None) -> None:
        """Say when the draft was kept."""
        words = [self._place]
        if kept_at is not None:
            words.append(self.tr("brouillon gardé à {0}").format(_hour(kept_at)))
        self.set_subtitle(" · ".join(words))

    def say_draft_waits(self) -> None:
        """Say that the disk refused it."""
        self.set_subtitle(self.tr("{0} · brouillon pas encore gardé").format(self._place))

    def show_recorded(self, numero: str, moment: datetime, *, amended: bool, fiche: bool) -> None:
        """It is recorded; ``fiche`` offers to go on with one."""
        words = (
            self.tr("Dossier {0} · corrigé à {1}") if amended else self.tr("Dossier {0} · enregistré à {1}")
        )
        self.set_title(self.tr("Entretien"))
        self.set_subtitle(words.format(numero, _hour(moment)))
        self._show_work(typed=False, fiche=fiche)

    def _show_work(self, *, typed: bool, fiche: bool) -> None:
        self.abandon_button.setVisible(typed)
        self.finish_button.setVisible(typed)
        self.fiche_button.setEnabled(fiche)


def _hour(moment: datetime) -> str:
    return format_heure(moment.astimezone().time())
