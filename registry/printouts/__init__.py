"""Lists that a society prints: members, bodies, 负责人, branches, unit members; each laid out as it likes."""
