"""One person: how to reach her, who she is, whom she is linked to, her dossiers, and who may be her."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from iscg_desktop.domain.dates import format_jour, format_naissance
from iscg_desktop.domain.personne import Identite
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.personnes import Candidate, Carte, Found
from iscg_desktop.services.services import Services
from iscg_desktop.ui import words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.choices import coded
from iscg_desktop.ui.forms.identite_form import IdentiteForm
from iscg_desktop.ui.forms.page_drafts import PageDrafts
from iscg_desktop.ui.forms.personne_field import PersonneField
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.messages import settle_all, show_error, show_problems
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.chip import Chip
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.columns import Columns, stacked
from iscg_desktop.ui.widgets.contact_sur import ContactSur
from iscg_desktop.ui.widgets.droits_message import DroitsMessage
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Quiet
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage

_NEAR = 8  # persons who may be her or live with her
_SHARED = ("meme_telephone", "meme_adresse")


class PersonnePage(ScrollPage):
    """Shows one person at a time, wherever she was asked for.

    Signals:
        left: Back to where she came from.
        dossier_requested: Id of a dossier to open.
        comparison_requested: Ids of two lines that may be one person.
    """

    left = Signal()
    dossier_requested = Signal(int)
    comparison_requested = Signal(int, int)

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Personne")
        self._services, self._hub = services, hub
        self._carte: Carte | None = None
        self._discreet = self._fresh = False
        self.form: IdentiteForm | None = None
        header.set_back(self.tr("Retour")).clicked.connect(self.left)
        self.message = InlineMessage()
        self._droits = DroitsMessage()
        self.contact = ContactSur()
        self._facts = Card(self.tr("Identité"), action=self.tr("&Modifier"))
        self._facts.action_triggered.connect(self.edit)
        self._links = Card(self.tr("Liens"), action=self.tr("A&jouter un lien"))
        self._links.action_triggered.connect(self._on_link_asked)
        self.links = ShortForm(
            {
                "personne": Field(self.tr("Q&ui"), PersonneField(self._others, services.personnes.identite)),
                "lien": Field(
                    self.tr("Ce qu’elle ou il est pour la personne"),
                    ChoiceRow(coded(services.listes["lien"])),
                ),
            },
            self.tr("Noter ce &lien"),
        )
        self.links.submitted.connect(self._on_link_submitted)
        self._drafts = PageDrafts(services, "personne", self)
        self._drafts.watch("lien", self.links)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._links.add(self.links)
        self._links.add(self._lines)
        self._dossiers = Card(self.tr("Dossiers"))
        self._doubles = Card(self.tr("Peut-être la même personne"))
        self.add(self.message)
        self.add(self._droits)
        self.add(self.contact)
        self.add(
            Columns(stacked(self._facts, self._links), stacked(self._dossiers, self._doubles), ratios=(3, 2))
        )
        hub.changed.connect(self._on_hub_changed)

    def show_person(self, personne_id: int) -> None:
        """Open a person; the reading goes to the journal."""
        self.message.clear()
        self._drafts.leave()
        self.links.done()
        self.form = None
        self._fill(self._services.personnes.open(personne_id))
        self._fresh = True
        if self.isVisible():  # it may not be shown again; if it is, then in this turn
            QTimer.singleShot(0, self, self._age)

    def resume(self, cle: str) -> None:
        """Go back to her identity or to a link, left half-typed."""
        _, name, personne_id = cle.split(":")
        self.show_person(int(personne_id))
        if name == "identite":
            self.edit()
        else:
            self._on_link_asked()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        return self._drafts.keep_now()

    @Slot()
    def _age(self) -> None:
        self._fresh = False

    def activated(self) -> None:
        """Read her again, unless she was opened to be shown now."""
        if not self._fresh:
            self._reread()
        self._fresh = False

    def set_discreet(self, discreet: bool) -> None:
        """Show initials and nothing of what she typed, or all again."""
        self._discreet = discreet
        if self.form is not None:
            self.form.set_discreet(discreet)
        self.links.set_discreet(discreet)
        self._reread()

    @Slot()
    def edit(self) -> None:
        """Open the fields of her identity."""
        if self._carte is None or self.form is not None:
            return
        clock = self._services.clock
        self.form = IdentiteForm(self._services.listes, clock.today, self._carte.personne.identite)
        self.form.set_discreet(self._discreet)
        self._facts.clear()
        self._facts.set_action("")
        self._facts.add(self.form)
        save = Button(self.tr("Enregi&strer"), kind="primary", icon="check", shortcut="Ctrl+S")
        save.clicked.connect(self._on_save_clicked)
        cancel = Button(self.tr("Annuler"), kind="quiet", shortcut="Esc")
        cancel.clicked.connect(self._on_cancel_clicked)
        self._facts.add(_row(save, cancel))
        for widget in (self.form, save, cancel):
            widget.show()  # now, not once the loop turns: the next key must find them
        self.form.fields["nom_usage"].widget.setFocus()
        self._drafts.follow("identite", self.form, self._carte.personne.id)

    def _reread(self) -> None:
        if self._carte is not None:
            self._fill(self._services.personnes.reread(self._carte.personne.id))

    def _name(self, identite: Identite) -> str:
        return identite.initiales if self._discreet else identite.nom_complet

    def _fill(self, carte: Carte) -> None:
        held = self._services.droits.lasting(carte.personne.id)
        self._droits.show_droits(held, named=False, discreet=self._discreet)
        assert self.header is not None
        self._carte = carte
        identite = carte.personne.identite
        self.header.set_title(self._name(identite))
        self.contact.set_discreet(self._discreet)
        self.contact.show_identite(identite)
        if self.form is None:
            self._fill_facts(identite)
        known = [carte.personne.id, *(lien.personne.id for lien in carte.liens)]
        near = self._services.personnes.candidates(identite, but=known, limit=_NEAR)
        self._fill_links(carte, [each for each in near if each.verdict == "foyer"])
        self._fill_dossiers(carte)
        self._fill_doubles(carte, [each for each in near if each.verdict != "foyer"])

    def _fill_facts(self, identite: Identite) -> None:
        self._facts.clear()
        self._facts.set_action(self.tr("&Modifier"))
        listes = self._services.listes
        born = format_naissance(identite.naissance) if identite.naissance else ""
        place = ", ".join(filter(None, (identite.adresse, listes.commune(identite.commune or ""))))
        said = [(born, "calendar")]
        if not self._discreet:
            surnom = self.tr("Surnom\u00a0: {0}").format(identite.surnom) if identite.surnom else ""
            said += [
                (surnom, "user"),
                (identite.description, "user"),
                (place, "map-pin"),
                (identite.courriel, "mail"),
            ]
        shown = [Line(words_, icon=icon) for words_, icon in said if words_]
        for line in shown:
            self._facts.add(line)
        if not shown:
            self._facts.add(Quiet(self.tr("Rien de noté encore. « Modifier » ouvre les champs.")))

    def _fill_links(self, carte: Carte, foyer: Sequence[Candidate]) -> None:
        """Her links, then who shares her number or her address."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            widget.hide()
            widget.deleteLater()
        for lien in carte.liens:
            label = self._services.listes.libelle("lien", lien.lien)
            line = Line(self._name(lien.personne.identite), label, icon="link", clickable=True)
            line.activated.connect(lambda personne=lien.personne.id: self.show_person(personne))
            drop = Button(self.tr("Retirer"), kind="quiet", icon="x")
            drop.setAccessibleName(self.tr("Retirer ce lien"))
            drop.clicked.connect(lambda _checked=False, personne=lien.personne.id: self._unlink(personne))
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(line, 1)
            row.addWidget(drop)
            self._lines.addWidget(holder)
        for each in foyer:
            shared = ", ".join(words.raison(code) for code in each.raisons if code in _SHARED)
            said = self.tr("Même foyer\u00a0? {0}").format(shared)
            line = Line(self._name(each.personne.identite), said, icon="house", clickable=True)
            line.activated.connect(lambda personne=each.personne.id: self.show_person(personne))
            self._lines.addWidget(line)
        # Where there is a number to dial, who lives there is already said beside it.
        lives = "" if self._discreet or self.contact.sentences() else carte.personne.identite.vit_avec
        if lives:
            self._lines.addWidget(Line(self.tr("Qui vit là\u00a0: {0}").format(lives), icon="house"))
        if not carte.liens and not lives and not foyer:
            self._lines.addWidget(Quiet(self.tr("Aucun lien noté.")))

    def _fill_dossiers(self, carte: Carte) -> None:
        self._dossiers.clear()
        for dossier in carte.dossiers:
            sub = self.tr("dernier contact le {0}").format(format_jour(dossier.dernier_contact))
            line = Line(
                self.tr("Dossier {0}").format(dossier.numero), sub, icon="folder-open", clickable=True
            )
            line.activated.connect(lambda dossier_id=dossier.id: self.dossier_requested.emit(dossier_id))
            self._dossiers.add(line)
        if not carte.dossiers:
            self._dossiers.add(Quiet(self.tr("Elle n’est dans aucun dossier.")))

    def _fill_doubles(self, carte: Carte, near: Sequence[Candidate]) -> None:
        """Who may be her, and the merge that can be taken back."""
        self._doubles.clear()
        mine = carte.personne.id
        found = [each for each in near if not self._services.fusions.are_apart(mine, each.personne.id)]
        for each in found:
            why = "" if self._discreet else ", ".join(words.raison(code) for code in each.raisons)
            chip = Chip(words.verdict_role(each.verdict), words.verdict(each.verdict))
            line = Line(self._name(each.personne.identite), why, icon="users", chip=chip, clickable=True)
            line.activated.connect(lambda other=each.personne.id: self.comparison_requested.emit(mine, other))
            self._doubles.add(line)
        if carte.fusion is not None:
            day = format_jour(carte.fusion.faite_le)
            self._doubles.add(Quiet(self.tr("Deux fiches ont été réunies en celle-ci le {0}.").format(day)))
            undo = Button(self.tr("Annuler cette &réunion"), kind="quiet", icon="undo-2")
            undo.clicked.connect(self._on_undo_clicked)
            self._doubles.add(undo)
        self._doubles.setVisible(bool(found) or carte.fusion is not None)

    def _done(self, changed: Changes) -> None:
        self.message.clear()
        self._hub.announce(changed)
        self._reread()

    def _unlink(self, other: int) -> None:
        if self._carte is not None:
            try:
                self._done(self._services.personnes.unlink(self._carte.personne.id, other))
            except UserError as error:
                show_error(self.message, error)

    @Slot()
    def _on_save_clicked(self) -> None:
        if self.form is None or self._carte is None or not settle_all(self.form.fields.values()):
            return
        try:
            changed = self._services.personnes.amend(self._carte.personne.id, self.form.read())
        except InvalidInput as error:
            show_problems(self.form.fields, error.problems, self.message)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._drafts.drop("identite")
            self.form = None
            self._done(changed)

    @Slot()
    def _on_cancel_clicked(self) -> None:
        self._drafts.drop("identite")
        self.form = None
        self._reread()

    def _others(self, text: str) -> list[Found]:
        """Who answers what is typed, less the person herself: nobody is linked to herself."""
        own = self._carte.personne.id if self._carte is not None else None
        return [each for each in self._services.personnes.search(text) if each.personne.id != own]

    @Slot()
    def _on_link_asked(self) -> None:
        if self._carte is not None:
            self.links.open(self._carte.personne.id)

    @Slot(object)
    def _on_link_submitted(self, answers: dict[str, str | None]) -> None:
        if self._carte is None:
            return
        other = answers["personne"]
        try:
            changed = self._services.personnes.link(
                self._carte.personne.id, int(other) if other else None, answers["lien"]
            )
        except InvalidInput as error:
            self.links.refuse(error.problems)
        except UserError as error:
            show_error(self.message, error)
        else:
            self.links.done()
            self._done(changed)

    @Slot()
    def _on_undo_clicked(self) -> None:
        if self._carte is None or self._carte.fusion is None:
            return
        try:
            changed = self._services.fusions.undo(self._carte.fusion.id)
        except UserError as error:
            show_error(self.message, error)
        else:
            self._done(changed)
            self.message.show_message("good", self.tr("Les deux fiches sont de nouveau séparées."))

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        if self.isVisible() and changed.kinds & {"personnes", "dossiers"}:
            self._reread()


def _row(*buttons: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch()
    return row
