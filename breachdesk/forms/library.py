"""What forms/ says, read once: regimes, questionnaires, rules, sources, examples, wording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from breachdesk.errors import FormError, RuleError
from breachdesk.forms.cases import read_case
from breachdesk.forms.files import Shelf, read_shelf
from breachdesk.forms.findings import Findings, form_error
from breachdesk.forms.jurisdiction import Jurisdiction
from breachdesk.forms.playbooks import read_playbooks
from breachdesk.forms.proposals import (
    Proposal,
    find_proposal,
    lay_over,
    proposal_names,
    words_of_proposal,
)
from breachdesk.forms.questions import (
    check_head,
    handed_through,
    read_questionnaire,
    read_questions,
)
from breachdesk.forms.references import check_conditions, check_sources, check_words
from breachdesk.forms.regimes import read_regime, read_zone
from breachdesk.forms.sharing import FORM as SHARING
from breachdesk.forms.sharing import read_sharing
from breachdesk.forms.source_text import canonical, digest_of, from_source, to_source
from breachdesk.forms.sources import Source, read_sources
from breachdesk.forms.template import FORM as TEMPLATE
from breachdesk.forms.template import read_template
from breachdesk.message import say
from breachdesk.rules.decided import DecidedCase
from breachdesk.rules.edpb import Template
from breachdesk.rules.playbook import Playbook
from breachdesk.rules.questionnaire import Question, Questionnaire
from breachdesk.rules.regime import Regime
from breachdesk.rules.sharing import Sharing
from breachdesk.terms import Lang, Words

if TYPE_CHECKING:
    from breachdesk.documents.wording import Wording
    from breachdesk.rules.pack import RulePack

DEFAULT_REGIME = "no"
_NOT_QUESTIONNAIRES = ("regime", "holidays", "playbooks", "advice", TEMPLATE, SHARING)


@dataclass(frozen=True)
class Forms:
    """The shipped forms with the desk's own over them. What is seldom needed is read late."""

    shelves: tuple[Shelf, ...]
    """The shipped folder, and the desk's own if it has one."""
    findings: Findings = field(default_factory=Findings)
    """Where problems go: raised, unless `check` is listing them."""
    _jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    _regimes: dict[tuple[str, str], Regime] = field(default_factory=dict)
    _packs: dict[tuple[str, str], "RulePack"] = field(default_factory=dict)
    _questionnaires: dict[str, Mapping[str, Questionnaire]] = field(default_factory=dict)
    _templates: dict[str, Template] = field(default_factory=dict)
    _playbooks: dict[str, tuple[Playbook, ...]] = field(default_factory=dict)

    @property
    def regimes(self) -> tuple[str, ...]:
        """Ids of the jurisdictions: folders whose regime extends a base."""
        found = {
            folder
            for shelf in self.shelves
            for folder in shelf.folders
            for file in shelf.files(folder)
            if file.form == "regime" and "extends" in file.table
        }
        return tuple(sorted(found))

    def jurisdiction(self, regime: str) -> Jurisdiction:
        """Return the folders of one regime.

        Raises:
            RuleError: There is no such regime.
        """
        if regime not in self._jurisdictions:
            if regime not in self.regimes:
                raise RuleError(
                    say("There is no regime “{regime}”; there are: {known}.", regime=regime,
                        known=", ".join(self.regimes)),
                )  # fmt: skip
            self._jurisdictions[regime] = Jurisdiction(regime, self.shelves, self.findings)
        return self._jurisdictions[regime]

    def regime_for(
        self, became_aware_at: datetime | None, now: datetime, regime: str = DEFAULT_REGIME
    ) -> Regime:
        """Return the regime in force when the controller became aware; now while that is open.

        Raises:
            RuleError: The regime is not known, or had no rules at that time.
        """
        place = self.jurisdiction(regime)
        layered = place.laid("regime", self._day(place, became_aware_at or now))
        calendar = place.laid("holidays", None) if place.has("holidays") else None
        key = (regime, layered.version)
        if key not in self._regimes:
            self._regimes[key] = read_regime(layered, calendar, self.findings)
            for one in (layered, calendar):
                if one is not None:
                    check_sources(one, self.citations, self.findings)
        return self._regimes[key]

    def _day(self, place: Jurisdiction, moment: datetime) -> date:
        """Return the day of a moment on the jurisdiction's own calendar."""
        return moment.astimezone(ZoneInfo(read_zone(place.laid("regime", None).head))).date()

    @cached_property
    def citations(self) -> Mapping[str, Source]:
        """Every source of every jurisdiction, by id."""
        sources: dict[str, Source] = {}
        for regime in self.regimes:
            place = self.jurisdiction(regime)
            for form in place.forms():
                if form == "sources" or form.startswith("sources-"):
                    sources |= read_sources(place.laid(form, None), self.findings)
        return sources

    @cached_property
    def sources(self) -> Mapping[str, Words]:
        """Citation id to its short form."""
        return {source.id: source.short for source in self.citations.values()}

    @property
    def questionnaires(self) -> Mapping[str, Questionnaire]:
        """The newest questionnaires of the default regime: ``facts``, ``risk``."""
        return self.questionnaires_of(DEFAULT_REGIME)

    def questionnaires_of(self, regime: str) -> Mapping[str, Questionnaire]:
        """Return the newest questionnaires of a regime, by id.

        Raises:
            RuleError: There is no such regime.
            FormError: A file is wrong; file and place are named.
        """
        if regime not in self._questionnaires:
            self._questionnaires[regime] = self._read_questionnaires(self.jurisdiction(regime))
        return self._questionnaires[regime]

    def _read_questionnaires(self, place: Jurisdiction) -> Mapping[str, Questionnaire]:
        laid = {
            form: place.laid(form, None)
            for form in place.forms()
            if form not in _NOT_QUESTIONNAIRES and not form.startswith("sources")
        }
        own = {form: read_questions(one, self.findings) for form, one in laid.items()}
        known: dict[str, Question] = {}
        for form, questions in own.items():
            for question_id in known.keys() & questions.keys():
                problem = say("the question “{id}” stands in two forms.", id=question_id)
                self.findings.add(form_error(laid[form].head.file, problem))
            known |= questions
        read = {}
        for form, one in laid.items():
            check_head(one)
            read[form] = read_questionnaire(one, own[form], own, self.findings)
            check_conditions(one, own[form], known, self.findings)
            check_sources(one, self.citations, self.findings)
            check_words(one, self.findings)
        return read

    @cached_property
    def source_texts(self) -> Mapping[str, str]:
        """Form digest to its canonical text, as a case keeps it (`parse_questionnaire`)."""
        return {form.digest: to_source(form) for form in self.questionnaires.values()}

    def parse_questionnaire(self, source: str) -> Questionnaire:
        """Return the form of a text that a case kept.

        Raises:
            FormError: It is not such a text.
        """
        return from_source(source)

    def rule_pack(
        self, became_aware_at: datetime | None, now: datetime, regime: str = DEFAULT_REGIME
    ) -> "RulePack":
        """Return the rules in force when the controller became aware; now while that is open.

        Raises:
            RuleError: There were none at that time.
            FormError: They do not hold together.
        """
        from breachdesk.rules.duties import read_pack

        place = self.jurisdiction(regime)
        layered = place.laid("risk", self._day(place, became_aware_at or now))
        key = (regime, layered.version)
        if key not in self._packs:
            digest = digest_of(canonical(layered.plain()))
            try:
                self._packs[key] = read_pack(
                    handed_through(layered), questions=self.questions(regime), digest=digest
                )
            except RuleError as error:
                raise form_error(layered.head.file, error.what) from error
        return self._packs[key]

    def proposals(self, regime: str = DEFAULT_REGIME) -> tuple[str, ...]:
        """Return the ids of the proposals that can be tried with `proposal`; none is law."""
        return proposal_names(self.jurisdiction(regime))

    def proposal(
        self,
        name: str,
        became_aware_at: datetime | None,
        now: datetime,
        regime: str = DEFAULT_REGIME,
    ) -> Proposal:
        """Return the rules and clocks in force with a proposal laid over them. It is not law.

        Raises:
            NoSuchThingError: There is no such proposal.
            RuleError: Nothing was in force at that time.
            FormError: It does not hold together.
        """
        from breachdesk.rules.duties import read_pack

        place = self.jurisdiction(regime)
        file = find_proposal(place, name)
        day = self._day(place, became_aware_at or now)
        version, title, notice, cites = words_of_proposal(file)
        risk, clocks = (
            lay_over(place, form, day, file, self.findings) for form in ("risk", "regime")
        )
        for one in (risk, clocks):
            check_sources(one, self.citations, self.findings)
            check_words(one, self.findings)
        calendar = place.laid("holidays", None) if place.has("holidays") else None
        return Proposal(
            id=name,
            version=version,
            title=title,
            notice=notice,
            cites=cites,
            pack=read_pack(
                handed_through(risk),
                questions=self.questions(regime),
                digest=digest_of(canonical(risk.plain())),
            ),
            regime=read_regime(clocks, calendar, self.findings),
        )

    def questions(self, regime: str = DEFAULT_REGIME) -> Mapping[str, Question]:
        """Return every question of a regime, by id."""
        return {
            question.id: question
            for form in self.questionnaires_of(regime).values()
            for question in form.questions
        }

    def template(self, regime: str = DEFAULT_REGIME) -> Template:
        """Return the EDPB's common template, in its newest version.

        Raises:
            FormError: It does not hold together.
        """
        if regime not in self._templates:
            place = self.jurisdiction(regime)
            layered = place.laid(TEMPLATE, None)
            check_sources(layered, self.citations, self.findings)
            self._templates[regime] = read_template(
                layered,
                eea=place.laid("regime", None).head.texts("eea"),
                questions=self.questions(regime),
                findings=self.findings,
            )
        return self._templates[regime]

    def playbooks(self, regime: str = DEFAULT_REGIME) -> tuple[Playbook, ...]:
        """Return the newest playbooks of a regime, the most specific first.

        Raises:
            FormError: A step or a playbook is wrong; file and place are named.
        """
        place = self.jurisdiction(regime)
        if regime not in self._playbooks:
            laid = place.laid("playbooks", None) if place.has("playbooks") else None
            self._playbooks[regime] = (
                read_playbooks(laid, self.questions(regime), self.citations, self.findings)
                if laid
                else ()
            )
        return self._playbooks[regime]

    def sharing(self, regime: str = DEFAULT_REGIME) -> Sharing:
        """Return what of a case may be shared, as newest.

        Raises:
            FormError: It names what does not exist, or free text among what is always shared.
        """
        laid = self.jurisdiction(regime).laid(SHARING, None)
        return read_sharing(laid, self.questions(regime), self.citations, self.findings)

    @cached_property
    def cases(self) -> tuple[DecidedCase, ...]:
        """The decided examples, by id.

        Raises:
            FormError: One of them does not hold together.
        """
        questions = self.questions()
        cases: dict[str, DecidedCase] = {}
        for file in self.jurisdiction(DEFAULT_REGIME).inner("cases"):
            with self.findings.catching():
                case = read_case(file, questions, self.citations)
                if case.id in cases:
                    raise form_error(file.name, say("the id is used twice."))
                cases[case.id] = case
        return tuple(cases[case_id] for case_id in sorted(cases))

    def wording(self, kind: str, lang: Lang, regime: str = DEFAULT_REGIME) -> "Wording":
        """Return a paper's words in a language; nynorsk falls back to bokmål.

        Raises:
            FormError: There are none.
        """
        from breachdesk.forms.wordings import read_wording

        return read_wording(self.jurisdiction(regime), kind, lang)

    def sample_profiles(self) -> Mapping[str, str]:
        """Return the made-up organisations: name of the file to its TOML text."""
        return {
            file.path.stem: file.text
            for shelf in self.shelves
            for file in shelf.files("organisations")
        }


def load(folder: Path, extra: Path | None = None) -> Forms:
    """Read the forms of a folder, and those of the desk's own folder over them.

    Args:
        folder: The shipped forms, from `find_forms`.
        extra: The desk's own forms/ folder; it need not exist.

    Raises:
        FormError: Something does not hold together; file and place are named.
    """
    shelves = [read_shelf(folder, "forms")]
    if extra is not None and extra.is_dir():
        shelves.append(read_shelf(extra, str(extra)))
    forms = Forms(tuple(shelves))
    if DEFAULT_REGIME not in forms.regimes:
        raise FormError(
            say("The forms in {folder} have no regime “{regime}”.", folder=str(folder),
                regime=DEFAULT_REGIME),
            say("Install breachdesk again."),
        )  # fmt: skip
    for regime in forms.regimes:
        forms.questionnaires_of(regime)
    return forms
