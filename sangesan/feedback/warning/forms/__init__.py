"""Forms of the warning (预警表单): the shape of input only."""
