"""The commands people type. A command reads settings, calls the floors below and prints; it decides nothing itself."""
