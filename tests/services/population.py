"""Ten years of fictitious persons, among whom a search must find the right one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from iscg_desktop.domain.dates import Naissance, parse_date
from iscg_desktop.domain.personne import Identite
from iscg_desktop.services.demo.names import NOMS, PRENOMS_FEMME, PRENOMS_HOMME
from iscg_desktop.services.session import Session

TEN_YEARS = 12_000
_HERE = Path(__file__).parent

# Beginnings and endings that, put together, give names of many shapes.
_HEADS = (
    "Aub", "Bar", "Beau", "Ber", "Bon", "Bour", "Cam", "Char", "Col", "Cor", "Dau", "Del", "Des", "Du", "Fer",
    "Gal", "Gar", "Gau", "Gui", "Hau", "Ker", "Lan", "Lar", "Le Bou", "Le Ga", "Mar", "Mau", "Mon", "Mor", "Pas",
    "Per", "Pli", "Pou", "Ran", "Ro", "Sau", "Tan", "Thi", "Tre", "Val", "Vau", "Ben A", "El Ha", "Da Cos", "Diou",
)  # fmt: skip
_TAILS = (
    "ard", "aud", "baud", "bert", "bois", "cart", "chard", "don", "douin", "eau", "el", "ellec", "et", "fray",
    "gnon", "grand", "ier", "lain", "lec", "let", "mant", "mery", "mont", "nec", "net", "oche", "ot", "quet",
    "ret", "rieux", "sson", "tel", "thou", "ton", "vain", "val", "vel", "ville", "zac", "zel",
)  # fmt: skip
COMMON = (
    "Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau", "Laurent", "Simon",
    "Michel", "Lefebvre", "Leroy", "Roux", "David", "Bertrand", "Morel", "Fournier", "Girard", "Bonnet", "Dupont",
    "Lambert", "Fontaine", "Rousseau", "Vincent", "Muller", "Lefevre", "Faure", "Andre", "Mercier", "Blanc",
    "Guerin", "Boyer", "Garnier", "Chevalier", "Francois", "Legrand", "Gauthier", "Garcia", "Perrin", "Robin",
)  # fmt: skip


def population(number: int = TEN_YEARS, seed: int = 1) -> list[Identite]:
    """Fictitious identities, the same for the same seed: a third bear common names."""
    random = Random(seed)
    return [_one(random) for _ in range(number)]


def fill(session: Session, identites: list[Identite]) -> list[int]:
    """Add persons to the coffre in one transaction; returns their ids."""
    with session.transaction() as tx:
        ids = [tx.personnes.add(identite) for identite in identites]
        tx.commit()
    return ids


def lines_of(name: str) -> list[list[str]]:
    """Lines of a hand-written file of this folder, comments left out, parted by tabs."""
    text = (_HERE / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


def identite(written: str) -> Identite:
    """« usage|naissance|prénom|surnom|née le|téléphone|sexe|adresse », what follows left out when unknown."""
    usage, naissance, prenom, surnom, born, telephone, sexe, adresse = (written.split("|") + [""] * 8)[:8]
    return Identite(
        nom_usage=usage, nom_naissance=naissance, prenom=prenom, surnom=surnom, telephone=telephone,
        naissance=_naissance(born), age_estime_le=date(2026, 11, 23) if born.startswith("~") else None,
        adresse=adresse, sexe={"f": "femme", "h": "homme"}.get(sexe, "non_renseigne"),
    )  # fmt: skip


def _naissance(born: str) -> Naissance | None:
    if not born:
        return None
    if born.startswith("~"):
        return Naissance(age_estime=int(born[1:]))
    return (
        Naissance(annee=int(born)) if len(born) == 4 else Naissance(date=parse_date(born, date(2026, 11, 23)))
    )


def _one(random: Random) -> Identite:
    woman = random.random() < 0.7
    rare = random.random() < 0.66
    nom = random.choice(_HEADS) + random.choice(_TAILS) if rare else random.choice(COMMON + NOMS)
    born = date(2020, 1, 1) - timedelta(days=random.randint(0, 85 * 365))
    found = Identite(
        nom_naissance=nom,
        prenom=random.choice(PRENOMS_FEMME if woman else PRENOMS_HOMME),
        sexe="femme" if woman else "homme",
        naissance=Naissance(date=born) if random.random() < 0.8 else Naissance(annee=born.year),
        telephone=f"06 0{random.randint(0, 9)} {random.randint(0, 99):02d} {random.randint(0, 99):02d} 00",
        adresse=f"{random.randint(1, 90)} rue {random.choice(_HEADS)}{random.choice(_TAILS)}",
    )
    if woman and random.random() < 0.3:
        found = replace(found, nom_usage=random.choice(COMMON))
    return found
