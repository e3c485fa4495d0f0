"""The drafts of the short forms of a page, one each, found again when a form is opened for the same thing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from iscg_desktop.services.services import Services
from iscg_desktop.ui.forms.form import Form
from iscg_desktop.ui.forms.short_draft import Kept, ShortDraft
from iscg_desktop.ui.forms.short_form import ShortForm
from iscg_desktop.ui.widgets.field import Field


class FieldGroup(Form):
    """Fields that a page lays out itself, kept together in one draft; nothing of it is seen.

    Args:
        fields: By name.
        parent: The page.
    """

    def __init__(self, fields: Mapping[str, Field], parent: QWidget) -> None:
        super().__init__(parent)
        for name, field in fields.items():
            self.register(name, field)
        self.hide()

    def clear(self) -> None:
        """Empty every field."""
        for name in self.fields:
            self.put(name, None)


class PageDrafts(QObject):
    """A draft is named « page:form », and « page:form:thing » where the form is about one thing among others.

    Args:
        services: The use cases.
        page: Key of the page, and of its section after a colon: what goes on with a draft is found by it.
        parent: The page.
    """

    def __init__(self, services: Services, page: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._page = services, page
        self._drafts: dict[str, ShortDraft] = {}

    def watch(self, name: str, form: ShortForm) -> None:
        """Keep what is typed in a form each time it is opened; its subject, an id, says about what."""
        form.opening.connect(self._draft(name).leave)
        form.opened.connect(lambda: self.follow(name, form, form.subject))
        form.closed.connect(lambda: self.drop(name))

    def follow(
        self,
        name: str,
        form: Kept,
        about: object = None,
        dossier_id: int | None = None,
        *,
        enter: bool = True,
    ) -> bool:
        """A form was opened: put back what was left in it, and keep what is typed; True when something was left.

        Args:
            name: Of the form.
            form: What is typed in.
            about: The thing it is about.
            dossier_id: Dossier of that thing.
            enter: Go to the field where she left.
        """
        key = ":".join(str(part) for part in (self._page, name, about) if part is not None)
        return self._draft(name).follow(form, key, dossier_id, enter_field=enter)

    def holds(self, name: str) -> bool:
        """Whether a form holds words that are not recorded."""
        return self._draft(name).holds

    def drop(self, name: str) -> None:
        """It was done, or she gave up."""
        self._draft(name).drop()

    def leave(self) -> None:
        """The forms are put away as they are: their drafts wait."""
        for draft in self._drafts.values():
            draft.leave()

    def keep_now(self) -> bool:
        """Write at once what is half-typed; False when the disk refuses."""
        kept = [draft.keep_now() for draft in self._drafts.values()]
        return all(kept)

    def _draft(self, name: str) -> ShortDraft:
        if name not in self._drafts:
            self._drafts[name] = ShortDraft(self._services.brouillons, self._services.clock.now, self)
        return self._drafts[name]
