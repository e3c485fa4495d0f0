"""Whom a document names on both sides of its dossier: often needed there, and said before it is issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from iscg_desktop.domain.cloisonnement import Cote, opposed
from iscg_desktop.domain.document import DocumentContent
from iscg_desktop.domain.fiche_cloisonnement import Voisin, names_of, words_of
from iscg_desktop.domain.textes import texts_of


def named_on_both_sides(content: DocumentContent, people: Iterable[Voisin]) -> tuple[Voisin, ...]:
    """Those whom a document names, when it names someone on each side; a name that two bear tells neither.

    An information préoccupante or a signalement tells a situation: who did what to whom may have to be in it. So
    nothing is forbidden, unlike on a fiche.
    """
    blank = DocumentContent(document=content.document)
    told = replace(
        content, emetteur=blank.emetteur, destinataire=blank.destinataire, mise_en_page=blank.mise_en_page
    )
    said = {word for text in texts_of(told) for word in words_of(text)}
    everybody = tuple(people)
    named = tuple(each for each in everybody if said & _own_names(each, everybody))
    sides = [each.partie.cote for each in named if each.partie.cote is not Cote.AUTRE]
    return named if any(opposed(one, other) for one, other in combinations(sides, 2)) else ()


def _own_names(one: Voisin, everybody: tuple[Voisin, ...]) -> frozenset[str]:
    borne = (names_of(each.identite) for each in everybody if each.partie != one.partie)
    return names_of(one.identite).difference(*borne)
