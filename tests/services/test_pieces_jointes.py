"""Pièces jointes: known by their bytes, encrypted in the coffre, out of it only on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iscg_desktop.domain.piece_jointe import TAILLE_MAX, PieceJointe, clean_name, type_of
from iscg_desktop.errors import UserError
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.coffre import open_session
from iscg_desktop.services.pieces_jointes import Fichier
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.transaction import Repositories
from tests.vie import TODAY, draft, open_services

PDF = b"%PDF-1.7\nfictif"


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session, int, int]]:
    services, session = open_services(tmp_path)
    recorded = services.entretiens.record(draft())
    yield services, session, recorded.dossier_id, recorded.entretien_id
    session.vault.close()


@pytest.mark.parametrize(
    ("octets", "found"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"", "piece_vide"),
        (b"PK\x03\x04 un classeur", "piece_type"),
        (b"<html>", "piece_type"),
        (b"MZ un programme", "piece_type"),
        (b"%PDF-" + bytes(TAILLE_MAX), "piece_trop_lourde"),
    ],
)
def test_a_file_is_what_its_bytes_say(octets: bytes, found: str) -> None:
    if found.startswith("piece"):
        with pytest.raises(UserError, match=found):
            type_of(octets)
    else:
        assert type_of(octets) == found


@given(st.text(max_size=300))
def test_a_name_never_leads_out_of_the_folder_chosen(text: str) -> None:
    try:
        nom = clean_name(text)
    except UserError:
        return
    name = PieceJointe(1, 1, None, nom, "application/pdf", TODAY, 1).nom_de_fichier
    assert name.endswith(".pdf")
    assert not set(name) & set('/\\:*?"<>|\n\0')
    assert not name.startswith(".")
    assert len(nom) <= 120


def test_a_copy_is_kept_read_renamed_saved_and_removed(
    coffre: tuple[Services, Session, int, int], tmp_path: Path
) -> None:
    services, session, dossier, entretien = coffre
    source = tmp_path / "Courrier  du bailleur.PDF"
    source.write_bytes(PDF)
    piece, _ = services.pieces_jointes.add(source, dossier, entretien)
    assert source.read_bytes() == PDF, "the file stays where it was"
    (kept,) = services.pieces_jointes.of_entretien(entretien)
    assert (kept.nom, kept.type_mime, kept.taille) == ("Courrier du bailleur", "application/pdf", len(PDF))
    assert services.pieces_jointes.of_dossier(dossier) == (kept,)
    assert services.pieces_jointes.open(piece) == PDF
    services.pieces_jointes.rename(piece, "Bail.pdf")
    (kept,) = services.pieces_jointes.of_dossier(dossier)
    assert kept.nom_de_fichier == "Bail.pdf"
    services.pieces_jointes.save(piece, tmp_path / "sortie.pdf")
    assert (tmp_path / "sortie.pdf").read_bytes() == PDF
    services.pieces_jointes.remove(piece)
    assert services.pieces_jointes.of_dossier(dossier) == ()
    with pytest.raises(UserError, match="piece_disparue"):
        services.pieces_jointes.open(piece)
    lines = [(e.action, e.objet) for e in session.read.journal.entries(limit=5)]
    assert lines == [
        (a, "piece_jointe") for a in ("suppression", "export", "modification", "lecture", "creation")
    ]
    assert "bailleur" not in str(session.read.journal.entries()).lower()


def test_nothing_of_it_is_readable_on_the_disk(
    coffre: tuple[Services, Session, int, int], tmp_path: Path
) -> None:
    services, session, dossier, _ = coffre
    source = tmp_path / "lettre.pdf"
    marker = b"un texte que personne d'autre n'ecrit " * 200
    source.write_bytes(PDF + marker)
    piece, _ = services.pieces_jointes.add(source, dossier)
    source.unlink()
    services.pieces_jointes.remove(piece)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert marker[:60] not in file.read_bytes(), file.name
    assert session.vault.execute("PRAGMA secure_delete").scalar() == 1


def test_what_cannot_be_read_is_refused_in_words(
    coffre: tuple[Services, Session, int, int], tmp_path: Path
) -> None:
    services, _, dossier, _ = coffre
    for path in (tmp_path / "absent.pdf", tmp_path):
        with pytest.raises(UserError, match="piece_illisible"):
            services.pieces_jointes.add(path, dossier)
    source = tmp_path / "x.pdf"
    source.write_bytes(PDF)
    piece, _ = services.pieces_jointes.add(source, dossier)
    with pytest.raises(UserError, match="piece_sans_nom"):
        services.pieces_jointes.rename(piece, "  ")


def test_those_of_an_entretien_go_to_the_corbeille_and_come_back_with_it(
    coffre: tuple[Services, Session, int, int], tmp_path: Path
) -> None:
    services, session, dossier, entretien = coffre
    source = tmp_path / "lettre.pdf"
    source.write_bytes(PDF)
    services.pieces_jointes.add(source, dossier, entretien)
    services.corbeille.put(entretien)
    assert services.pieces_jointes.of_dossier(dossier) == ()
    services.corbeille.restore(entretien)
    assert len(services.pieces_jointes.of_dossier(dossier)) == 1
    services.corbeille.put(entretien)
    services.corbeille.empty()
    assert session.vault.execute("SELECT count(*) FROM pieces_jointes").scalar() == 0


def test_a_piece_is_kept_and_removed_in_turns(coffre: tuple[Services, Session, int, int]) -> None:
    """In several, so that the window turns between them; and what reads the coffre opens as before."""
    services, session, dossier, _ = coffre
    usual = session.vault.execute("PRAGMA cache_size").scalar()
    adding = services.pieces_jointes.adding(Fichier("lettre", "application/pdf", PDF), dossier)
    assert len(list(adding)) >= 1
    assert [piece.id for piece in services.pieces_jointes.of_dossier(dossier)] == [1]
    assert len(list(services.pieces_jointes.removing(1))) >= 1
    assert not session.vault.in_transaction
    assert services.pieces_jointes.of_dossier(dossier) == ()
    assert session.vault.execute("PRAGMA cache_size").scalar() == usual, "the memory is given back"


@pytest.mark.parametrize("taken", [1, 2])
def test_whatever_else_writes_first_finishes_a_piece_under_way(
    coffre: tuple[Services, Session, int, int], taken: int
) -> None:
    services, _, dossier, _ = coffre
    work = services.pieces_jointes.adding(Fichier("lettre", "application/pdf", PDF), dossier)
    for _ in range(taken):
        next(work)
    services.journee.add_relance(TODAY, "Rappeler", dossier)
    assert [piece.nom for piece in services.pieces_jointes.of_dossier(dossier)] == ["lettre"]
    piece_id, changes = at_once(work)
    assert (piece_id, changes.dossier_id) == (1, dossier)


def test_a_lock_finishes_a_piece_under_way(tmp_path: Path) -> None:
    services, session = open_services(tmp_path)
    key, dossier = session.vault.key, services.entretiens.record(draft()).dossier_id
    work = services.pieces_jointes.adding(Fichier("lettre", "application/pdf", PDF), dossier)
    next(work)
    services.coffre.lock()
    with closing(open_session(session.vault.folder, key, clock=session.clock).vault) as vault:
        assert Repositories(vault).pieces_jointes.octets(1) == PDF


def test_a_piece_given_up_half_way_leaves_nothing(coffre: tuple[Services, Session, int, int]) -> None:
    services, session, dossier, _ = coffre
    work = services.pieces_jointes.adding(Fichier("lettre", "application/pdf", PDF), dossier)
    next(work)
    work.close()
    assert not session.vault.in_transaction
    assert services.pieces_jointes.of_dossier(dossier) == ()
    services.journee.add_relance(TODAY, "Rappeler", dossier)
