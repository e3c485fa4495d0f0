"""The dossiers behind a figure of the bilan, or those where an answer is missing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot

from iscg_desktop.domain.chiffres import Cellule
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.dossier import DossierLine
from iscg_desktop.domain.etendue import Etendue
from iscg_desktop.errors import UserError
from iscg_desktop.services.releves import DossierCompte, Releve
from iscg_desktop.services.services import Services
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.models.window_table import WindowTable
from iscg_desktop.ui.steps import Steps
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage


class RelevePage(ScrollPage):
    """Lists dossiers; Enter opens one, or the entretien to be completed.

    Signals:
        left: Back to the bilan.
        dossier_requested: Id of a dossier.
        amend_requested: Id of the entretien in which an answer is missing.
    """

    left = Signal()
    dossier_requested = Signal(int)
    amend_requested = Signal(int)

    def __init__(self, services: Services) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Dossiers d’un chiffre")
        self._services = services
        self._discreet = False
        self._asked: tuple[Etendue, tuple[Cellule, ...], int, bool] | None = None
        self._releve = Releve(0, (), 0)
        self._counted: dict[int, DossierCompte] = {}
        self._steps = Steps(self, self._on_refused)
        header.set_back(self.tr("Bilan")).clicked.connect(self.left)
        self.message = InlineMessage()
        columns = self._columns()
        self.table = DataTable(
            columns,
            name=self.tr("Dossiers"),
            table=WindowTable(columns, self._fetch, lambda line: line.id),
            empty=EmptyState("folder-open", self.tr("Aucun dossier à montrer")),
        )
        self.add(self.message)
        card = Card()
        card.add(self.table, 1)
        self.add(card, 1)
        self.table.activated.connect(self._on_table_activated)

    @property
    def searching(self) -> bool:
        """Whether the dossiers are still being looked for."""
        return self._steps.running

    def show_figure(
        self, etendue: Etendue, cellules: Iterable[Cellule], words: str, number: int, *, a_completer: bool
    ) -> None:
        """Show the dossiers that some cells count.

        Args:
            etendue: The days counted.
            cellules: The cells.
            words: What they count.
            number: The figure shown on the page of the bilan.
            a_completer: Show those where the answer can still be given, to be completed.
        """
        assert self.header is not None
        self.header.set_title(words)
        self.header.set_subtitle(etendue.libelle)
        self._asked = (etendue, tuple(cellules), number, a_completer)
        self._show(Releve(0, (), 0))
        self._reload()

    def activated(self) -> None:
        """Read again: what was completed is no longer here."""
        self._reload()
        self.table.setFocus()

    def set_discreet(self, discreet: bool) -> None:
        """Hide names, or show them again."""
        self._discreet = discreet
        self.table.view.viewport().update()

    def _reload(self) -> None:
        if self._asked is None:
            return
        etendue, cellules, _, a_completer = self._asked
        work = self._services.releves.trouver(etendue, cellules, ouverts=a_completer)
        self._steps.start(work, self._on_found)

    def _on_found(self, releve: Releve) -> None:
        self._show(releve)
        if self._asked is not None:
            self._say(self._asked[2], a_completer=self._asked[3])

    def _on_refused(self, error: UserError) -> None:
        show_error(self.message, error)

    def _show(self, releve: Releve) -> None:
        self._releve = releve
        self._counted = {each.dossier_id: each for each in releve.dossiers}
        self.table.set_keys(self._counted)

    def _say(self, number: int, *, a_completer: bool) -> None:
        found = self._releve
        if a_completer:
            self.message.show_message(
                "info",
                self.tr("Entrée ouvre l’entretien à compléter. Ce qui est complété quitte cette liste."),
            )
        elif found.nombre < number:
            words = self.tr(
                "Le bilan arrêté compte {nombre} ; {reste} se retrouvent encore. Les autres ont été effacés ou"
                " corrigés depuis : le chiffre arrêté ne bouge pas."
            )
            words = words.replace("{nombre}", str(number)).replace("{reste}", str(found.nombre))
            self.message.show_message("info", words)
        elif found.sans_dossier:
            words = self.tr(
                "%n ligne(s) sans dossier, par exemple une saisine sans suite.", "", found.sans_dossier
            )
            self.message.show_message("info", words)
        else:
            self.message.clear()

    def _fetch(self, ids: Iterable[int]) -> Iterable[DossierLine]:
        return self._services.liste_dossiers.lines(tuple(ids))

    def _columns(self) -> list[Column[DossierLine]]:
        libelle = self._services.listes.libelle
        return [
            Column(self.tr("Dossier"), lambda line: line.numero),
            Column(
                self.tr("Personnes"),
                lambda line: line.initiales if self._discreet else line.noms,
                stretch=True,
            ),
            Column(
                self.tr("Problématique"),
                lambda line: libelle("problematique", line.problematique) or "–",
                stretch=True,
            ),
            Column(self.tr("Compté"), self._times, align="right"),
            Column(
                self.tr("Dernier contact"),
                lambda line: format_date_courte(line.dernier_contact),
                align="right",
            ),
        ]

    def _times(self, line: DossierLine) -> str:
        return str(self._counted[line.id].nombre)

    @Slot(object)
    def _on_table_activated(self, line: DossierLine) -> None:
        entretiens = self._counted[line.id].entretiens
        if self._asked is not None and self._asked[3] and entretiens:
            self.amend_requested.emit(entretiens[0])
        else:
            self.dossier_requested.emit(line.id)
