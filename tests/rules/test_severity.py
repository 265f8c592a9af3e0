"""The ENISA 2013 score, in whole quarters of a point."""

import pytest

from breachdesk.rules.advice import ScoreStep
from breachdesk.rules.questionnaire import AnswerValue
from breachdesk.rules.severity import measure, score_words, severity_score, steps
from breachdesk.terms import Lang
from tests.rules.answers import Given, advise, letter, loose, outage, pack, situation

VECTORS = [
    # name, DPC in steps, EI and CB in quarters, SE in quarters, level
    ("hospital ransomware, backup after a day", 4, 3, 1 + 2, 15, "high"),
    ("salary to one wrong colleague", 3, 4, 1, 13, "high"),
    ("lost encrypted laptop", 1, 1, 0, 1, "low"),
    ("newsletter in open copy", 1, 4, 1, 5, "low"),
    ("staff data exposed", 3, 4, 1, 13, "high"),
    ("staff data exposed, logs show no access", 3, 4, 0, 12, "high"),
    ("insurance health data carried off", 4, 4, 2 + 2, 20, "very_high"),
    ("the same with trivial diagnoses", 3, 4, 4, 16, "very_high"),
    ("names and business mail by open address", 1, 4, 2, 6, "low"),
    ("the same with malice", 1, 4, 4, 8, "medium"),
    ("shop list to one known partner", 1, 4, 1, 5, "low"),
    ("pharmacy's customers published", 3, 4, 2, 14, "high"),
    ("protected addresses to someone unknown", 4, 4, 2, 18, "very_high"),
    ("full card data stolen", 4, 4, 4, 20, "very_high"),
    ("bank letter to one wrong address", 1, 4, 1, 5, "low"),
    ("a month's statement to one wrong customer", 3, 4, 1, 13, "high"),
    ("a year of locations under a code, published", 3, 1, 2, 5, "low"),
    ("test result to one wrong patient", 4, 4, 1, 17, "very_high"),
    ("contact database lost for good", 1, 4, 2, 6, "low"),
    ("the most there is", 4, 4, 8, 24, "very_high"),
    ("the least there is", 1, 1, 0, 1, "low"),
]


@pytest.mark.parametrize(("name", "dpc", "ei", "cb", "quarters", "level"), VECTORS)
def test_vector_gives_its_score_and_level(
    name: str, dpc: int, ei: int, cb: int, quarters: int, level: str
) -> None:
    assert severity_score(dpc, ei, cb) == quarters, name
    assert pack().level(quarters).id == level, name


ANSWERED = [
    # answers, DPC, EI, CB by element, SE in quarters
    (letter(), 1, 4, {"confidentiality": 1}, 5),
    (letter(data_types=("economic",), insight="ordinary", rest="alike"), 3, 4,
     {"confidentiality": 1}, 13),
    (letter(data_types=("economic",), insight="hardly-any"), 1, 4, {"confidentiality": 1}, 5),
    (letter(data_types=("health",), insight="ordinary", rest="alike"), 4, 4,
     {"confidentiality": 1}, 17),
    (loose(implied="private", holder="public"), 3, 4, {"confidentiality": 2}, 14),
    (loose(implied="danger"), 4, 4, {"confidentiality": 2}, 18),
    (loose(data_types=("payment-means",), insight="whole-picture", holder="attacker"), 4, 4,
     {"confidentiality": 2, "malicious": 2}, 20),
    (loose(data_types=("location",), insight="whole-picture", identifiability="hardly"), 3, 1,
     {"confidentiality": 2}, 5),
    (outage(restored="gone"), 1, 4, {"availability": 2}, 6),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "dpc", "ei", "cb", "quarters"), ANSWERED)
def test_answers_are_counted_with_the_forms_points(
    answers: Given, dpc: int, ei: int, cb: dict[str, int], quarters: int
) -> None:
    score = measure(situation(answers))
    assert (score.dpc, score.ei) == (dpc, ei)
    assert {name: points for name, points in score.cb.items() if points} == cb
    assert score.se == quarters


@pytest.mark.parametrize(
    ("data_type", "insight", "expected"),
    [
        ("basic", "ordinary", 1), ("basic", "whole-picture", 2),
        ("profile", "public", 1), ("profile", "a-little", 2), ("profile", "whole-picture", 3),
        ("economic", "public", 1), ("economic", "a-little", 2), ("economic", "ordinary", 3),
        ("economic", "whole-picture", 4),
        ("health", "hardly-any", 1), ("health", "a-little", 2), ("health", "ordinary", 4),
        ("identification-number", "a-little", 2),
    ],
)  # fmt: skip
def test_kind_of_data_is_adjusted_by_what_it_tells(
    data_type: str, insight: str, expected: int
) -> None:
    assert steps(situation(loose(insight=insight)), data_type) == expected


@pytest.mark.parametrize(("opens", "expected"), [("little", 1), ("account", 2), ("critical", 4)])
def test_log_ins_count_by_what_they_open(opens: str, expected: int) -> None:
    answers = loose(data_types=("credentials",), logins=opens)
    assert steps(situation(answers), "credentials") == expected


def test_highest_kind_of_data_counts_alone() -> None:
    both = letter(data_types=("basic", "economic", "health"), insight="ordinary", rest="alike")
    assert measure(situation(both)).dpc == 4


@pytest.mark.parametrize("exposure", ["no-sign", "likely"])
def test_exposed_without_evidence_adds_nothing_to_confidentiality(exposure: str) -> None:
    assert measure(situation(loose(exposure=exposure))).cb["confidentiality"] == 0


def test_malice_counts_once_however_often_it_is_said() -> None:
    answers = loose(holder="attacker", intent="harm")
    assert measure(situation(answers)).cb["malicious"] == 2


@pytest.mark.parametrize(
    ("quarters", "level"),
    [(7, "low"), (8, "medium"), (11, "medium"), (12, "high"), (15, "high"), (16, "very_high")],
)
def test_lower_bound_of_a_level_belongs_to_it(quarters: int, level: str) -> None:
    assert pack().level(quarters).id == level


@pytest.mark.parametrize(
    ("quarters", "english", "norwegian"),
    [(1, "0.25", "0,25"), (4, "1", "1"), (13, "3.25", "3,25"), (24, "6", "6")],
)
def test_score_is_written_exactly_in_each_language(
    quarters: int, english: str, norwegian: str
) -> None:
    words = score_words(quarters)
    assert (words.en, words.nb) == (english, norwegian)


def test_unknown_answers_give_a_span_and_no_level_when_the_ends_differ() -> None:
    severity = advise(loose(insight=None, data_types=("economic",))).severity
    assert severity is not None
    assert (severity.low, severity.high, severity.level) == (6, 18, "undetermined")
    lines = {step.factor: (step.low, step.high) for step in severity.trace}
    assert lines["dpc"] == (4, 16)
    assert lines["ei"] == (4, 4)


def test_known_answers_leave_no_span() -> None:
    severity = advise(letter()).severity
    assert severity is not None
    assert severity.low == severity.high == 5
    assert severity.level == "low"


def test_trace_adds_up_and_names_its_source() -> None:
    severity = advise(loose(holder="attacker")).severity
    assert severity is not None
    lines = {step.factor: step.low for step in severity.trace}
    circumstances = sum(points for factor, points in lines.items() if factor.startswith("cb."))
    assert lines["dpc"] // 4 * lines["ei"] + circumstances == lines["se"] == severity.low
    assert all(step.cites and step.words.en and step.words.nb for step in severity.trace)


@pytest.mark.parametrize(("number", "flagged"), [(100, False), (101, True)])
def test_more_than_a_hundred_people_are_flagged_but_not_counted(
    number: AnswerValue, *, flagged: bool
) -> None:
    severity = advise(letter(people_number=number)).severity
    assert severity is not None
    assert any(step.factor == "flag.people" for step in severity.trace) is flagged
    assert severity.low == 5


def test_encryption_is_flagged_but_not_counted() -> None:
    severity = advise(letter(protection="strong", key="safe")).severity
    assert severity is not None
    assert any(step.factor == "flag.unintelligible" for step in severity.trace)


def test_nothing_is_scored_before_a_kind_of_data_is_named() -> None:
    assert advise({"nature": ("confidentiality",)}).severity is None
    assert advise(letter(data_types=("not-yet-known",))).severity is None


def test_a_span_is_written_from_its_lower_end_also_where_protection_is_unknown() -> None:
    answers = letter(data_types=("economic",), identifiability="hardly", protection=None)
    severity = advise({key: one for key, one in answers.items() if key != "protection"}).severity
    assert severity is not None
    assert severity.low < severity.high
    assert all(step.low <= step.high for step in severity.trace)
    assert not any(step.factor == "flag.unintelligible" for step in severity.trace)


def trace(answers: Given) -> dict[str, ScoreStep]:
    severity = advise(answers).severity
    assert severity is not None
    return {one.factor: one for one in severity.trace}


@pytest.mark.parametrize("lang", list(Lang))
def test_what_is_unknown_is_never_said_as_a_fact_but_as_the_worst_case(lang: Lang) -> None:
    steps = trace({"nature": ("confidentiality",), "data_types": ("basic",), "exposure": "likely"})
    reckoned, at_worst = {
        Lang.EN: ("not known – reckoned as its worst case: ", "not known – at worst: "),
        Lang.NB: ("ikke kjent – regnet som verste fall: ", "ikke kjent – i verste fall: "),
        Lang.NN: ("ikkje kjent – rekna som verste fall: ", "ikkje kjent – i verste fall: "),
    }[lang]
    for factor in ("ei", "cb.confidentiality", "cb.malicious"):
        step = steps[factor]
        said = step.words.in_(lang).partition(": ")[2]
        assert said.startswith(reckoned if step.low == step.high else at_worst)


def test_only_the_unknown_half_of_a_score_is_said_so() -> None:
    steps = trace(loose(identifiability=None, data_types=("basic",)))
    assert steps["ei"].words.en == "Ease of identification: not known – at worst: at once"
    assert (steps["ei"].low, steps["ei"].high) == (1, 4)
    assert "not known" not in steps["cb.confidentiality"].words.en
