"""The frozen Model: the only bridge between the compiler and everything that runs. Pure data: no YAML, no SQL, no HTML,
no behaviour beyond looking things up."""
