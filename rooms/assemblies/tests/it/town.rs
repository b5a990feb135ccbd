//! A town whose parks agency holds an assembly of ten members.

use assemblies::{
    Assembly, Begin, Draw, Kind, NewAssembly, Plan, State, begin_draw, create, draw_panel, enter, publish, register,
    save,
};
use civic::{Actor, Language, LocalText, PersonId, Role};
use database::DbError;
use people::organisations::Organisation;
use std::collections::BTreeMap;
use testing::{Browser, Plan as TestPlan, START, TestTown, steward};

/// Days from the start of the tests until registration closes.
pub const DAYS: i64 = 20;

pub const QUOTAS: &str = "category,feature,min,max\nAge,16-39,4,6\nAge,40+,4,6\nArea,north,3,7\nArea,south,3,7\n";

pub struct Room {
    pub town: TestTown,
    pub agency: Organisation,
    pub officer: Browser,
}

pub async fn rooms() -> Vec<Room> {
    let plan = TestPlan {
        rooms: || vec![people::room(), places::room(), commons::room(), assemblies::room()],
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

pub fn plan() -> Plan {
    Plan {
        title: LocalText::plain("The pond"),
        summary: LocalText::plain("What becomes of the mill pond?"),
        remit: Some(LocalText::plain("Say **what** the pond is for.")),
        seats: 10,
        quotas: QUOTAS.to_owned(),
        labels: "Age | Edad | العمر".to_owned(),
        open: true,
        source: String::new(),
        reply_days: 7,
        answered_by: None,
        answer_due: Some("2027-06-30".to_owned()),
        belongs_to: None,
    }
}

/// Somebody signed in, for the commands.
pub fn acting(person: PersonId) -> Actor {
    Actor { person: Some(person), ..Actor::visitor(Language::En) }
}

/// What the person of this number says of themselves: all four kinds come up.
pub fn said(number: usize) -> BTreeMap<String, String> {
    let age = if number.is_multiple_of(2) { "16-39" } else { "40+" };
    let area = if number.is_multiple_of(3) { "north" } else { "south" };
    BTreeMap::from([("Age".to_owned(), age.to_owned()), ("Area".to_owned(), area.to_owned())])
}

/// A table of so many people with addresses.
pub fn table(count: usize) -> String {
    let mut text = String::from("id,name,email,Age,Area\n");
    for number in 0..count {
        let said = said(number);
        text.push_str(&format!("n{number},Person {number},in{number}@example.org,{},{}\n", said["Age"], said["Area"]));
    }
    text
}

/// Accounts of so many people, made at once.
pub async fn accounts(town: &TestTown, name: &'static str, count: usize) -> Vec<PersonId> {
    let (now, chance) = (town.town.now(), town.chance());
    let made = town.town.db().write(move |tx| {
        let mut all = Vec::new();
        for number in 0..count {
            let email = format!("{name}{number}@example.org").parse().unwrap();
            let new = people::accounts::NewPerson { kind: "resident", email: &email, name: "", language: Language::En };
            all.push(people::accounts::find_or_make(tx, &new, now, &*chance)?.id);
        }
        tx.commit(database::OffRecord("a test"), all)
    });
    made.await.map_err(|error: DbError| error).unwrap()
}

impl Room {
    /// Publishes an assembly that people register for until the twentieth day.
    pub async fn assembly(&self, plan: Plan) -> Assembly {
        let (town, by) = (&self.town.town, steward());
        let new = NewAssembly { title: LocalText::plain("x"), organisation: Some(self.agency.id) };
        let code = create(town, by.clone(), new).await.unwrap().code.to_string();
        let times = (START, START.plus_days(DAYS));
        save(town, by.clone(), (code.clone(), 1), plan, times).await.unwrap();
        let assembly = publish(town, by, code).await.unwrap();
        self.town.settle().await;
        assembly
    }

    /// So many people with accounts register.
    pub async fn registered(&self, assembly: &Assembly, count: usize) -> Vec<PersonId> {
        let people = accounts(&self.town, "crowd", count).await;
        for (number, person) in people.iter().enumerate() {
            let code = assembly.code.to_string();
            register(&self.town.town, acting(*person), code, said(number)).await.unwrap();
        }
        people
    }

    /// An assembly whose registration is over, with so many people of a table in its pool.
    pub async fn closed(&self, plan: Plan, count: usize) -> Assembly {
        let assembly = self.assembly(plan).await;
        let code = assembly.code.to_string();
        enter(&self.town.town, steward(), code, table(count).into_bytes()).await.unwrap();
        self.town.clock.turn_to(assembly.closes_at);
        assembly
    }

    /// Works the next lottery out.
    pub async fn prepared(&self, assembly: &Assembly, asked: Begin) -> Draw {
        let code = assembly.code.to_string();
        begin_draw(&self.town.town, steward(), code.clone(), asked).await.unwrap();
        self.town.settle().await;
        self.draws(&code).await.pop().unwrap()
    }

    /// Works the next lottery out and draws.
    pub async fn drawn(&self, assembly: &Assembly, asked: Begin) -> Draw {
        let draw = self.prepared(assembly, asked).await;
        assert_eq!((draw.state, draw.fault.as_str()), (State::Prepared, ""));
        let code = assembly.code.to_string();
        draw_panel(&self.town.town, steward(), code, draw.number, String::new()).await.unwrap()
    }

    /// All draws, with what is not public.
    pub async fn draws(&self, code: &str) -> Vec<Draw> {
        let code = code.to_owned();
        let read = self.town.town.db().read(move |tx| assemblies::draws_of(tx, &code));
        read.await.map_err(|error: DbError| error).unwrap()
    }

    /// The links in the mails to those who were drawn, newest first.
    pub async fn links(&self) -> Vec<String> {
        let mails = self.town.mails().await.into_iter().filter(|one| one.mail.subject.contains("You were drawn"));
        mails.map(|one| path_of(&testing::link_in(&one.mail.body_text))).collect()
    }
}

pub fn path_of(link: &str) -> String {
    link.trim_start_matches(testing::ADDRESS).to_owned()
}

pub fn kinds(draws: &[Draw]) -> Vec<(Kind, State)> {
    draws.iter().map(|one| (one.kind, one.state)).collect()
}
