"""Passkeys (通行密钥): a key kept by the phone or computer, opened by finger or face.

Browsers offer them only over HTTPS or on localhost, and never for a bare IP address.
"""

from __future__ import annotations

from ipaddress import ip_address

import webauthn
from django.db import transaction
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json_dict
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.services import note

from ..models import Account, Passkey
from .visits import visit_of


def possible(request) -> bool:
    """Return whether the browser can offer passkeys at this address (可用通行密钥)."""
    host = _host(request)
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return request.is_secure() or host == "localhost"
    return False


def _host(request) -> str:
    return request.get_host().rsplit(":", 1)[0] if not request.get_host().endswith("]") else request.get_host()


def _origin(request) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _refused(why: str) -> UserError:
    return UserError(_("通行密钥没有通过"), why=why, next=_("请再试一次，或改用别的方式"),
                     code="passkey_refused", status=400)


def offer_registration(request, account: Account) -> dict:
    """Begin to register a passkey (登记通行密钥); the challenge waits in the session."""
    options = webauthn.generate_registration_options(
        rp_id=_host(request), rp_name=_("三个三"), user_id=f"account:{account.pk}".encode(), user_name=str(account),
        user_display_name=account.person.name,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=bytes(p.credential)) for p in account.passkeys.all()],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED),
    )
    request.session["passkey_challenge"] = bytes_to_base64url(options.challenge)
    return options_to_json_dict(options)


def register(request, account: Account, credential: dict) -> Passkey:
    """Register the passkey the browser made (保存通行密钥)."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential, expected_challenge=_challenge(request), expected_rp_id=_host(request),
            expected_origin=_origin(request), require_user_verification=True)
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise _refused(_("浏览器给出的密钥核对不上")) from error
    with transaction.atomic():
        if Passkey.objects.filter(credential=made.credential_id).exists():
            raise _refused(_("这把密钥已经登记过"))
        note("factor.added", account=account, subject=account.subject, detail={"factor": "passkey"})
        return Passkey.objects.create(account=account, credential=made.credential_id, name=visit_of(request).name,
                                      public_key=made.credential_public_key, sign_count=made.sign_count,
                                      created_at=clock.now())


def offer_login(request) -> dict:
    """Begin to sign in with a passkey (用通行密钥登录); no work number is asked, so none is told."""
    options = webauthn.generate_authentication_options(
        rp_id=_host(request), user_verification=UserVerificationRequirement.REQUIRED)
    request.session["passkey_challenge"] = bytes_to_base64url(options.challenge)
    return options_to_json_dict(options)


def verify(request, credential: dict) -> Account:
    """Return the account whose passkey signed the challenge (核对通行密钥)."""
    challenge = _challenge(request)
    try:
        raw = base64url_to_bytes(str(credential["rawId"]))
        row = Passkey.objects.select_related("account__person").filter(credential=raw).first()
        if row is None or not row.account.is_active:
            raise _refused(_("这把密钥没有登记"))
        done = webauthn.verify_authentication_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=_host(request),
            expected_origin=_origin(request), credential_public_key=bytes(row.public_key),
            credential_current_sign_count=row.sign_count, require_user_verification=True)
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise _refused(_("浏览器给出的签名核对不上")) from error
    Passkey.objects.filter(pk=row.pk).update(sign_count=done.new_sign_count)
    return row.account


def _challenge(request) -> bytes:
    text = request.session.pop("passkey_challenge", "")
    if not text:
        raise _refused(_("等待的时间太长"))
    return base64url_to_bytes(text)


@transaction.atomic
def remove(account: Account, pk: int) -> None:
    """Remove a passkey (移除通行密钥)."""
    if not Passkey.objects.filter(pk=pk, account=account).delete()[0]:
        raise NotFound()
    note("factor.removed", account=account, subject=account.subject, detail={"factor": "passkey"})
