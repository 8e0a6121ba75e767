"""The roster people work in, and the page of one member."""
