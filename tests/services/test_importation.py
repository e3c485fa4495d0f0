"""Past dossiers come in from a spreadsheet whole or not at all, and go out again without a trace."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from iscg_desktop.domain.importation import Correspondance, Rapport, folded
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.importation import Fichier, ImportationService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from iscg_desktop.storage.dossiers import Dossiers
from tests.vie import TODAY, draft, open_services

HEADER = "N° dossier;Date;Brigade;Nom;Prénom;Sexe;DDN;Ville;Tél;Motif;Connu;Ressources;Orientation;Notes"
LINES = (
    "A1;12/03/2024;Brigade de Saint-Aubin;Péron;Solène;F;01/02/1988;Rennes;0612345678;Conflit familial;oui;RSA;CCAS;vu",
    "A1;2024-04-02;brigade de saint-aubin;PERON;solene;Mme;01/02/1988;Rennes;;Conflit familial;oui;RSA, AAH;;suite",
    "A2;3 mai 2024;;Diop;Awa;femme;1979;Nulle-Part-sur-Mer;;Autre;NR;;;",
    "B7;45800;Brigade inconnue;;;H;~45;35238;;;non;;;=2+2",
)
QUARTER = quarter_of(TODAY)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    session.territories.load()
    yield services, session
    session.vault.close()


def _file(*lines: str, header: str = HEADER) -> Fichier:
    return ImportationService.read("\n".join((header, *lines)).encode(), "dossiers.csv")


def _said(services: Services, fichier: Fichier) -> Correspondance:
    return services.importation.propose(fichier)


def _dry(services: Services, fichier: Fichier) -> Rapport:
    return services.importation.dry_run(fichier, _said(services, fichier), QUARTER)


def _tables(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the coffre but what may never go back: the journal, numbers given, settings, sequences."""
    left = {"journal", "compteurs", "parametres", "sqlite_sequence"}
    names = [
        row["name"]
        for row in session.vault.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'recherche%' ORDER BY name"
        )
    ]
    rows = {name: session.vault.execute(f"SELECT * FROM {name}") for name in names if name not in left}
    return {name: sorted(map(tuple, found), key=repr) for name, found in rows.items()}


def _indexed(session: Session) -> list[int]:
    """Which dossiers the search has words of."""
    return [row["rowid"] for row in session.vault.execute("SELECT rowid FROM recherche ORDER BY rowid")]


def test_lines_become_dossiers_entretiens_and_persons(opened: tuple[Services, Session]) -> None:
    services, _session = opened
    fichier = _file(*LINES)
    report = _dry(services, fichier)
    assert [line.numero for line in report.refusees] == []
    assert (report.dossiers, report.entretiens, report.personnes, report.hors_bilan) == (3, 4, 3, 4)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    assert services.dossiers.count() == 3
    (line,) = services.dossiers.find("péron")
    dossier = services.dossiers.reread(line.id)
    assert dossier.ouvert_le == date(2024, 3, 12)
    assert line.entretiens == 2
    (person,) = [each.personne.identite for each in dossier.personnes]
    assert (person.sexe, person.commune, person.naissance.date) == ("femme", "35238", date(1988, 2, 1))
    entretien = services.entretiens.get(next(e.id for e in dossier.evenements if e.kind == "entretien"))
    assert entretien.unite_id == 1
    assert "Ancien numéro : A1" in entretien.notes_de_travail
    assert {"rsa", "aah"} == set(entretien.personnes[0].profil.ressources)


def test_three_writings_of_a_date_and_that_of_a_spreadsheet_are_read(
    opened: tuple[Services, Session],
) -> None:
    services, _ = opened
    fichier = _file(*LINES)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    opened_on = {services.dossiers.reread(line.id).ouvert_le for line in services.dossiers.find("")}
    assert opened_on == {date(2024, 3, 12), date(2024, 5, 3), date(2025, 5, 23)}


def test_what_is_taken_otherwise_than_written_is_said_line_by_line(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    report = _dry(services, _file(*LINES))
    said = {line.numero: [sentence(remark) for remark in line.remarques] for line in report.remarquees}
    assert set(said) == {4, 5}
    assert "Nulle-Part-sur-Mer" in said[4][0]
    assert "Brigade inconnue" in " ".join(said[5])
    assert "comptera comme" in " ".join(said[5])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("C1;32/13/2024;;Le Goff;Yann;H;;;;Autre;;;;", "date_impossible"),
        ("C1;;;Le Goff;Yann;H;;;;Autre;;;;", "date_manquante"),
        ("C1;12/03/2031;;Le Goff;Yann;H;;;;Autre;;;;", "date_future"),
        ("C1;12/03/2024;;Le Goff;Yann;H;12/03/2025;;;Autre;;;;", "naissance_apres_entretien"),
        ("C1;12/03/2024;;Le Goff;Yann;licorne;;;;Autre;;;;", "import_mot_inconnu"),
        ("C1;12/03/2024;;Le Goff;Yann;H;bientôt;;;Autre;;;;", "naissance_illisible"),
    ],
)
def test_a_line_that_cannot_come_in_stops_the_whole_file(
    opened: tuple[Services, Session], line: str, code: str
) -> None:
    services, session = opened
    fichier = _file(LINES[0], line)
    report = _dry(services, fichier)
    assert [(each.numero, [p.code for p in each.problems]) for each in report.refusees] == [(3, [code])]
    assert all(sentence(problem) for each in report.refusees for problem in each.problems)
    before = _tables(session)
    with pytest.raises(UserError, match="import_lignes_refusees"):
        services.importation.run(fichier, _said(services, fichier), QUARTER)
    assert _tables(session) == before


def test_lines_out_of_order_are_lived_in_their_order(opened: tuple[Services, Session]) -> None:
    """The first meeting opens the dossier and is its accueil, the last one says where she lives now."""
    services, session = opened
    lines = (
        f"A1;{day};;Péron;Solène;F;;;{phone};Autre;;;;"
        for day, phone in (
            ("10/06/2024", "0633333333"),
            ("02/04/2024", "0622222222"),
            ("12/03/2024", "0611111111"),
        )
    )
    shuffled = sorted(lines, key=lambda line: "2024-04" not in line and "04/2024" not in line)
    fichier = _file(*shuffled)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    (line,) = services.dossiers.find("péron")
    dossier = services.dossiers.reread(line.id)
    (person,) = dossier.personnes
    assert dossier.ouvert_le == date(2024, 3, 12)
    assert person.personne.identite.telephone.replace(" ", "") == "0633333333"
    (counted,) = session.vault.execute("SELECT date FROM accueils").rows
    assert counted["date"] == "2024-03-12"


def test_a_word_she_gave_a_meaning_is_remembered(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    fichier = _file(LINES[0].replace("Conflit familial", "Zizanie"))
    words = {
        champ.code: words for champ, words in services.importation.words(fichier, _said(services, fichier))
    }
    assert "Zizanie" in words["problematique_principale"]
    said = _said(services, fichier)
    assert said.code("problematique", "Zizanie") is None
    values = {
        **said.valeurs,
        "problematique": {**said.valeurs["problematique"], folded("Zizanie"): "conflit_familial"},
    }
    services.importation.run(fichier, replace(said, valeurs=values), QUARTER)
    again = _file(LINES[1].replace("Conflit familial", "ZIZANIE"))
    assert _said(services, again).code("problematique", "zizanie") == "conflit_familial"


def test_reading_a_line_leaves_nothing_to_the_garbage_collector(opened: tuple[Services, Session]) -> None:
    """It rests for as long as an import lasts: what is left to it would stay in memory for all the lines."""
    services, _session = opened
    fichier = _file(*LINES)
    said = _said(services, fichier)
    services.importation.dry_run(fichier, said, QUARTER)  # what is made once
    gc.collect()
    collecting = gc.isenabled()
    gc.disable()
    try:
        services.importation.dry_run(fichier, said, QUARTER)
        assert gc.collect() == 0
        services.importation.run(fichier, said, QUARTER)
        assert gc.collect() == 0
    finally:
        if collecting:  # a window of another test may collect by itself
            gc.enable()


def test_a_failure_in_the_middle_leaves_nothing(
    opened: tuple[Services, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, session = opened
    fichier, before = _file(*LINES), _tables(session)
    said = _said(services, fichier)

    def stop(done: int, _total: int) -> None:
        if done == 3:
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="disk"):
        services.importation.run(fichier, said, QUARTER, progress=stop)
    assert _tables(session) == before
    assert services.dossiers.find("péron") == ()


def test_the_same_file_comes_in_once(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    fichier = _file(*LINES)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    with pytest.raises(UserError, match="import_deja_fait"):
        services.importation.run(fichier, _said(services, fichier), QUARTER)


NAMES = st.sampled_from(["Péron", "Diop", "Nguyễn", "O’Neill", "", "d’Arc", "M'Barek", "Σ", "=1+1"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["A", "B", "", "C"]), st.dates(date(2023, 1, 1), date(2026, 11, 20)), NAMES, NAMES,
        st.sampled_from(["F", "H", "NR", ""]), st.sampled_from(["RSA", "AAH, RSA", ""]),
        st.sampled_from(["CCAS", ""]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ROWS)
def test_an_import_taken_back_leaves_the_coffre_as_it_was(
    opened: tuple[Services, Session], rows: list[tuple[object, ...]]
) -> None:
    services, session = opened
    if not services.dossiers.count():
        services.entretiens.record(draft())
    lines = (
        f"{ref};{day:%d/%m/%Y};;{nom};{prenom};{sexe};;;;Autre;;{money};{to};"
        for ref, day, nom, prenom, sexe, money, to in rows
    )
    fichier = _file(*lines)
    before, found = _tables(session), services.dossiers.find("a")
    indexed = _indexed(session)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    assert _tables(session) != before
    services.importation.take_back(services.importation.all()[0].id)
    assert _tables(session) == before
    assert services.dossiers.find("a") == found
    assert _indexed(session) == indexed, "a name stays in the index after its person is gone"


def test_the_first_quarter_is_to_be_said_again_once_the_only_import_is_taken_back(
    opened: tuple[Services, Session],
) -> None:
    services, session = opened
    choices = services.importation.quarters()
    assert len(choices) > 1
    fichier = _file(*LINES)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    other = _file(*LINES[:1])
    services.importation.run(other, _said(services, other), QUARTER)
    for last in (False, True):
        services.importation.take_back(services.importation.all()[0].id)
        assert (session.premier_trimestre(session.read) is None) is last
    assert services.importation.quarters() == choices


def test_an_import_in_which_she_worked_stays(opened: tuple[Services, Session]) -> None:
    services, session = opened
    fichier = _file(*LINES)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    (line,) = services.dossiers.find("péron")
    services.journee.add_relance(TODAY, "rappeler", line.id)
    before = _tables(session)
    with pytest.raises(UserError, match="import_touche") as refused:
        services.importation.take_back(services.importation.all()[0].id)
    assert line.numero in sentence(refused.value)
    assert _tables(session) == before
    with pytest.raises(UserError, match="import_introuvable"):
        services.importation.take_back(99)


def test_what_is_older_than_the_first_quarter_counted_is_in_no_bilan(
    opened: tuple[Services, Session],
) -> None:
    services, _session = opened
    recent = f"D1;{TODAY:%d/%m/%Y};;Autret;Léa;F;;;;Autre;;;;"
    fichier = _file(*LINES, recent)
    report = services.importation.dry_run(fichier, _said(services, fichier), QUARTER)
    assert report.hors_bilan == 4
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    assert [each.periode for each in services.bilans.trimestres()] == [QUARTER]
    total = next(c.total for c in services.bilans.comptes(QUARTER) if c.tableau.code == "sexe")
    assert total == 1
    assert services.importation.quarters() == (QUARTER,)
    old = services.bilans.comptes(quarter_of(date(2024, 3, 12)))
    assert next(c.total for c in old if c.tableau.code == "sexe") == 1  # still there to be looked at


def test_counting_may_begin_earlier(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    offered = services.importation.quarters()
    assert offered[0] == QUARTER
    assert len(offered) == 7
    fichier = _file(f"D1;{offered[2].debut:%d/%m/%Y};;Autret;Léa;F;;;;Autre;;;;")
    services.importation.run(fichier, _said(services, fichier), offered[2])
    assert [each.periode for each in services.bilans.trimestres()] == list(offered[:3])


def test_a_workbook_comes_in_like_a_text(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    book, data = Workbook(), io.BytesIO()
    book.active.append(["Date", "Nom", "Âge", "Motif"])
    book.active.append([date(2024, 3, 12), "Péron", 36, "Autre"])
    book.save(data)
    fichier = ImportationService.read(data.getvalue(), "dossiers.xlsx")
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    (line,) = services.dossiers.find("péron")
    identite = services.dossiers.reread(line.id).personnes[0].personne.identite
    assert identite.naissance.age_estime == 36
    assert identite.age_estime_le == date(2024, 3, 12)


def test_every_line_of_a_long_dossier_is_found_and_it_is_read_once(
    opened: tuple[Services, Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = opened
    read: list[int] = []
    index = Dossiers.index
    monkeypatch.setattr(
        Dossiers, "index", lambda dossiers, each: (read.append(each), index(dossiers, each))[1]
    )
    lines = (f"A1;{day:02d}/03/2024;;Péron;Solène;F;;;;;;;;mot{day}" for day in range(1, 29))
    fichier = _file(*lines)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    (dossier,) = services.dossiers.find("mot1")
    assert [line.id for line in services.dossiers.find("mot28")] == [dossier.id]
    assert read == [dossier.id]
