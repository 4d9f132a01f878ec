"""One folder for each thing the people of a camp would name; `register` names them all."""
