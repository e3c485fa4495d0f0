"""The head of a dossier: what it is, until when it is kept, and what is to be read before anything else."""

from __future__ import annotations

from collections.abc import Collection

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.dossier import Dossier
from iscg_desktop.services.services import Services
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader


class DossierHeader(PageHeader):
    """Its number and its facts, beside what is done with it as a whole."""

    def __init__(self, services: Services) -> None:
        super().__init__("")
        self._services = services
        self.back_button = self.set_back(self.tr("Dossiers"))
        self.close_button = self.add_secondary(self.tr("&Clore"), icon="archive")
        self.documents_button = self.add_secondary(self.tr("Autre document…"), icon="file-text")
        self.new_button = self.set_primary(self.tr("Nouvel entretien"), icon="plus", shortcut="Ctrl+N")

    def show_dossier(self, dossier: Dossier) -> None:
        """Say which one it is."""
        listes = self._services.listes
        self.set_title(self.tr("Dossier {numero}").replace("{numero}", dossier.numero))
        facts = [
            listes.unite(dossier.unite_id),
            listes.libelle("regime", dossier.regime),
            self.tr("dernier contact le {date}").replace("{date}", format_date(dossier.dernier_contact)),
            self._kept_until(dossier.id),
        ]
        self.set_subtitle(" · ".join(fact for fact in facts if fact))
        self.close_button.setVisible(dossier.clos_le is None)

    def _kept_until(self, dossier_id: int) -> str:
        """Until when it is kept; past that day it is prolonged or erased."""
        fin = self._services.conservation.fin(dossier_id)
        over = fin < self._services.clock.today()
        words = (
            self.tr("à conserver jusqu’au {date}, passé") if over else self.tr("à conserver jusqu’au {date}")
        )
        return words.replace("{date}", format_date(fin))


class ClosedMessage(InlineMessage):
    """That it is closed, since when and why, with the way to open it again."""

    def __init__(self) -> None:
        super().__init__("warn", dismissible=False)

    def show_dossier(self, dossier: Dossier, *, discreet: bool) -> None:
        """Say it of a closed dossier, nothing of another."""
        if dossier.clos_le is None:
            self.clear()
            return
        said = self.tr("Dossier clos le {date}.").format(date=format_date(dossier.clos_le))
        # The words she typed come last, so that nothing in them is taken for a place to fill.
        motif = "" if discreet else self.tr("Motif\u00a0: {0}").format(dossier.motif_cloture)
        parts = (said, self.tr("Un nouvel entretien le rouvrira."), motif)
        self.show_message("warn", " ".join(part for part in parts if part), self.tr("Rouvrir"))


class DraftMessage(InlineMessage):
    """That something of this dossier was left half-typed.

    Attributes:
        cle: Name of that draft, "" when there is none.
    """

    def __init__(self, services: Services) -> None:
        super().__init__("info", dismissible=False)
        self._services = services
        self.cle = ""

    def look_for(self, dossier_id: int, but: Collection[str]) -> None:
        """Offer to go on with a draft of the dossier; those of ``but`` are on the page already."""
        drafts = [
            draft
            for draft in self._services.brouillons.all()
            if draft.dossier_id == dossier_id and draft.cle not in but
        ]
        # An entretien half-typed comes before a fiche half-completed.
        drafts.sort(key=lambda draft: draft.formulaire != "entretien")
        self.cle = drafts[0].cle if drafts else ""
        said = self.tr("Une saisie de ce dossier est restée en brouillon.") if drafts else ""
        self.show_message("info", said, self.tr("Reprendre") if drafts else "")
