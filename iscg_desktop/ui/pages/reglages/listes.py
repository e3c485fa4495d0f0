"""The lists: labels, order, values of hers, what is still offered; bilans keep the words of origin."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.nomenclature import Nomenclature, Valeur
from iscg_desktop.domain.nomenclature_edition import counting_codes, is_read_by_rules, takes_additions
from iscg_desktop.services.changes import Changes, changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.messages import settle_all
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.tokens import GAP
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.type_ahead import TypeAhead

translate = QCoreApplication.translate

_FIRST = "problematique"


class ListesSection(Section):
    """One list at a time; Alt+↑ and Alt+↓ move the value that is chosen."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Listes", "Listes de choix"),
            translate(
                "Listes",
                "Vos libellés paraissent à l’écran et sur vos fiches ; les bilans gardent les mots d’origine.",
            ),
        )
        names = [(liste.code, liste.libelle) for liste in services.nomenclatures.all()]
        self._liste = TypeAhead(names)
        self._liste.set_value(_FIRST)
        self._libelle, self._nouveau, self._sous = LineEdit(), LineEdit(), TypeAhead()
        self.fields = {
            "liste": Field(self.tr("L&iste"), self._liste),
            "libelle": Field(self.tr("&Libellé de la valeur choisie"), self._libelle),
        }
        self.added = {
            "libelle": Field(self.tr("&Nouvelle valeur"), self._nouveau),
            "compte_sous": Field(self.tr("&Comptée sous"), self._sous),
        }
        self.table = DataTable(self._columns(), fit_rows=8, name=self.tr("Valeurs"))
        self.table.view.setSortingEnabled(False)
        self._why = Quiet("")
        self._offer = Button(self.tr("Ne &plus proposer"), icon="eye-off")
        self._up = Button(self.tr("Monter"), kind="quiet", icon="chevron-up", shortcut="Alt+Up")
        self._down = Button(self.tr("Descendre"), kind="quiet", icon="chevron-down", shortcut="Alt+Down")
        self._remove = Button(self.tr("&Supprimer"), kind="danger", icon="trash-2")
        self._reset = Button(self.tr("Remettre les libellés d’o&rigine"), kind="quiet", icon="undo-2")
        self._add_button = Button(self.tr("&Ajouter"), icon="plus")
        self._add_card, self._fixed = Card(self.tr("Ajouter une valeur")), Quiet("")
        self._lay_out()
        self._connect()
        self._typed = FieldGroup(self.added, self)
        self.drafts = PageDrafts(services, "reglages:listes", self)

    def resume(self, cle: str) -> None:
        self._liste.set_value(cle.split(":")[3])
        self._on_liste_committed(None)

    def reload(self) -> None:
        liste, selected = self._shown, self.table.selected()
        self.table.set_records(liste.valeurs)
        kept = next((v for v in liste.valeurs if selected and v.code == selected.code), liste.valeurs[0])
        self.table.select(kept)
        self._sous.set_choices(Choice(valeur.code, valeur.libelle) for valeur in counting_codes(liste))
        assert self.drafts is not None
        if not self.drafts.holds("valeur"):
            self.drafts.follow("valeur", self._typed, liste.code, enter=False)
        open_list = takes_additions(liste.code)
        self.added["libelle"].setVisible(open_list)
        self.added["compte_sous"].setVisible(open_list)
        self._add_button.setVisible(open_list)
        self._fixed.setText(
            self.tr("Une valeur ajoutée compte dans les bilans sous la valeur d’origine que vous désignez.")
            if open_list
            else self.tr(
                "Le programme s’appuie sur chaque valeur de cette liste : rien ne s’y ajoute. Les libellés se changent."
            )
        )
        self._reset.setVisible(not self._services.nomenclatures.is_original(liste.code))
        self._show_value()

    def keep_now(self) -> bool:
        self._libelle.settle()
        return super().keep_now()

    @property
    def _shown(self) -> Nomenclature:
        return self._services.nomenclatures.get(self._liste.value() or _FIRST)

    def _columns(self) -> list[Column[Valeur]]:
        return [
            Column(self.tr("Libellé"), lambda valeur: valeur.libelle, stretch=True),
            Column(self.tr("Dans les bilans"), self._in_bilans, stretch=True),
            Column(self.tr("État"), self._state, role=self._role),
        ]

    def _in_bilans(self, valeur: Valeur) -> str:
        origin = self._services.nomenclatures.original_label(self._shown.code, valeur.code)
        return "–" if origin == valeur.libelle else origin

    def _state(self, valeur: Valeur) -> str:
        if not valeur.active:
            return self.tr("plus proposée")
        return self.tr("ajoutée") if valeur.compte_sous else self.tr("proposée")

    def _role(self, valeur: Valeur) -> str:
        if not valeur.active:
            return "quiet"
        return "accent" if valeur.compte_sous else "good"

    def _lay_out(self) -> None:
        values = Card()
        values.add(self.fields["liste"])
        values.add(self.table)
        values.add(self.fields["libelle"])
        values.add(_row(self._up, self._down, self._offer, self._remove, self._reset))
        values.add(self._why)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for field in self.added.values():
            row.addWidget(field, 1)
        self._add_card.add(self._fixed)
        self._add_card.add(holder)
        self._add_card.add(self._add_button)
        self.add(values)
        self.add(self._add_card)
        self.body.addStretch()

    def _connect(self) -> None:
        self._liste.committed.connect(self._on_liste_committed)
        self._libelle.committed.connect(self._on_libelle_committed)
        self.table.selection_changed.connect(self._on_selection_changed)
        self.table.activated.connect(self._on_activated)
        self._offer.clicked.connect(self._on_offer_clicked)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._remove.clicked.connect(self._on_remove_clicked)
        self._reset.clicked.connect(self._on_reset_clicked)
        self._add_button.clicked.connect(self._on_add_clicked)

    def _show_value(self) -> None:
        valeur, liste = self.table.selected(), self._shown
        if valeur is None:
            return
        self._libelle.set_value(valeur.libelle)
        self.fields["libelle"].clear_error()
        relied_on = is_read_by_rules(liste.code, valeur.code)
        self._why.setText(
            self.tr("Le programme s’appuie sur cette valeur : elle reste proposée.") if relied_on else ""
        )
        self._why.setVisible(relied_on)
        self._offer.setVisible(not relied_on)
        self._offer.setText(
            self.tr("Ne &plus proposer") if valeur.active else self.tr("&Proposer de nouveau")
        )
        self._offer.set_icon("eye-off" if valeur.active else "eye")
        own = valeur.compte_sous is not None
        self._remove.setVisible(own and not self._services.nomenclatures.is_used(liste.code, valeur.code))
        rank = liste.valeurs.index(valeur)
        self._up.setEnabled(rank > 0)
        self._down.setEnabled(rank < len(liste.valeurs) - 1)

    @Slot(object)
    def _on_liste_committed(self, _code: object) -> None:
        assert self.drafts is not None
        self.message.clear()
        self._undo = None
        self.drafts.leave()
        self._typed.clear()
        for field in self.added.values():
            field.clear_error()
        self.reload()

    @Slot(object)
    def _on_selection_changed(self, _valeur: object) -> None:
        self._show_value()

    @Slot(object)
    def _on_activated(self, _valeur: object) -> None:
        self._libelle.setFocus(Qt.FocusReason.OtherFocusReason)
        self._libelle.selectAll()

    @Slot(object)
    def _on_libelle_committed(self, libelle: str) -> None:
        valeur, before = self.table.selected(), self._shown
        if valeur is None or libelle == valeur.libelle:
            return
        lists = self._services.nomenclatures
        self.do(
            lambda: lists.relabel(before.code, valeur.code, libelle),
            self.tr("Le libellé est changé, partout où il paraît."),
            lambda: lists.restore(before),
            fields=self.fields,
        )

    @Slot()
    def _on_offer_clicked(self) -> None:
        valeur, before = self.table.selected(), self._shown
        if valeur is None:
            return
        lists = self._services.nomenclatures
        said = (
            self.tr("Cette valeur n’est plus proposée. Ce qui l’emploie reste lisible.")
            if valeur.active
            else self.tr("Cette valeur est de nouveau proposée.")
        )
        self.do(
            lambda: lists.offer(before.code, valeur.code, active=not valeur.active),
            said,
            lambda: lists.restore(before),
        )

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        valeur, before = self.table.selected(), self._shown
        if valeur is None:
            return
        lists = self._services.nomenclatures
        self.do(
            lambda: lists.move(before.code, valeur.code, step),
            self.tr("L’ordre est gardé."),
            lambda: lists.restore(before),
        )

    @Slot()
    def _on_remove_clicked(self) -> None:
        valeur, liste = self.table.selected(), self._shown.code
        if valeur is None:
            return
        lists = self._services.nomenclatures

        def back() -> Changes:
            lists.add(liste, valeur.libelle, valeur.compte_sous)
            return changes("reglages")

        self.do(lambda: lists.remove(liste, valeur.code), self.tr("La valeur est supprimée."), back)

    @Slot()
    def _on_reset_clicked(self) -> None:
        before = self._shown
        lists = self._services.nomenclatures
        self.do(
            lambda: lists.reset_labels(before.code),
            self.tr("Les libellés et l’ordre d’origine sont remis. Vos valeurs ajoutées restent."),
            lambda: lists.restore(before),
            fields=self.fields,
        )

    @Slot()
    def _on_add_clicked(self) -> None:
        if not settle_all(self.added.values()):
            return
        assert self.drafts is not None
        liste, made = self._shown.code, list[str]()
        lists = self._services.nomenclatures

        def add() -> Changes:
            made.append(lists.add(liste, self._nouveau.value(), self._sous.value()))
            self.drafts.drop("valeur")
            self._typed.clear()
            return changes("reglages")

        if self.do(
            add,
            self.tr("La valeur est ajoutée et proposée dès maintenant."),
            lambda: lists.remove(liste, made[0]),
            fields=self.added,
        ):
            self.table.select(self._shown.valeur(made[0]))
            self._nouveau.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = FlowLayout(holder, spacing=8)
    for button in buttons:
        row.addWidget(button)
    return holder
