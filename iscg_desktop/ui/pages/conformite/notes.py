"""The note of information in each language: its words, hers in their place, and whether a reader checked them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot

from iscg_desktop.domain.dates import format_date
from iscg_desktop.domain.note_langue import NoteLangue
from iscg_desktop.services.changes import Changes
from iscg_desktop.services.services import Services
from iscg_desktop.ui.changes import ChangesHub
from iscg_desktop.ui.forms.page_drafts import FieldGroup, PageDrafts
from iscg_desktop.ui.forms.section import Section
from iscg_desktop.ui.widgets.button import Button
from iscg_desktop.ui.widgets.card import Card
from iscg_desktop.ui.widgets.choice import Choice
from iscg_desktop.ui.widgets.choice_row import ChoiceRow
from iscg_desktop.ui.widgets.field import Field
from iscg_desktop.ui.widgets.flow_layout import FlowLayout
from iscg_desktop.ui.widgets.labels import Text
from iscg_desktop.ui.widgets.text_area import TextArea

translate = QCoreApplication.translate


class NotesSection(Section):
    """One language at a time; what she changes is to be read again."""

    def __init__(self, services: Services, hub: ChangesHub) -> None:
        super().__init__(
            services,
            hub,
            translate("Notes", "Notes d’information"),
            translate("Notes", "Elles s’impriment depuis un dossier, dans la langue de la personne."),
        )
        self._code = "fr"
        notes = services.notes_langues.notes()
        self.languages = ChoiceRow([Choice(each.code, each.langue) for each in notes], clearable=False)
        self.languages.committed.connect(self._on_language_committed)
        self._state = Text()
        self.read_button = Button(self.tr("Un &lecteur de cette langue l’a relue"), icon="check")
        self.reset_button = Button(self.tr("Reprendre le texte d’o&rigine"), kind="quiet", icon="undo-2")
        self.keep_button = Button(self.tr("&Garder ces mots"), icon="save")
        self.read_button.clicked.connect(self._on_read_clicked)
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self.keep_button.clicked.connect(self._on_keep_clicked)
        head = Card()
        head.add(self.languages)
        head.add(self._state)
        buttons = FlowLayout()
        for button in (self.read_button, self.reset_button, self.keep_button):
            buttons.addWidget(button)
        head.add(buttons)
        self.words: dict[str, Field] = {}
        body = Card(self.tr("Ses mots"))
        for name in notes[0].words():
            field = self.words[name] = Field(self._label(name), TextArea(rows=1, max_rows=8))
            body.add(field)
        self._typed = FieldGroup(self.words, self)
        self.drafts = PageDrafts(services, "conformite:notes", self)
        self.add(head)
        self.add(body)
        self.body.addStretch()

    def reload(self) -> None:
        assert self.drafts is not None
        note = self._services.notes_langues.note(self._code)
        self.languages.set_value(self._code)
        self._say(note)
        if self.drafts.holds("texte"):
            return
        for name, words in note.words().items():
            self._typed.put(name, words)
            self.words[name].clear_error()
        self.drafts.follow("texte", self._typed, self._code, enter=False)

    def resume(self, cle: str) -> None:
        self._on_language_committed(cle.split(":")[3])

    def _say(self, note: NoteLangue) -> None:
        again = self._services.notes_langues.to_read_again(self._code)
        if again:
            words = self.tr("À faire relire : personne n’a encore dit que ce texte est juste.")
        elif note.relue_le is not None:
            words = self.tr("Relue le {0}.").format(format_date(note.relue_le))
        else:
            words = self.tr("Texte d’origine, écrit en français.")
        self._state.setText(words.replace(" :", "\u00a0:"))
        self.read_button.setEnabled(again)
        self.reset_button.setEnabled(note.modifiee)

    def _label(self, name: str) -> str:
        known = {
            "titre": self.tr("Titre"),
            "remise": self.tr("Ligne sous le titre"),
            "interet_public": self.tr("Base légale, employeur public"),
            "interet_legitime": self.tr("Base légale, employeur privé"),
            "a_moi": self.tr("À qui écrire : vous"),
            "au_dpo": self.tr("À qui écrire : le délégué"),
            "cnil": self.tr("À qui écrire : la CNIL"),
            "securite": self.tr("Avertissement"),
        }
        if name in known:
            return known[name].replace(" :", "\u00a0:")
        _, rank, part = name.split(".")
        return self.tr("Partie {0}, {1}").format(
            int(rank) + 1, self.tr("titre") if part == "titre" else self.tr("texte")
        )

    @Slot(object)
    def _on_language_committed(self, code: object) -> None:
        if code:
            assert self.drafts is not None
            self.drafts.leave()
            self._code = str(code)
            self.message.clear()
            self.reload()

    @Slot()
    def _on_keep_clicked(self) -> None:
        words = {name: field.widget.value() for name, field in self.words.items()}

        def change() -> Changes:
            changes = self._services.notes_langues.change(self._code, words)
            self._forget()
            return changes

        self.do(change, self.tr("C’est gardé, à faire relire."), fields=self.words)

    def _forget(self) -> None:
        assert self.drafts is not None
        self.drafts.drop("texte")

    @Slot()
    def _on_read_clicked(self) -> None:
        self.do(lambda: self._services.notes_langues.mark_read(self._code), self.tr("C’est noté."))

    @Slot()
    def _on_reset_clicked(self) -> None:
        self._forget()
        self.do(
            lambda: self._services.notes_langues.reset(self._code), self.tr("Le texte d’origine est repris.")
        )
