"""All use cases over one open coffre, as the window and the command line receive them."""

from __future__ import annotations

from iscg_desktop.services.agenda import AgendaService
from iscg_desktop.services.annuaire import AnnuaireService
from iscg_desktop.services.annuaire_echange import AnnuaireEchangeService
from iscg_desktop.services.bilans import BilansService
from iscg_desktop.services.brouillons import BrouillonsService
from iscg_desktop.services.chiffres import ChiffresService
from iscg_desktop.services.cles import ClesService
from iscg_desktop.services.coffre_ouvert import CoffreService
from iscg_desktop.services.conservation import ConservationService
from iscg_desktop.services.contacts import ContactsService
from iscg_desktop.services.controle import ControleService
from iscg_desktop.services.convention import ConventionService
from iscg_desktop.services.corbeille import CorbeilleService
from iscg_desktop.services.documents import DocumentsService
from iscg_desktop.services.dossiers import DossiersService
from iscg_desktop.services.droits import DroitsService
from iscg_desktop.services.effacement import EffacementService
from iscg_desktop.services.entretiens import EntretiensService
from iscg_desktop.services.fermeture import FermetureService
from iscg_desktop.services.fiches import FichesService
from iscg_desktop.services.fusions import FusionsService
from iscg_desktop.services.grilles import GrillesService
from iscg_desktop.services.importation import ImportationService
from iscg_desktop.services.journal import JournalService
from iscg_desktop.services.journee import JourneeService
from iscg_desktop.services.liste_dossiers import ListeDossiersService
from iscg_desktop.services.listes import ListesService
from iscg_desktop.services.mise_en_page import MiseEnPageService
from iscg_desktop.services.nomenclatures import NomenclaturesService
from iscg_desktop.services.notes_langues import NotesLanguesService
from iscg_desktop.services.orientations import OrientationsService
from iscg_desktop.services.orthographe import OrthographeService
from iscg_desktop.services.passation import PassationService
from iscg_desktop.services.personnes import PersonnesService
from iscg_desktop.services.pieces_jointes import PiecesJointesService
from iscg_desktop.services.recits import RecitsService
from iscg_desktop.services.referent import ReferentService
from iscg_desktop.services.reglages import ReglagesService
from iscg_desktop.services.releves import RelevesService
from iscg_desktop.services.reprises import ReprisesService
from iscg_desktop.services.retours import RetoursService
from iscg_desktop.services.saisines import SaisinesService
from iscg_desktop.services.sauvegardes import SauvegardesService
from iscg_desktop.services.securite import SecuriteService
from iscg_desktop.services.session import Session
from iscg_desktop.services.suivi import SuiviService
from iscg_desktop.services.territoires import TerritoiresService
from iscg_desktop.services.tournees import TourneesService
from iscg_desktop.services.traitement import TraitementService
from iscg_desktop.services.unites import UnitesService
from iscg_desktop.services.voile import VoileService


class Services:
    """One of each service over a session."""

    def __init__(self, session: Session) -> None:
        self.clock = session.clock
        self.coffre = CoffreService(session)
        self.cles = ClesService(session)
        self.sauvegardes = SauvegardesService(session)
        self.reglages = ReglagesService(session)
        self.unites = UnitesService(session)
        self.nomenclatures = NomenclaturesService(session)
        self.convention = ConventionService(session)
        self.listes = ListesService(session)
        self.journee = JourneeService(session)
        self.agenda = AgendaService(session)
        self.importation = ImportationService(session)
        self.dossiers = DossiersService(session)
        self.saisines = SaisinesService(session)
        self.liste_dossiers = ListeDossiersService(session, self.dossiers)
        self.referent = ReferentService(session)
        self.personnes = PersonnesService(session)
        self.fusions = FusionsService(session)
        self.entretiens = EntretiensService(session)
        self.pieces_jointes = PiecesJointesService(session)
        self.orthographe = OrthographeService(session)
        self.corbeille = CorbeilleService(session)
        self.orientations = OrientationsService(session)
        self.annuaire = AnnuaireService(session)
        self.annuaire_echange = AnnuaireEchangeService(session)
        self.territoires = TerritoiresService(session)
        self.contacts = ContactsService(session)
        self.fiches = FichesService(session)
        self.suivi = SuiviService(session)
        self.retours = RetoursService(session)
        self.tournees = TourneesService(session)
        self.documents = DocumentsService(session)
        self.notes_langues = NotesLanguesService(session)
        self.mise_en_page = MiseEnPageService(session)
        self.bilans = BilansService(session)
        self.recits = RecitsService(session)
        self.grilles = GrillesService(session)
        self.chiffres = ChiffresService(session)
        self.releves = RelevesService(session, self.chiffres)
        self.brouillons = BrouillonsService(session)
        self.reprises = ReprisesService(session)
        self._add_protection(session)

    def _add_protection(self, session: Session) -> None:
        """What protects the persons and the coffre."""
        self.traitement = TraitementService(session)
        self.controle = ControleService(session)
        self.passation = PassationService(session)
        self.fermeture = FermetureService(session)
        self.journal = JournalService(session)
        self.conservation = ConservationService(session)
        self.droits = DroitsService(session)
        self.effacement = EffacementService(session)
        self.voile = VoileService(session)
        self.securite = SecuriteService(session, self.voile, self.sauvegardes, self.cles)
