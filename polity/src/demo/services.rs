//! Services of the demo town with their forms and rules, and two years of applications: made up, and said to be, but by the real commands.

mod letters;
mod pilot;

use super::replay::{in_words, setter};
use ::services::{
    ApplicantAct, Channel, Charges, Decision, Definition, Joint, LifeEvent, NewPlan, NewService, OfficerAct, Outcome,
    SimulatedLife, create, describe_households, is_entitled, measure, publish, save, save_plan, show_draft, simulate,
    simulate_meetings,
};
use anyhow::{Context as _, anyhow};
use civic::{Actor, Chance as _, Language, LocalText, Moment, Role, SeededChance};
use forms::{Answers, Bounds, Choice, Condition, Field, Form, FormPage, Kind, visible_pages};
use letters::Said;
use people::{accounts, accounts::NewPerson, mandates, organisations, organisations::NewOrganisation};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::Town;

/// Services, forms and rules.
const FACTS: &str = include_str!("../../../demo/services.toml");
/// Applications that are made up.
const APPLICATIONS: u64 = 420;
/// Days before the demo stands still on which services were published, and over which applications came.
const PUBLISHED_DAYS: i64 = 735;
const DAYS: u64 = 730;
/// Days ahead for which one can book.
const AHEAD_DAYS: i64 = 42;
/// The seed of what is made up: the same town every time.
const SEED: u64 = 2_018;
/// Districts where the office was slower, so that the figures have something to show.
const SLOW: [&str; 4] = ["8", "9", "10", "15"];
/// Districts of the demo town, and kinds of households in each.
const DISTRICTS: u64 = 15;
const KINDS: u64 = 40;
/// What the rules of the demo can choose from.
const GOODS: [&str; 3] = ["food", "craft", "plants"];
const PURPOSES: [&str; 4] = ["school", "benefit", "passport", "other"];
/// The service of which residents try form and rules.
const TRIED: &str = "hardship-grant";
/// What is granted where the rules name no amount, in cents.
const GRANTED_CENTS: i64 = 15_000;
/// Simulated officers.
const OFFICERS: [&str; 3] = ["Ruth", "Karim", "Lucía"];

#[derive(Deserialize)]
struct Facts {
    agency: Agency,
    service: Vec<Described>,
}

#[derive(Deserialize)]
struct Agency {
    code: String,
    name: LocalText,
}

#[derive(Deserialize)]
struct Described {
    code: String,
    title: LocalText,
    summary: LocalText,
    who: LocalText,
    need: LocalText,
    cost: LocalText,
    cost_cents: i64,
    law: LocalText,
    counter: Option<LocalText>,
    phone: String,
    keywords: String,
    events: Vec<LifeEvent>,
    days: u32,
    appeal: u32,
    #[serde(default)]
    four_eyes: bool,
    #[serde(default)]
    rules: String,
    #[serde(default)]
    tests: String,
    questions: Vec<String>,
    charges: Option<Charges>,
    #[serde(default)]
    joint: Joint,
    #[serde(default)]
    meets: Vec<Meets>,
}

/// Where and when one comes by appointment.
#[derive(Deserialize)]
struct Meets {
    place: LocalText,
    week: String,
    minutes: i64,
    capacity: i64,
}

/// Publishes the services and lets two years of applications happen.
///
/// # Errors
/// When an act is refused.
pub async fn build(town: &Town) -> anyhow::Result<()> {
    let facts: Facts = toml::from_str(FACTS).context("demo/services.toml")?;
    let early = town.at(super::stands_at().plus_days(-PUBLISHED_DAYS));
    let officers = agency(&early, &facts.agency).await?;
    let (mut forms, mut tried, mut piloted) = (Vec::new(), None, None);
    for described in facts.service {
        let definition = definition(&described)?;
        let (code, organisation) = (described.code.clone(), facts.agency.code.clone());
        let new = NewService { code: code.clone(), organisation, title: Some(definition.title.clone()) };
        let made = create(&early, setter(), new).await.map_err(in_words)?;
        let kept = save(&early, setter(), code.clone(), made.version, definition.clone()).await.map_err(in_words)?;
        let public =
            publish(&early, setter(), code.clone(), kept.version).await.map_err(in_words).context(code.clone())?;
        for meets in described.meets {
            let plan = NewPlan {
                of: None,
                place: Some(meets.place),
                week: meets.week,
                exceptions: String::new(),
                minutes: Some(meets.minutes),
                capacity: Some(meets.capacity),
                ahead_days: Some(AHEAD_DAYS),
                is_open: true,
            };
            save_plan(&early, setter(), code.clone(), plan).await.map_err(in_words).context(code.clone())?;
        }
        if code == TRIED {
            tried = Some(public.version);
        }
        if code == pilot::PILOTED {
            piloted = Some((public.version, definition.clone()));
        }
        forms.push((code, definition));
    }
    simulate(town, lives(&forms, &officers)).await.map_err(in_words)?;
    pilot::build(town, &officers, piloted.context(pilot::PILOTED)?).await.context("a pilot")?;
    let now = town.at(super::stands_at());
    for (code, _) in &forms {
        simulate_meetings(&now, code.clone()).await.map_err(in_words)?;
    }
    show_draft(&now, setter(), TRIED.to_owned(), tried.context(TRIED)?)
        .await
        .map_err(in_words)
        .context("a draft to try")?;
    let table = households();
    let source = "Made up for the demo".to_owned();
    describe_households(&now, setter(), table.into_bytes(), source, true)
        .await
        .map_err(in_words)
        .context("households")?;
    measure(&now).await.map_err(in_words)
}

/// Kinds of households in each district, with the facts that the rules ask for: made up.
fn households() -> String {
    let dice = Dice(SeededChance::new(SEED + 1));
    let mut table = String::from(
        "district,households,lives_in_town,lives_in_zone,car_is_used_by_you,has_own_space,members,children,income,lost_home,\
         registered,goods,has_no_profit,is_family,purpose,lost_card,has_social_card,of_age,one_lives_here,has_saturday,\
         birth,metres,doctor_confirms,has_wheelchair,garden,agreed\n",
    );
    let yes = |percent: u64| if dice.percent(percent) { "yes" } else { "no" };
    let one_of = |words: &[&'static str]| words[dice.below(words.len() as u64) as usize];
    for district in 1..=DISTRICTS {
        for kind in 0..KINDS {
            let children = dice.below(4);
            let members = 1 + dice.below(2) + children;
            let income = 600 + dice.below(30) * 110;
            // Of some it is not known what they earn.
            let income = if dice.percent(5) { String::new() } else { income.to_string() };
            let cells = [
                district.to_string(),
                (1 + dice.below(12)).to_string(),
                yes(98).to_owned(),
                yes(55).to_owned(),
                yes(60).to_owned(),
                yes(35).to_owned(),
                members.to_string(),
                children.to_string(),
                income,
                yes(1).to_owned(),
                yes(12).to_owned(),
                one_of(&GOODS).to_owned(),
                yes(10).to_owned(),
                yes(20).to_owned(),
                one_of(&PURPOSES).to_owned(),
                yes(4).to_owned(),
                yes(9).to_owned(),
                yes(99).to_owned(),
                yes(98).to_owned(),
                yes(30).to_owned(),
                // The youngest child, where there is one, was born some years ago.
                if children > 0 { format!("{}-0{}-15", 2_017 - kind % 9, 1 + kind % 9) } else { String::new() },
                (10 + (kind * 37 + district * 11) % 90 * 40).to_string(),
                if kind % 3 == 0 { "yes" } else { "no" }.to_owned(),
                if (kind + district) % 29 == 0 { "yes" } else { "no" }.to_owned(),
                if kind % 4 == 0 { "yes" } else { "no" }.to_owned(),
                if kind % 5 == 0 { "no" } else { "yes" }.to_owned(),
            ];
            table.push_str(&cells.join(","));
            table.push('\n');
        }
    }
    table
}

/// The agency with its simulated officers; the officer among the personas answers for it too.
async fn agency(town: &Town, agency: &Agency) -> anyhow::Result<Vec<Actor>> {
    let (now, chance) = (town.now(), town.chance_handle());
    let new = NewOrganisation { code: agency.code.clone(), name: agency.name.clone(), email: None };
    let organisation = town
        .db()
        .write(move |tx| {
            let made = organisations::create(tx, &new, now, &*chance)?.ok_or(database::DbError::NotFound)?;
            tx.commit(organisations::entry(&made, &setter(), now, &*chance)?, made)
        })
        .await?;
    let mut officers = Vec::new();
    let personas = people::demo::PERSONAS.iter().filter(|persona| persona.role == Some(Role::Officer));
    let named = OFFICERS.iter().enumerate().map(|(at, name)| (format!("office-{at}@example.org"), (*name).to_owned()));
    for (email, name) in named.chain(personas.map(|persona| (persona.email.to_owned(), persona.name.to_owned()))) {
        let (organisation, chance) = (organisation.clone(), town.chance_handle());
        let email = email.parse().map_err(|_| anyhow!("an address"))?;
        let given = town.db().write(move |tx| {
            let new = NewPerson { kind: "officer", email: &email, name: &name, language: Language::En };
            let person = accounts::find_or_make(tx, &new, now, &*chance)?;
            let whom = (person.id, person.handle.as_str());
            let given = mandates::give(tx, whom, Role::Officer, Some(&organisation), &setter(), now, &*chance)?;
            let given = given.ok_or(database::DbError::NotFound)?;
            let mandate = civic::Mandate { role: Role::Officer, scope: civic::Scope::Organisation(organisation.id) };
            let actor = Actor {
                person: Some(person.id),
                name: name.clone(),
                handle: person.handle,
                mandates: vec![mandate],
                language: Language::En,
            };
            tx.commit(mandates::entry(&given, mandates::GIVEN, &setter(), now, &*chance)?, actor)
        });
        officers.push(given.await?);
    }
    officers.truncate(OFFICERS.len());
    Ok(officers)
}

fn definition(one: &Described) -> anyhow::Result<Definition> {
    let pages: Option<Vec<FormPage>> = one.questions.iter().map(|line| question(line)).collect();
    Ok(Definition {
        title: one.title.clone(),
        summary: one.summary.clone(),
        who: Some(one.who.clone()),
        need: Some(one.need.clone()),
        cost: Some(one.cost.clone()),
        cost_cents: Some(one.cost_cents),
        law: Some(one.law.clone()),
        law_url: String::new(),
        complaints: Some(simulated()),
        counter: one.counter.clone(),
        phone: one.phone.clone(),
        keywords: one.keywords.clone(),
        events: one.events.clone(),
        online: true,
        answer_days: one.days,
        appeal_days: one.appeal,
        four_eyes: one.four_eyes,
        form: Form { pages: pages.with_context(|| format!("a question of {}", one.code))? },
        rules: one.rules.trim().to_owned(),
        rule_tests: one.tests.trim().to_owned(),
        charges: one.charges.unwrap_or(Charges::Never),
        joint: one.joint,
        each_page: String::new(),
    })
}

fn simulated() -> LocalText {
    LocalText::plain("This service is made up for the demo: write to nobody.")
        .with(Language::Es, "Este servicio es inventado para la demostración: no escriba a nadie.")
        .with(Language::Ar, "هذه الخدمة مختلقة للعرض التجريبي: لا تراسل أحدًا.")
}

/// A line of the file as a page with one question; see the head of the file.
fn question(line: &str) -> Option<FormPage> {
    let mut parts = line.splitn(5, " | ").map(str::trim);
    let head = parts.next()?;
    let texts = [parts.next()?, parts.next()?, parts.next()?];
    let label = LocalText::plain(texts[0]).with(Language::Es, texts[1]).with(Language::Ar, texts[2]);
    let rest = parts.next().unwrap_or_default();
    let (head, condition) = head.split_once(" ? ").map_or((head, None), |(head, condition)| (head, Some(condition)));
    let (kind, name) = head.split_once(' ')?;
    let mut words = name.split(' ');
    let name = words.next()?;
    let (mut required, mut bounds) = (true, Bounds::default());
    for word in words {
        match word.split_once("..") {
            None if word == "!" => required = false,
            None if word == "whole" => bounds.whole = true,
            None => word.strip_prefix("<=")?.clone_into(&mut bounds.at_most),
            Some((least, most)) => {
                let hundredths = |text: &str| text.parse::<i64>().ok().map(|whole| whole * 100);
                (bounds.least, bounds.most) = (hundredths(least), hundredths(most));
            }
        }
    }
    let kind = Kind::of_word(kind)?;
    let choices = if matches!(kind, Kind::Choice | Kind::Several) {
        rest.split(" ; ").map(choice).collect::<Option<Vec<_>>>()?
    } else {
        Vec::new()
    };
    let show_if = condition.and_then(|text| text.split_once('='));
    Some(FormPage {
        id: format!("page_{name}"),
        title: label.clone(),
        hint: None,
        show_if: show_if.map(|(field, is)| Condition { field: field.to_owned(), is: is.to_owned() }),
        repeat: 0,
        fields: vec![Field {
            name: name.to_owned(),
            kind,
            label,
            hint: None,
            required: required && kind != Kind::Calculated,
            choices,
            formula: if kind == Kind::Calculated { rest.to_owned() } else { String::new() },
            bounds,
        }],
    })
}

fn choice(text: &str) -> Option<Choice> {
    let (value, words) = text.split_once(" = ")?;
    let mut words = words.split(" | ").map(str::trim);
    let label = LocalText::plain(words.next()?).with(Language::Es, words.next()?).with(Language::Ar, words.next()?);
    Some(Choice { value: value.trim().to_owned(), label })
}

/// Numbers below a bound, the same every time.
struct Dice(SeededChance);

impl Dice {
    fn below(&self, bound: u64) -> u64 {
        let mut bytes = [0_u8; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes) % bound.max(1)
    }

    /// Whether something happens that happens so often of a hundred times.
    fn percent(&self, chance: u64) -> bool {
        self.below(100) < chance
    }
}

/// A decision with the amount that the rules say; where they do not, with one of the officer's own.
fn decision(outcome: Outcome, reasons: String, entitled: Option<bool>) -> Decision {
    let amount_cents = if entitled == Some(true) { None } else { Some(GRANTED_CENTS) };
    Decision { amount_cents, ..Decision::of(outcome, reasons) }
}

fn lives(forms: &[(String, Definition)], officers: &[Actor]) -> Vec<SimulatedLife> {
    let dice = Dice(SeededChance::new(SEED));
    // More people apply for a permit than for a party.
    let weighted: Vec<usize> =
        [0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 7, 7, 8, 8, 9, 10, 11].into_iter().filter(|at| *at < forms.len()).collect();
    (0..APPLICATIONS)
        .map(|number| {
            let (code, definition) = &forms[weighted[dice.below(weighted.len() as u64) as usize]];
            // Enough of the last weeks that the desk has something to do.
            let ago = |dice: &Dice| dice.below(if dice.percent(12) { 18 * 86_400 } else { DAYS * 86_400 });
            life(&dice, number, (code, definition), officers, &Course { ago: &ago, asked_percent: 26 })
        })
        .collect()
}

/// How lives go.
struct Course<'c> {
    /// How many seconds ago one was filed.
    ago: &'c dyn Fn(&Dice) -> u64,
    /// Of how many of a hundred something is missing.
    asked_percent: u64,
}

fn life(
    dice: &Dice,
    number: u64,
    (code, definition): (&str, &Definition),
    officers: &[Actor],
    course: &Course<'_>,
) -> SimulatedLife {
    let answers = answers(dice, number, definition);
    let is_slow = answers.0.get("district").and_then(Value::as_str).is_some_and(|code| SLOW.contains(&code));
    let filed_at = super::stands_at().plus_seconds(-(course.ago)(dice).cast_signed());
    let (first, second) = (dice.below(3) as usize, 1 + dice.below(2) as usize);
    let (officer, other) = (officers[first].clone(), officers[(first + second) % officers.len()].clone());
    let language = [Language::En, Language::En, Language::Es, Language::Ar][dice.below(4) as usize];
    let words = |said: Said| said.in_language(language);
    let mut life = SimulatedLife {
        service: code.to_owned(),
        language,
        channel: [Channel::Online, Channel::Online, Channel::Online, Channel::Counter, Channel::Phone]
            [dice.below(5) as usize],
        begun_at: filed_at.plus_seconds(-(240 + dice.below(2_400)).cast_signed()),
        pages: visible_pages(&definition.form, &answers).len() as i64,
        answers,
        filed_at,
        office: Vec::new(),
        applicant: Vec::new(),
        paid_at: None,
        drawn: None,
    };
    let mut at = filed_at.plus_seconds(hours(dice, 4, 60));
    let mut does = |at: Moment, who: &Actor, act: OfficerAct| life.office.push((who.clone(), at, act));
    does(at, &officer, OfficerAct::Take);
    if dice.percent(course.asked_percent) {
        at = at.plus_seconds(hours(dice, 2, 48));
        does(at, &officer, OfficerAct::Ask { missing: words(Said::Unreadable), asked: Vec::new() });
        at = at.plus_seconds(hours(dice, 20, 240));
        life.applicant.push((at, ApplicantAct::Answer { text: words(Said::Answer) }));
    }
    let slower = if is_slow { 2 } else { 1 };
    at = at.plus_seconds(hours(dice, 24, 24 * u64::from(definition.answer_days)) * slower);
    // As the rules say, where there are any, with the mistakes that appeals are for.
    let day = filed_at.in_zone(&jiff::tz::TimeZone::UTC).date();
    let entitled = is_entitled(definition, &life.answers, day);
    let granted = entitled.map_or_else(|| dice.percent(74), |entitled| entitled != dice.percent(6));
    let outcome = if granted { Outcome::Granted } else { Outcome::Refused };
    let reasons = match outcome {
        Outcome::Granted => words(Said::Granted),
        Outcome::Refused => words(Said::Refused),
    };
    let mut does = |at: Moment, who: &Actor, act: OfficerAct| life.office.push((who.clone(), at, act));
    does(at, &officer, OfficerAct::Decide(decision(outcome, reasons, entitled)));
    if definition.four_eyes {
        at = at.plus_seconds(hours(dice, 1, 72));
        does(at, &other, OfficerAct::Confirm);
    }
    if outcome == Outcome::Refused && dice.percent(45) {
        let appealed = at.plus_seconds(hours(dice, 10, 24 * u64::from(definition.appeal_days.min(13))));
        life.applicant.push((appealed, ApplicantAct::Appeal { text: words(Said::Appeal) }));
        // Neither of the two who decided.
        let third =
            officers.iter().find(|one| one.handle != officer.handle && one.handle != other.handle).unwrap_or(&other);
        let outcome = if dice.percent(40) { Outcome::Granted } else { Outcome::Refused };
        let reasons = words(Said::Anew);
        let decided = appealed.plus_seconds(hours(dice, 24, 360));
        life.office.push((third.clone(), decided, OfficerAct::DecideAppeal(decision(outcome, reasons, entitled))));
    }
    // What would come later has not happened yet.
    let until = super::stands_at();
    life.office.retain(|(_, at, _)| *at < until);
    life.applicant.retain(|(at, _)| *at < until);
    // Most pay within days; some of those whose decision is fresh still owe.
    let paid_at = at.plus_seconds(hours(dice, 2, 240));
    life.paid_at = Some(paid_at).filter(|at| *at < until && dice.percent(90));
    life
}

fn hours(dice: &Dice, from: u64, to: u64) -> i64 {
    ((from + dice.below(to.saturating_sub(from).max(1))) * 3_600).cast_signed()
}

/// Answers to every question that is shown.
fn answers(dice: &Dice, number: u64, definition: &Definition) -> Answers {
    let mut all: BTreeMap<String, Value> = BTreeMap::new();
    for (_, field) in definition.form.fields() {
        let value = match field.kind {
            Kind::YesNo => json!(dice.percent(if field.name.starts_with("lost") || field.name.starts_with("has") {
                15
            } else {
                85
            })),
            Kind::Number => json!(match field.name.as_str() {
                "children" => {
                    let members = all.get("members").and_then(Value::as_u64).unwrap_or(u64::MAX);
                    dice.below(3).min(members - 1)
                }
                "metres" => 20 + dice.below(300),
                _ => 1 + dice.below(5),
            }),
            Kind::Money => json!((40 + dice.below(180)) * 1_000),
            Kind::District => json!((1 + dice.below(15)).to_string()),
            Kind::Date => json!(format!("201{}-0{}-1{}", 1 + dice.below(2), 1 + dice.below(9), dice.below(9))),
            Kind::Choice => json!(field.choices[dice.below(field.choices.len() as u64) as usize].value),
            Kind::Several => json!([field.choices[dice.below(field.choices.len() as u64) as usize].value]),
            Kind::Email => json!(format!("simulated-{number}@example.org")),
            Kind::Upload | Kind::Calculated => continue,
            _ => json!(format!("Simulated {number}")),
        };
        all.insert(field.name.clone(), value);
    }
    Answers(all)
}

#[cfg(test)]
mod tests {
    use super::{FACTS, Facts, definition, lives};
    use civic::{Actor, Language};

    #[test]
    fn every_service_is_whole_and_its_lives_are_the_same_every_time() {
        let facts: Facts = toml::from_str(FACTS).unwrap();
        let forms: Vec<_> = facts.service.iter().map(|one| (one.code.clone(), definition(one).unwrap())).collect();
        assert_eq!(forms.len(), 12);
        for (code, definition) in &forms {
            forms::check(&definition.form).unwrap_or_else(|refusal| panic!("{code}: {refusal:?}"));
            assert!(
                definition.title.exactly(Language::Ar).is_some()
                    && definition.form.fields().all(|(_, field)| field.label.exactly(Language::Es).is_some())
            );
        }
        for (code, definition) in &forms {
            assert!(!definition.rules.is_empty() && !definition.rule_tests.is_empty(), "{code}");
            services::check_definition(definition, true).unwrap_or_else(|refusals| panic!("{code}: {refusals:?}"));
            let reasons = definition.rules.lines().filter(|line| line.trim_start().starts_with("because "));
            for line in reasons {
                assert!(line.contains(" es \"") && line.contains(" ar \""), "{code}: {line}");
            }
        }
        let officer = |handle: &str| Actor { handle: handle.to_owned(), ..Actor::visitor(Language::En) };
        let officers = [officer("a"), officer("b"), officer("c")];
        let of = |lives: Vec<services::SimulatedLife>| {
            lives.into_iter().map(|life| (life.service, life.filed_at, life.office.len())).collect::<Vec<_>>()
        };
        assert_eq!(of(lives(&forms, &officers)), of(lives(&forms, &officers)));
    }
}
