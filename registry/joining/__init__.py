"""Applications to join: four tracks, from the public form to the member's number."""
