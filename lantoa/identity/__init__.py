"""People and how they sign in (người dùng, đăng nhập)."""
