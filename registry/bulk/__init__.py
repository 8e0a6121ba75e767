"""One deed for many members: chosen, shown before it is done, done as one act."""
