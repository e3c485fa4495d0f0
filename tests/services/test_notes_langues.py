"""The note of information in eight languages: whole, filled, editable, to be read again until it was."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.mentions import TypeDocument
from iscg_desktop.domain.note_langue import PLACES, remplie
from iscg_desktop.errors import InvalidInput, UserError
from iscg_desktop.reference.notes_langues import shipped_notes
from iscg_desktop.services.services import Services
from tests.vie import TODAY, draft, open_services, victime

VALUES = {
    "nom": "Maëlle Kerdoncuff", "qualite": "Assistante de service social", "employeur": "Département fictif",
    "mois": "24", "adresse": "1 place du Marché", "dpo": "dpo@exemple.fr", "date": "23/11/2026",
}  # fmt: skip


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    services, session = open_services(tmp_path)
    yield services
    session.vault.close()


def _words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("code", list(shipped_notes()))
def test_each_language_says_all_that_the_french_does(code: str) -> None:
    note, french = shipped_notes()[code], shipped_notes()["fr"]
    assert note.check() == ()
    assert note.words().keys() == french.words().keys()
    for name, words in french.words().items():
        places = {place for place in PLACES if f"{{{place}}}" in words} - {"qualite"}
        assert places <= {place for place in PLACES if f"{{{place}}}" in note.words()[name]}, name
    filled = remplie(note, VALUES, public=True)
    whole = " ".join([filled.titre, filled.remise, *(each.texte for each in filled.paragraphes)])
    for value in set(VALUES) - {"qualite"}:
        assert VALUES[value] in whole, value
    assert "{" not in whole
    assert remplie(note, VALUES, public=False) != filled


def test_at_least_six_besides_french() -> None:
    assert len(shipped_notes()) >= 7
    assert next(iter(shipped_notes())) == "fr"


@given(st.sampled_from(sorted(shipped_notes())), st.text(max_size=30))
def test_what_fills_a_place_is_never_read_for_places(code: str, name: str) -> None:
    typed = name + "{employeur}"
    filled = remplie(shipped_notes()[code], VALUES | {"nom": typed}, public=True)
    cleaned = replace(filled.paragraphes[0], texte=typed).texte
    assert cleaned in filled.paragraphes[0].texte


def test_without_a_dpo_no_line_names_one() -> None:
    filled = remplie(shipped_notes()["en"], VALUES | {"dpo": " "}, public=True)
    assert "officer:" not in filled.paragraphes[-1].texte


def test_to_be_read_again_until_a_reader_did(services: Services) -> None:
    notes = services.notes_langues
    assert not notes.to_read_again("fr")
    assert notes.to_read_again("uk")
    notes.mark_read("uk")
    assert (notes.to_read_again("uk"), notes.note("uk").relue_le) == (False, TODAY)
    notes.change("uk", {"titre": "Ваші права"})
    assert notes.to_read_again("uk")
    assert notes.note("uk").titre == "Ваші права"
    notes.change("fr", {"titre": "Vos droits"})
    assert notes.to_read_again("fr")
    notes.reset("fr")
    assert notes.note("fr") == shipped_notes()["fr"]


def test_words_that_would_not_do_are_refused(services: Services) -> None:
    change = services.notes_langues.change
    for words, code in (
        ({"titre": " "}, "note_vide"),
        ({"titre": "x" * 1_201}, "texte_trop_long"),
        ({"titre": "{toi}"}, "note_place_inconnue"),
        ({"titre": "{"}, "note_place_inconnue"),
        ({"sections.5.texte": "À moi."}, "note_sans_ecrire"),
    ):
        with pytest.raises(InvalidInput) as refused:
            change("fr", words)
        assert [each.code for each in refused.value.problems] == [code]
    with pytest.raises(UserError, match="fiche_glyphes"):
        change("en", {"titre": "حقوقك"})
    with pytest.raises(UserError, match="note_langue_inconnue"):
        services.notes_langues.note("xx")
    assert services.notes_langues.note("fr") == shipped_notes()["fr"]


@pytest.mark.parametrize("code", [code for code in shipped_notes() if code != "fr"])
def test_it_is_printed_on_one_page_in_her_language(services: Services, code: str) -> None:
    recorded = services.entretiens.record(draft(personnes=(victime(informee_le=None),)))
    content = services.documents.prepare(
        recorded.dossier_id, TypeDocument.NOTE_INFORMATION, recorded.personne_ids[0]
    )
    issued = services.documents.issue(
        recorded.dossier_id, recorded.personne_ids[0], replace(content, langue=code)
    )
    pdf = services.documents.pdf(issued.document_id)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert shipped_notes()[code].titre in _words(pdf)
    assert "24" in _words(pdf)
    kept = services.documents.content(issued.document_id)
    assert kept.remplie is not None
    assert kept.langue == code


def test_french_as_it_is_shipped_keeps_its_own_layout(services: Services) -> None:
    recorded = services.entretiens.record(draft())
    content = services.documents.prepare(
        recorded.dossier_id, TypeDocument.NOTE_INFORMATION, recorded.personne_ids[0]
    )
    first = services.documents.issue(recorded.dossier_id, recorded.personne_ids[0], content)
    assert services.documents.content(first.document_id).remplie is None
    services.notes_langues.change("fr", {"titre": "Vos droits, en clair"})
    second = services.documents.issue(recorded.dossier_id, recorded.personne_ids[0], content)
    assert "Vos droits, en clair" in _words(services.documents.pdf(second.document_id))
    assert "Vos droits, en clair" not in _words(services.documents.pdf(first.document_id))
