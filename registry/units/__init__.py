"""Unit members (单位会员) and who represents them."""
