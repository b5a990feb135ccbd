//! A town with a survey that branches: who goes to the parks is asked how often and what is missing, who does not is asked why.

use axum::http::Request;
use civic::{LocalText, Role};
use forms::{Choice, Condition, Field, Form, FormPage, Kind};
use serde_json::Value;
use surveys::{Answering, Definition, NewSurvey, Who, answer_all, create, publish, save};
use testing::{Browser, Plan, START, Seen, TestTown, steward};
use web::forms::Submission;

/// Days from the start of the tests until the survey opens, and closes.
pub const OPENS: i64 = 1;
pub const CLOSES: i64 = 11;

pub struct Room {
    pub town: TestTown,
    pub steward: Browser,
}

pub async fn rooms() -> Vec<Room> {
    let plan = Plan {
        rooms: || vec![people::room(), places::room(), commons::room(), forms::room(), surveys::room()],
        install: |db, installed| installed.add(db.read_blocking(places::Districts::load).unwrap()),
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        let lead = town.holder("steward@example.org", Role::Steward, None).await;
        rooms.push(Room { town, steward: lead });
    }
    rooms
}

fn field(name: &str, kind: Kind, required: bool, choices: &[&str]) -> Field {
    let choice = |value: &&str| Choice { value: (*value).to_owned(), label: LocalText::plain(value.to_uppercase()) };
    Field {
        name: name.to_owned(),
        kind,
        label: LocalText::plain(format!("Question {name}")),
        hint: None,
        required,
        choices: choices.iter().map(choice).collect(),
        formula: String::new(),
        bounds: forms::Bounds::default(),
    }
}

fn page(id: &str, fields: Vec<Field>, only_if: Option<(&str, &str)>) -> FormPage {
    let show_if = only_if.map(|(field, is)| Condition { field: field.to_owned(), is: is.to_owned() });
    FormPage { id: id.to_owned(), title: LocalText::plain(id), hint: None, show_if, repeat: 0, fields }
}

/// The form that branches.
pub fn form() -> Form {
    let go = vec![field("go", Kind::YesNo, true, &[])];
    let often = vec![
        field("often", Kind::Choice, true, &["daily", "weekly", "rarely"]),
        field("missing", Kind::Several, false, &["benches", "shade", "toilets"]),
    ];
    let why = vec![field("why", Kind::LongText, true, &[])];
    Form {
        pages: vec![
            page("start", go, None),
            page("users", often, Some(("go", "yes"))),
            page("others", why, Some(("go", "no"))),
            page("end", vec![field("age", Kind::Number, false, &[])], None),
        ],
    }
}

pub fn definition(who: Who) -> Definition {
    Definition {
        title: LocalText::plain("Our parks"),
        summary: LocalText::plain("How do you use them?"),
        about: Some(LocalText::plain("The plan for 2027 is written from it.")),
        who,
        belongs_to: None,
        form: form(),
    }
}

/// Answers as fields of a form.
fn fields(answers: &Value) -> Submission {
    let mut pairs = Vec::new();
    for (name, value) in answers.as_object().unwrap() {
        let all = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        pairs.extend(all.into_iter().map(|one| (name.clone(), one.as_str().unwrap().to_owned())));
    }
    Submission::from_pairs(pairs).unwrap()
}

/// Accounts of so many people, made at once.
pub async fn accounts(town: &TestTown, name: &'static str, from: usize, count: usize) -> Vec<civic::PersonId> {
    let (now, chance) = (town.town.now(), town.chance());
    let made = town.town.db().write(move |tx| {
        let mut all = Vec::new();
        for number in from..from + count {
            let email = format!("{name}{number}@example.org").parse().unwrap();
            let language = civic::Language::En;
            let new = people::accounts::NewPerson { kind: "resident", email: &email, name: "", language };
            all.push(people::accounts::find_or_make(tx, &new, now, &*chance)?.id);
        }
        tx.commit(database::OffRecord("a test"), all)
    });
    made.await.map_err(|error: database::DbError| error).unwrap()
}

impl Room {
    /// Publishes a survey of this code, which is open.
    pub async fn survey(&self, code: &str, who: Who) {
        self.prepared(code, who).await;
        self.town.clock.turn_to(START.plus_days(OPENS).plus_seconds(60));
    }

    /// Publishes a survey of this code, which opens in a day.
    pub async fn prepared(&self, code: &str, who: Who) {
        let (town, by) = (&self.town.town, steward());
        let new = NewSurvey { code: code.to_owned(), title: LocalText::plain("x"), organisation: None };
        create(town, by.clone(), new).await.unwrap();
        let times = (START.plus_days(OPENS), START.plus_days(CLOSES));
        save(town, by.clone(), (code.to_owned(), 1), definition(who), times).await.unwrap();
        publish(town, by, code.to_owned()).await.unwrap();
        self.town.settle().await;
    }

    /// Turns the clock behind the close, and has it counted.
    pub async fn over(&self) {
        self.town.clock.turn_to(START.plus_days(CLOSES).plus_seconds(60));
        self.town.settle().await;
    }

    /// Sends all answers as JSON.
    pub async fn send(&self, by: &Browser, code: &str, answers: &Value) -> Seen {
        let request = Request::post(format!("/surveys/{code}/answers"))
            .header("sec-fetch-site", "same-origin")
            .header("accept", "application/json")
            .header("content-type", "application/json");
        by.send(request, answers.to_string().into_bytes()).await
    }

    /// So many people with accounts answer the same.
    pub async fn crowd(&self, code: &str, from: usize, count: usize, answers: &Value) {
        for person in accounts(&self.town, "crowd", from, count).await {
            let one =
                Answering { code: code.to_owned(), person: Some(person), browser: None, language: civic::Language::En };
            answer_all(&self.town.town, one, fields(answers)).await.unwrap();
        }
    }

    /// The results for machines.
    pub async fn results(&self, code: &str) -> Value {
        self.town.browser().get(&format!("/surveys/{code}/results.json")).await.json()
    }
}
