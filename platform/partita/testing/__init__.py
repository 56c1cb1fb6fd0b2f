"""Proof of configurations: packs compiled and applied on a bench, scenarios performed step by step, checks that every
pack inherits, coverage, golden files, and the demo base told as a story. Used by tests, by pack authors and by the
command line. What lives here drives the product through its ordinary commands; the product below never imports it."""
