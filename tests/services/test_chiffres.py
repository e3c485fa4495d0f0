"""What is seen on screen: any days, frozen figures of what is arrêté, the records behind them, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from iscg_desktop.domain.contact_partenaire import ContactDraft
from iscg_desktop.domain.etendue import Etendue, free_days
from iscg_desktop.domain.period import parse_period
from iscg_desktop.reference.turns import at_once
from iscg_desktop.services.chiffres import Chiffres
from iscg_desktop.services.services import Services
from iscg_desktop.services.session import Session
from tests.registre import Accueilli, write
from tests.vie import draft, open_services, victime

T3, T4 = (Etendue.of(parse_period(code)) for code in ("2026-T3", "2026-T4"))
AOUT = date(2026, 8, 3)


@pytest.fixture
def coffre(tmp_path: Path) -> Iterator[tuple[Services, Session]]:
    services, session = open_services(tmp_path)
    yield services, session
    session.vault.close()


def _women(chiffres: Chiffres) -> int:
    return next(each.haut for each in chiffres.indicateurs if each.code == "part_femmes")


def _register(session: Session, women: int = 30, men: int = 12) -> None:
    write(
        session,
        [Accueilli(rank + 1, sexe="femme" if rank < women else "homme") for rank in range(women + men)],
        AOUT,
    )


def _arreter(services: Services) -> None:
    prepared = services.bilans.prepare(parse_period("2026-T3"))
    services.bilans.arreter(prepared, services.bilans.protect(prepared))


def test_free_days_count_by_the_day_of_each_event(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session)
    services.entretiens.record(draft())  # 23 November
    assert services.chiffres.chiffres(free_days(AOUT, AOUT)).totaux["accueils"] == 42
    both = services.chiffres.chiffres(free_days(AOUT, date(2026, 11, 23)))
    assert (both.totaux["accueils"], both.totaux["dossiers"], both.personnes) == (43, 43, 43)
    assert services.chiffres.chiffres(free_days(date(2026, 8, 4), date(2026, 11, 22))).vide


def test_a_person_of_two_dossiers_is_two_accueils_and_one_person(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    first = services.entretiens.record(draft())
    again = replace(victime(), personne_id=first.personne_ids[0])
    services.entretiens.record(draft(personnes=(again,)))
    found = services.chiffres.chiffres(T4)
    assert (found.totaux["accueils"], found.personnes) == (2, 1)


def test_every_table_of_the_screen_adds_up_to_its_univers(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session)
    services.entretiens.record(draft())
    chiffres = services.chiffres.chiffres(Etendue.of(parse_period("2026")))
    for compte in chiffres.comptes.values():
        assert compte.total == chiffres.totaux[compte.tableau.univers]
        for dimension in compte.tableau.dimensions:
            if not dimension.reponses_multiples:
                cells = [compte.effectifs[((dimension.code, c.code),)].unites for c in dimension.categories]
                assert sum(cells) == compte.total


def test_medians_of_delays_are_those_of_the_events(coffre: tuple[Services, Session]) -> None:
    services, _ = coffre
    saisine = draft().saisine
    assert saisine is not None
    for day in (10, 12, 20):
        services.entretiens.record(draft(saisine=replace(saisine, date=date(2026, 11, day))))
    found = services.chiffres.chiffres(T4)
    medianes = {each.code: (each.valeur, each.nombre) for each in found.medianes}
    assert medianes["delai_entretien"] == (11, 3)
    assert medianes["delai_contact"] == (11, 3)
    assert medianes["duree"] == (45, 3)
    bandes = found.comptes["delai_entretien"].effectifs
    assert bandes[(("delai_entretien", "8_30_jours"),)].unites == 2
    assert bandes[(("delai_entretien", "1_3_jours"),)].unites == 1


def test_contacts_are_counted_in_their_quarter_and_make_a_level_in_the_year(
    coffre: tuple[Services, Session],
) -> None:
    services, _ = coffre
    for day in (2, 3, 4):
        services.contacts.record(
            ContactDraft(1, date(2026, 11, day), "emis", "telephone", "situation", None, "")
        )
    quarter = services.chiffres.chiffres(T4)
    assert quarter.totaux["contacts"] == 3
    assert not quarter.collaborations
    year = services.chiffres.chiffres(Etendue.of(parse_period("2026")))
    levels = {each.famille: (each.contacts, each.niveau) for each in year.collaborations}
    assert levels["secteur"] == (3, "occasionnelle")
    assert levels["justice"] == (0, "rare")


def test_a_period_is_compared_with_the_one_before(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session)
    services.entretiens.record(draft())
    before = at_once(services.chiffres.comparer(T4.precedente))
    assert before.etendue == T3
    assert (before.totaux["accueils"], before.indicateurs["part_femmes"].part) == (42, "71,4 %")
    assert at_once(services.chiffres.comparer(T4.un_an_avant)).vide


def test_the_records_behind_a_figure_are_those_it_counts(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session, women=8, men=3)
    chiffres = services.chiffres.chiffres(T3)
    for each in chiffres.indicateurs:
        if each.cellules:
            assert at_once(services.releves.trouver(T3, each.cellules)).nombre == each.haut
    women = at_once(services.releves.trouver(T3, (("accueils", (("sexe", "femme"),)),)))
    assert [one.dossier_id for one in women.dossiers] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert women.dossiers[0].entretiens == (8,)
    lines = services.liste_dossiers.lines([one.dossier_id for one in women.dossiers])
    assert lines[0].numero == "2026-900008"


def test_what_is_arrete_no_longer_moves_but_its_records_may_be_fewer(
    coffre: tuple[Services, Session],
) -> None:
    services, session = coffre
    _register(session)
    before = services.chiffres.chiffres(T3)
    _arreter(services)
    session.vault.execute("DELETE FROM dossiers WHERE id = 1")  # as an erasure does
    after = services.chiffres.chiffres(T3)
    assert after.figes == ("2026-T3",)
    assert after.totaux == before.totaux
    assert _women(after) == _women(before) == 30
    assert at_once(services.releves.trouver(T3, (("accueils", (("sexe", "femme"),)),))).nombre == 29
    year = services.chiffres.chiffres(Etendue.of(parse_period("2026")))
    assert _women(year) == 30


def test_what_comes_late_counts_in_the_open_quarter(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session)
    _arreter(services)
    saisine = draft().saisine
    assert saisine is not None
    services.entretiens.record(draft(date=AOUT, saisine=replace(saisine, date=AOUT)))
    assert _women(services.chiffres.chiffres(T3)) == 30
    assert _women(services.chiffres.chiffres(T4)) == 1
    assert _women(services.chiffres.chiffres(Etendue.of(parse_period("2026")))) == 31


def test_what_nobody_answered_is_shown_where_it_can_be_mended(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    write(
        session,
        [Accueilli(rank + 1, logement="non_renseigne" if rank < 6 else "hotel") for rank in range(40)],
        AOUT,
    )
    manques = {each.tableau.code: each for each in services.releves.manques(services.chiffres.chiffres(T3))}
    logement = manques["logement"]
    assert (logement.nombre, logement.total, logement.a_completer) == (6, 40, 6)
    assert manques["demande"].nombre == 40  # nobody's demande was noted
    found = at_once(services.releves.trouver(T3, (logement.cellule,), ouverts=True))
    assert [one.entretiens for one in found.dossiers] == [(6,), (5,), (4,), (3,), (2,), (1,)]
    _arreter(services)
    closed = {each.tableau.code: each for each in services.releves.manques(services.chiffres.chiffres(T3))}
    assert (closed["logement"].nombre, closed["logement"].a_completer) == (6, 0)
    assert at_once(services.releves.trouver(T3, (logement.cellule,), ouverts=True)).nombre == 0


def test_periods_go_back_to_the_first_that_counts(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    assert [each.code for each in services.chiffres.periodes("semestre")] == ["2026-S2"]
    write(session, [Accueilli(1)], date(2025, 5, 4))
    assert [each.code for each in services.chiffres.periodes("semestre")] == [
        "2026-S2",
        "2026-S1",
        "2025-S2",
        "2025-S1",
    ]
    assert [each.code for each in services.chiffres.periodes("annee")] == ["2026", "2025"]


def test_a_trend_keeps_what_is_frozen(coffre: tuple[Services, Session]) -> None:
    services, session = coffre
    _register(session)
    _arreter(services)
    session.vault.execute("DELETE FROM dossiers WHERE id = 1")
    services.entretiens.record(draft())
    trend = services.chiffres.tendance(parse_period("2026-T4"))
    assert [(p.periode.code, p.accueils, p.dossiers) for p in trend] == [
        ("2026-T3", 42, 42),
        ("2026-T4", 1, 1),
    ]
    (half,) = services.chiffres.tendance(parse_period("2026-S2"))
    assert (half.accueils, half.dossiers) == (43, 43)
