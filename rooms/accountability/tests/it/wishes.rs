//! A room of another kind: people wish for something, and votes select some of the wishes.

use civic::{Language, Moment, Money, PersonId, Subject, SubjectKind};
use database::{DbError, Migration, MigrationSet, OffRecord, Tx, params};
use record::Entry;
use testing::{TestTown, steward};
use web::{
    Room, SubjectInfo, Town,
    manifest::{Brief, Offer},
};

pub const WISH: SubjectKind = SubjectKind("wish");
pub const VOTE: SubjectKind = SubjectKind("vote");

const TABLES: MigrationSet = MigrationSet {
    name: "wishes",
    migrations: &[Migration {
        number: 1,
        name: "wishes",
        sql: "create table wishes (kind text not null, id text not null, title text not null, public boolean not null, \
              asker text, cost bigint, vote text, organisation text, due text, primary key (kind, id));",
    }],
};

pub fn room() -> Room {
    Room {
        name: "wishes",
        migrations: Some(TABLES),
        subjects: &[
            SubjectInfo { kind: WISH.0, key: "subject-commitment", page: |id| format!("/wishes/{id}") },
            SubjectInfo { kind: VOTE.0, key: "subject-commitment", page: |id| format!("/votes/{id}") },
        ],
        briefs: Some(briefs),
        offers: Some(offers),
        asked: Some(asked),
        answers_for: Some(answers_for),
        ..Room::default()
    }
}

fn briefs(_: &Town, tx: &mut Tx<'_>, subjects: &[Subject], _: Language) -> Result<Vec<Brief>, DbError> {
    let mut found = Vec::new();
    for subject in subjects {
        let sql = "select title from wishes where kind = $1 and id = $2 and public = true";
        if let Some(row) = tx.query_opt(sql, &params![&subject.kind, &subject.id])? {
            found.push(Brief { subject: subject.clone(), title: row.get(0)?, state: None, at: Moment(1) });
        }
    }
    Ok(found)
}

/// The roads answer for every wish that is a vote's, nobody for the others.
fn answers_for(tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<civic::OrganisationId>, DbError> {
    let sql = "select 1 from wishes where kind = $1 and id = $2 and vote is not null";
    if tx.query_opt(sql, &params![&subject.kind, &subject.id])?.is_none() {
        return Ok(None);
    }
    Ok(people::organisations::by_code(tx, "roads")?.map(|one| one.id))
}

fn offers(town: &Town, tx: &mut Tx<'_>, subject: &Subject) -> Result<Option<Vec<Offer>>, DbError> {
    if subject.kind != VOTE.0 || briefs(town, tx, std::slice::from_ref(subject), Language::En)?.is_empty() {
        return Ok(None);
    }
    let rows = tx.query(
        "select id, title, cost, organisation, due from wishes where vote = $1 order by id",
        &params![&subject.id],
    )?;
    let offer = |row: &database::Row| {
        let cost = row.get::<Option<i64>>(2)?;
        Ok(Offer {
            subject: Subject::new(WISH, row.get::<String>(0)?),
            title: row.get(1)?,
            summary: "It won.".to_owned(),
            cost: cost.map(|amount_cents| Money { amount_cents, currency: town.settings().currency }),
            district: None,
            place: None,
            organisation: row.get::<Option<String>>(3)?.and_then(|id| id.parse().ok()),
            due_on: row.get(4)?,
        })
    };
    rows.iter().map(offer).collect::<Result<_, _>>().map(Some)
}

fn asked(tx: &mut Tx<'_>, subjects: &[Subject], person: PersonId) -> Result<bool, DbError> {
    for subject in subjects {
        let sql = "select 1 from wishes where kind = $1 and id = $2 and asker = $3";
        if tx.query_opt(sql, &params![&subject.kind, &subject.id, &person.text()])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A wish or vote to lay into the town, with its entry in the record.
#[derive(Clone)]
pub struct New {
    pub subject: Subject,
    pub title: &'static str,
    pub public: bool,
    pub cost: Option<i64>,
    pub vote: Option<&'static str>,
}

pub fn wish(id: &str, title: &'static str) -> New {
    New { subject: Subject::new(WISH, id), title, public: true, cost: None, vote: None }
}

pub async fn lay(town: &TestTown, new: New) {
    let (now, chance) = (town.town.now(), town.chance());
    let done = town.town.db().write(move |tx| {
        tx.execute(
            "insert into wishes (kind, id, title, public, cost, vote) values ($1, $2, $3, $4, $5, $6)",
            &params![&new.subject.kind, &new.subject.id, new.title, new.public, new.cost, new.vote],
        )?;
        tx.commit(Entry::about(new.subject, "wish.made", &steward(), now, &*chance), ())
    });
    done.await.map_err(|error: DbError| error).unwrap();
}

/// Makes the account with this address the one who asked for a wish.
pub async fn ask_for(town: &TestTown, id: &'static str, email: &str) {
    let email = email.parse().unwrap();
    let done = town.town.db().write(move |tx| {
        let person = people::accounts::by_email(tx, &email)?.unwrap();
        tx.execute("update wishes set asker = $1 where id = $2", &params![&person.id.text(), id])?;
        tx.commit(OffRecord("a test"), ())
    });
    done.await.map_err(|error: DbError| error).unwrap();
}

/// Says of a wish by whom and by when it is to be done.
pub async fn settle(town: &TestTown, id: &'static str, organisation: &'static str, due: String) {
    let done = town.town.db().write(move |tx| {
        let organisation = people::organisations::by_code(tx, organisation)?.unwrap();
        let sql = "update wishes set organisation = $1, due = $2 where id = $3";
        tx.execute(sql, &params![&organisation.id.text(), &due, id])?;
        tx.commit(OffRecord("a test"), ())
    });
    done.await.map_err(|error: DbError| error).unwrap();
}
