"""How Django finds the account of a session (会话账号)."""

from .models import Account


class SessionBackend:
    """Read the account with its person; passwords are judged in services.login only."""

    def authenticate(self, request, **credentials):
        return None

    def get_user(self, user_id):
        return Account.objects.select_related("person").filter(pk=user_id, is_active=True).first()
