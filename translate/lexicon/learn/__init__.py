"""Learns from parallel text what the lexicon alone does not know: which reading and which English word is the likely one."""
