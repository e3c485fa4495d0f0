"""The import against what a hard file, and a life that went on since, may do to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.importation import CHAMPS, Correspondance, column_key, doubled
from iscg_desktop.domain.period import quarter_of
from iscg_desktop.errors import UserError
from iscg_desktop.messages import sentence
from iscg_desktop.services.importation import WORDS_MAX, ImportationService
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.services.test_importation import LINES, QUARTER, _file, _said, _tables
from tests.vie import TODAY, TestClock, draft, open_services


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def opened(tmp_path: Path, clock: TestClock) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path, clock)
    session.territories.load()
    yield services, session
    session.vault.close()


def _import(services: Services, *lines: str) -> int:
    fichier = _file(*lines)
    services.importation.run(fichier, _said(services, fichier), QUARTER)
    return services.importation.all()[0].id


def _person(services: Services, text: str) -> int:
    (line,) = services.dossiers.find(text)
    return services.dossiers.reread(line.id).personnes[0].personne.id


def _stays(services: Services, session: Session, import_id: int, code: str) -> None:
    before = _tables(session)
    with pytest.raises(UserError, match=code) as refused:
        services.importation.take_back(import_id)
    assert sentence(refused.value)
    assert _tables(session) == before


def test_what_a_later_line_leaves_empty_stays(opened: tuple[Services, Session]) -> None:
    services, _ = opened
    _import(services, LINES[0], LINES[1])
    identite = services.personnes.reread(_person(services, "solène")).personne.identite
    assert identite.telephone.replace(" ", "") == "0612345678"  # the second line has none
    assert identite.commune == "35238"


def test_an_import_that_counts_in_a_quarter_arrete_since_stays(
    opened: tuple[Services, Session], clock: TestClock
) -> None:
    services, session = opened
    import_id = _import(services, f"D1;{TODAY:%d/%m/%Y};;Autret;Léa;F;;;;Autre;;;;")
    clock.day = date(2027, 1, 4)
    prepared = services.bilans.prepare(QUARTER)
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    _stays(services, session, import_id, "import_arrete")


def test_an_import_whose_person_was_merged_stays(opened: tuple[Services, Session]) -> None:
    services, session = opened
    services.entretiens.record(draft())
    import_id = _import(services, *LINES)
    kept, gone = _person(services, "anaïs"), _person(services, "solène")
    services.fusions.merge(kept, gone)
    _stays(services, session, import_id, "import_touche")


def test_an_import_whose_person_absorbed_another_stays(opened: tuple[Services, Session]) -> None:
    services, session = opened
    services.entretiens.record(draft())
    import_id = _import(services, *LINES)
    services.fusions.merge(_person(services, "solène"), _person(services, "anaïs"))
    _stays(services, session, import_id, "import_touche")


def test_an_import_whose_person_came_back_elsewhere_stays(opened: tuple[Services, Session]) -> None:
    services, session = opened
    import_id = _import(services, *LINES)
    person = services.personnes.reread(_person(services, "solène")).personne
    line = replace(draft().personnes[0], personne_id=person.id, identite=person.identite)
    services.entretiens.record(draft(personnes=(line,)))
    _stays(services, session, import_id, "import_touche")


def test_an_import_whose_person_was_corrected_stays(opened: tuple[Services, Session]) -> None:
    services, session = opened
    import_id = _import(services, *LINES)
    person = services.personnes.reread(_person(services, "solène")).personne
    services.personnes.amend(person.id, replace(person.identite, contact_sur="06 00 00 00 09"))
    _stays(services, session, import_id, "import_touche")


def test_an_import_left_in_the_middle_of_going_out_is_whole(opened: tuple[Services, Session]) -> None:
    services, session = opened
    steps = services.importation.taking_back(_import(services, *LINES))
    before = _tables(session)
    for _ in range(5):  # three dossiers looked at, two taken away
        next(steps)
    assert _tables(session) != before
    steps.close()
    assert _tables(session) == before
    services.importation.take_back(services.importation.all()[0].id)


def test_nothing_else_writes_in_the_middle_and_all_may_after(opened: tuple[Services, Session]) -> None:
    services, session = opened
    fichier = _file(*LINES)
    steps = services.importation.running(fichier, _said(services, fichier), QUARTER)
    while not session.vault.in_transaction:
        next(steps)
    with pytest.raises(UserError, match="coffre_en_import"):
        services.brouillons.keep("entretien", "entretien", {})
    steps.close()
    services.brouillons.keep("entretien", "entretien", {})
    assert services.importation.all() == ()


def test_a_thousand_characters_are_taken_or_refused_in_words(opened: tuple[Services, Session]) -> None:
    services, session = opened
    before = _tables(session)
    for champ in CHAMPS:
        long = "Ω" * 1000
        header, cell = ("Date", long) if champ.code == "date" else ("Date;Quoi", f"12/03/2024;{long}")
        fichier = ImportationService.read(f"{header}\n{cell}\n".encode(), "long.csv")
        said = Correspondance({"date": "date", "quoi": champ.code})
        report = services.importation.dry_run(fichier, said, QUARTER)
        problems = [p for line in report.lignes for p in (*line.problems, *line.remarques)]
        assert all(map(sentence, problems))
        if report.refusees:
            with pytest.raises(UserError, match="import_lignes_refusees"):
                services.importation.run(fichier, said, QUARTER)
        else:
            services.importation.run(fichier, said, QUARTER)
            services.importation.take_back(services.importation.all()[0].id)
        assert _tables(session) == before, champ.code


def test_columns_of_one_folded_name_stay_apart() -> None:
    fichier = ImportationService.read("Né le;NE LE;#;?;#\n1;2;3;4;5\n".encode(), "x.csv")
    keys = [column_key(entete) for entete in fichier.tableur.entetes]
    assert len(set(keys)) == 5
    said = Correspondance(dict.fromkeys(keys[:2], "naissance") | {keys[2]: "nom"})
    assert [champ.code for champ in doubled(fichier.tableur.entetes, said)] == ["naissance"]


def test_a_column_of_too_many_words_is_asked_about_a_thousand_times_at_most() -> None:
    lines = "\n".join(f"mot{n}" for n in range(3000))
    fichier = ImportationService.read(f"Sexe\n{lines}\n".encode(), "x.csv")
    ((_, words),) = ImportationService.words(fichier, Correspondance({"sexe": "sexe"}))
    assert len(words) == WORDS_MAX


def test_an_old_import_may_go_out_once_another_quarter_is_arrete(
    opened: tuple[Services, Session], clock: TestClock
) -> None:
    services, _ = opened
    services.entretiens.record(draft())
    import_id = _import(services, *LINES)  # all of it older than the first quarter counted
    clock.day = date(2027, 1, 4)
    prepared = services.bilans.prepare(quarter_of(TODAY))
    services.bilans.arreter(prepared, services.bilans.protect(prepared))
    services.importation.take_back(import_id)
    assert services.dossiers.count() == 1


def test_whoever_stands_elsewhere_too_stays_when_a_dossier_goes(opened: tuple[Services, Session]) -> None:
    """The use case refuses it before; the store does not trust it."""
    services, session = opened
    _import(services, LINES[0])
    solene = _person(services, "solène")
    elsewhere = services.entretiens.record(draft()).dossier_id
    (line,) = services.dossiers.find("solène")
    with session.transaction() as tx:
        tx.personnes.join(elsewhere, solene, "victime")
        tx.imports.take_back(line.id)
        tx.commit()
    assert solene in {each.personne.id for each in services.dossiers.reread(elsewhere).personnes}
