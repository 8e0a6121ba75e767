"""The press: documents typeset as PDF, or written as Word, with fonts that lack no name."""
