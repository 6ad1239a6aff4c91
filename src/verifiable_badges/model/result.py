"""How well it was done: the results an achievement can have, and those of one recipient (Open Badges 3.0, B.1)."""

from __future__ import annotations

from dataclasses import dataclass, field

from verifiable_badges.errors import InvalidCredential
from verifiable_badges.model.achievement import Alignment
from verifiable_badges.model.base import Model
from verifiable_badges.model.text import Text

RESULT_TYPES = frozenset(
    {
        "GradePointAverage",
        "LetterGrade",
        "Percent",
        "PerformanceLevel",
        "PredictedScore",
        "RawScore",
        "Result",
        "RubricCriterion",
        "RubricCriterionLevel",
        "RubricScore",
        "ScaledScore",
        "Status",
    }
)
RESULT_STATUS = frozenset({"Completed", "Enrolled", "Failed", "InProgress", "OnHold", "Provisional", "Withdrew"})


@dataclass(frozen=True, slots=True)
class RubricCriterionLevel(Model):
    """One level of a rubric, such as "with help", "alone", "teaches others"."""

    id: str
    type: tuple[str, ...] = field(default=("RubricCriterionLevel",), kw_only=True)
    name: Text
    alignment: tuple[Alignment, ...] = ()
    description: Text = ""
    level: Text = ""
    points: str = ""


@dataclass(frozen=True, slots=True)
class ResultDescription(Model):
    """A result that an achievement can have. `allowed_value` goes from low to high; all values are texts."""

    id: str
    type: tuple[str, ...] = field(default=("ResultDescription",), kw_only=True)
    name: Text
    result_type: str
    alignment: tuple[Alignment, ...] = ()
    allowed_value: tuple[Text, ...] = ()
    required_level: str = ""
    required_value: str = ""
    rubric_criterion_level: tuple[RubricCriterionLevel, ...] = ()
    value_max: str = ""
    value_min: str = ""

    def __post_init__(self) -> None:
        if self.result_type not in RESULT_TYPES and not self.result_type.startswith("ext:"):
            raise InvalidCredential(
                "result_type", f"“{self.result_type}” is not a type of result; own ones begin with ext:."
            )


@dataclass(frozen=True, slots=True)
class Result(Model):
    """A result of the recipient. `result_description` is the id of one described in the achievement."""

    type: tuple[str, ...] = field(default=("Result",), kw_only=True)
    achieved_level: str = ""
    alignment: tuple[Alignment, ...] = ()
    result_description: str = ""
    status: str = ""
    value: Text = ""

    def __post_init__(self) -> None:
        if self.status and self.status not in RESULT_STATUS:
            raise InvalidCredential("result_status", f"“{self.status}” is not a status that a result can have.")
