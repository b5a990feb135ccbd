//! The page on which a vote is set up.

use super::read;
use crate::{
    areas::{Areas, VotesIn, WHOLE_TOWN},
    boxes::BallotBoxes,
    commands::missing_on_roll,
    decide,
    model::{Definition, Origin, Phase, Vote, VoteOption, Voters},
    pages::list::chip,
    rule::{BudgetMethod, Completion, Gain, PollMethod, Rule, Ties},
    store, views,
};
use axum::http::StatusCode;
use civic::LocalText;
use database::{DbError, Tx};
use web::{
    Answer, Frame, Refusal, Stop, Town, Visit,
    answer::{page, page_with},
    forms::FormErrors,
    locals::{LocalField, labelled_fields},
    parts::Choice,
};

/// The sum of one area.
struct SumField {
    id: String,
    name: String,
    label: String,
    value: String,
}

struct OptionLine {
    id: String,
    title: String,
    cost: String,
    district: String,
}

#[derive(askama::Template)]
#[template(path = "keep_edit.html")]
struct EditPage {
    frame: Frame,
    errors: FormErrors,
    code: String,
    title: String,
    phase: String,
    chip: &'static str,
    version: i64,
    is_draft: bool,
    may_change: bool,
    is_budget: bool,
    is_imported: bool,
    missing: Vec<String>,
    titles: Vec<LocalField>,
    texts: Vec<LocalField>,
    budget: String,
    budget_label: String,
    cost_label: String,
    opens: String,
    closes: String,
    voters: Vec<Choice>,
    age: String,
    lives: Vec<Choice>,
    areas: Vec<Choice>,
    areas_most: String,
    sums: Vec<SumField>,
    code_districts: Vec<Choice>,
    paper: bool,
    ballots: Vec<Choice>,
    number: String,
    methods: Vec<Choice>,
    satisfactions: Vec<Choice>,
    completions: Vec<Choice>,
    ties: Vec<Choice>,
    seats: String,
    options: Vec<OptionLine>,
    option_titles: Vec<LocalField>,
    option_texts: Vec<LocalField>,
    districts: Vec<Choice>,
    by_codes: bool,
    by_roll: bool,
    roll: String,
    key_missing: bool,
    /// Whether clerks can be named now.
    may_name: bool,
    clerks: Vec<String>,
}

/// What the database knows of a roll: how many are on it, and what stands against publishing the vote with it.
struct OnRoll {
    count: i64,
    missing: Vec<Refusal>,
    clerks: Vec<String>,
}

pub(super) async fn show_edit(town: &Town, visit: &Visit, vote: &Vote, errors: FormErrors) -> Answer {
    let asked = vote.clone();
    let look = move |tx: &mut Tx<'_>| {
        let missing = missing_on_roll(tx, &asked)?;
        let code = asked.code.as_str();
        Ok::<_, DbError>(OnRoll { count: store::count_roll(tx, code)?, missing, clerks: store::clerks(tx, code)? })
    };
    let on_roll = town.db().read(look).await.map_err(Stop::from)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page_of_it = edit_page(town, visit, vote, errors, on_roll);
    if status == StatusCode::OK { page(&page_of_it) } else { page_with(status, &page_of_it) }
}

fn edit_page(town: &Town, visit: &Visit, vote: &Vote, errors: FormErrors, on_roll: OnRoll) -> EditPage {
    let t = &visit.t;
    let definition = &vote.definition;
    let phase = decide::phase(vote, visit.at);
    let (is_draft, may_change) = (phase == Phase::Draft, matches!(phase, Phase::Draft | Phase::Announced));
    let missing = if is_draft { decide::judge(definition, visit.at) } else { Vec::new() };
    let missing = missing.into_iter().chain(on_roll.missing.iter().filter(|_| is_draft).cloned());
    let currency = definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default();
    let languages = &town.settings().languages;
    let local = |field: &str, key: &str, text: Option<&LocalText>| {
        labelled_fields(visit, languages, field, key, |language| text?.exactly(language))
    };
    let (methods, satisfactions, completions, ties, seats) = rule_fields(visit, definition.rule);
    EditPage {
        frame: Frame::new(town, visit, t.say("keep-edit")),
        errors,
        code: vote.code.to_string(),
        title: definition.title.in_language(t.language()).to_owned(),
        phase: t.say(&format!("phase-{}", phase.word())).to_owned(),
        chip: chip(phase),
        version: vote.version,
        is_draft,
        may_change,
        is_budget: vote.is_budget(),
        is_imported: vote.origin == Origin::Imported,
        missing: missing.map(|refusal| refusal.sentence(t)).collect(),
        titles: local("title", "keep-vote-title", Some(&definition.title)),
        texts: local("text", "keep-vote-text", definition.text.as_ref()),
        budget: budgeting::amount::written(definition.budget_cents().into(), 2),
        budget_label: t.with1("keep-budget", "currency", currency.as_str()),
        cost_label: t.with1("keep-cost", "currency", currency.as_str()),
        opens: read::typed(definition.opens_at, &visit.zone),
        closes: read::typed(definition.closes_at, &visit.zone),
        voters: choices(visit, Voters::ALL.iter().map(|one| one.word()), "voters", definition.voters.word()),
        age: definition.eligible.least_age.map(|age| age.to_string()).unwrap_or_default(),
        lives: lives(town, definition),
        areas: choices(visit, ["one", "own", "chosen"].into_iter(), "areas", areas_word(definition.areas.as_ref())),
        areas_most: definition.areas.as_ref().map_or(1, |areas| areas.most).to_string(),
        sums: sums(town, visit, definition),
        code_districts: code_districts(town, visit, definition),
        paper: definition.paper,
        ballots: choices(visit, read::BUDGET_BALLOTS.into_iter(), "kind-of-ballot", definition.ballot.word()),
        number: definition.ballot.number().map(|number| number.to_string()).unwrap_or_default(),
        methods,
        satisfactions,
        completions,
        ties,
        seats,
        options: definition.options.iter().map(|option| option_line(town, visit, vote, option)).collect(),
        option_titles: local("option-title", "keep-option-title", None),
        option_texts: local("option-text", "keep-option-text", None),
        districts: district_choices(town, visit),
        by_codes: definition.voters == Voters::Codes,
        by_roll: definition.voters == Voters::Roll,
        roll: web::dates::number(on_roll.count, t.language()),
        may_name: definition.paper
            && !vote.paper_done
            && matches!(phase, Phase::Announced | Phase::Open | Phase::Counting),
        clerks: on_roll.clerks,
        key_missing: !matches!(phase, Phase::Decided | Phase::Undecided | Phase::Withdrawn)
            && town.part::<BallotBoxes>().key(vote.code.as_str(), &vote.key_print).is_err(),
    }
}

fn areas_word(areas: Option<&Areas>) -> &'static str {
    areas.map_or("one", |areas| areas.votes_in.word())
}

/// A field for the whole town and for each district.
fn sums(town: &Town, visit: &Visit, definition: &Definition) -> Vec<SumField> {
    let whole = (WHOLE_TOWN.to_owned(), visit.t.say("area-town").to_owned());
    let all = std::iter::once(whole).chain(town.part::<places::Districts>().all());
    let field = |(place, (area, label)): (usize, (String, String))| {
        let sum = definition.areas.iter().flat_map(|areas| &areas.sums).find(|sum| sum.area == area);
        SumField {
            id: if place == 0 { "sum".to_owned() } else { format!("sum-{place}") },
            name: format!("sum[{area}]"),
            label,
            value: sum.map(|sum| budgeting::amount::written(sum.cents.into(), 2)).unwrap_or_default(),
        }
    };
    all.enumerate().map(field).collect()
}

/// The districts in one of which a voter must live.
fn lives(town: &Town, definition: &Definition) -> Vec<Choice> {
    let all = town.part::<places::Districts>().all().into_iter();
    let choice = |(value, label): (String, String)| {
        let chosen = definition.eligible.lives_in.contains(&value);
        Choice { value, label, detail: String::new(), chosen }
    };
    all.map(choice).collect()
}

/// For whom codes are made, where each votes in her own district.
fn code_districts(town: &Town, visit: &Visit, definition: &Definition) -> Vec<Choice> {
    let is_own = definition.areas.as_ref().is_some_and(|areas| areas.votes_in == VotesIn::Own);
    if is_own { district_choices(town, visit) } else { Vec::new() }
}

fn option_line(town: &Town, visit: &Visit, vote: &Vote, option: &VoteOption) -> OptionLine {
    let district = option.district.as_deref().unwrap_or_default();
    OptionLine {
        id: option.id.clone(),
        title: option.title.in_language(visit.t.language()).to_owned(),
        cost: views::money(option.cost_cents, &vote.definition, visit.t.language()),
        district: town.part::<places::Districts>().name(district).unwrap_or_else(|| district.to_owned()),
    }
}

type RuleFields = (Vec<Choice>, Vec<Choice>, Vec<Choice>, Vec<Choice>, String);

fn rule_fields(visit: &Visit, rule: Rule) -> RuleFields {
    let words = |prefix: &str, all: Vec<&'static str>, chosen: &str| choices(visit, all.into_iter(), prefix, chosen);
    match rule {
        Rule::Budget(rule) => (
            words("method", BudgetMethod::ALL.iter().map(|one| one.word()).collect(), rule.method.word()),
            words("gain", Gain::ALL.iter().map(|one| one.word()).collect(), rule.satisfaction.word()),
            words("completion", Completion::ALL.iter().map(|one| one.word()).collect(), rule.completion.word()),
            words("ties", Ties::ALL.iter().map(|one| one.word()).collect(), rule.ties.word()),
            String::new(),
        ),
        Rule::Poll(rule) => (
            words("method", PollMethod::ALL.iter().map(|one| one.word()).collect(), rule.method.word()),
            Vec::new(),
            Vec::new(),
            Vec::new(),
            rule.seats.to_string(),
        ),
    }
}

fn choices(visit: &Visit, words: impl Iterator<Item = &'static str>, prefix: &str, chosen: &str) -> Vec<Choice> {
    words
        .map(|word| Choice {
            value: word.to_owned(),
            label: visit.t.say(&format!("{prefix}-{}", word.replace(',', "-"))).to_owned(),
            detail: String::new(),
            chosen: word == chosen,
        })
        .collect()
}

pub(super) fn district_choices(town: &Town, visit: &Visit) -> Vec<Choice> {
    let all = town.part::<places::Districts>().all();
    let named = all.into_iter().map(|(value, label)| Choice { value, label, detail: String::new(), chosen: false });
    let none = Choice {
        label: visit.t.say("keep-no-district").to_owned(),
        value: String::new(),
        detail: String::new(),
        chosen: true,
    };
    std::iter::once(none).chain(named).collect()
}
