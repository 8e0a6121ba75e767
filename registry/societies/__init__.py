"""The societies (学会), their member categories and branch units (分支机构)."""
