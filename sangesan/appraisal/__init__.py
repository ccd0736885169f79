"""Assessment system (考核系统): facts become points, points become published results."""
