"""Findings against somebody's research integrity (科研诚信), which a nomination must look at."""
