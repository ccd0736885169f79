"""Hashing of passwords (密码散列)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB and three passes: above the accepted minimum, and a crowd signing in at the
    change of shifts does not use up the memory of a small server."""

    memory_cost = 19 * 1024
    time_cost = 3
    parallelism = 1
