"""The unités as a tree: opened, amended, moved, closed or merged on a day, and never forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from iscg_desktop.domain.brouillon import Brouillon
from iscg_desktop.domain.dates import format_date_courte
from iscg_desktop.domain.unite import Unite
from iscg_desktop.errors import Problem, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.drafts import DraftKeeper, Snapshot
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.forms.unite_detail_form import FermetureForm, UniteDetailForm, amended
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.models.record_table import Column
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.data_table import DataTable
from iscg_desktop.ui.widgets.empty_state import EmptyState
from iscg_desktop.ui.widgets.labels import Quiet

translate = QCoreApplication.translate

_STEP = "\u2003\u2002"  # a level of the tree


@dataclass(frozen=True, slots=True)
class _Row:
    unite: Unite
    depth: int
    state: str
    role: str


class UnitesSection(Section):
    """A tree, and the one form that is open."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Unites", "Unités"),
            translate(
                "Unites",
                "Une unité ouverte ou reprise dans l’année change de ligne de bilan le 1er janvier.",
            ),
        )
        today = services.clock.today
        self._new = self.head.set_primary(self.tr("&Ajouter une unité"), icon="plus", shortcut="Ctrl+N")
        self.form, self.closing = UniteDetailForm(services.listes, today), FermetureForm(today)
        self._form_card, self._closing_card = self._make_form_card(), self._make_closing_card()
        self.table = DataTable(
            self._columns(), empty=self._empty(), fit_rows=14, name=self.tr("Unités"),
        )  # fmt: skip
        self.table.view.setSortingEnabled(False)
        self._counted = Quiet("")
        self._edit = Button(self.tr("&Modifier ou déplacer"), icon="pencil")
        self._close = Button(self.tr("Fermer o&u réunir"), icon="archive")
        self._reopen = Button(self.tr("Rou&vrir"), icon="undo-2")
        self._remove = Button(self.tr("&Supprimer"), kind="danger", icon="trash-2")
        self.keeper = DraftKeeper(
            services.brouillons, "reglages", "reglages:unites", self._snapshot, services.clock.now, self
        )
        self.keeper.failed.connect(partial(show_error, self.message))
        self._lay_out()
        self._connect()
        self._hide_forms()

    def reload(self) -> None:
        selected = self.table.selected()
        kept = selected.unite.id if selected else None
        rows = [self._row(depth, unite) for depth, unite in self._services.unites.arbre()]
        self.table.set_records(rows)
        again = next((row for row in rows if row.unite.id == kept), None)
        if again is not None:
            self.table.select(again)
        self._show_actions()
        draft = self._services.brouillons.get(self.keeper.cle)
        if draft is not None and not self.keeper.waiting and self._form_card.isHidden():
            self._resume(draft)

    def keep_now(self) -> bool:
        return self.keeper.keep()

    def _snapshot(self) -> Snapshot:
        return Snapshot({"unite": self.form.unite_id, "form": self.form.state()}, None, None)

    def _resume(self, draft: Brouillon) -> None:
        """Open again the form that was half-typed."""
        unite = self._services.unites.all().get(draft.contenu["unite"])
        self._open_form(unite)
        self.form.restore(draft.contenu["form"])
        self.keeper.resume(draft.modifie_le)

    def _open_form(self, unite: Unite | None) -> None:
        self._hide_forms()
        self.form.begin(unite, self._services.unites.parents_for(unite.id if unite else None))
        self._form_card.set_title(unite.nom if unite else self.tr("Nouvelle unité"))
        self._form_card.show()
        self.form.fields["nom"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_form(self) -> None:
        """Put the form away, and forget what was half-typed in it."""
        try:
            self.keeper.drop()
        except UserError as error:
            show_error(self.message, error)
        self._hide_forms()

    def _columns(self) -> list[Column[_Row]]:
        listes = self._services.listes
        return [
            Column(self.tr("Unité"), lambda row: _STEP * row.depth + row.unite.nom, stretch=True),
            Column(self.tr("Type"), lambda row: listes.libelle("type_unite", row.unite.type), yields=True),
            Column(self.tr("Force"), lambda row: listes.libelle("force", row.unite.force), yields=True),
            Column(self.tr("État"), lambda row: row.state, role=lambda row: row.role),
        ]

    def _empty(self) -> EmptyState:
        empty = EmptyState(
            "building-2",
            self.tr("Aucune unité"),
            detail=self.tr("Vos entretiens et vos permanences nomment une brigade ou un commissariat."),
            action=self.tr("Ajouter une unité"),
        )
        empty.action_triggered.connect(self._on_new_clicked)
        return empty

    def _make_form_card(self) -> Card:
        card = Card(self.tr("Unité"))
        card.add(self.form)
        save = Button(self.tr("&Enregistrer"), icon="check", shortcut="Ctrl+S")
        save.clicked.connect(self._on_save_clicked)
        card.add(self._buttons(save))
        return card

    def _make_closing_card(self) -> Card:
        card = Card()
        card.add(Quiet(self.tr(
            "Ses entretiens restent. Les unités qui en dépendent passent sous celle qui la reprend, ou juste au-dessus."
        )))  # fmt: skip
        card.add(self.closing)
        confirm = Button(self.tr("&Enregistrer la fermeture"), icon="check", shortcut="Ctrl+S")
        confirm.clicked.connect(self._on_confirm_clicked)
        card.add(self._buttons(confirm))
        return card

    def _buttons(self, first: Button) -> QWidget:
        cancel = Button(self.tr("Renoncer"), kind="quiet", shortcut="Escape")
        cancel.clicked.connect(self._on_cancel_clicked)
        return _row(first, cancel)

    def _lay_out(self) -> None:
        card = Card()
        card.add(self.table)
        card.add(self._counted)
        card.add(_row(self._edit, self._close, self._reopen, self._remove))
        for part in (self._form_card, self._closing_card, card):
            self.add(part)
        self.body.addStretch()

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        self.form.edited.connect(self.keeper.touch)
        self._edit.clicked.connect(self._on_edit_clicked)
        self._close.clicked.connect(self._on_close_clicked)
        self._reopen.clicked.connect(self._on_reopen_clicked)
        self._remove.clicked.connect(self._on_remove_clicked)
        self.table.activated.connect(self._on_edit_clicked)
        self.table.selection_changed.connect(self._on_selection_changed)

    def _row(self, depth: int, unite: Unite) -> _Row:
        if unite.fermee_le is not None:
            heir = self._services.unites.all().get(unite.successeur_id or 0)
            words = self.tr("fermée le {jour}").format(jour=format_date_courte(unite.fermee_le))
            if heir is not None:
                words = self.tr("reprise par {nom}").format(nom=heir.nom)
            return _Row(unite, depth, words, "quiet")
        if self._services.unites.comptage(unite) is not None:
            return _Row(unite, depth, self.tr("nouvelle cette année"), "accent")
        return _Row(unite, depth, self.tr("ouverte"), "good")

    def _selected(self) -> Unite | None:
        row = self.table.selected()
        return None if row is None else row.unite

    def _show_actions(self) -> None:
        unite = self._selected()
        is_open = unite is not None and unite.fermee_le is None
        self._edit.setVisible(is_open)
        self._close.setVisible(is_open)
        self._reopen.setVisible(unite is not None and not is_open)
        self._remove.setVisible(unite is not None and self._services.unites.may_remove(unite))
        self._counted.setText(self._counting_words(unite))
        self._counted.setVisible(bool(self._counted.text()))

    def _counting_words(self, unite: Unite | None) -> str:
        """Where it counts this year, when that is not for itself."""
        if unite is None:
            return self.tr("Choisissez une unité pour la modifier, la fermer ou la réunir à une autre.")
        comptage = self._services.unites.comptage(unite)
        if comptage is None:
            return ""
        under = comptage.sous or self.tr("non renseigné")
        if comptage.annee is None:
            return self.tr("Dans les bilans, elle compte sous « {nom} ».").format(nom=under)
        words = self.tr(
            "Dans les bilans, elle compte sous « {nom} » jusqu’au 31 décembre {annee}, puis à part."
        )
        return words.format(nom=under, annee=comptage.annee)

    def _hide_forms(self) -> None:
        self._form_card.hide()
        self._closing_card.hide()

    @Slot(object)
    def _on_selection_changed(self, _row: object) -> None:
        self._show_actions()

    @Slot()
    def _on_new_clicked(self) -> None:
        self._leave_form()
        self._open_form(None)

    @Slot()
    def _on_edit_clicked(self) -> None:
        unite = self._selected()
        if unite is None or unite.fermee_le is not None:
            return
        self._leave_form()
        self._open_form(unite)

    @Slot()
    def _on_save_clicked(self) -> None:
        if self._form_card.isHidden() or not settle_all(self.form.fields.values()):
            return
        typed = self.form.read()
        problems = [
            Problem(name, code)
            for name, code in (("force", "unite_sans_force"), ("type", "unite_sans_type"))
            if not getattr(typed, name)
        ]
        if problems:
            show_problems(self.form.fields, problems)
        elif typed.id:
            self._amend(typed)
        else:
            self._create(typed)

    def _create(self, typed: Unite) -> None:
        unites, made = self._services.unites, list[int]()

        def create() -> Changes:
            changed = unites.create(typed)
            made.append(changed.unite.id)
            return changed.changes

        said = self.tr("« {nom} » est ajoutée.").format(nom=typed.nom)
        if self.do(create, said, lambda: unites.remove(made[0]), fields=self.form.fields):
            self._leave_form()
            self._select(made[0])

    def _amend(self, typed: Unite) -> None:
        unites = self._services.unites
        before = unites.all()[typed.id]

        def amend(wanted: Unite, parent_id: int | None) -> Changes:
            now = unites.all()[wanted.id]
            changed = unites.edit(amended(wanted, now)).changes
            return unites.move(wanted.id, parent_id).changes if now.parent_id != parent_id else changed

        if self.do(
            lambda: amend(typed, typed.parent_id),
            self.tr("« {nom} » est modifiée.").format(nom=typed.nom),
            lambda: amend(before, before.parent_id),
            fields=self.form.fields,
        ):
            self._leave_form()
            self._select(typed.id)

    @Slot()
    def _on_close_clicked(self) -> None:
        unite = self._selected()
        if unite is None:
            return
        self._hide_forms()
        self.closing.begin(
            u for u in self._services.unites.all().values() if u.fermee_le is None and u.id != unite.id
        )
        self._closing_card.set_title(self.tr("Fermer « {nom} »").format(nom=unite.nom))
        self._closing_card.show()
        self.closing.fields["fermee_le"].widget.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_confirm_clicked(self) -> None:
        unite = self._selected()
        if unite is None or self._closing_card.isHidden() or not settle_all(self.closing.fields.values()):
            return
        unites, moved = self._services.unites, list[int]()
        values = self.closing.values()
        heir = int(values["successeur_id"]) if values["successeur_id"] else None

        def close() -> Changes:
            changed = unites.close(unite.id, values["fermee_le"], heir)
            moved.extend(changed.moved)
            return changed.changes

        if self.do(
            close,
            self.tr("« {nom} » ne sera plus proposée après ce jour.").format(nom=unite.nom),
            lambda: unites.reopen(unite.id, tuple(moved)).changes,
            fields=self.closing.fields,
        ):
            self._hide_forms()
            self._select(unite.id)

    @Slot()
    def _on_reopen_clicked(self) -> None:
        unite, unites = self._selected(), self._services.unites
        if unite is None or unite.fermee_le is None:
            return
        day, heir = unite.fermee_le, unite.successeur_id
        self.do(
            lambda: unites.reopen(unite.id).changes,
            self.tr("« {nom} » est de nouveau ouverte.").format(nom=unite.nom),
            lambda: unites.close(unite.id, day, heir).changes,
        )

    @Slot()
    def _on_remove_clicked(self) -> None:
        unite, unites = self._selected(), self._services.unites
        if unite is not None:
            self.do(
                lambda: unites.remove(unite.id),
                self.tr("« {nom} » est supprimée.").format(nom=unite.nom),
                lambda: unites.create(unite).changes,
            )
            self._hide_forms()

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._leave_form()
        self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self, unite_id: int) -> None:
        row = next((row for row in self.table.records() if row.unite.id == unite_id), None)
        if row is not None:
            self.table.select(row)
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(*buttons: Button) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return holder
