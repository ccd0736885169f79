"""Reads of the warning (预警查询): who must know, the board, the call list, the rota, what is cared for."""
