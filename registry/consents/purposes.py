"""For what consent is asked, in the words that were put to people; what is done by law is told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One use of personal data; `wordings` by version, of which the last is put to people now.

    `offers` are the facts, by key of `people.fields`, of which one chooses what it covers.
    """

    key: str
    title: str
    wordings: Mapping[str, str]
    without: str
    offers: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The one that is put to people now."""
        return [*self.wordings][-1]

    @property
    def wording(self) -> str:
        """What one agrees to."""
        return self.wordings[self.version]


DIRECTORY, ABROAD = "directory", "abroad"
LISTED = ("姓名", "类别", "分支机构")
"""What the directory shows of everybody who is in it."""

_OWN = (
    Purpose(
        DIRECTORY,
        "会员通讯录",
        {
            "2026-11": "本会可以把我的姓名、工作单位、电话和邮箱编入只发给本会会员的通讯录。",
            "2026-12": "本会的会员可以在通讯录里看到我的姓名、类别、分支机构，以及我选出的各项。",
        },
        "不同意，网上的通讯录里没有您，印发的里面没有您的联系方式；会籍不受影响。",
        ("employer", "position", "title", "disciplines", "bio", "phone", "email"),
    ),
    Purpose(
        "publicity",
        "网站和宣传",
        {"2026-11": "本会可以在网站、会刊和宣传材料上写出我的姓名、工作单位、职称和在本会的职务。"},
        "不同意，本会不在宣传中写您；依法要公布的负责人名单除外。",
    ),
    Purpose(
        "mail",
        "邮件通知",
        {"2026-11": "本会可以用邮件把学术活动和会讯寄给我。"},
        "不同意，只寄会籍和选举所必需的通知。",
    ),
)
_ABROAD = Purpose(
    ABROAD,
    "向境外提供",
    {"2026-11": "我单独同意，本会按以下所列，把我的个人信息提供给这个境外接收方。"},
    "不同意，本会不把您的资料给这个接收方；会籍不受影响。",
)
PURPOSES: Mapping[str, Purpose] = {purpose.key: purpose for purpose in (*_OWN, _ABROAD)}
ALWAYS = _OWN
"""Asked of everybody; the one for abroad is asked for each recipient that the society has."""

DUTY_TITLE = "向业务主管单位和登记管理机关报送"
DUTY = (
    "年度检查、换届和负责人备案时，本会依法向业务主管单位和登记管理机关报送会员人数，以及负责人和理事的姓名、性别、"
    "出生年月、单位、职务等。这是法定义务（个人信息保护法第十三条第一款第三项），不以同意为前提，所以这里没有可选的。"
)
"""Done by law, and shown as such."""
