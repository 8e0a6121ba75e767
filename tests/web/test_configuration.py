"""Settings from the environment; what is missing is said in one line."""

from __future__ import annotations

import pytest

from registry.config import Misconfigured, database_url, from_environment


def test_without_a_secret_it_refuses_to_start_and_says_what_to_set(tmp_path):
    with pytest.raises(Misconfigured, match=r"REGISTRY_SECRET is not set\. Set it to a long random text"):
        from_environment({}, tmp_path)


def test_an_empty_secret_is_none(tmp_path):
    with pytest.raises(Misconfigured):
        from_environment({"REGISTRY_SECRET": ""}, tmp_path)


def test_the_demonstration_makes_its_secret_once_and_keeps_it_to_itself(tmp_path):
    first, second = (from_environment({"REGISTRY_DEMO": "1"}, tmp_path) for _ in range(2))
    assert first.secret == second.secret
    assert len(first.secret) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_commands_after_the_demonstration_need_no_settings(tmp_path):
    made = from_environment({"REGISTRY_DEMO": "1"}, tmp_path)
    assert from_environment({}, tmp_path) == made
    for said in ({"REGISTRY_DEMO": "0"}, {"REGISTRY_DATABASE_URL": "postgresql://real/registry"}):
        with pytest.raises(Misconfigured):
            from_environment(said, tmp_path)


def test_the_settings_are_read(tmp_path):
    config = from_environment(
        {
            "REGISTRY_SECRET": "s",
            "REGISTRY_HTTPS": "1",
            "REGISTRY_SESSION_MINUTES": "15",
            "REGISTRY_DATABASE_URL": "postgresql://db/registry",
        },
        tmp_path,
    )
    assert (config.secure_cookies, config.session_minutes, config.demo, config.today) == (
        True,
        15,
        False,
        None,
    )
    assert config.database_url == "postgresql+psycopg://db/registry"


def test_the_database_is_a_file_unless_another_is_named(tmp_path):
    config = from_environment({"REGISTRY_SECRET": "s"}, tmp_path)
    assert config.database_url == f"sqlite:///{tmp_path / 'registry.db'}"


@pytest.mark.parametrize("typed", ["postgres://u@h/d", "postgresql://u@h/d", "postgresql+psycopg://u@h/d"])
def test_postgresql_is_reached_however_its_address_is_written(typed):
    assert database_url(typed) == "postgresql+psycopg://u@h/d"


def test_what_is_secret_is_not_shown_in_a_traceback(tmp_path):
    config = from_environment({"REGISTRY_SECRET": "hush", "REGISTRY_DATABASE_URL": "sqlite://"}, tmp_path)
    assert "hush" not in repr(config)
    assert "sqlite" not in repr(config)


MAILING = {
    "REGISTRY_SECRET": "s",
    "REGISTRY_SMTP_URL": "smtp://clerk%40x:p%3Aw@mail.example.org",
    "REGISTRY_MAIL_FROM": "registry@example.org",
    "REGISTRY_URL": "https://registry.example.org/",
}


def test_a_mail_server_is_read_from_one_address(tmp_path):
    config = from_environment(MAILING, tmp_path)
    assert (config.smtp.host, config.smtp.port) == ("mail.example.org", 587)
    assert (config.smtp.user, config.smtp.password) == ("clerk@x", "p:w")
    assert "p:w" not in repr(config)
    assert config.address == "https://registry.example.org"


@pytest.mark.parametrize("missing", ["REGISTRY_MAIL_FROM", "REGISTRY_URL"])
def test_mails_need_a_sender_and_an_address_for_their_links(missing, tmp_path):
    with pytest.raises(Misconfigured):
        from_environment({**MAILING, missing: ""}, tmp_path)
