"""Published data shipped with the program: nomenclatures, territories, bilan menu."""
