"""Who holds what, since when, and who fights for whom with what: territory and orders of battle, derived from sourced claims."""
