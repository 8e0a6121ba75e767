"""Each refusal becomes one status, as a page or as a part."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from jinja2_fragments.flask import render_block
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from registry.core.errors import NotAllowed, NotThere, RuleBroken
from registry.web import pages
from registry.web.access import SignInFirst
from registry.web.database import db

log = logging.getLogger("registry")


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(NotAllowed, lambda error: answer(403, _("这里不对您开放"), _("您的角色没有这项权限。")))
    app.register_error_handler(NotThere, lambda error: _missing())
    app.register_error_handler(404, lambda error: _missing())
    app.register_error_handler(RuleBroken, lambda error: answer(422, _("没有办成"), _(error.reason)))
    app.register_error_handler(StaleDataError, lambda error: _stale())
    app.register_error_handler(CSRFError, lambda error: answer(400, _("表单已过期"), _("请退回上一页，刷新后再提交。")))
    app.register_error_handler(413, lambda error: answer(413, _("文件太大"), _("请把文件缩小到 20 MB 以内。")))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _missing() -> Response:
    return answer(404, _("没有找到"), _("网址可能有误，或者内容已经移走。"))


def _stale() -> Response:
    return answer(409, _("别人刚刚改过"), _("您打开之后这条记录已被修改。请刷新后再试，您的输入未保存。"))


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < 400:
        return make_response(error.get_response())
    return answer(error.code or 500, _("请求没有完成"), error.name)


def _unexpected(error: Exception) -> Response:
    # The message and the arguments of an error may hold personal data; the type and place do not.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    log.error("%s at %s in %s", type(error).__name__, where, request.endpoint)
    return answer(500, _("系统出了差错"), _("没有保存任何内容。请稍后再试；如果再次出现，请告诉管理员。"))


def answer(status: int, title: str, text: str) -> Response:
    """The error page, or its part aimed at the notice area."""
    db.session.rollback()
    context = {"status": status, "title": title, "text": text}
    if not pages.wants_part():
        return pages.discreet(make_response(render_template("errors/error.html", **context), status))
    part = make_response(render_block("errors/error.html", "notice", **context), status)
    part.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    return pages.discreet(part)


def _sign_in(error: SignInFirst) -> Response:
    """Only a path of our own is kept as the way back."""
    back = request.full_path.rstrip("?") if request.method == "GET" and not pages.from_htmx() else None
    url = url_for("accounts.sign_in", next=back if back and not urlsplit(back).netloc else None)
    if pages.from_htmx():
        return Response(status=401, headers={"HX-Redirect": url})
    return make_response(redirect(url, 303))
