"""A form is taken in once (一次受理): pressed twice, or sent again after a lost answer, it is one act."""
