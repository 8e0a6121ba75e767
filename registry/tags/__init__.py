"""Words of a society's own that it hangs on its people: tags."""
