//! The ballot to fill in: one part, or one for each area in which its voter votes.

use crate::{
    areas::{VotesIn, WHOLE_TOWN},
    decide::{self, Raw},
    model::{BallotKind, Definition, GRADES, Vote, Voters},
    pages::{
        area,
        show::{Card, ballot_words, card},
    },
    views,
};
use axum::http::StatusCode;
use web::{
    Answer, Frame, Refusal, Town, Visit,
    answer::page_with,
    forms::FormErrors,
    parts::{Choice, Crumb},
};

/// An option with what stands beside it on the ballot.
struct Row {
    card: Card,
    cost_cents: i64,
    chosen: bool,
    value: String,
    menu: Vec<Choice>,
}

/// The options of one area.
struct Group {
    /// The name of the field of a single choice.
    field: String,
    title: String,
    rows: Vec<Row>,
    /// What the sum on the page starts from: cents of a cart, or points.
    most: i64,
    budget: String,
    spent: String,
    over: String,
}

#[derive(askama::Template)]
#[template(path = "ballot.html")]
struct BallotPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    title: String,
    how: String,
    kind: &'static str,
    groups: Vec<Group>,
    districts: Vec<String>,
    may_choose: bool,
    needs_code: bool,
    voter_code: String,
    currency: String,
    number: u16,
}

#[derive(askama::Template)]
#[template(path = "ballot_districts.html")]
struct DistrictsPage {
    frame: Frame,
    crumbs: Vec<Crumb>,
    errors: FormErrors,
    code: String,
    title: String,
    how: String,
    is_one: bool,
    choices: Vec<Choice>,
}

/// What was filled in so far.
#[derive(Default)]
pub(super) struct Filled {
    pub(super) raw: Raw,
    pub(super) voter_code: String,
    pub(super) errors: FormErrors,
}

/// A part of a ballot: all of it, or what is of one area.
pub(super) struct Part<'d> {
    /// The area, where there are several.
    pub(super) area: Option<&'d str>,
    /// What may be spent there.
    pub(super) cents: i64,
    /// The places of its options.
    pub(super) places: Vec<usize>,
}

/// The parts of a ballot, in their order.
pub(super) fn parts_of(definition: &Definition) -> Vec<Part<'_>> {
    let places = definition.areas_of_options();
    let of = |part: usize| (0..places.len()).filter(|place| places[*place] == Some(part)).collect();
    match &definition.areas {
        None => vec![Part { area: None, cents: definition.budget_cents(), places: of(0) }],
        Some(areas) => {
            let part = |at: usize| Part {
                area: Some(areas.sums[at].area.as_str()),
                cents: areas.sums[at].cents,
                places: of(at),
            };
            (0..areas.sums.len()).map(part).collect()
        }
    }
}

/// In which districts a ballot is to be shown.
pub(super) enum Where {
    /// In these, and in the whole town.
    In(Vec<String>),
    /// It has to be chosen first; with what was wrong with the choice.
    Ask(Vec<Refusal>),
}

/// Where this voter votes: in her own district, or where she chose.
pub(super) fn where_to_vote(vote: &Vote, own: Option<String>, asked: Option<Vec<String>>) -> Where {
    let Some(areas) = &vote.definition.areas else { return Where::In(Vec::new()) };
    if let (VotesIn::Own, Some(own)) = (areas.votes_in, own) {
        return Where::In(vec![own]);
    }
    let Some(chosen) = asked else { return Where::Ask(Vec::new()) };
    let has_town = areas.sums.iter().any(|sum| sum.area == WHOLE_TOWN);
    let refused = |code| Refusal::new(code).at("in").with("most", i64::from(areas.most));
    if has_town && chosen == [WHOLE_TOWN] {
        return Where::In(Vec::new());
    }
    // Of boxes none may be ticked; of rounds one is chosen, be it the whole town alone.
    let may_be_none = has_town && areas.most > 1;
    if chosen.iter().any(|one| !areas.districts().any(|district| district == one)) || chosen.is_empty() && !may_be_none
    {
        Where::Ask(vec![refused("ballot-districts-choose")])
    } else if chosen.len() > usize::from(areas.most) {
        Where::Ask(vec![refused("ballot-districts")])
    } else {
        Where::In(chosen)
    }
}

/// Asks in which districts somebody wants to vote.
pub(super) fn ask_districts(town: &Town, visit: &Visit, vote: &Vote, refusals: &[Refusal]) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let Some(areas) = &definition.areas else { return Err(web::Stop::NotFound) };
    let is_one = areas.most == 1;
    let choice = |value: &str, label: String, detail: String, chosen: bool| Choice {
        value: value.to_owned(),
        label,
        detail,
        chosen,
    };
    let has_town = areas.sums.iter().any(|sum| sum.area == WHOLE_TOWN);
    let none = (is_one && has_town && areas.votes_in == VotesIn::Chosen)
        .then(|| choice(WHOLE_TOWN, t.say("ballot-town-only").to_owned(), String::new(), false));
    let all = areas.sums.iter().filter(|sum| sum.area != WHOLE_TOWN).map(|sum| {
        let name = area::name(town, &sum.area, t);
        choice(&sum.area, name, views::money(sum.cents, definition, t.language()), false)
    });
    let how = if areas.votes_in == VotesIn::Own {
        t.say("ballot-districts-own").to_owned()
    } else {
        t.with1("ballot-districts-how", "most", i64::from(areas.most))
    };
    let status = if refusals.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &DistrictsPage {
            frame: Frame::new(town, visit, t.say("ballot-where")),
            crumbs: crate::pages::crumbs(visit, Some(vote), t.say("ballot-title")),
            errors: FormErrors::of(refusals, t),
            code: vote.code.to_string(),
            title: definition.title.in_language(t.language()).to_owned(),
            how,
            is_one,
            choices: all.chain(none).collect(),
        },
    )
}

/// The ballot of a voter who votes in these districts, and wherever she has chosen something already.
pub(super) fn show_form(town: &Town, visit: &Visit, vote: &Vote, districts: &[String], filled: &Filled) -> Answer {
    let t = &visit.t;
    let definition = &vote.definition;
    let status = if filled.errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let chosen: Vec<usize> = filled.raw.iter().filter_map(|(id, _)| definition.find(id)).collect();
    let is_shown = |part: &Part<'_>| match part.area {
        None | Some(WHOLE_TOWN) => true,
        Some(area) => districts.iter().any(|one| one == area) || part.places.iter().any(|one| chosen.contains(one)),
    };
    let shown = parts_of(definition).into_iter().filter(is_shown).filter(|part| !part.places.is_empty());
    let groups = shown.enumerate().map(|(at, part)| group(town, visit, vote, &part, at, filled));
    page_with(
        status,
        &BallotPage {
            frame: Frame::new(town, visit, t.say("ballot-title")),
            crumbs: crate::pages::crumbs(visit, Some(vote), t.say("ballot-title")),
            errors: filled.errors.clone(),
            code: vote.code.to_string(),
            title: definition.title.in_language(t.language()).to_owned(),
            how: how(vote, visit),
            kind: definition.ballot.word(),
            groups: groups.collect(),
            districts: districts.to_vec(),
            may_choose: definition
                .areas
                .as_ref()
                .is_some_and(|areas| areas.votes_in == VotesIn::Chosen || definition.voters == Voters::Codes),
            needs_code: definition.voters == Voters::Codes,
            voter_code: filled.voter_code.clone(),
            currency: definition.budget.map(|budget| budget.currency.to_string()).unwrap_or_default(),
            number: definition.ballot.number().unwrap_or_default(),
        },
    )
}

fn how(vote: &Vote, visit: &Visit) -> String {
    let how = ballot_words(vote.definition.ballot, &visit.t);
    if vote.definition.areas.is_some() { format!("{how} {}", visit.t.say("ballot-each-area")) } else { how }
}

fn group(town: &Town, visit: &Visit, vote: &Vote, part: &Part<'_>, at: usize, filled: &Filled) -> Group {
    let definition = &vote.definition;
    let here = filled.raw.iter().filter_map(|(id, _)| definition.find(id)).filter(|place| part.places.contains(place));
    let entries: Vec<(usize, u16)> = here.map(|place| (place, 1)).collect();
    let spent = i64::try_from(decide::cost_of(definition, &entries)).unwrap_or(i64::MAX);
    let over = spent.saturating_sub(part.cents);
    let is_cart = definition.ballot == BallotKind::Cart;
    let money = |cents: i64| views::money(cents, definition, visit.t.language());
    let when = |holds: bool, cents: i64| if is_cart && holds { money(cents) } else { String::new() };
    let size = part.places.len();
    Group {
        field: if part.area.is_some() { format!("choice[{at}]") } else { "choice".to_owned() },
        title: part.area.map(|area| area::name(town, area, &visit.t)).unwrap_or_default(),
        rows: part.places.iter().map(|place| row(town, visit, vote, *place, size, &filled.raw)).collect(),
        most: if is_cart { part.cents } else { i64::from(definition.ballot.number().unwrap_or_default()) },
        budget: when(true, part.cents),
        spent: when(spent > 0, spent),
        over: when(over > 0, over),
    }
}

fn row(town: &Town, visit: &Visit, vote: &Vote, place: usize, options: usize, raw: &Raw) -> Row {
    let option = &vote.definition.options[place];
    let given = raw.iter().find(|(id, _)| *id == option.id);
    let value = given.map(|(_, value)| value.clone()).unwrap_or_default();
    Row {
        card: card(town, vote, option, &[], &visit.t),
        cost_cents: option.cost_cents,
        chosen: given.is_some(),
        menu: menu(visit, vote, options, &value),
        value,
    }
}

/// The values to choose from, where a ballot has few.
fn menu(visit: &Visit, vote: &Vote, options: usize, value: &str) -> Vec<Choice> {
    let t = &visit.t;
    let numbers: Vec<(u16, String)> = match vote.definition.ballot {
        BallotKind::Ranking { most } => {
            (1..=most.min(u16::try_from(options).unwrap_or(most))).map(|rank| (rank, rank.to_string())).collect()
        }
        BallotKind::Score { highest } => (0..=highest).map(|score| (score, score.to_string())).collect(),
        BallotKind::Grades => (0..GRADES).map(|grade| (grade, t.say(&format!("grade-{grade}")).to_owned())).collect(),
        _ => return Vec::new(),
    };
    let empty = Choice {
        value: String::new(),
        label: t.say("ballot-no-value").to_owned(),
        detail: String::new(),
        chosen: value.is_empty(),
    };
    let choices = numbers.into_iter().map(|(number, label)| {
        let chosen = value == number.to_string();
        Choice { value: number.to_string(), label, detail: String::new(), chosen }
    });
    std::iter::once(empty).chain(choices).collect()
}
