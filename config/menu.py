"""Menu (菜单): fills the slots of the base layout for whoever is signed in."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict:
    """Context processor: the menu of this scope."""
    return {"menu": []}
