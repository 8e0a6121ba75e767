"""What members ask to have changed of their entries, judged fact by fact."""
