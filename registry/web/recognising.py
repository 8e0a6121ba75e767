"""Knows words and sentences again by their catalog: in whole, or by what stands between their values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from babel import Locale

from registry.core.numerals import read_number
from registry.web.agreeing import agreed

KEPT = 1 << 14
_HAN = re.compile("[㐀-鿿]")
_VALUE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
_FEW = 3
_TERM = "第[一二三四五六七八九十]+届"
_PAUSES = [re.compile(f"({pause})") for pause in ("[；。]", "[，：]", "、", "[（）]", f"\\s|/|{_TERM}")]
_DATE = re.compile(r"(\d{4})年(1[0-2]|[1-9])月(?:(\d{1,2})日)?")
_STOP = re.compile("[，；。]")
_LATIN = str.maketrans({"、": ", ", "；": "; ", "，": ", ", "。": ".", "：": ": ", "（": " (", "）": ")"})
_MONTHS = Locale.parse("en").months["format"]["wide"]


class Recognised(dict[str, str]):
    """Translations by their source; of a sentence with values, made when it is first asked for."""

    def __init__(self, catalog: Mapping[str, str], *, latin: bool = False) -> None:
        """Sources that name values are templates; the others stand for themselves."""
        self._latin = latin
        super().__init__({key: text for key, text in catalog.items() if not _VALUE.search(key)})
        self._templates = {key: text for key, text in catalog.items() if _VALUE.search(key)}
        self._read = lru_cache(KEPT)(self._recognise)

    def __missing__(self, words: str) -> str:
        """What nobody has translated stays as it is: names, and what people wrote."""
        return self._read(words) if _HAN.search(words) else words

    def _recognise(self, words: str) -> str:
        bare = words.strip()
        if bare != words and bare:
            return words.replace(bare, self[bare])
        if self._latin and (date := _DATE.fullmatch(words)):
            return _in_english(date)
        return self._of_template(words) or self._begun(words) or self._of_parts(words)

    def _begun(self, words: str) -> str:
        """A sentence that goes on: as much of it as is known in whole, and the rest."""
        for stop in reversed(list(_STOP.finditer(words))):
            begin, rest = words[: stop.start()], words[stop.start() :]
            told = self.get(begin) or self._of_template(begin)
            if told and len(rest) > 1:
                said = self._of_template(rest) or self._of_parts(rest)
                return told + (said.translate(_LATIN) if self._latin else said)
        return ""

    def _of_template(self, words: str) -> str:
        for pattern, literal, template in self._patterns:
            if literal in words and (found := pattern.fullmatch(words)):
                values = {key: self._value(value) for key, value in found.groupdict().items()}
                if len(_HAN.findall(literal)) >= _FEW or _plausible(found, values, self._latin):
                    return _filled(template, values)
        return ""

    def _value(self, words: str) -> str:
        return str(read_number(words)) if self._latin and read_number(words) else self[words]

    def _of_parts(self, words: str) -> str:
        """Words in a row, each by itself, split where the sentence pauses most; dates in the language."""
        dated = _DATE.sub(_in_english, words) if self._latin else words
        for pause in _PAUSES:
            parts = pause.split(dated)
            if len(parts) > 1:
                return self._joined(parts)
        return dated

    def _joined(self, parts: list[str]) -> str:
        known = [self._part(part) for part in parts]
        if known == parts or not self._latin:
            return "".join(known)
        return re.sub(" +", " ", "".join(part.translate(_LATIN) for part in known)).strip()

    def _part(self, part: str) -> str:
        if re.fullmatch(_TERM, part):
            told = self._of_template(part) or part
            return f" {told}" if self._latin else told
        return self[part] if _HAN.search(part) else part

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str, str]]:
        """The most telling first."""
        made = sorted(self._templates.items(), key=lambda pair: -len(_VALUE.sub("", pair[0])))
        return [(_pattern(key), max(_literals(key), key=len), text) for key, text in made]


def _literals(template: str) -> Iterator[str]:
    return (part.replace("%%", "%") for part in _VALUE.sub("\0", template).split("\0"))


def _pattern(template: str) -> re.Pattern[str]:
    written, end, seen = "", 0, set[str]()
    for gap in _VALUE.finditer(template):
        key = _key(gap)
        written += re.escape(template[end : gap.start()].replace("%%", "%"))
        value = "第.+?届" if gap[1] == "term" else ".+?"
        written += f"(?P={key})" if key in seen else f"(?P<{key}>{value})"
        seen.add(key)
        end = gap.end()
    return re.compile(written + re.escape(template[end:].replace("%%", "%")), re.DOTALL)


def _plausible(found: re.Match[str], values: Mapping[str, str], latin: bool) -> bool:
    """Where little else stands, a value is a number or known: `理事 3 席`, but not `主席`."""
    told = found.groupdict()
    if any(value.strip().isdecimal() for value in told.values()):
        return True
    if latin:
        return not any(_HAN.search(value) for value in values.values())
    return all(values[key] != value for key, value in told.items() if _HAN.search(value))


def _filled(template: str, values: Mapping[str, str]) -> str:
    return agreed(_VALUE.sub(lambda gap: values.get(_key(gap), gap[0]), template)).replace("%%", "%")


def _in_english(date: re.Match[str]) -> str:
    """24 November 2026, or November 2026."""
    month = f"{_MONTHS[int(date[2])]} {date[1]}"
    return f"{int(date[3])} {month}" if date[3] else month


def _key(gap: re.Match[str]) -> str:
    return f"v_{gap[1] or gap[2] or ''}"
