//! Taking part in the demo town: a budget that is over but for what becomes of it, one that takes proposals now, petitions, and
//! a consultation to come. The people are simulated and the words are ours; what the present proposals grew out of is real.

mod past;

pub use past::{Candidate, PAST, candidates, voted_on};

use super::{
    facts::{self, Fact, Kind},
    groups::together,
    replay::{in_words, setter},
};
use anyhow::Context as _;
use civic::{Actor, Code, Language, LocalText, Moment};
use database::DbError;
use futures_util::future::try_join_all;
use participation::{
    Answer, Definition, Moved, NewProcess, Phase, PhaseAct, Rules, Side, Supported, Template, Topic, Words, argue,
    create_process, evaluate, propose, publish_process, save_process, support,
};
use people::{accounts, accounts::NewPerson};
use serde::Deserialize;
use std::collections::BTreeMap;
use web::Town;

/// Proposals in our own words.
const WORDS: &str = include_str!("../../../demo/participation.toml");
/// Simulated residents.
const CROWD: usize = 60;
/// Degrees that a cluster of reports is wide.
const CELL_DEGREES: f64 = 0.01;
/// Reports that a proposal names as what it grew out of.
const SOURCES: usize = 5;

#[derive(Deserialize)]
struct Told {
    grown: Vec<Grown>,
    past: Vec<past::Past>,
    petition: Vec<Petition>,
}

#[derive(Deserialize)]
struct Grown {
    kind: String,
    language: Language,
    title: String,
    text: String,
    category: String,
    cost: String,
}

#[derive(Deserialize)]
struct Petition {
    district: String,
    language: Language,
    title: String,
    text: String,
    category: String,
    supports: usize,
    answer: Option<String>,
}

fn told() -> anyhow::Result<Told> {
    toml::from_str(WORDS).context("demo/participation.toml")
}

/// Midnight before a day.
fn day(text: &str) -> anyhow::Result<Moment> {
    facts::by_the_clock(text, "00:00")
}

/// Some hours after the beginning of a day, spread by a number so that not everything happens at once.
fn during(day: Moment, number: usize) -> Moment {
    day.plus_seconds(3_600 * 10 + 977 * i64::try_from(number).unwrap_or(0))
}

/// What happened before the first report: the budget of 2017, and the petitions until then.
///
/// # Errors
/// When an act is refused.
pub async fn build_past(town: &Town, crowd: &[Actor]) -> anyhow::Result<()> {
    let told = told()?;
    past::budget_of_2017(town, crowd, &told.past).await.context("the budget of 2017")?;
    petitions(town, crowd, &told.petition).await.context("the petitions")
}

/// Simulated residents, in one act.
///
/// # Errors
/// Those of the database.
pub async fn crowd(town: &Town) -> anyhow::Result<Vec<Actor>> {
    let (now, chance) = (town.now(), town.chance_handle());
    let made = town.db().write(move |tx| {
        let mut crowd = Vec::new();
        for number in 1..=CROWD {
            let address = format!("simulated-{number}@example.org");
            let email = address.parse().map_err(|_| DbError::Other("an address".to_owned()))?;
            let language = if number.is_multiple_of(3) { Language::Es } else { Language::En };
            let name = format!("Resident {number} (simulated)");
            let new = NewPerson { kind: "resident", email: &email, name: &name, language };
            let person = accounts::find_or_make(tx, &new, now, &*chance)?;
            let mandates = vec![civic::Mandate { role: civic::Role::Resident, scope: civic::Scope::Town }];
            crowd.push(Actor { person: Some(person.id), name, handle: person.handle, mandates, language });
        }
        tx.commit(database::OffRecord("new accounts are private"), crowd)
    });
    made.await.map_err(|error: DbError| error.into())
}

/// What a process of the demo is made of.
struct Plan<'p> {
    code: &'p str,
    template: Template,
    title: [&'p str; 3],
    summary: [&'p str; 3],
    phases: &'p [(&'p str, &'p str, &'p [PhaseAct])],
    budget_cents: Option<i64>,
    rules: Rules,
}

const ABOUT: [&str; 3] = [
    "This is a demo. The residents and their votes are simulated, and so are the officers’ answers; the words are written for \
     the demo. The reports that proposals grew out of are real.",
    "Esto es una demostración. Los residentes, sus votos y las respuestas son simulados; los textos están escritos para la \
     demostración. Los avisos de los que nacieron propuestas son reales.",
    "هذا عرض تجريبي. السكان وأصواتهم وإجابات الموظفين محاكاة، والنصوص كُتبت للعرض. أما البلاغات التي نشأت منها المقترحات فحقيقية.",
];

fn local([en, es, ar]: [&str; 3]) -> LocalText {
    LocalText::plain(en).with(Language::Es, es).with(Language::Ar, ar)
}

fn topics() -> Vec<Topic> {
    let topic = |code: &str, names| Topic { code: code.to_owned(), name: local(names) };
    vec![
        topic("streets", ["Streets", "Calles", "الشوارع"]),
        topic("green", ["Green places", "Espacios verdes", "المساحات الخضراء"]),
        topic("clean", ["Clean neighbourhoods", "Barrios limpios", "أحياء نظيفة"]),
        topic("community", ["Living together", "Convivencia", "العيش معًا"]),
        topic("town", ["How the town works", "Cómo trabaja el municipio", "عمل البلدة"]),
    ]
}

async fn publish(town: &Town, plan: &Plan<'_>) -> anyhow::Result<()> {
    let mut phases = Vec::new();
    for (from, until, acts) in plan.phases {
        let (opens_at, closes_at) = (day(from)?, day(until)?);
        phases.push(Phase { title: None, opens_at, closes_at, acts: acts.iter().copied().collect() });
    }
    let definition = Definition {
        title: local(plan.title),
        summary: local(plan.summary),
        about: Some(local(ABOUT)),
        phases,
        categories: topics(),
        districts: Vec::new(),
        budget_cents: plan.budget_cents,
        rules: plan.rules.clone(),
    };
    let code = plan.code.to_owned();
    let from = Moved::Template(plan.template);
    let new = NewProcess { code: code.clone(), title: local(plan.title), from, organisation: None };
    create_process(town, setter(), new).await.map_err(in_words)?;
    save_process(town, setter(), code.clone(), 1, definition, None).await.map_err(in_words)?;
    publish_process(town, setter(), code).await.map_err(in_words)?;
    Ok(())
}

fn budget_rules() -> Rules {
    Rules {
        supports_min: 5,
        supports_most: Some(8),
        needs_place: true,
        asks_cost: true,
        cost_most_cents: Some(25_000_000),
        ..Rules::default()
    }
}

/// Somebody who reads this language, by number.
fn speaker(crowd: &[Actor], language: Language, number: usize) -> Actor {
    let speakers: Vec<&Actor> = crowd.iter().filter(|one| one.language == language).collect();
    (*speakers[number % speakers.len()]).clone()
}

async fn petitions(town: &Town, crowd: &[Actor], petitions: &[Petition]) -> anyhow::Result<()> {
    use PhaseAct::{Discuss, Evaluate, Submit, Support};
    let plan = Plan {
        code: "petitions",
        template: Template::Petition,
        title: ["Petitions", "Peticiones", "العرائض"],
        summary: [
            "Ask the town for something. From 25 supports on it must answer within twenty working days.",
            "Pida algo al municipio. Desde 25 apoyos debe responder en veinte días hábiles.",
            "اطلب شيئًا من البلدة. من 25 تأييدًا يجب أن تجيب خلال عشرين يوم عمل.",
        ],
        phases: &[("2017-10-01", "2018-10-01", &[Submit, Discuss, Support, Evaluate])],
        budget_cents: None,
        rules: Rules { supports_min: 25, answer_days: Some(20), ..Rules::default() },
    };
    publish(&town.at(day("2017-09-20")?), &plan).await?;
    for (number, one) in petitions.iter().enumerate() {
        let begun = day("2017-11-20")?.plus_days(i64::try_from(number).unwrap_or(0));
        let words = Words {
            title: one.title.clone(),
            text: one.text.clone(),
            category: one.category.clone(),
            district: one.district.clone(),
            ..Words::default()
        };
        let author = speaker(crowd, one.language, number + 20);
        let at = town.at(during(begun, number));
        // The first is put forward by three together.
        let others = (1..3).map(|step| speaker(crowd, one.language, number + 20 + step));
        let group = match number {
            0 => Some(together(&at, &std::iter::once(author.clone()).chain(others).collect::<Vec<_>>()).await?),
            _ => None,
        };
        let words = Words { group, ..words };
        let code = propose(&at, author, "petitions".to_owned(), words).await.map_err(in_words)?.proposal.code;
        let acts = crowd.iter().take(one.supports).enumerate().map(|(number, actor)| {
            let at = town.at(during(begun.plus_days(3), number));
            let (actor, code) = (actor.clone(), code.to_string());
            async move { support(&at, actor, code, Supported::Yes { grade: None }).await }
        });
        try_join_all(acts).await.map_err(in_words)?;
        if let Some(reasons) = &one.answer {
            let answer = Answer { verdict: "answered".to_owned(), reasons: reasons.clone(), ..Answer::default() };
            let at = town.at(during(begun.plus_days(20), number));
            evaluate(&at, setter(), code.to_string(), answer).await.map_err(in_words)?;
        }
    }
    Ok(())
}

/// Where many reports of one kind were made in a district.
struct Cluster {
    street: String,
    count: usize,
    district: String,
    lat: String,
    long: String,
    codes: Vec<String>,
}

/// The cells of a kind with the most reports, one for each district, the largest first.
fn clusters(town: &Town, kind: &Kind, facts: &[Fact], codes: &BTreeMap<usize, Code>) -> Vec<Cluster> {
    let districts = town.part::<places::Districts>();
    let cell = |text: &str| text.parse::<f64>().ok().map(|degrees| (degrees / CELL_DEGREES).floor());
    let mut cells: BTreeMap<(String, i64, i64), Vec<usize>> = BTreeMap::new();
    for (number, fact) in facts.iter().enumerate().filter(|(_, fact)| fact.kind == kind.source_type) {
        let (Some(lat), Some(long)) = (cell(&fact.lat), cell(&fact.long)) else { continue };
        #[expect(clippy::cast_possible_truncation, reason = "cells of degrees have at most five digits")]
        let key = (fact.district.clone(), lat as i64, long as i64);
        cells.entry(key).or_default().push(number);
    }
    let mut cells: Vec<((String, i64, i64), Vec<usize>)> = cells.into_iter().collect();
    cells.sort_by(|one, other| other.1.len().cmp(&one.1.len()).then_with(|| one.0.cmp(&other.0)));
    let mut clusters: Vec<Cluster> = Vec::new();
    for ((district, ..), numbers) in cells {
        if district.is_empty() || clusters.iter().any(|one| one.district == district) {
            continue;
        }
        // Some pins of the city lie outside every district; a proposal cannot be there.
        let inside = |fact: &&Fact| {
            let degrees = fact.lat.parse().ok().zip(fact.long.parse().ok());
            let place = degrees.and_then(|(lat, long)| civic::Place::from_degrees(lat, long).ok());
            place.is_some_and(|place| districts.locate(place).is_some())
        };
        let Some(first) = numbers.iter().map(|number| &facts[*number]).find(inside) else { continue };
        clusters.push(Cluster {
            street: street_of(&first.address),
            count: numbers.len(),
            district,
            lat: first.lat.clone(),
            long: first.long.clone(),
            codes: numbers.iter().filter_map(|number| codes.get(number)).take(SOURCES).map(Code::to_string).collect(),
        });
    }
    clusters
}

/// The street of an address as the city writes it: `374 N AVENUE 51, 90042` is in `N Avenue 51`.
fn street_of(address: &str) -> String {
    let street = address.split(',').next().unwrap_or_default();
    let words = street.split_whitespace().skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let titled = words.map(|word| {
        let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
        format!("{first}{}", rest.to_lowercase())
    });
    let street = titled.collect::<Vec<_>>().join(" ");
    if street.is_empty() { address.to_owned() } else { street }
}

/// What happens now: the budget of 2018, with proposals grown out of real reports, and a consultation that is announced.
///
/// # Errors
/// When an act is refused.
pub async fn build_present(
    town: &Town,
    crowd: &[Actor],
    kinds: &[Kind],
    facts: &[Fact],
    codes: &BTreeMap<usize, Code>,
) -> anyhow::Result<()> {
    use PhaseAct::{Amend, Discuss, Evaluate, Monitor, Submit, Support, Vote};
    let phases: &[(&str, &str, &[PhaseAct])] = &[
        ("2018-01-02", "2018-02-01", &[Submit, Discuss, Amend]),
        ("2018-02-01", "2018-02-22", &[Support, Discuss]),
        ("2018-02-22", "2018-03-22", &[Evaluate]),
        ("2018-03-23", "2018-04-13", &[Vote]),
        ("2018-04-13", "2018-12-31", &[Monitor]),
    ];
    let plan = Plan {
        code: "budget-2018",
        template: Template::Budget,
        title: ["People’s budget 2018", "Presupuesto participativo 2018", "ميزانية السكان 2018"],
        summary: [
            "What should six hundred thousand dollars be spent on? Propose until the end of January.",
            "¿En qué gastar seiscientos mil dólares? Proponga hasta finales de enero.",
            "علامَ ننفق ستمئة ألف دولار؟ اقترح حتى نهاية يناير.",
        ],
        phases,
        budget_cents: Some(60_000_000),
        rules: budget_rules(),
    };
    publish(&town.at(day("2018-01-01")?), &plan).await?;
    coming(town).await?;
    let told = told()?;
    let mut number = 0;
    for grown in &told.grown {
        let Some(kind) = kinds.iter().find(|kind| kind.code == grown.kind) else { continue };
        let found = clusters(town, kind, facts, codes);
        // The two languages of a kind take turns with its districts, so that no two propose the same in one place.
        let turn = usize::from(grown.language == Language::Es);
        for cluster in found.iter().skip(turn).step_by(2).take(2) {
            number += 1;
            grow(town, crowd, grown, cluster, number).await?;
        }
    }
    Ok(())
}

async fn coming(town: &Town) -> anyhow::Result<()> {
    use PhaseAct::{Amend, Discuss, Evaluate, Submit, Support};
    let plan = Plan {
        code: "night-buses",
        template: Template::Consultation,
        title: ["Where should buses go at night?", "¿Por dónde van los autobuses de noche?", "أين تسير الحافلات ليلًا؟"],
        summary: [
            "In February the town asks everybody who works or goes out at night.",
            "En febrero el municipio pregunta a quienes trabajan o salen de noche.",
            "في فبراير تسأل البلدة كل من يعمل أو يخرج ليلًا.",
        ],
        phases: &[
            ("2018-02-05", "2018-03-19", &[Submit, Discuss, Amend, Support]),
            ("2018-03-19", "2018-04-16", &[Evaluate]),
        ],
        budget_cents: None,
        rules: Rules::default(),
    };
    publish(&town.at(day("2018-01-03")?), &plan).await
}

async fn grow(town: &Town, crowd: &[Actor], grown: &Grown, cluster: &Cluster, number: usize) -> anyhow::Result<()> {
    let count = cluster.count.to_string();
    let filled = |text: &str| text.replace("{street}", &cluster.street).replace("{count}", &count);
    let words = Words {
        title: filled(&grown.title),
        text: filled(&grown.text),
        category: grown.category.clone(),
        lat: cluster.lat.clone(),
        long: cluster.long.clone(),
        cost: grown.cost.clone(),
        sources: cluster.codes.join(" "),
        ..Words::default()
    };
    let begun = day("2018-01-03")?.plus_days(i64::try_from(number % 4).unwrap_or(0));
    let at = town.at(during(begun, number));
    let author = speaker(crowd, grown.language, number);
    let made = propose(&at, author, "budget-2018".to_owned(), words).await.map_err(in_words)?;
    let (side, text) = match (grown.language, number % 2) {
        (Language::Es, 0) => (Side::For, "Conozco la calle y hace falta."),
        (Language::Es, _) => (Side::Against, "Cuesta mucho para una sola calle."),
        (_, 0) => (Side::For, "I walk there every day. It would help at once."),
        (_, _) => (Side::Against, "Who looks after it in the third year?"),
    };
    let at = town.at(during(begun, number + 40));
    let other = speaker(crowd, grown.language, number + 1);
    argue(&at, other, made.proposal.code.to_string(), side, text.to_owned()).await.map_err(in_words)?;
    Ok(())
}
