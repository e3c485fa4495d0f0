"""The bilan: figures, what is missing, arrêter, hand over, add up."""
