"""Lists on paper, as PDF and Word: members, councils, officers, branches, units; as a society lays them out."""
