"""HTML and Markdown translated in place: text blocks and inline marks, where marks go in a translation, and writing it all back."""
