//! A town whose parks agency holds a meeting in ten days.

use axum::http::StatusCode;
use civic::{LocalText, Role, Subject, SubjectKind};
use database::{DbError, Tx};
use meetings::{Meeting, NewMeeting, Plan, create, publish, save};
use people::organisations::Organisation;
use testing::{Browser, Plan as TestPlan, START, TestTown, steward};
use web::{Room as Mounted, SubjectInfo, Town, manifest::Brief};

/// Days from the start of the tests until the meeting.
pub const DAYS: i64 = 10;

pub struct Room {
    pub town: TestTown,
    pub agency: Organisation,
    pub officer: Browser,
}

/// Things that can be decided about: every subject of this kind but `P-NONE` is there.
fn ideas() -> Mounted {
    fn briefs(_: &Town, _: &mut Tx<'_>, asked: &[Subject], _: civic::Language) -> Result<Vec<Brief>, DbError> {
        let known = asked.iter().filter(|one| one.kind == "idea" && one.id != "P-NONE");
        let brief = |one: &Subject| Brief {
            subject: one.clone(),
            title: format!("The idea {}", one.id),
            state: None,
            at: civic::Moment(1),
        };
        Ok(known.map(brief).collect())
    }
    Mounted {
        name: "ideas",
        subjects: &[SubjectInfo {
            kind: SubjectKind("idea").0,
            key: "subject-meeting",
            page: |id| format!("/ideas/{id}"),
        }],
        briefs: Some(briefs),
        ..Mounted::default()
    }
}

pub async fn rooms() -> Vec<Room> {
    let plan = TestPlan {
        rooms: || vec![people::room(), places::room(), commons::room(), meetings::room(), ideas()],
        install: |db, installed| installed.add(db.read_blocking(places::Districts::load).unwrap()),
        demo: false,
    };
    let mut rooms = Vec::new();
    for town in testing::towns(&plan) {
        let agency = town.agency("parks", "Parks").await;
        let officer = town.holder("officer@example.org", Role::Officer, Some(&agency)).await;
        rooms.push(Room { town, agency, officer });
    }
    rooms
}

pub fn plan(places: Option<u32>) -> Plan {
    Plan {
        title: LocalText::plain("The pond"),
        summary: LocalText::plain("What becomes of the mill pond?"),
        agenda: Some(LocalText::plain("Water\nBenches")),
        place: "Mill hall".to_owned(),
        district: None,
        online_url: "https://meet.example.org/pond".to_owned(),
        places,
        belongs_to: None,
    }
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
    made.await.map_err(|error: DbError| error).unwrap()
}

impl Room {
    /// Announces a meeting with so many places.
    pub async fn meeting(&self, places: Option<u32>) -> Meeting {
        let (town, by) = (&self.town.town, steward());
        let new = NewMeeting { title: LocalText::plain("x"), organisation: Some(self.agency.id) };
        let meeting = create(town, by.clone(), new).await.unwrap();
        let code = meeting.code.to_string();
        let starts = START.plus_days(DAYS);
        let times = (starts, starts.plus_seconds(7_200));
        save(town, by.clone(), (code.clone(), 1), plan(places), times).await.unwrap();
        let meeting = publish(town, by, code).await.unwrap();
        self.town.settle().await;
        meeting
    }

    /// Somebody who registers.
    pub async fn comes(&self, name: &str, meeting: &Meeting) -> Browser {
        let one = self.town.signed_in(&format!("{name}@example.org")).await;
        one.post(&format!("/meetings/{}/register", meeting.code), &[]).await.sees(StatusCode::SEE_OTHER);
        one
    }

    /// To whom mails with these words in their subject went, by name.
    pub async fn told(&self, words: &str) -> Vec<String> {
        let mails = self.town.mails().await.into_iter().rev().filter(|one| one.mail.subject.contains(words));
        let mut told: Vec<String> =
            mails.map(|one| one.mail.to.as_str().split('@').next().unwrap().to_owned()).collect();
        told.sort();
        told
    }
}
