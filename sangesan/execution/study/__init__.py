"""Study days (学习日): per shift, in paid time, with material, a head-count and private self-tests."""
