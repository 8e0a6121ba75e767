"""What identity documents prove. The numbers are made up, in a county (110199) that does not exist."""

import pytest
from stdnum.iso7064 import mod_11_2

from registry.core.dates import PartialDate
from registry.core.regions import Region
from registry.people import documents
from registry.people.documents import DocumentError, DocumentKind


def eighteen(body):
    """17 digits with their check character."""
    return body + mod_11_2.calc_check_digit(body)


RESIDENT = eighteen("11019919650312001")
HONGKONG = eighteen("81000019700101002")
TAIWAN = eighteen("83000019700101001")
PERMANENT = eighteen("91112419810803002")


def test_a_resident_id_proves_mainland_birth_and_sex():
    proof = documents.check(DocumentKind.RESIDENT_ID, RESIDENT)
    assert (proof.region, proof.nationality, proof.sex) == (Region.MAINLAND, "CN", "M")
    assert proof.birth == PartialDate(1965, 3, 12)
    assert documents.check("resident_id", eighteen("11019919650312002")).sex == "F"


def test_a_residence_permit_proves_the_region():
    assert documents.check(DocumentKind.RESIDENCE_PERMIT, HONGKONG).region == Region.HONGKONG
    assert documents.check(DocumentKind.RESIDENCE_PERMIT, TAIWAN).region == Region.TAIWAN
    assert documents.check(DocumentKind.RESIDENCE_PERMIT, TAIWAN).birth == PartialDate(1970, 1, 1)


def test_permits_prove_the_region_by_their_first_letter():
    assert documents.check(DocumentKind.HKMO_PERMIT, "H00000001").region == Region.HONGKONG
    assert documents.check(DocumentKind.HKMO_PERMIT, "M0000000102").region == Region.MACAO
    assert documents.check(DocumentKind.TAIWAN_PERMIT, "00000001").region == Region.TAIWAN
    assert documents.check(DocumentKind.TAIWAN_PERMIT, "0000000101(B)").number == "0000000101B"


def test_a_permit_that_was_issued_again_is_the_same_permit():
    assert documents.normalise(DocumentKind.HKMO_PERMIT, "h00000001 01") == "H00000001"
    assert documents.check(DocumentKind.HKMO_PERMIT, "H0000000101").number == "H00000001"


def test_both_forms_of_the_permanent_residence_card_prove_a_nationality():
    new = documents.check(DocumentKind.FOREIGN_PR, PERMANENT)
    assert (new.region, new.nationality, new.birth) == (Region.FOREIGN, "CA", PartialDate(1981, 8, 3))
    old = documents.check(DocumentKind.FOREIGN_PR, "can110081080300")
    assert (old.region, old.nationality, old.birth) == (Region.FOREIGN, "CA", None)


def test_a_passport_proves_its_country():
    proof = documents.check(DocumentKind.PASSPORT, "ab 1234567", "德国")
    assert (proof.number, proof.country, proof.nationality, proof.region) == ("AB1234567", "DE", "DE", None)


def test_numbers_are_read_in_full_width_with_blanks_and_hyphens():
    typed = "１１０１９９－１９６５０３１２ " + RESIDENT[14:].lower()
    assert documents.check(DocumentKind.RESIDENT_ID, typed).number == RESIDENT
    assert documents.normalise("resident_id", "'" + RESIDENT) == RESIDENT


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        ("resident_id", "", "身份证号为空"),
        ("resident_id", RESIDENT[:17], "身份证号应为 18 位，这里是 17 位"),
        ("resident_id", "110199650312001", "身份证号应为 18 位，这里是 15 位"),
        ("resident_id", "1101991965031200IX", "身份证号只能是数字，末位可以是 X"),
        (
            "resident_id",
            RESIDENT[:17] + ("1" if RESIDENT[17] != "1" else "2"),
            f"校验不符（应为 {RESIDENT[17]}）",
        ),
        ("resident_id", eighteen("11019919651332001"), "身份证号中的出生日期 19651332 不存在"),
        ("resident_id", "110199196513320010", "身份证号中的出生日期 19651332 不存在"),
        ("resident_id", eighteen("11019900010101001"), "出生日期 00010101 不存在"),
        ("resident_id", eighteen("99010519650312001"), "这是外国人永久居留身份证的号码"),
        ("resident_id", eighteen("10010519650312001"), "地区代码 10 不存在"),
        ("resident_id", HONGKONG, "这是港澳台居民居住证的号码"),
        ("residence_permit", RESIDENT, "居住证号应以 810000"),
        ("hkmo_permit", "A12345678", "应为 H 或 M 加 8 位数字"),
        ("hkmo_permit", "H١٢٣٤٥٦٧٨", "应为 H 或 M 加 8 位数字"),
        ("hkmo_permit", "H1234567", "应为 H 或 M 加 8 位数字"),
        ("taiwan_permit", "1234567", "应为 8 位数字"),
        ("foreign_pr", RESIDENT, "永居证号应为 9 开头的 18 位"),
        ("foreign_pr", eighteen("91199919810803002"), "国籍代码 999 不存在"),
        ("foreign_pr", eighteen("91134419810803002"), "国籍代码 344 不存在"),
        ("foreign_pr", "TWN110081080300", "国籍代码 TWN 不存在"),
        ("foreign_pr", PERMANENT[:17], "永居证号应为 18 位，这里是 17 位"),
        ("passport", "AB12", "护照号应为 5 至 20 位字母和数字"),
        ("passport", "AB/123456", "护照号应为 5 至 20 位字母和数字"),
        ("passport", "AB1234567", "护照须注明签发国家"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_in_a_clerks_words(kind, number, words):
    with pytest.raises(DocumentError, match=words):
        documents.check(kind, number)


@pytest.mark.parametrize(
    ("country", "words"), [("HK", "中国香港不是国籍"), ("台湾", "中国台湾不是国籍"), ("火星", "没有“火星”")]
)
def test_a_passport_needs_a_country(country, words):
    with pytest.raises(DocumentError, match=words):
        documents.check("passport", "AB1234567", country)


def test_facts_that_agree_as_far_as_they_are_known_contradict_nothing():
    proof = documents.check("resident_id", RESIDENT)
    assert documents.contradictions(proof, region=None, birth=None, sex=None) == []
    assert documents.contradictions(proof, region="CN", birth=PartialDate(1965, 3), sex="M") == []


def test_facts_that_the_document_excludes_are_named():
    proof = documents.check("resident_id", RESIDENT)
    found = documents.contradictions(proof, region="HK", birth=PartialDate(1965, 4), sex="F")
    assert found == [
        ("region", "地区“中国香港”与身份证所证明的“内地”不符"),
        ("birth", "出生日期 1965-04 与身份证上的 1965-03-12 不符"),
        ("sex", "性别“女”与身份证号（男）不符"),
    ]


def test_a_passport_excludes_only_what_its_country_excludes():
    german = documents.check("passport", "AB1234567", "DE")
    chinese = documents.check("passport", "E00000000", "中国")
    regions = ["CN", "HK", "MO", "TW", "XX"]
    excluded = {
        proof.country: [r for r in regions if documents.contradictions(proof, region=r, birth=None, sex=None)]
        for proof in (german, chinese)
    }
    assert excluded == {"DE": ["CN"], "CN": ["XX"]}
    assert documents.contradictions(chinese, region="XX", birth=None, sex=None) == [
        ("region", "地区“外籍”与护照的国籍“中国”不符")
    ]


@pytest.mark.parametrize(
    ("number", "label", "kind"),
    [
        (RESIDENT, None, "resident_id"),
        (RESIDENT[:17], None, "resident_id"),
        (RESIDENT, "居民身份证", "resident_id"),
        (HONGKONG, "身份证", "residence_permit"),
        (PERMANENT, "身份证", "foreign_pr"),
        ("CAN110081080300", None, "foreign_pr"),
        (PERMANENT, "永居证", "foreign_pr"),
        (TAIWAN, "台湾居民居住证", "residence_permit"),
        ("H00000001", None, "hkmo_permit"),
        ("H0000000101", "回鄉證", "hkmo_permit"),
        ("M00000001", "港澳通行证", "hkmo_permit"),
        ("H00000001", "身份证", "hkmo_permit"),
        ("00000001", None, "taiwan_permit"),
        ("00000001", "通行证", "taiwan_permit"),
        ("00000001", "臺胞證", "taiwan_permit"),
        ("0000000101(B)", "台湾居民来往大陆通行证", "taiwan_permit"),
        ("E00000001", None, "passport"),
        ("123456789", "护 照", "passport"),
        ("123456789", "Passport", "passport"),
        ("00000001", "身份证", "resident_id"),
        ("12345", None, None),
        ("", "其他", None),
    ],
)
def test_the_kind_is_guessed_from_form_and_label(number, label, kind):
    assert documents.guess_kind(number, label) == kind


@pytest.mark.parametrize(
    "value",
    [1.10199196503120e17, 110199196503120000, "110199196503120000", "1.10199E+17", "1.10199196503E17",
     "１.１E+17", "110199196503120000.0", "'110199196503120000"],
)  # fmt: skip
def test_a_number_that_went_through_excel_has_lost_digits(value):
    assert documents.lost_digits(value)


@pytest.mark.parametrize("value", [RESIDENT, 12345678.0, 12345678, "H00000001", "", None, "1E5", "E00000000"])
def test_other_numbers_have_all_their_digits(value):
    assert not documents.lost_digits(value)


def test_a_text_that_ends_in_zeros_is_believed_where_it_checks():
    genuine = next(
        f"11010819650308{tail}000" for tail in range(10) if mod_11_2.is_valid(f"11010819650308{tail}000")
    )
    assert not documents.lost_digits(genuine)
    assert documents.lost_digits(float(genuine))
    assert documents.check("resident_id", genuine).sex == "F"


def test_only_the_last_four_are_shown():
    assert documents.masked("123X") == "••••••123X"


def test_every_kind_has_its_words():
    assert set(documents.LABELS) == set(documents.SHORT) == set(DocumentKind)


def test_a_credit_code_is_checked():
    assert documents.check_credit_code("5111 0000-500000000b") == "51110000500000000B"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("5111000050000000", "应为 18 位，这里是 16 位"),
        ("51110000500000000O", "不含 I、O、S、V、Z"),
        ("511100005000000001", "末位校验不符（应为 B）"),
    ],
)
def test_a_wrong_credit_code_is_refused(code, words):
    with pytest.raises(DocumentError, match=words):
        documents.check_credit_code(code)
