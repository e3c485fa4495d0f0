"""The form of a fiche de liaison: recipient, request, accord, what this recipient may know, its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, fields, replace
from datetime import date
from enum import StrEnum
from functools import cache, partial, reduce
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from iscg_desktop.domain.fiche_liaison import CHAMPS_DES_ITEMS, FicheContent, Item
from iscg_desktop.domain.fiche_sections import (
    Accord,
    AutrePartie,
    Base,
    Canal,
    MembreFoyer,
    Parent,
    Reponse,
    TypeFiche,
    Urgence,
)
from iscg_desktop.services.fiche_preparation import Proches
from iscg_desktop.services.listes import ListesService
from iscg_desktop.ui.forms.fiche_items import ItemField, groups, known
from iscg_desktop.ui.forms.rows_edit import RowColumn, RowsEdit
from iscg_desktop.ui.forms.tab_order import order_tabs
from iscg_desktop.ui.forms.transmission_form import HALF, TransmissionForm, changed
from iscg_desktop.ui.widgets.date_edit import DateEdit
from iscg_desktop.ui.widgets.form_grid import FormGrid
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line_edit import LineEdit
from iscg_desktop.ui.widgets.text_area import TextArea

# Fields whose code is a closed list of the fiche.
_CODED: dict[str, type[StrEnum]] = {
    "type": TypeFiche,
    "urgence": Urgence,
    "destinataire.canal": Canal,
    "evaluation.grille_danger": Reponse,
    "information.accord": Accord,
    "information.parents_informes": Reponse,
    "base.base": Base,
}
# Fields that are rows of persons: the words of a row are the attributes, in their order.
_PERSONS: dict[str, type[MembreFoyer] | type[Parent] | type[AutrePartie]] = {
    "foyer.membres": MembreFoyer,
    "parents": Parent,
    "autres_parties": AutrePartie,
}
_ITEM = "item:"


class FicheForm(TransmissionForm):
    """Fields are named by their path in ``FicheContent``, so that a problem finds its own.

    Args:
        listes: What the closed lists offer.
        labels: Words of each item that may be ticked.
        today: The day dates are read on.
        unsupported: Gives the characters of a text that cannot be printed.

    Attributes:
        steps: Makes the form, a card at a time; nothing is shown in it before the last.
    """

    def __init__(
        self,
        listes: ListesService,
        labels: Mapping[Item, str],
        today: Callable[[], date],
        unsupported: Callable[[str], tuple[str, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(listes, today, unsupported, parent)
        self._content = FicheContent()
        self._hints: dict[str, str] = {}
        self.steps = self._build(labels)

    # What others ask of it.

    def show_content(self, content: FicheContent, proches: Proches) -> None:
        """Show a fiche and whom it may be given; what the form has no field for is kept as it is."""
        self._content = content
        self.fields["foyer.membres"].widget.offer(map(astuple, proches.foyer))
        self.fields["parents"].widget.offer(map(astuple, proches.parents))
        for name in self.fields:
            if name.startswith(_ITEM):
                self.put(name, Item(name.removeprefix(_ITEM)) in content.items)
                continue
            value: Any = reduce(getattr, name.split("."), content)
            if name in _PERSONS:
                value = tuple(map(astuple, value))
            self.put(name, str(value) if isinstance(value, StrEnum) else value)
        self._show_whole()

    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        self._show_whole()

    def read(self) -> FicheContent:
        """The fiche as the form stands."""
        content = self._content
        ticked = set()
        for name, value in self.values().items():
            if name.startswith(_ITEM):
                if value:
                    ticked.add(Item(name.removeprefix(_ITEM)))
            elif name in _PERSONS:
                content = changed(content, name, _persons(_PERSONS[name], value))
            elif name in _CODED:
                code = value or (Accord.NON_RECUEILLI if name == "information.accord" else None)
                content = changed(content, name, _CODED[name](code) if code else None)
            else:
                content = changed(content, name, value)
        return replace(content, items=frozenset(ticked))

    def show_known(self, content: FicheContent, *, discreet: bool) -> None:
        """Say beside each item what it would transmit, and under each field whether it would be."""
        for item in Item:
            field = self.fields[_ITEM + item.value]
            assert isinstance(field, ItemField)
            field.show_known(known(content, item), discreet=discreet)
        for name, field in self.fields.items():
            carrier = _item_of(name)
            if carrier is not None:
                left_out = carrier not in content.items
                words = self.tr("Pas coché\u00a0: ne sera pas transmis.") if left_out else ""
                field.set_hint(words or self._hints.get(name, ""))

    def place_of(self, path: str) -> str | None:
        """Name of the field where something is mended: the one of that path, or the item that carries it."""
        if path in self.fields:
            return path
        if path == "foyer":
            return "foyer.membres"
        item = _item_of(path)
        return _ITEM + item.value if item is not None else None

    # How it is made.

    def _build(self, labels: Mapping[Item, str]) -> Iterator[None]:
        yield from self._made(
            (self._add_recipient, self._add_request, self._add_accord, partial(self._add_items, labels),
             self._add_contact, self._add_words, self._add_family, self._add_minor, self._add_other_parties)
        )  # fmt: skip
        for name in ("alerte", "base.base", "information.parents_informes"):
            self.fields[name].widget.committed.connect(self._on_answer_committed)

    def _tick(self, grid: FormGrid, name: str, words: str) -> None:
        grid.add(self.register(name, ItemField(words)), 12)

    def _add_request(self) -> None:
        grid = self._grid(self.tr("Demande"))
        self.add(grid, "type", self.tr("&Objet"), self._row("type_fiche"), 12)
        self.add(grid, "urgence", self.tr("&Urgence"), self._row("urgence"), 12)
        self.add(grid, "motif", self.tr("&Motif"), LineEdit(), 12)
        self._tick(grid, "alerte", self.tr("A&lerte\u00a0: à lire en premier"))
        self.add(grid, "alerte_motif", self.tr("Motif de l’alerte"), LineEdit(), 12)

    def _add_accord(self) -> None:
        grid = self._grid(self.tr("Information et accord"))
        accord = self._row("accord", clearable=False)
        self.add(grid, "information.accord", self.tr("&Accord de la personne"), accord, 12)
        self.add(grid, "information.informee_le", self.tr("In&formée le"), DateEdit(self._today), HALF)
        comment = LineEdit(self.tr("De vive voix, par une note…"))
        self.add(grid, "information.comment", self.tr("Comment"), comment, HALF)
        portee = LineEdit(self.tr("Toute la situation, le logement seulement…"))
        self.add(grid, "information.portee", self.tr("Portée de l’accord"), portee, HALF)
        self.add(grid, "information.retrait_le", self.tr("Accord retiré le"), DateEdit(self._today), HALF)
        self.add(grid, "base.base", self.tr("Base du parta&ge"), self._row("base_partage"), 12)
        self.add(grid, "base.precision", self.tr("Précision sur cette base"), LineEdit(), 12)
        self.add(grid, "information.parents_informes", self.tr("Parents informés"), self._answers(), 12)
        self.add(grid, "information.parents_motif", self.tr("Pourquoi ils ne le sont pas"), LineEdit(), 12)

    def _add_items(self, labels: Mapping[Item, str]) -> None:
        grid = self._grid(self.tr("Ce que ce destinataire doit savoir"))
        words = self.tr(
            "Cochez le strict nécessaire\u00a0: ce qui n’est pas coché n’est ni imprimé, ni gardé dans la fiche. "
            "Le nom, le sexe, la commune et le motif sont toujours transmis."
        )
        grid.add(Quiet(words), 12)
        for title, items in groups():
            grid.add_section(title)
            for item in items:
                grid.add(self.register(_ITEM + item.value, ItemField(labels[item])), HALF)

    def _add_contact(self) -> None:
        grid = self._grid(self.tr("Contact sûr"))
        self.add(grid, "contact_sur.numero", self.tr("&Numéro sûr"), LineEdit(), HALF)
        self.add(grid, "contact_sur.adresse", self.tr("Adresse sûre"), LineEdit(), HALF)
        self.add(grid, "contact_sur.jours", self.tr("Jours sûrs"), LineEdit(), HALF)
        self.add(grid, "contact_sur.heures", self.tr("Heures sûres"), LineEdit(), HALF)
        self.add(grid, "contact_sur.qui_vit_la", self.tr("Qui vit là"), LineEdit(), HALF)
        self.add(grid, "contact_sur.consignes", self.tr("Consignes"), LineEdit(), HALF)
        self._tick(grid, "contact_sur.ne_pas_laisser_de_message", self.tr("Ne pas laisser de message"))

    def _add_words(self) -> None:
        grid = self._grid(self.tr("Exposé et évaluation"))
        self.add(grid, "recit", self.tr("&Exposé des faits"), TextArea(rows=5), 12)
        self.add(grid, "evaluation.besoins", self.tr("Besoins"), TextArea(rows=2), 12)
        self.add(grid, "evaluation.risques", self.tr("Ris&ques"), TextArea(rows=2), 12)
        self.add(grid, "evaluation.ressources", self.tr("Appuis de la personne"), TextArea(rows=2), 12)
        label = self.tr("Grille de danger remplie par les forces de l’ordre")
        self._hints["evaluation.grille_danger"] = self.tr("Jamais ses réponses.")
        self.add(grid, "evaluation.grille_danger", label, self._answers(), 12)
        self.add(grid, "suivi.referent", self.tr("Référent social, s’il y en a un"), LineEdit(), 12)

    def _add_family(self) -> None:
        grid = self._grid(self.tr("Composition familiale"))
        columns = (
            RowColumn(self.tr("Lien"), 2),
            RowColumn(self.tr("Qui"), 4),
            RowColumn(self.tr("Âge"), 2),
            RowColumn(self.tr("Précision"), 4),
        )
        members = RowsEdit(
            columns, add=self.tr("Ajouter quelqu’un"), remove=self.tr("Retirer cette personne du foyer")
        )
        self.add(grid, "foyer.membres", self.tr("Membres du foyer"), members, 12)

    def _add_minor(self) -> None:
        grid = self._grid(self.tr("Pour un mineur"))
        self.add(grid, "scolarite.etablissement", self.tr("Établissement scolaire"), LineEdit(), HALF)
        self.add(grid, "scolarite.classe", self.tr("Classe"), LineEdit(), HALF)
        columns = (
            RowColumn(self.tr("Lien"), 4),
            RowColumn(self.tr("Nom"), 4),
            RowColumn(self.tr("Prénom"), 4),
            RowColumn(self.tr("Adresse"), 4),
            RowColumn(self.tr("Téléphone"), 4),
            RowColumn(self.tr("Précision"), 4),
        )
        parents = RowsEdit(columns, add=self.tr("Ajouter un parent"), remove=self.tr("Retirer ce parent"))
        self.add(grid, "parents", self.tr("Parents"), parents, 12)
        self._minor = self._cards[-1]

    def _add_other_parties(self) -> None:
        grid = self._grid(self.tr("Autre partie"))
        columns = (
            RowColumn(self.tr("Lien"), 4),
            RowColumn(self.tr("Nom"), 4),
            RowColumn(self.tr("Prénom"), 4),
            RowColumn(self.tr("Âge"), 4),
            RowColumn(self.tr("Adresse"), 4),
            RowColumn(self.tr("Précision"), 4),
        )
        others = RowsEdit(
            columns, add=self.tr("Ajouter une personne"), remove=self.tr("Retirer cette personne")
        )
        self.add(grid, "autres_parties", self.tr("L’autre personne de la situation"), others, 12)

    # What follows from what is answered.

    def _show_whole(self) -> None:
        minor = self._content.mineur
        self._minor.setVisible(minor)
        for item in (Item.SCOLARITE, Item.PARENTS):
            self.fields[_ITEM + item.value].setVisible(minor)
        self._show_dependents()
        self.flag_characters()
        order_tabs(self)

    def _show_dependents(self) -> None:
        """Fields that only some answers call for; what they hold is shown whatever the answer."""
        base, informed = self.value("base.base"), self.value("information.parents_informes")
        parents = self._content.mineur or base == Base.PROTECTION_ENFANCE or informed is not None
        called = {
            "alerte_motif": self.value("alerte"),
            "base.precision": base not in (None, Base.ACCORD),
            "information.parents_informes": parents,
            "information.parents_motif": informed == Reponse.NON,
        }
        for name, needed in called.items():
            held = isinstance(self.fields[name].widget, LineEdit) and bool(self.value(name))
            self.fields[name].setVisible(bool(needed) or held)

    @Slot(object)
    def _on_answer_committed(self, _answer: object) -> None:
        self._show_dependents()


@cache
def _item_of(name: str) -> Item | None:
    """The item that carries a field; None for what is always transmitted."""
    for item, paths in CHAMPS_DES_ITEMS.items():
        if any(name == path or name.startswith(path + ".") for path in paths):
            return item
    return None


def _persons(
    kind: type[MembreFoyer] | type[Parent] | type[AutrePartie], rows: tuple[tuple[str, ...], ...]
) -> tuple[Any, ...]:
    names = [each.name for each in fields(kind)]
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in rows)
