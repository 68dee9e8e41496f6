"""Rules for a day to which a meeting is put off: "leave it till the Monday after half term"."""

from __future__ import annotations

from assistant.casework.times.clock_rules import Rule, rule
from assistant.casework.times.shapes import Link
from assistant.casework.times.spellings import WEEKDAYS

_IT = r"(?:(?:it|this|that|things|everything|the meeting|all|on|off|out|back|over|for now) )*"
_PUT_OFF = (
    rf"(?:leave|keep|hold|put|push|save|delay|postpone|defer) {_IT}|"
    r"(?:wait|hang (?:on|about|fire)|sit tight|be left) (?:for now )?"
)
_DAY = rf"(?:the |next |this |first |after |\d)*(?:{'|'.join(WEEKDAYS)}|tomorrow|week|\d|day\b)"
_UNTIL = rf"(?:until(?: about)?|while|(?:to|for)(?= {_DAY}))"
_NOT = (r"(?:(?:do|does|did|would|could|is)(?:n'?t| not)|(?:can|won)'?t|not|cannot)"
        r"(?: (?:want|wanna|wish|able|like|be|have|really|to))*")  # fmt: skip
_FAR_DAY = (rf"(?= (?:the )?(?:first )?(?:(?:{'|'.join(WEEKDAYS)}) (?:after|before|back)\b|"
            r"(?:very )?(?:day|morning|afternoon) \w+))")  # fmt: skip

PUTTING_OFF_RULES: tuple[Rule, ...] = (
    rule(rf"(?:can|could|shall|should) (?:we|i|you|it) not (?:(?:do|have|make|meet) (?:it )?|"
         rf"{_PUT_OFF}){_UNTIL}", lambda _, __: []),
    rule(rf"{_NOT} (?:leave {_IT}|be )?(?:any )?(?:longer|later) than", lambda _, __: [Link("by")]),
    rule(rf"{_NOT} (?:{_PUT_OFF}){_UNTIL}", lambda _, __: [Link("before")]),
    rule(rf"(?:{_PUT_OFF}){_UNTIL}|not until{_FAR_DAY}", lambda _, __: []),
)  # fmt: skip
