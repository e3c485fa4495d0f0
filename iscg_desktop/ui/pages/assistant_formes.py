"""The forms of the first-run assistant, made in turns."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import TypeAlias

from iscg_desktop.services import coffre
from iscg_desktop.ui.forms.code_card import CodeCard
from iscg_desktop.ui.forms.intervenant_form import IntervenantForm
from iscg_desktop.ui.forms.passphrase_form import PassphraseForm
from iscg_desktop.ui.forms.sheet_step import SheetStep
from iscg_desktop.ui.forms.unite_form import UnitesForm
from iscg_desktop.ui.pages.assistant_etapes import PlaceStep
from iscg_desktop.ui.tasks import TaskRunner

Forms: TypeAlias = tuple[IntervenantForm, UnitesForm, PlaceStep, PassphraseForm, SheetStep, CodeCard]


def make_forms(folder: Path, tasks: TaskRunner) -> Generator[None, None, Forms]:
    """The forms of the assistant, one a turn: all at once would hold the window."""
    identity = IntervenantForm(coffre.liste("diplome"), coffre.liste("employeur"), coffre.departements())
    yield
    unites = UnitesForm(coffre.liste("force"), coffre.liste("type_unite"))
    yield
    place, phrase = PlaceStep(folder), PassphraseForm(tasks)
    yield
    sheet, code = SheetStep(), CodeCard(tasks, later=True)
    yield
    return identity, unites, place, phrase, sheet, code
