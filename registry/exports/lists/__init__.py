"""The lists that leave the house, each as a table with what its reader may see."""
