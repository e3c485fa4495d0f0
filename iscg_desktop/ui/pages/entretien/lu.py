"""A recorded entretien, whole: what was said, its pièces jointes, what it said before each correction."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot

from iscg_desktop.domain.dates import format_date, format_duree, format_heure
from iscg_desktop.domain.entretien import Entretien, OrientationFaite
from iscg_desktop.domain.entretien_versions import Difference, Version, differences, participation
from iscg_desktop.domain.nomenclature import NON_RENSEIGNE
from iscg_desktop.errors import UserError
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui import entretien_words as words
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.pieces_card import PiecesCard
from iscg_desktop.ui.messages import show_error
from iscg_desktop.ui.tasks import TaskRunner
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.columns import Columns
from iscg_desktop.ui.widgets.inline_message import InlineMessage
from iscg_desktop.ui.widgets.labels import Heading, Quiet, Text
from iscg_desktop.ui.widgets.line import Line
from iscg_desktop.ui.widgets.page_header import PageHeader
from iscg_desktop.ui.widgets.scroll_page import ScrollPage
from iscg_desktop.ui.words import accord

_SNIPPET = 240


class EntretienLuPage(ScrollPage):
    """Shows one recorded entretien.

    Keys: Ctrl+E corrects it, Ctrl+Delete puts it in the corbeille, Alt+← goes back to its dossier.

    Signals:
        dossier_requested: Id of the dossier to go back to.
        amend_requested: Id of the entretien to correct.
        corbeille_requested: She wants to see the corbeille.
    """

    dossier_requested = Signal(int)
    amend_requested = Signal(int)
    corbeille_requested = Signal()

    def __init__(self, services: Services, hub: ChangesHub, tasks: TaskRunner) -> None:
        header = PageHeader("")
        super().__init__(header)
        self.title = self.tr("Entretien")
        self._services, self._hub = services, hub
        self._entretien: Entretien | None = None
        self._discreet = False
        self._back = header.set_back(self.tr("Dossier"))
        self._back.clicked.connect(self._on_back_clicked)
        self._discard = header.add_secondary(
            self.tr("Mettre à la corbeille"), icon="trash-2", shortcut="Ctrl+Del"
        )
        self._discard.clicked.connect(self._on_discard_clicked)
        self._amend = header.set_primary(self.tr("&Corriger"), icon="pencil", shortcut="Ctrl+E")
        self._amend.clicked.connect(self._on_amend_clicked)
        self.message = InlineMessage(dismissible=False)
        self.message.action_triggered.connect(self._on_message_action_triggered)
        self.add(self.message)
        self._said, self._texts = Card(self.tr("Entretien")), Card(self.tr("Textes"))
        self._people = Card(self.tr("Personnes"))
        self._oriented = Card(self.tr("Orientations"), icon="send")
        self._history = Card(self.tr("Corrections"), icon="history")
        self.pieces = PiecesCard(services, hub, tasks)
        self.add(Columns(self._said, self._people))
        self.add(self._texts)
        self.add(self._oriented)
        self.add(self.pieces)
        self.add(self._history)
        hub.changed.connect(self._on_hub_changed)

    def show_entretien(self, entretien_id: int) -> None:
        """Open an entretien; the reading goes to the journal."""
        self._fill(self._services.entretiens.open(entretien_id))

    def activated(self) -> None:
        """Read it again, and be ready to go back."""
        self._reread()
        self._amend.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_discreet(self, discreet: bool) -> None:
        """Show initials in place of names and nothing of what she typed, or all again."""
        self._discreet = discreet
        self.pieces.set_discreet(discreet)
        self._reread()

    @property
    def shown(self) -> Entretien | None:
        """The entretien on the page."""
        return self._entretien

    # What it shows.

    def _reread(self) -> None:
        if self._entretien is not None:
            self._fill(self._services.entretiens.get(self._entretien.id))

    def _fill(self, entretien: Entretien) -> None:
        assert self.header is not None
        self._entretien = entretien
        numero = self._services.dossiers.numero(entretien.dossier_id)
        self.header.set_title(self.tr("Entretien du {0}").format(format_date(entretien.date)))
        self._back.setText(self.tr("Dossier {0}").format(numero))
        self.header.set_subtitle(self._subtitle(entretien))
        here = entretien.mis_a_la_corbeille_le is None
        for button in (self._discard, self._amend):
            button.setVisible(here)
        self._say_state(entretien)
        self._fill_said(entretien)
        self._fill_people(entretien)
        self._fill_texts(entretien)
        self._fill_oriented(entretien)
        self.pieces.show_for(entretien.dossier_id, entretien.id)
        self._fill_history(entretien)

    def _subtitle(self, entretien: Entretien) -> str:
        listes = self._services.listes
        parts = [
            format_heure(entretien.heure) if entretien.heure else "",
            format_duree(entretien.duree) if entretien.duree is not None else "",
            listes.unite(entretien.unite_id),
        ]
        return " · ".join(part for part in parts if part)

    def _say_state(self, entretien: Entretien) -> None:
        frozen = entretien.trimestre is not None and self._services.entretiens.is_frozen(entretien.id)
        if entretien.mis_a_la_corbeille_le is not None:
            said = self.tr("Cet entretien est à la corbeille.")
            if frozen:
                said += " " + self.tr("Son trimestre est arrêté\u00a0: les chiffres du bilan ne bougent pas.")
            self.message.show_message("warn", said, self.tr("Le reprendre"))
        elif frozen:
            said = self.tr(
                "Le trimestre est arrêté. Les textes se corrigent encore, ce qui est compté ne change plus."
            )
            self.message.show_message("info", said)
        else:
            self.message.clear()

    def _fill_said(self, entretien: Entretien) -> None:
        self._said.clear()
        listes = self._services.listes
        names = (
            "mode",
            "issue",
            "lieu",
            "problematique_principale",
            "problematiques",
            "demandes",
            "reponses",
        )
        for name in names:
            given = getattr(entretien, name)
            if given not in (None, (), NON_RENSEIGNE):
                self._said.add(Line(words.value(name, given, listes), words.label(name)))

    def _fill_people(self, entretien: Entretien) -> None:
        self._people.clear()
        for line in entretien.personnes:
            facts = [
                words.value("participation", participation(line), self._services.listes),
                *(
                    words.value(name, given, self._services.listes)
                    for name in ("statut", "age", "accord")
                    if (given := getattr(line if name == "accord" else line.profil, name))
                    not in (None, NON_RENSEIGNE)
                    and name != "accord"
                ),
                accord(line.accord),
            ]
            self._people.add(Line(self._named(line.personne_id, line.nom), ", ".join(facts), icon="user"))

    def _named(self, personne_id: int, nom: str) -> str:
        if self._discreet:
            return self._services.entretiens.personne(personne_id).identite.initiales
        return nom or self.tr("Personne effacée")

    def _fill_texts(self, entretien: Entretien) -> None:
        self._texts.clear()
        texts = [(name, getattr(entretien, name)) for name in words.TEXTS if getattr(entretien, name).strip()]
        self._texts.setVisible(bool(texts))
        for name, text in texts:
            self._texts.add(Heading(words.label(name)))
            self._texts.add(Quiet(self.tr("Texte masqué (F9)")) if self._discreet else Text(text))

    def _fill_oriented(self, entretien: Entretien) -> None:
        self._oriented.clear()
        self._oriented.setVisible(bool(entretien.orientations))
        for each in entretien.orientations:
            parts = [self._named(each.personne_id, each.nom), accord(each.accord)]
            if each.date != entretien.date:
                parts.insert(0, format_date(each.date))
            if not self._discreet:
                parts.append(each.motif)
            said = ", ".join(part for part in parts if part)
            self._oriented.add(Line(words.towards(each, self._services.listes), said))

    def _fill_history(self, entretien: Entretien) -> None:
        self._history.clear()
        versions = self._services.entretiens.versions(entretien.id)
        self._history.setVisible(bool(versions))
        afters = [*(version.entretien for version in versions), entretien][1:]
        for version, after in reversed(list(zip(versions, afters, strict=True))):
            self._history.add(Heading(self._moment(version)))
            for difference in differences(version.entretien, after):
                self._history.add(Text(self._sentence(difference)))

    def _moment(self, version: Version) -> str:
        moment = version.remplacee_le.astimezone()
        said = self.tr("Corrigé le {0} à {1}")
        return said.format(format_date(moment.date()), format_heure(moment.time()))

    def _sentence(self, difference: Difference) -> str:
        what = words.label(difference.champ)
        if self._discreet and difference.champ in (*words.VEILED, "ajoutee", "retiree"):
            return what
        whole = difference.apres or difference.avant
        if isinstance(whole, OrientationFaite):
            parts = [words.towards(whole, self._services.listes)]
            parts += [] if self._discreet else [difference.personne, whole.motif]
            return self.tr("{0}\u00a0: {1}").format(what, ", ".join(part for part in parts if part))
        if difference.champ in ("ajoutee", "retiree"):
            return self.tr("{0}\u00a0: {1}").format(what, difference.personne)
        whose = "" if self._discreet or not difference.personne else f" ({difference.personne})"
        before, after = (self._value(difference.champ, each) for each in (difference.avant, difference.apres))
        return self.tr("{0}{1}\u00a0: «\u00a0{2}\u00a0» devient «\u00a0{3}\u00a0»").format(
            what, whose, before, after
        )

    def _value(self, champ: str, given: object) -> str:
        if champ in words.TEXTS and given:
            return _short(str(given))
        return words.value(champ, given, self._services.listes)

    # What it answers to.

    @Slot()
    def _on_back_clicked(self) -> None:
        if self._entretien is not None:
            self.dossier_requested.emit(self._entretien.dossier_id)

    @Slot()
    def _on_amend_clicked(self) -> None:
        if self._entretien is not None:
            self.amend_requested.emit(self._entretien.id)

    @Slot()
    def _on_discard_clicked(self) -> None:
        if self._entretien is None:
            return
        try:
            done = self._services.corbeille.put(self._entretien.id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._hub.announce(done.changes)
        self._reread()
        if done.fiches:
            said = self.tr("%n fiches établies à partir de lui restent.", "", done.fiches)
            self.message.show_message("warn", f"{self.message.text} {said}", self.tr("Le reprendre"))
        self.message.enter_action()  # the button that had the keyboard is gone

    @Slot()
    def _on_message_action_triggered(self) -> None:
        if self._entretien is None:
            return
        try:
            changes = self._services.corbeille.restore(self._entretien.id)
        except UserError as error:
            show_error(self.message, error)
            return
        self._hub.announce(changes)
        self._reread()
        self._amend.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_hub_changed(self, changed: Changes) -> None:
        here = self._entretien is not None and changed.dossier_id in (None, self._entretien.dossier_id)
        if here and "entretiens" in changed.kinds and self.isVisible():
            self._reread()


def _short(text: str) -> str:
    words_only = " ".join(text.split())
    return words_only if len(words_only) <= _SNIPPET else words_only[:_SNIPPET].rstrip() + "…"
