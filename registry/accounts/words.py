"""Roles, scopes and actions in the words of a society's office."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from registry.core.policy import Action, Role, Scope

ROLES = {
    Role.ADMIN: _("系统管理员"),
    Role.STAFF: _("学会秘书处"),
    Role.BRANCH_STAFF: _("分支机构秘书"),
    Role.MEMBER: _("会员"),
    Role.AUDITOR: _("监事"),
    Role.SUPERVISOR: _("监督人员"),
}
SCOPES = {
    Scope.EVERYWHERE: _("所有学会"),
    Scope.SOCIETY: _("本学会"),
    Scope.BRANCH: _("本分支"),
    Scope.OWN: _("本人"),
}
# In the order of the page; an action without words would stand under its own name.
SUBJECTS = (
    (
        _("名册"),
        {
            Action.SOCIETY_SEE: _("看学会概览"),
            Action.ROSTER_SEE: _("看会员名册"),
            Action.FIGURES_SEE: _("看图表"),
            Action.ARRANGEMENT_EDIT: _("选名册的列，存自己的视图"),
            Action.VIEW_SHARE: _("把视图共享给全学会，改、删共享的视图"),
            Action.ROSTER_EXPORT: _("导出、打印名册和名单"),
            Action.LAYOUT_EDIT: _("定名册和名单的版式"),
            Action.ROSTER_BULK: _("批量办理（每一项另须有权逐人办理）"),
            Action.TAG_EDIT: _("加、去标签"),
            Action.TAG_KEEP: _("给标签改名，合并、删除标签"),
            Action.IMPORT_RUN: _("导入 Excel 名册"),
            Action.CERTIFICATE_ISSUE: _("出具会员证明和任职证明"),
            Action.CERTIFICATE_REVOKE: _("撤回证明"),
            Action.MEMBERSHIP_SEE: _("看会籍"),
            Action.MEMBERSHIP_EDIT: _("登记、变更、终止会籍"),
            Action.APPLICATION_SEE: _("看入会申请"),
            Action.APPLICATION_JUDGE: _("审核入会申请，决定入会"),
            Action.JOINING_EDIT: _("定谁可以申请入会"),
            Action.RECOMMENDATION_GIVE: _("推荐别人入会"),
            Action.TWIN_SEE: _("看疑似重复的人员"),
            Action.TWIN_MERGE: _("合并重复的人员，或判为两个人"),
        },
    ),
    (
        _("个人信息"),
        {
            Action.IDENTITY_SEE: _("看姓名、性别、出生、地区、民族"),
            Action.IDENTITY_EDIT: _("改姓名、性别、出生、地区、民族"),
            Action.CONTACT_SEE: _("看联系方式"),
            Action.CONTACT_EDIT: _("改联系方式"),
            Action.WORK_SEE: _("看工作单位、职称、学科、学历、个人简介"),
            Action.EMPLOYER_EDIT: _("改工作单位与职务"),
            Action.WORK_EDIT: _("改单位类型、基层一线"),
            Action.DISCIPLINE_EDIT: _("改学科和个人简介"),
            Action.EXPERTISE_EDIT: _("改职称、学历、学位"),
            Action.DOCUMENT_SEE: _("看证件（号码遮住，只留末四位）"),
            Action.DOCUMENT_REVEAL: _("看完整的证件号码（写明原因，留下记录）"),
            Action.DOCUMENT_EDIT: _("登记、改正证件"),
            Action.INTEGRITY_SEE: _("看诚信记录"),
            Action.INTEGRITY_EDIT: _("登记、解除诚信记录"),
            Action.PROFILE_SEE: _("看自己的会籍和谁看过"),
            Action.CONFIRM_OWN: _("确认自己的资料没有变化"),
            Action.CONFIRMATION_RUN: _("发起年度确认"),
            Action.PROPOSAL_MAKE: _("申请更正自己的资料"),
            Action.PROPOSAL_SEE: _("看更正申请"),
            Action.PROPOSAL_JUDGE: _("审核更正申请（只审核有权修改的内容）"),
            Action.DIRECTORY_SEE: _("看会员通讯录（会员自己选出来给会员看的）"),
            Action.PRIVACY_SEE: _("看谁能看、谁看过自己的资料，带走副本"),
            Action.CONSENT_GIVE: _("自己同意、撤回同意"),
            Action.CONSENT_EDIT: _("看会员的同意，录入书面同意"),
            Action.ERASURE_ASK: _("申请删除自己的资料"),
            Action.ERASURE_SEE: _("看删除的申请，看哪些资料过了保存的期限"),
            Action.ERASE: _("依法删除离会人员的资料"),
        },
    ),
    (
        _("机构"),
        {
            Action.BRANCH_SEE: _("看分支机构"),
            Action.BRANCH_EDIT: _("设立、变更、撤销分支机构"),
            Action.BODY_SEE: _("看机构与任职"),
            Action.BODY_EDIT: _("登记换届与任职"),
            Action.SLATE_SEE: _("看拟任名单"),
            Action.SLATE_EDIT: _("拟定、通过下一届的名单"),
            Action.MEETING_SEE: _("看会议与决议"),
            Action.MEETING_EDIT: _("记录、更正会议，撤销决议"),
        },
    ),
    (
        _("监督与管理"),
        {
            Action.AUDIT_SEE: _("看审计"),
            Action.AUDIT_EDIT: _("登记章程的规定和领导干部兼职"),
            Action.ANNUAL_SEE: _("看年检的人员表"),
            Action.FINDING_SEE: _("看整改"),
            Action.FINDING_RAISE: _("提出整改"),
            Action.FINDING_ANSWER: _("答复整改"),
            Action.FINDING_JUDGE: _("审核答复、退回、了结、准予例外（监事只审核监事会提出的）"),
            Action.SUPERVISION_SEE: _("看监督总览"),
            Action.JOURNAL_SEE: _("看日志"),
            Action.INSTALLATION_SEE: _("看系统日志（账号、授权、学会的设立）"),
            Action.ACT_UNDO: _("撤销做过的修改（须有权改其中每一项）"),
            Action.ACCOUNT_KEEP: _("邀请会员，结束角色，停用账号（秘书处限会员、分支秘书、监事）"),
            Action.ACCOUNT_RECOVER: _("代人找回账号（一人提出、另一人同意，都须有那个账号的全部权限）"),
            Action.ACCOUNT_MANAGE: _("看账号的记录"),
        },
    ),
)
