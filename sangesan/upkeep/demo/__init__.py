"""Demo mine (示范矿): 青石岭矿, an invented mine that lives through the services."""
