"""Arabic words with what they may mean in English, and a translator that says no more than that: a gloss."""
