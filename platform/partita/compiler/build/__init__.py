"""Documents and Refs into model entities: one module per kind. Defaults that a person would expect are filled in here,
and what a declaration means is checked; formulas are only carried as text (the formulas pass types them)."""
