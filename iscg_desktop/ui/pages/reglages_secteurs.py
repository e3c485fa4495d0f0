"""The circonscriptions d'action sociale: which communes each holds, a whole EPCI in one go."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.partenaire import Secteur
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.commune_field import CommuneField
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.line_edit import LineEdit

translate = QCoreApplication.translate

_COMMUNE, _GROUPS = "c:", ("c:", "e:")


class SecteursSection(Section):
    """The secteurs, and the communes of the one that is chosen."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Secteurs", "Secteurs"),
            translate("Secteurs", "Les circonscriptions d’action sociale et leurs communes."),
        )
        self._nom, self._renamed = LineEdit(), LineEdit()
        self._zone = CommuneField(self._search, lambda code: services.territoires.zone(code).libelle)
        self._zone.setPlaceholderText(self.tr("Commune, code postal ou intercommunalité"))
        self.fields = {"nom": Field(self.tr("&Nouveau secteur"), self._nom)}
        self.chosen = {
            "nom": Field(self.tr("No&m du secteur"), self._renamed),
            "communes": Field(
                self.tr("Ajouter une &commune"),
                self._zone,
                hint=self.tr("Une intercommunalité ajoute toutes ses communes."),
            ),
        }
        self.table = DataTable(self._columns(), empty=self._empty(), fit_rows=6, name=self.tr("Secteurs"))
        self.communes = DataTable(
            [Column(self.tr("Commune"), lambda pair: pair[1], stretch=True)],
            empty=EmptyState(
                "map-pin", self.tr("Aucune commune"), detail=self.tr("Ajoutez-en une ci-dessus.")
            ),
            fit_rows=8,
            name=self.tr("Communes"),
        )
        self._one = Card()
        self._lay_out()

    def reload(self) -> None:
        secteurs, selected = self._services.annuaire.secteurs(), self.table.selected()
        self.table.set_records(secteurs)
        kept = next((each for each in secteurs if selected and each.id == selected.id), None)
        if kept is None and secteurs:
            kept = secteurs[0]
        if kept is not None:
            self.table.select(kept)
        self._show_one()

    def keep_now(self) -> bool:
        self._renamed.settle()
        return True

    def _columns(self) -> list[Column[Secteur]]:
        return [
            Column(self.tr("Secteur"), lambda secteur: secteur.nom, stretch=True),
            Column(
                self.tr("Communes"),
                lambda secteur: str(len(secteur.communes)),
                sort=lambda secteur: len(secteur.communes),
                align="right",
            ),
        ]

    def _empty(self) -> EmptyState:
        detail = self.tr("Nommez ci-dessus le premier, puis donnez-lui ses communes.")
        return EmptyState("map-pin", self.tr("Aucun secteur"), detail=detail)

    def _lay_out(self) -> None:
        add = Button(self.tr("&Ajouter"), icon="plus")
        add.clicked.connect(self._on_add_clicked)
        self._nom.returnPressed.connect(self._on_add_clicked)
        everyone = Card()
        everyone.add(self.fields["nom"])
        everyone.add(add)
        everyone.add(self.table)
        take = Button(self.tr("A&jouter au secteur"), icon="plus")
        take.clicked.connect(self._on_take_clicked)
        drop = Button(self.tr("&Retirer la commune choisie"), kind="quiet", icon="x")
        drop.clicked.connect(self._on_drop_clicked)
        remove = Button(self.tr("&Supprimer le secteur"), kind="danger", icon="trash-2")
        remove.clicked.connect(self._on_remove_clicked)
        for item in (self.chosen["nom"], self.chosen["communes"], take, self.communes, _row(drop, remove)):
            self._one.add(item)
        self.add(everyone)
        self.add(self._one)
        self.body.addStretch()
        self.table.selection_changed.connect(self._on_selection_changed)
        self._renamed.committed.connect(self._on_renamed_committed)

    def _search(self, text: str) -> list[tuple[str, str]]:
        found = sorted(
            self._services.territoires.search(text), key=lambda zone: not zone.code.startswith(_COMMUNE)
        )
        return [(zone.code, zone.libelle) for zone in found if zone.code.startswith(_GROUPS)]

    def _show_one(self) -> None:
        secteur = self.table.selected()
        self._one.setVisible(secteur is not None)
        if secteur is None:
            return
        self._one.set_title(secteur.nom)
        self._renamed.set_value(secteur.nom)
        zone = self._services.territoires.zone
        pairs = [(code, zone(_COMMUNE + code).libelle) for code in secteur.communes]
        self.communes.set_records(sorted(pairs, key=lambda pair: pair[1].casefold()))

    def _keep(self, secteur: Secteur, said: str, fields: dict[str, Field]) -> bool:
        """Keep a secteur; taking it back puts every secteur as it was: a commune may have left another."""
        annuaire = self._services.annuaire
        before = {each.id: each for each in annuaire.secteurs()}

        def back() -> Changes:
            for each in annuaire.secteurs():
                if each.id not in before:
                    annuaire.delete_secteur(each.id)
                elif each != before[each.id]:
                    annuaire.keep_secteur(before[each.id])
            return changes("partenaires")

        return self.do(lambda: annuaire.keep_secteur(secteur), said, back, fields=fields)

    @Slot(object)
    def _on_selection_changed(self, _secteur: object) -> None:
        self._show_one()

    @Slot()
    def _on_add_clicked(self) -> None:
        nom = self._nom.value()
        if self._keep(Secteur(0, nom), self.tr("« {nom} » est ajouté.").format(nom=nom), self.fields):
            self._nom.clear()
            new = next((each for each in self.table.records() if each.nom == nom), None)
            if new is not None:
                self.table.select(new)
            self._zone.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_renamed_committed(self, nom: str) -> None:
        secteur = self.table.selected()
        if secteur is not None and nom != secteur.nom:
            self._keep(replace(secteur, nom=nom), self.tr("Le nom est changé."), self.chosen)

    @Slot()
    def _on_take_clicked(self) -> None:
        secteur = self.table.selected()
        if secteur is None or not self._zone.settle():
            return
        code = self._zone.value()
        if code is None:
            self.chosen["communes"].set_error(self.tr("Choisissez une commune ou une intercommunalité."))
            return
        taken = self._services.territoires.communes((code,))
        fresh = [each for each in taken if each not in secteur.communes]
        others = (each for each in self._services.annuaire.secteurs() if each.id != secteur.id)
        left = {each.nom for each in others if set(each.communes) & set(fresh)}
        said = self.tr("%n commune(s) ajoutée(s).", "", len(fresh))
        if left:
            said += " " + self.tr("Elles quittent : {noms}.").format(noms=", ".join(sorted(left)))
        if self._keep(replace(secteur, communes=(*secteur.communes, *fresh)), said, self.chosen):
            self._zone.clear()
            self._zone.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_drop_clicked(self) -> None:
        secteur, pair = self.table.selected(), self.communes.selected()
        if secteur is None or pair is None:
            return
        left = tuple(code for code in secteur.communes if code != pair[0])
        self._keep(replace(secteur, communes=left), self.tr("La commune est retirée."), self.chosen)

    @Slot()
    def _on_remove_clicked(self) -> None:
        secteur, annuaire = self.table.selected(), self._services.annuaire
        if secteur is not None:
            self.do(
                lambda: annuaire.delete_secteur(secteur.id),
                self.tr("« {nom} » est supprimé.").format(nom=secteur.nom),
                lambda: annuaire.keep_secteur(replace(secteur, id=0)),
            )


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return holder
