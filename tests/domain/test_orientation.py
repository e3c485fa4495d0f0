"""What is wrong with a suite, and with an orientation to a closed structure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from iscg_desktop.domain.orientation import SuiteDraft, check_open
from iscg_desktop.domain.partenaire import Partenaire

ORIENTED = date(2026, 10, 1)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (SuiteDraft("accompagnement_engage", TODAY), set()),
        (SuiteDraft("accompagnement_engage", ORIENTED), set()),
        (SuiteDraft(None, TODAY), {("suite", "suite_manquante")}),
        (SuiteDraft("sans_suite", None), {("date", "date_manquante")}),
        (SuiteDraft("sans_suite", TODAY + DAY), {("date", "date_future")}),
        (SuiteDraft("sans_suite", ORIENTED - DAY), {("date", "suite_avant_orientation")}),
        (SuiteDraft("rdv_fixe", TODAY), {("rendez_vous_le", "suite_sans_rendez_vous")}),
        (SuiteDraft("rdv_fixe", TODAY, rendez_vous_le=TODAY + 30 * DAY), set()),
        (
            SuiteDraft("rdv_fixe", TODAY, rendez_vous_le=ORIENTED - DAY),
            {("rendez_vous_le", "rendez_vous_avant_orientation")},
        ),
        (SuiteDraft("refus_partenaire", TODAY, motif="  "), {("motif", "suite_sans_motif")}),
        (SuiteDraft("refus_partenaire", TODAY, motif="Liste d’attente"), set()),
        (SuiteDraft("refus_personne", TODAY), set()),
        (SuiteDraft("sans_suite", TODAY, motif="x" * 4001), {("motif", "texte_trop_long")}),
    ],
)
def test_a_suite_says_what_it_lacks(draft: SuiteDraft, wrong: set[tuple[str, str]]) -> None:
    assert {(problem.field, problem.code) for problem in draft.check(ORIENTED, TODAY)} == wrong


def test_a_closed_structure_is_refused_with_its_date() -> None:
    closed = Partenaire(1, "CMP", "cmp", "", "", "", "", "", date(2026, 10, 1))
    (problem,) = check_open(closed, date(2026, 10, 1), "orientations.0.")
    assert (problem.field, problem.code) == ("orientations.0.partenaire_id", "partenaire_ferme")
    assert problem.values == {"date": "01/10/2026"}
    assert check_open(closed, date(2026, 9, 30)) == ()
