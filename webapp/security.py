"""What every answer of the site carries to keep a family’s facts private: headers, cookies, hosts, logs."""

from __future__ import annotations

import io
import logging
import os
import re
import secrets
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from typing import IO, Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf.csrf import CSRFError, CSRFProtect
from itsdangerous import BadSignature
from werkzeug.exceptions import SecurityError

from webapp.settings import SHORTEST_SECRET, Settings
from webapp.store import StoreUnavailable, new_token, private_folder

# The hash is that of GOV.UK Frontend’s one inline line, which says that JavaScript runs.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "script-src 'self' 'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='",
        "connect-src 'self'",
        "media-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_SWITCHED_OFF = (
    "accelerometer autoplay camera display-capture encrypted-media fullscreen geolocation gyroscope hid"
    " identity-credentials-get idle-detection local-fonts magnetometer microphone midi payment"
    " picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial"
    " storage-access usb window-management xr-spatial-tracking"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # Not no-referrer: browsers then send no Origin with a form either, and it would look like another site’s.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _SWITCHED_OFF.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Else a browser looks up the names of the advice lines that a page links to.
    "X-DNS-Prefetch-Control": "off",
}
HTTPS_ALONE = "max-age=31536000"
KEEP_NOTHING = "no-store"
KEEP_FOR_GOOD = "public, max-age=31536000, immutable"
KEEP_A_WHILE = "public, max-age=3600"
FORGET = '"cache", "cookies", "storage"'

# A box of 50,000 characters in any script, three bytes for each of its bytes, and what else is on its page.
LARGEST_BODY = 2 * 1024 * 1024
# More than this is not read to its end: that sender gets no page, only a closed connection.
LARGEST_REFUSED_BODY = 32 * 1024 * 1024

# For gunicorn’s `access_log_format`, where somebody wants such a log: no address, query, referrer or browser.
ACCESS_LOG_FORMAT = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)sms"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_QUERY = re.compile(r"\?[^\s\"']*")


def secure(app: Flask, settings: Settings) -> None:
    """Makes an app keep the rules of this module. Its own configuration wins where it has made one already.

    What is refused raises 400 (CSRFError and SecurityError among them) or 413, for the app’s error pages.
    Raises StoreUnavailable where the data folder cannot be used.
    """
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or secret_key(settings)
    app.config["TRUSTED_HOSTS"] = app.config["TRUSTED_HOSTS"] or list(settings.hosts)
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_CONTENT_LENGTH"] or LARGEST_BODY
    # Flask’s own limit, half a megabyte, is less than one full box in some scripts.
    app.config["MAX_FORM_MEMORY_SIZE"] = app.config["MAX_CONTENT_LENGTH"]
    # A form stays good for as long as its page: the answers’ own hour is the limit.
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", None)
    # Who sends no Referer is not locked out: _refuse_other_sites looks at what browsers do send.
    app.config.setdefault("WTF_CSRF_SSL_STRICT", False)
    app.request_class = _KeptInMemory
    app.session_interface = _FormSession()
    app.before_request(_refuse_other_sites)
    CSRFProtect(app)
    app.after_request(_harden)
    for logger in (app.logger, *map(logging.getLogger, ("werkzeug", "gunicorn.error", "gunicorn.access"))):
        if not any(isinstance(known, Discreet) for known in logger.filters):
            logger.addFilter(Discreet())


def secret_key(settings: Settings) -> str:
    """What signs the forms: the secret of the settings, or a random one that all workers of a machine share.

    It protects no answer: those have keys of their own. Raises StoreUnavailable.
    """
    if settings.secret:
        return settings.secret
    folder = settings.data
    private_folder(folder)
    path = folder / "secret"
    try:
        if not path.exists():
            # Written whole under another name first: no worker can read half of it, and the first one wins.
            draft = folder / f"secret-{new_token()}"
            with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(SHORTEST_SECRET))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_text()
    except OSError as fault:
        raise StoreUnavailable(path, fault) from fault


def answer_token() -> str | None:
    """The token in the browser’s cookie, as the browser sent it; None where there is none."""
    return request.cookies.get(_cookie())


def give_token(response: Response, token: str) -> None:
    """Puts a token in the browser’s cookie.

    No Max-Age: it goes when the browser is closed, which is how people leave a shared computer; the hour is
    kept by the server’s own clock. Lax, not Strict: a parent who comes back by a link on an adviser’s page
    would arrive without the cookie, and the new one they got would cost them their answers. Forms of other
    sites are sent without it either way.
    """
    response.set_cookie(_cookie(), token, secure=request.is_secure, httponly=True, samesite="Lax", path="/")


def forget_browser(response: Response) -> None:
    """Takes cookies, cached pages and storage from the browser: for *finish*, *exit* and the hour’s end.

    Answer with a redirect: a form on this very page would have lost its secret.
    """
    response.delete_cookie(_cookie(), secure=request.is_secure, httponly=True, samesite="Lax", path="/")
    session.clear()
    response.headers["Clear-Site-Data"] = FORGET


def keep_a_while() -> None:
    """Lets browsers keep the answer to this request, which holds nothing of a person."""
    g.keep = KEEP_A_WHILE


def static_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Headers of a static file that passes the app by: WhiteNoise’s `add_headers_function`."""
    for name, value in HEADERS.items():
        headers[name] = value


def clean_text(text: str) -> str:
    """The text without NUL and other characters that control a machine and print nothing; all else as typed.

    Every kind of line end becomes a line feed, so that no two words run together; tabs stay. Halves of a
    character (lone surrogates), which no page or letter can hold, go too.
    """
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))


class Discreet(logging.Filter):
    """Takes from a log record what a person may have typed: queries of addresses and the words of errors."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrites the record; keeps every one."""
        record.msg, record.args = _QUERY.sub("", record.getMessage()), ()
        if record.exc_info and record.exc_info[1]:
            # Where it happened and what kind of error it was. Its message may quote an answer.
            record.exc_text = _where(record.exc_info[1])
            record.exc_info = None
        return True


def _where(error: BaseException) -> str:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    frames = "".join(traceback.format_list(traceback.extract_tb(error.__traceback__)))
    said = str(error) if isinstance(error, StoreUnavailable) else "(what it said is not logged)"
    lines = f"{frames}{type(error).__module__}.{type(error).__qualname__}: {said}"
    return f"{_where(before)}\nthen\n{lines}" if before else lines


class _KeptInMemory(Request):
    """A request whose files stay in memory: Werkzeug alone puts those above half a megabyte on the disk."""

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return io.BytesIO()


class _FormSession(SecureCookieSessionInterface):
    """Flask’s signed cookie: it holds the form secret and no answer, under a name that fits the scheme."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        """The session in the cookie, however old. The clocks of two servers differ, and clocks are set back:
        Flask itself would throw away what seems to come from the future, and refuse the form.
        """
        signer = self.get_signing_serializer(app)
        with suppress(BadSignature):
            if signer:
                return self.session_class(signer.loads(request.cookies.get(self.get_cookie_name(app), "")))
        return self.session_class()

    def get_cookie_name(self, app: Flask) -> str:
        return _cookie("-form")

    def get_cookie_secure(self, app: Flask) -> bool:
        return request.is_secure

    def get_cookie_httponly(self, app: Flask) -> bool:
        return True

    def get_cookie_samesite(self, app: Flask) -> str:
        return "Lax"

    def get_cookie_path(self, app: Flask) -> str:
        return "/"

    def get_cookie_domain(self, app: Flask) -> None:
        return None


def _cookie(suffix: str = "") -> str:
    """On https a name that no other host, and nobody on the wire, can give a cookie of theirs."""
    return ("__Host-heard" if request.is_secure else "heard") + suffix


def _refuse_other_sites() -> None:
    """Refuses a form that the browser itself says comes from another site. Its CSRF token is checked next."""
    if isinstance(request.routing_exception, SecurityError):
        current_app.logger.warning("Refused: a request under a name that is not in HEARD_HOSTS.")
        raise request.routing_exception
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise CSRFError("The form comes from another site.")
    origin = request.headers.get("Origin", "null")
    if origin != "null" and _host_of(origin) != request.host:
        raise CSRFError("The form comes from another site.")
    # A part without a name: no browser sends one, and what looks for the secret next trips over it.
    if request.mimetype == "multipart/form-data" and None in request.form:
        raise CSRFError("The form is none of this site’s.")


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # it is no address at all
        return ""


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers[name] = value
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = HTTPS_ALONE
    if request.endpoint == "static" and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = KEEP_FOR_GOOD if "v" in request.args else KEEP_A_WHILE
    elif "keep" in g and response.status_code in (200, 206, 304):
        response.headers["Cache-Control"] = g.keep
    else:
        response.headers["Cache-Control"] = KEEP_NOTHING
    response.headers.pop("Server", None)
    response.headers.pop("X-Powered-By", None)
    if response.status_code == 413:
        _read_to_the_end()
    return response


def _read_to_the_end() -> None:
    """Reads a body that was refused unread: a browser that still sends would not see the page otherwise."""
    length = request.content_length or 0
    limit = request.max_content_length
    if limit is not None and limit < length <= LARGEST_REFUSED_BODY:
        stream = request.environ["wsgi.input"]
        while length > 0 and (piece := stream.read(min(length, 65536))):
            length -= len(piece)
