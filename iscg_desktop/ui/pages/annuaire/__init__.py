"""The annuaire: structures, territories, contacts with them."""
