"""Likely twins in one society's register: found, judged side by side, merged, and taken apart again."""
