"""What a document states: mentions read in their sentence."""
