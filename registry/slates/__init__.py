"""Draft councils: candidates for the next 届, judged while put together, and passed by one decision."""
