"""The errors that end a count, and nothing else."""

from typing import Any

from redis.exceptions import ConnectionError as RedisIsAway

from publishing.limits import errors_of_redis


def test_errors_of_redis_are_known_where_counts_are_stored_there(settings: Any) -> None:
    assert errors_of_redis() == (OSError,)

    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://localhost"}}

    assert issubclass(RedisIsAway, errors_of_redis())
