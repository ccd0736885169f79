"""Pay (奖惩兑现): final results move the floating part of pay."""
