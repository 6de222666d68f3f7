"""The commands, one small file a group. Each imports what it needs when it runs."""
