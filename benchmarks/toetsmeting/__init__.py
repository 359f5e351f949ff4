"""What the measurement of criteria measures: an edition, generated dossiers, hand-written rules, and peers."""
