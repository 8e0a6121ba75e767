"""Changes of reviewed facts that a member proposes and the staff judge, and the yearly confirmation."""
