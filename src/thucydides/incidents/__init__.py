"""What happened? Reports and claims come in; copies, witnesses, judgements and incidents go out."""
