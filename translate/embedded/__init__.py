"""The embedded translator: phrases and an English model on top of the lexicon, small enough to ship."""
