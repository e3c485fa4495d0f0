"""What the list of dossiers is narrowed to: the views, and a line of chips that any answer is typed into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.liste_dossiers import Contact, Etat, Filtre, Signe, Tri, Vue
from iscg_desktop.errors import InvalidInput
from iscg_desktop.services.liste_dossiers import ListeDossiersService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.messages import show_problems
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button, LinkButton
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.multi_type_ahead import MultiTypeAhead


class FiltresDossiers(QWidget):
    """The views and the filters of the list.

    Signals:
        changed: She chose other filters.
        vue_chosen: A ``Vue``, with its filters and its sort.
    """

    changed = Signal()
    vue_chosen = Signal(object)

    def __init__(self, liste: ListeDossiersService, listes: ListesService) -> None:
        super().__init__()
        self._liste, self._listes = liste, listes
        self._discreet = False
        self._tri = Tri()
        self._vues: dict[str, Vue] = {}
        self.vues = QWidget()  # replaced by the row of views when they are read
        self.filtres = MultiTypeAhead(
            placeholder=self.tr("Ouvert, mineur concerné, une unité, une commune, une problématique…")
        )
        # Its line takes the focus; without a policy of its own the mnemonic of its label would not come here.
        self.filtres.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._keep = LinkButton(self.tr("&Garder cette vue"))
        self._drop = LinkButton(self.tr("Supprimer cette vue"))
        self.nom = Field(self.tr("N&om de la vue"), LineEdit())
        self._save = Button(self.tr("Gar&der"), icon="check")
        self._naming = _Naming(self.nom, self._save)
        self._views = QHBoxLayout()
        self._views.setSpacing(GAP)
        self._views.addWidget(self.vues, 1)
        for link in (self._keep, self._drop):
            self._views.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._views)
        column.addWidget(Field(self.tr("&Filtrer"), self.filtres))
        column.addWidget(self._naming)
        self.filtres.committed.connect(self._on_filtres_committed)
        self._keep.clicked.connect(self._on_keep_clicked)
        self._drop.clicked.connect(self._on_drop_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._naming.submitted.connect(self._on_save_clicked)

    def reload(self) -> None:
        """Read again what may be chosen."""
        self.filtres.set_choices(self._choices())
        self._show_vues()

    def filtre(self) -> Filtre:
        """What the dossiers must be."""
        return Filtre.of_codes(self.filtres.value())

    def show_filtre(self, filtre: Filtre, tri: Tri) -> None:
        """Show filters and the view they are, if they are one; emits nothing."""
        self._tri = tri
        self.filtres.set_value(filtre.codes())
        self._mark()

    def show_tri(self, tri: Tri) -> None:
        """She sorted otherwise."""
        self._tri = tri
        self._mark()

    def set_discreet(self, discreet: bool) -> None:
        """Hide the names she gave to her views, or show them again."""
        self._discreet = discreet
        self._show_vues()

    def _choices(self) -> Iterable[Choice]:
        etat, suivre, contact = self.tr("État"), self.tr("À suivre"), self.tr("Dernier contact")
        yield Choice(f"etats:{Etat.OUVERT}", self.tr("Ouvert"), etat)
        yield Choice(f"etats:{Etat.CLOS}", self.tr("Clos"), etat)
        for signe, label in (
            (Signe.A_REVOIR, self.tr("À revoir avec le référent")),
            (Signe.RELANCE_DUE, self.tr("Relance due")),
            (Signe.SANS_RETOUR, self.tr("Fiche sans retour")),
            (Signe.MINEUR, self.tr("Mineur concerné")),
        ):
            yield Choice(f"signes:{signe}", label, suivre)
        for periode, label in (
            (Contact.MOINS_DE_30_JOURS, self.tr("Vu depuis moins de 30 jours")),
            (Contact.MOINS_DE_3_MOIS, self.tr("Vu depuis moins de 3 mois")),
            (Contact.MOINS_D_UN_AN, self.tr("Vu depuis moins d’un an")),
            (Contact.PLUS_DE_3_MOIS, self.tr("Sans contact depuis 3 mois")),
            (Contact.PLUS_DE_6_MOIS, self.tr("Sans contact depuis 6 mois")),
            (Contact.PLUS_D_UN_AN, self.tr("Sans contact depuis un an")),
        ):
            yield Choice(f"contacts:{periode}", label, contact)
        for valeur in self._listes["regime"].valeurs:
            yield Choice(f"regimes:{valeur.code}", valeur.libelle, self.tr("Régime"))
        for famille in self._listes["problematique"].familles:
            yield Choice(f"familles:{famille.code}", famille.libelle, self.tr("Problématique"))
        for unite in self._listes.unites():
            yield Choice(f"unites:{unite.id}", unite.nom, self.tr("Unité"))
        for code, nom in self._liste.communes():
            yield Choice(f"communes:{code}", nom, self.tr("Commune"))

    def _show_vues(self) -> None:
        """Put the row of views anew: hers come and go."""
        vues = self._liste.vues()
        self._vues = {vue.code or f"sienne:{vue.nom}": vue for vue in vues}
        hers = 0
        choices = []
        for code, vue in self._vues.items():
            hers += not vue.code
            hidden = self._discreet and not vue.code
            choices.append(Choice(code, self.tr("Ma vue {n}").format(n=hers) if hidden else vue.nom))
        focused = QApplication.focusWidget()
        had = focused is not None and self.vues.isAncestorOf(focused)
        row = ChoiceRow(choices, clearable=False)
        row.setAccessibleName(self.tr("Vues"))
        row.committed.connect(self._on_vue_committed)
        self._views.replaceWidget(self.vues, row)
        self.vues.hide()
        self.vues.deleteLater()
        self.vues = row
        row.show()
        self._mark()
        if had:
            row.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self) -> None:
        """Mark the view that is shown, and offer to keep what is none."""
        wanted = Vue("", self.filtre(), self._tri)
        shown = next((c for c, vue in self._vues.items() if replace(vue, nom="", code="") == wanted), None)
        if isinstance(self.vues, ChoiceRow):
            self.vues.set_value(shown)
        self._keep.setVisible(shown is None)
        self._drop.setVisible(shown is not None and not self._vues[shown].code)
        self._naming.hide()

    @Slot(object)
    def _on_filtres_committed(self, _codes: object) -> None:
        self._mark()
        self.changed.emit()

    @Slot(object)
    def _on_vue_committed(self, code: str | None) -> None:
        if code is not None:
            self.vue_chosen.emit(self._vues[code])

    @Slot()
    def _on_keep_clicked(self) -> None:
        self.nom.widget.clear()
        self.nom.clear_error()
        self._naming.show()
        self.nom.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_drop_clicked(self) -> None:
        code = self.vues.value() if isinstance(self.vues, ChoiceRow) else None
        if code in self._vues:
            self._liste.drop_vue(self._vues[code].nom)
            self._show_vues()

    @Slot()
    def _on_save_clicked(self) -> None:
        try:
            self._liste.keep_vue(Vue(self.nom.widget.value(), self.filtre(), self._tri))
        except InvalidInput as error:
            show_problems({"nom": self.nom}, error.problems)
        else:
            self._show_vues()
            self.vues.setFocus(Qt.FocusReason.OtherFocusReason)


class _Naming(QWidget):
    """Asks the name of a view: Enter keeps it, Escape gives up.

    Signals:
        submitted: Enter.
    """

    submitted = Signal()

    def __init__(self, nom: Field, save: Button) -> None:
        super().__init__()
        close = Button(self.tr("Annuler"), kind="quiet")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        nom.setMaximumWidth(360)
        row.addWidget(nom, 1)
        for button in (save, close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
