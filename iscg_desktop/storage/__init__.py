"""The coffre: the encrypted vault and everything that speaks SQL."""
