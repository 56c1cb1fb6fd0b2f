"""The one door for plugins and packs: the names they may import, and nothing else."""
