"""Labels as arithmetic in millimetres: where they lie on the paper, and what is drawn on each."""
