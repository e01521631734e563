"""Many documents: one function that answers for one of them, and the places where it can be run."""
