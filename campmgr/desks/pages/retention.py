"""The day until which personal details are kept: whom it is about, what stays, and the one press once it has passed."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.accounts.kept_files import forget_all
from campmgr.areas.people.actions.retention import erase_retained
from campmgr.areas.people.queries.retention import Retention, retention
from campmgr.facts.earlier import drop_stale
from campmgr.store.door import Store
from campmgr.web import respond, working
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import frame, reading
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress, Work
from campmgr.web.respond import Answer

area = Blueprint("office_retention", __name__, url_prefix="/office/retention")


@area.get("/")
@require("organizer")
def page() -> Answer:
    """Whose details would go, how many, and what stays; before the day has passed as well."""
    with reading() as (r, world):
        before = _before(retention(r, world, world.tree.units[whole_camp(world).unit]))
    return respond.before(before, Form())


@area.post("/")
@require("organizer")
def erase() -> Answer:
    """Erase them, as a task that goes on by itself. Pressed twice, it is one."""
    form = Form.sent()
    with reading() as (r, world):
        account = whole_camp(world)
        found = retention(r, world, world.tree.units[account.unit])
        before = _before(found)
    to = url_for("office_retention.page")
    if not before.button:
        return respond.go(to)
    if not before.is_agreed(form):
        return respond.before(before, form)
    work = _erasing(frame().open_store(), account.actor, found.people)
    return working.answer_of(working.start(_("保存期限到了，删除个人信息"), work, lambda _result: to, form.client_id))


def _erasing(store: Store, actor: str, people: int) -> Work:
    def work(told: Progress) -> int:
        done = 0
        while True:
            with store.writing(alone=True) as w:
                run = erase_retained(w, actor)
            done += run
            if not run:
                break
            told(done, max(done, people))
        forget_all()
        store.empty_log(patience=1)
        drop_stale(store)
        return done

    return work


def _before(found: Retention) -> Before:
    rule = url_for("office_rules.rule", key="people.keep_until")
    due = found.is_due and bool(found.people)
    return Before(
        title=_("个人信息的保存期限"),
        back=(url_for("office_rules.rules"), _("规则")),
        open=(
            OpenPoint(int(not found.until), _("个日期没有定"), _("写明保存到哪一天；写过去的日子也只是先看，不会自己删除。")
                      if not found.until else "", rule, _("去定"), is_open=False),
            OpenPoint(found.waiting, _("人可以领证，还没有发"), _("删除以后不能再发。") if found.waiting else "",
                      url_for("office_certificates.certificates"), _("去发证"), is_open=due),
            OpenPoint(found.certified, _("份有效的证书"), _("仍可凭编号查验，不再显示姓名；要补打的请先打。") if found.certified else "",
                      url_for("office_certificates.certificates"), _("去打印"), is_open=due),
            OpenPoint(found.elsewhere, _("人由别的电脑管"), _("由授权管他们的电脑来删除。") if found.elsewhere else "", is_open=False),
        ),
        result=Result(
            _("删除谁的，一共 %(n)s 人") % {"n": f"{found.people:,}"},
            tuple(ResultLine((each.name, f"{each.people:,}", f"{each.minors:,}")) for each in found.units),
            ((_("单位"), ""), (_("人数"), "n"), (_("其中登记了监护人同意"), "n")),
        ),
        does=_does(found),
        reason="",
        button=_("删除 %(n)s 人的个人信息") % {"n": f"{found.people:,}"} if due else "",
    )  # fmt: skip


def _does(found: Retention) -> tuple[str, ...]:
    if not found.until:
        when = _("还没有定日期，现在不能删除。")
    elif found.is_due:
        when = _("保存到 %(day)s，已经过期。") % {"day": found.until}
    else:
        when = _("保存到 %(day)s，还没有到期，现在不能删除。") % {"day": found.until}
    done = (found.done + "。",) if found.done else ()
    return (
        when,
        *done,
        _("姓名、编号、班级、手机号从数据文件里抹掉，不能恢复；别的电脑收到数据包时也抹掉。"),
        _("学时、签到、证书编号和各单位的合计都留下，一个数也不变，只是不再有姓名。"),
        _("公布过的名单上显示“已删除”；要留档的名单，请先导出。"),
        _("每个人记一条，写明谁、什么时候删除的；人多时要几分钟，期间可以做别的。"),
    )
