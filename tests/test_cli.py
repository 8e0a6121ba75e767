"""The commands of the shell."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, update

from registry import config
from registry.accounts import factor, recovering
from registry.accounts.queries import by_username
from registry.accounts.services import prove
from registry.demo import creation
from registry.journal.models import Act
from registry.memberships.queries import by_number
from registry.people.models import Person
from registry.societies.queries import by_slug

HEADER = "姓名,性别,出生日期,会员编号,工作单位\n"


@pytest.fixture
def run(app, session):
    """Run a command as the shell does; its result."""

    def run(*args, **how):
        session.commit()
        session.expire_all()
        return app.test_cli_runner().invoke(args=[str(arg) for arg in args], **how)

    return run


@pytest.fixture
def roster(tmp_path):
    """A file with one new member, one unchanged, and one whose birthday does not exist."""
    path = tmp_path / "名册.csv"
    rows = ("周新来,女,1988-02-03,,北京星河大学", "王富,男,1965-03-08,B00001,", "吴不明,男,1988-02-31,,")
    path.write_text(HEADER + "\n".join(rows), encoding="utf-8")
    return path


def test_importing_applies_new_rows_and_names_the_refused(run, cast, session, roster):
    result = run("import", "bjcs", roster)
    assert result.exit_code == 0
    assert "新增 1" in result.output
    assert "第 4 行 出生日期" in result.output
    assert any(name == "周新来" for name in names(session, "bjcs"))


def names(session, slug):
    society = by_slug(session, slug)
    return session.scalars(select(Person.name).where(Person.society_id == society.id)).all()


def test_a_dry_run_writes_nothing(run, cast, session, roster):
    before = names(session, "bjcs")
    result = run("import", "bjcs", roster, "--dry-run", "--json")
    assert names(session, "bjcs") == before
    outcome = json.loads(result.output)
    assert outcome["rows"] == 3
    assert {key: outcome[key] for key in ("new", "unchanged", "refused", "changed", "doubtful")} == {
        "new": 1,
        "unchanged": 1,
        "refused": 1,
        "changed": 0,
        "doubtful": 0,
    }
    assert [problem["row"] for problem in outcome["problems"]] == [4]
    assert set(outcome["problems"][0]) == {"row", "column", "reason"}


def test_the_same_file_twice_changes_nothing(run, cast, roster):
    run("import", "bjcs", roster)
    again = json.loads(run("import", "bjcs", roster, "--json").output)
    assert (again["new"], again["changed"]) == (0, 0)


def test_an_unreadable_file_is_refused_in_words(run, cast, tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing of the kind")
    result = run("import", "bjcs", path)
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert "Traceback" not in result.output


def test_exporting_writes_the_members_of_a_day(run, cast, tmp_path):
    path = tmp_path / "out.csv"
    result = run("export", "bjcs", path, "--on", "2026-01-01")
    assert result.exit_code == 0
    assert "王富" in path.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("options", "head", "rows"),
    [
        (["--list", "units"], "会员号,单位名称", 1),
        (["--list", "branches", "--past"], "名称,类型", 2),
        (["--list", "offices"], "机构,届次", 2),
        (["--columns", "phone,name", "--past", "--sort", "pinyin"], "会员号,姓名,电话\r\n", 5),
        (["--columns", "phone", "--keys"], "会员号,姓名,电话,行键", 4),
    ],
)
def test_exporting_knows_every_list(run, cast, tmp_path, options, head, rows):
    path = tmp_path / "out.csv"
    assert run("export", "bjcs", path, *options).output.startswith(f"{rows} 行")
    text = path.read_bytes().decode("utf-8-sig")
    assert text.startswith(head)
    assert text.count("\r\n") == rows + 1


def test_exporting_names_a_column_that_is_none(run, cast, tmp_path):
    result = run("export", "bjcs", tmp_path / "out.csv", "--columns", "phone,shoes")
    assert result.exit_code == 1
    assert "shoes" in result.output


def test_exporting_refuses_another_ending(run, cast, tmp_path):
    result = run("export", "bjcs", tmp_path / "out.pdf")
    assert result.exit_code == 1
    assert ".xlsx" in result.output


@pytest.mark.parametrize("args", [("export", "nowhere", "x.csv"), ("journal", "verify", "nowhere")])
def test_an_unknown_society_is_named(run, cast, args):
    result = run(*args)
    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_an_account_is_opened_with_a_piped_password(run, cast, session):
    words = ["--username", "Newstaff", "--name", "新秘书", "--role", "staff", "--society", "bjcs"]
    result = run("user", "create", *words, "--password-stdin", input="a long enough password\n")
    assert result.exit_code == 0
    assert prove(session, "newstaff", "a long enough password", datetime.now(UTC)) is not None
    grant = by_username(session, "newstaff").grants[0]
    assert (grant.role, grant.society_id) == ("staff", cast.society.id)


def test_a_typed_password_is_asked_for_twice(run, cast, session):
    words = ["--username", "chief", "--name", "管理员", "--role", "admin"]
    result = run("user", "create", *words, input="a long enough password\n" * 2)
    assert result.exit_code == 0
    assert "a long enough password" not in result.output


def test_a_members_account_is_bound_to_the_person_of_the_number(run, cast, session):
    words = [
        "--username",
        "wang2",
        "--name",
        "王富",
        "--role",
        "member",
        "--society",
        "bjcs",
        "--member",
        "B00001",
    ]
    run("user", "create", *words, "--password-stdin", input="a long enough password\n")
    person = by_number(session, "bjcs", "B00001").person_id
    assert by_username(session, "wang2").grants[0].person_id == person


@pytest.mark.parametrize(
    ("words", "password"),
    [
        (["--role", "staff", "--society", "bjcs"], "short"),
        (["--role", "branch_staff", "--society", "bjcs", "--branch", "b99"], "a long enough password"),
        (["--role", "member", "--society", "bjcs", "--member", "B99999"], "a long enough password"),
        (["--role", "member", "--society", "bjcs"], "a long enough password"),
    ],
)
def test_an_account_that_could_not_work_is_not_opened(run, cast, session, words, password):
    args = ["--username", "newcomer", "--name", "新人", *words, "--password-stdin"]
    assert run("user", "create", *args, input=f"{password}\n").exit_code == 1
    assert by_username(session, "newcomer") is None


def test_a_whole_journal_is_verified(run, cast):
    result = run("journal", "verify", "bjcs")
    assert (result.exit_code, "完整" in result.output) == (0, True)


def test_an_altered_journal_is_found_out(run, cast, session):
    session.execute(update(Act).where(Act.society_id == cast.society.id).values(reason="另有原因"))
    result = run("journal", "verify", "bjcs")
    assert result.exit_code == 1
    assert "断开" in result.output


def test_generating_fills_new_societies_and_refuses_to_do_so_twice(run, cast, session):
    assert run("generate", "--societies", 2, "--members", 40, "--seed", 5).exit_code == 0
    assert len(names(session, "s001")) == len(names(session, "s002")) == 20
    again = run("generate", "--societies", 2, "--members", 40)
    assert again.exit_code == 1
    assert "s001" in again.output


def test_the_demonstration_is_not_mixed_into_a_register(run, cast, session, monkeypatch, tmp_path):
    monkeypatch.setattr(config, "INSTANCE", tmp_path)
    monkeypatch.setattr(creation, "exists", lambda session: False)
    before = names(session, "bjcs")
    result = run("demo")
    assert result.exit_code == 1
    assert names(session, "bjcs") == before


def test_whoever_lost_the_phone_is_asked_for_no_code(run, cast, session):
    account = by_username(session, "staff")
    factor.key_of(session, account)
    assert run("user", "factor-off", "staff").exit_code == 0
    session.expire_all()
    assert account.totp is None
    assert run("user", "factor-off", "nobody").exit_code == 1


def test_an_operator_recovers_an_account_that_no_two_persons_may(run, cast, session):
    result = run("user", "recover", "admin")
    code = result.output.strip().rpartition("：")[2]
    now = datetime.now(UTC)
    account = recovering.use(session, code, "another long password", now)
    assert prove(session, "admin", "another long password", now) is account
