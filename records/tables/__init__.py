"""Files that people bring as tables of text cells: which encoding, what parts the cells, which row is which."""
