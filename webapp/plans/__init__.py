"""Plans: what a parent does next, for each letter, with every date explained."""
