"""Each refusal becomes one status, as a page or as a part."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from jinja2_fragments.flask import render_block
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from registry.core.errors import NotAllowed, NotThere, RuleBroken
from registry.web import pages
from registry.web.access import SignInFirst
from registry.web.database import db
from registry.web.languages import said

log = logging.getLogger("registry")


WORDS = {
    400: (_l("请求不完整"), _l("有一项内容缺失或写法不对，系统没有照办。")),
    403: (_l("这里不对您开放"), _l("您的角色没有这项权限。")),
    404: (_l("没有找到"), _l("网址可能有误，或者内容已经移走。")),
    405: (_l("这里不能这样操作"), _l("这个网址只能打开看，或只能由表单提交。")),
    409: (_l("别人刚刚改过"), _l("您打开之后这条记录已被修改，您的输入没有保存。")),
    413: (_l("文件太大"), _l("请把文件缩小到 20 MB 以内。")),
    422: (_l("没有办成"), _l("填写的内容不符合规则。")),
    429: (_l("操作太频繁"), _l("为了保护账号，系统暂时不接受新的请求。")),
    500: (_l("系统出了差错"), _l("没有保存任何内容。如果再次出现，请告诉管理员。")),
}
OTHERWISE = (_l("请求没有完成"), _l("系统没有照办，也没有保存任何内容。"))
EXPIRED = (_l("表单已过期"), _l("页面打开太久，或者您在别处退出过。"))


def init_app(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(SignInFirst, _sign_in)
    app.register_error_handler(NotAllowed, lambda _error: answer(403, *WORDS[403]))
    app.register_error_handler(NotThere, lambda _error: answer(404, *WORDS[404]))
    app.register_error_handler(RuleBroken, lambda error: answer(422, WORDS[422][0], said(error.reason)))
    app.register_error_handler(StaleDataError, lambda _error: answer(409, *WORDS[409]))
    app.register_error_handler(CSRFError, lambda _error: answer(400, *EXPIRED))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _http(error: HTTPException) -> Response:
    if error.code is not None and error.code < HTTPStatus.BAD_REQUEST:
        return make_response(error.get_response())
    return answer(error.code or 500, *WORDS.get(error.code or 500, OTHERWISE))


def _unexpected(error: Exception) -> Response:
    # The message and the arguments of an error may hold personal data; the type and place do not.
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else "?"
    log.error("%s at %s in %s", type(error).__name__, where, request.endpoint)
    return answer(500, *WORDS[500])


def answer(status: int, title: Any, text: Any) -> Response:
    """The error page, or its part aimed at the notice area."""
    db.session.rollback()
    context = {"status": status, "title": title, "text": text}
    if not pages.wants_part():
        return make_response(render_template("errors/error.html", **context), status)
    part = make_response(render_block("errors/error.html", "notice", **context), status)
    part.headers.update({"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    return part


def _sign_in(_error: SignInFirst) -> Response:
    """Only a path of our own is kept as the way back."""
    back = request.full_path.rstrip("?") if request.method == "GET" and not pages.from_htmx() else None
    url = url_for("accounts.sign_in", next=back if back and not urlsplit(back).netloc else None)
    if pages.from_htmx():
        return Response(status=401, headers={"HX-Redirect": url})
    return make_response(redirect(url, 303))
