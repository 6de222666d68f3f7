"""The HTTP API and the workbench's server: the archive goes in, JSON, tiles and plain pages go out."""
