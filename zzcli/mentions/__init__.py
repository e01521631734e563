"""Numbers, quantities, time expressions and names in a plain string; knows nothing of documents."""
