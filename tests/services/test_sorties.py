"""What leaves the coffre without being about one person says nothing of anyone, metadata included."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from iscg_desktop.domain.entretien import PersonneDraft
from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.personne import Profil
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.ui.canaris import CANARY, Places, elle, fill, sings
from tests.vie import TODAY, draft, victime


def _said(data: bytes) -> str:
    """All that a file says: the text of its pages, its metadata, the values of its fields."""
    if not data.startswith(b"%PDF"):
        return data.decode("utf-8")
    reader = PdfReader(io.BytesIO(data))
    words = [page.extract_text() for page in reader.pages]
    words += [str(value) for value in (reader.metadata or {}).values()]
    words += [str(value) for value in (reader.get_fields() or {}).values()]
    return " ".join([*words, data.decode("latin-1")])


def _coupon(services: Services, at: Places, folder: Path) -> bytes:
    services.retours.save_coupon(at.fiche, folder / "coupon.pdf")
    return (folder / "coupon.pdf").read_bytes()


def _note(services: Services, at: Places, folder: Path) -> bytes:
    """Where no message may be left, not even her name."""
    note = services.documents.prepare(at.dossier, TypeDocument.NOTE_INFORMATION, at.personnes[0])
    return services.documents.previewer(note)()


_OUT: dict[str, Callable[[Services, Places, Path], bytes]] = {
    "day sheet": lambda services, _at, _folder: services.agenda.day_sheet(TODAY, names=False),
    "calendar": lambda services, _at, _folder: services.agenda.calendar(),
    "bordereau": lambda services, at, _folder: services.tournees.bordereaux(at.tournee, noms=False)(),
    "annuaire": lambda services, _at, _folder: services.annuaire_echange.export(correspondants=True),
    "coupon": _coupon,
    "note": _note,
}


@pytest.mark.parametrize("name", _OUT)
def test_no_beneficiary_is_in_what_leaves(vie: tuple[Services, Session], tmp_path: Path, name: str) -> None:
    services, _ = vie
    at = fill(services, tmp_path)
    said = _said(_OUT[name](services, at, tmp_path))
    assert len(said) > 100
    assert not sings(said)


def test_an_information_preoccupante_begins_without_any_adult(
    vie: tuple[Services, Session], tmp_path: Path
) -> None:
    services, _ = vie
    at = fill(services, tmp_path)
    assert not sings(services.documents.prepare(at.dossier, TypeDocument.INFORMATION_PREOCCUPANTE).to_json())


def test_a_signalement_about_her_begins_without_a_word_of_him_nor_a_number(
    vie: tuple[Services, Session],
) -> None:
    services, _ = vie
    lui = PersonneDraft(identite=elle("lui"), profil=Profil(statut="mis_en_cause"), presente=False)
    her = replace(victime(), identite=elle("elle"))
    recorded = services.entretiens.record(draft(personnes=(her, lui), notes_de_travail="canarinotes"))
    about = services.documents.prepare(
        recorded.dossier_id, TypeDocument.SIGNALEMENT, recorded.personne_ids[0]
    ).to_json()
    assert "Canarinomelle" in about
    assert "lui" not in about.casefold().replace("aujourd’hui", "")
    assert CANARY + "notes" not in about
    assert "98 76 54" not in about
