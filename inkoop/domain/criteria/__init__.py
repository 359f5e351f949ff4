"""The admission criteria: what is asked (criterium), what is known (dossier), what follows (toets)."""
