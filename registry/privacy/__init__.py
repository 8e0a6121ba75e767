"""What is held on a person and why: who may see it, who did, consents, the copy, the erasure."""
