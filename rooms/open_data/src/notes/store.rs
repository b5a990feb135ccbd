//! All SQL of notes.

use super::model::{Note, NoteAnswer, NoteKind, NoteState, Spot};
use civic::{Moment, OrganisationId, PersonId};
use database::{Conditions, Cursor, DbError, Page, Row, Tx, params};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const COLUMNS: &str = "code, kind, organisation_id, title, body, url, table_name, row_number, column_name, state, state_at, made_at, \
                       due_at, person_id, handle, supports, updated_at, version, data_version";

/// Which notes.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this kind.
    pub kind: Option<NoteKind>,
    /// In this state.
    pub state: Option<NoteState>,
    /// About this dataset.
    pub dataset: Option<String>,
    /// Most supported first; else newest first.
    pub supported: bool,
}

/// Keeps a new note with the datasets it names.
pub fn insert(tx: &mut Tx<'_>, new: &Note) -> Result<(), DbError> {
    let person = new.person.map(|person| person.text());
    let sql = format!(
        "insert into data_notes ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)"
    );
    tx.execute(
        &sql,
        &params![
            new.code.as_str(),
            new.kind.word(),
            &new.organisation.text(),
            &new.title,
            &new.body,
            &new.url,
            &new.spot.table,
            new.spot.row,
            &new.spot.column,
            new.state.word(),
            new.state_at.micros(),
            new.made_at.micros(),
            new.due_at.map(Moment::micros),
            person.as_deref(),
            &new.handle,
            new.supports,
            new.updated_at.micros(),
            new.version,
            new.spot.version
        ],
    )?;
    name_datasets(tx, new)
}

fn name_datasets(tx: &mut Tx<'_>, note: &Note) -> Result<(), DbError> {
    for dataset in &note.datasets {
        let sql = "insert into data_note_datasets (note, dataset) values ($1, $2) on conflict do nothing";
        tx.execute(sql, &params![note.code.as_str(), dataset])?;
    }
    Ok(())
}

/// Saves where a note stands, who answers by when, and the datasets it names.
pub fn update(tx: &mut Tx<'_>, note: &Note) -> Result<(), DbError> {
    let sql = "update data_notes set state = $1, state_at = $2, updated_at = $3, version = $4, organisation_id = $5, due_at = $6 \
               where code = $7";
    let organisation = note.organisation.text();
    let values = params![
        note.state.word(),
        note.state_at.micros(),
        note.updated_at.micros(),
        note.version,
        &organisation,
        note.due_at.map(Moment::micros),
        note.code.as_str()
    ];
    tx.execute(sql, &values)?;
    name_datasets(tx, note)
}

/// Whether a note has this code.
pub fn is_taken(tx: &mut Tx<'_>, code: &str) -> Result<bool, DbError> {
    Ok(tx.query_opt("select 1 from data_notes where code = $1", &params![code])?.is_some())
}

/// The note of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Note>, DbError> {
    one(tx, code, "")
}

/// The same, held against change by others until the transaction ends.
pub fn to_change(tx: &mut Tx<'_>, code: &str) -> Result<Option<Note>, DbError> {
    let lock = tx.dialect().for_update();
    one(tx, code, lock)
}

fn one(tx: &mut Tx<'_>, code: &str, lock: &str) -> Result<Option<Note>, DbError> {
    let row = tx.query_opt(&format!("select {COLUMNS} from data_notes where code = $1{lock}"), &params![code])?;
    let found = row.as_ref().map(note_of).transpose()?;
    Ok(with_names(tx, found.into_iter().collect())?.pop())
}

/// A page of public notes.
pub fn page_of(tx: &mut Tx<'_>, filter: &Filter, after: Option<&Cursor>, limit: u32) -> Result<Page<Note>, DbError> {
    let by = if filter.supported { "supports" } else { "made_at" };
    let mut query = Conditions::default();
    query.equal("kind", filter.kind.map(NoteKind::word));
    query.equal("state", filter.state.map(NoteState::word));
    query.holds("(kind <> 'reuse' or state = 'shown')");
    if let Some(dataset) = &filter.dataset {
        let place = query.text(dataset.clone());
        query.holds(format!("code in (select note from data_note_datasets where dataset = {place})"));
    }
    query.beyond(by, "code", "<", after);
    let (most, conditions) = (query.int(i64::from(limit) + 1), query.clause());
    let sql = format!("select {COLUMNS} from data_notes {conditions} order by {by} desc, code desc limit {most}");
    let found = tx.query(&sql, &query.params())?.iter().map(note_of).collect::<Result<Vec<_>, _>>()?;
    let found = with_names(tx, found)?;
    let supported = filter.supported;
    Ok(Page::cut(found, limit, |one: &Note| {
        Cursor::new(if supported { one.supports } else { one.made_at.micros() }, one.code.as_str())
    }))
}

/// Reuses of a dataset that are shown, newest first, at most `limit`.
pub fn with_dataset(tx: &mut Tx<'_>, dataset: &str, limit: u32) -> Result<Vec<Note>, DbError> {
    let filter = Filter { kind: Some(NoteKind::Reuse), dataset: Some(dataset.to_owned()), ..Filter::default() };
    Ok(page_of(tx, &filter, None, limit)?.items)
}

/// How many mistakes of a dataset wait for an answer.
pub fn open_issues(tx: &mut Tx<'_>, dataset: &str) -> Result<i64, DbError> {
    let sql = "select count(*) from data_notes n join data_note_datasets d on d.note = n.code \
               where d.dataset = $1 and n.kind = 'issue' and n.state = 'open'";
    tx.query_one(sql, &params![dataset])?.get(0)
}

/// What waits for an answer of these organisations (`None` for all), what is due first at the top, beyond a place.
pub fn waiting(
    tx: &mut Tx<'_>,
    organisations: Option<&[OrganisationId]>,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<Note>, DbError> {
    let mut query = Conditions::default();
    query.holds("state in ('open', 'waiting')");
    if let Some(organisations) = organisations {
        query.one_of("organisation_id", organisations.iter().map(OrganisationId::text));
    }
    query.beyond("coalesce(due_at, 9223372036854775807)", "code", ">", after);
    let (most, conditions) = (query.int(i64::from(limit)), query.clause());
    let sql = format!(
        "select {COLUMNS} from data_notes {conditions} order by coalesce(due_at, 9223372036854775807), code limit {most}"
    );
    let found = tx.query(&sql, &query.params())?.iter().map(note_of).collect::<Result<Vec<_>, _>>()?;
    with_names(tx, found)
}

fn with_names(tx: &mut Tx<'_>, mut notes: Vec<Note>) -> Result<Vec<Note>, DbError> {
    let mut query = Conditions::default();
    query.one_of("note", notes.iter().map(|note| note.code.as_str()));
    let sql = format!("select note, dataset from data_note_datasets {} order by note, dataset", query.clause());
    let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in tx.query(&sql, &query.params())? {
        names.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    for note in &mut notes {
        note.datasets = names.remove(note.code.as_str()).unwrap_or_default();
    }
    Ok(notes)
}

/// How many notes somebody wrote since.
pub fn written_since(tx: &mut Tx<'_>, person: PersonId, since: Moment) -> Result<i64, DbError> {
    let sql = "select count(*) from data_notes where person_id = $1 and made_at > $2";
    tx.query_one(sql, &params![&person.text(), since.micros()])?.get(0)
}

/// Counts somebody once, or no more.
pub fn set_support(tx: &mut Tx<'_>, code: &str, person: PersonId, gives: bool, now: Moment) -> Result<(), DbError> {
    let changed = if gives {
        let sql = "insert into data_note_supports (note, person_id, at) values ($1, $2, $3) on conflict do nothing";
        tx.execute(sql, &params![code, &person.text(), now.micros()])?
    } else {
        let sql = "delete from data_note_supports where note = $1 and person_id = $2";
        tx.execute(sql, &params![code, &person.text()])?
    };
    if changed == 0 {
        return Ok(());
    }
    let sql = "update data_notes set supports = supports + $1 where code = $2";
    tx.execute(sql, &params![if gives { 1_i64 } else { -1_i64 }, code]).map(|_| ())
}

/// Whether somebody supports a note.
pub fn is_supporter(tx: &mut Tx<'_>, code: &str, person: Option<PersonId>) -> Result<bool, DbError> {
    let Some(person) = person else { return Ok(false) };
    let sql = "select 1 from data_note_supports where note = $1 and person_id = $2";
    Ok(tx.query_opt(sql, &params![code, &person.text()])?.is_some())
}

/// Keeps an answer.
pub fn add_answer(tx: &mut Tx<'_>, code: &str, new: &NoteAnswer) -> Result<(), DbError> {
    let sql = "insert into data_note_answers (id, note, at, agency, state, body) values ($1, $2, $3, $4, $5, $6)";
    let values = params![&new.id, code, new.at.micros(), &new.agency, new.state.word(), &new.body];
    tx.execute(sql, &values).map(|_| ())
}

/// The answers to a note, oldest first.
pub fn answers(tx: &mut Tx<'_>, code: &str) -> Result<Vec<NoteAnswer>, DbError> {
    let sql = "select id, at, agency, state, body from data_note_answers where note = $1 order by at, id";
    let answer = |row: &Row| {
        Ok(NoteAnswer {
            id: row.get(0)?,
            at: Moment(row.get(1)?),
            agency: row.get(2)?,
            state: row.get::<String>(3)?.parse().map_err(DbError::Other)?,
            body: row.get(4)?,
        })
    };
    tx.query(sql, &params![code])?.iter().map(answer).collect()
}

/// Puts a text in the place of a part, for moderation.
pub fn put_part(tx: &mut Tx<'_>, code: &str, part: &str, text: &str) -> Result<(), DbError> {
    let column = match part {
        "title" => "title",
        "url" => "url",
        _ => "body",
    };
    tx.execute(&format!("update data_notes set {column} = $1 where code = $2"), &params![text, code]).map(|_| ())
}

/// Everything that a person wrote or supports here.
pub fn export_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Value, DbError> {
    let sql = format!("select {COLUMNS} from data_notes where person_id = $1 order by made_at, code");
    let own = tx.query(&sql, &params![&person.text()])?.iter().map(note_of).collect::<Result<Vec<_>, _>>()?;
    let mut notes = Vec::new();
    for one in with_names(tx, own)? {
        let hidden = commons::moderation::own_words(tx, &one.subject())?;
        notes.push(json!({
            "code": one.code.as_str(), "kind": one.kind, "title": one.title, "text": one.body, "url": one.url,
            "datasets": one.datasets, "at": one.made_at.rfc3339(), "hidden": hidden,
        }));
    }
    let sql = "select note, at from data_note_supports where person_id = $1 order by at, note";
    let supports: Vec<Value> = tx
        .query(sql, &params![&person.text()])?
        .iter()
        .map(|row| Ok(json!({"request": row.get::<String>(0)?, "at": Moment(row.get(1)?).rfc3339()})))
        .collect::<Result<_, DbError>>()?;
    Ok(json!({"notes": notes, "supports": supports}))
}

/// Takes a person out: the words they wrote, their name under them, who supported what; counts and answers of the town stay.
pub fn erase_person(tx: &mut Tx<'_>, person: PersonId) -> Result<(), DbError> {
    let id = person.text();
    let sql = format!("select {COLUMNS} from data_notes where person_id = $1");
    let own = tx.query(&sql, &params![&id])?.iter().map(note_of).collect::<Result<Vec<_>, _>>()?;
    for one in own {
        let subject = one.subject();
        commons::search::remove(tx, &subject)?;
        commons::moderation::privacy::erase_words_about(tx, &subject)?;
        record::forget_salts_about(tx, &subject)?;
    }
    let sql =
        "update data_notes set title = '', body = '', url = '', person_id = null, handle = '' where person_id = $1";
    tx.execute(sql, &params![&id])?;
    tx.execute("delete from data_note_supports where person_id = $1", &params![&id]).map(|_| ())
}

/// Forgets who supported requests that were settled before, at most `limit`; the counts stay. Answers how many.
pub fn forget_supports(tx: &mut Tx<'_>, before: Moment, limit: u32) -> Result<u64, DbError> {
    let sql = "select s.note, s.person_id from data_note_supports s join data_notes n on n.code = s.note \
               where n.state in ('published', 'refused') and n.state_at < $1 order by s.note, s.person_id limit $2";
    let rows = tx.query(sql, &params![before.micros(), limit])?;
    for row in &rows {
        let (note, person): (String, String) = (row.get(0)?, row.get(1)?);
        tx.execute("delete from data_note_supports where note = $1 and person_id = $2", &params![&note, &person])?;
    }
    Ok(rows.len() as u64)
}

/// Pages of requests for data, for the sitemap.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let sql =
        "select code, updated_at from data_notes where kind = 'request' order by made_at, code limit 10000 offset $1";
    let rows = tx.query(sql, &params![i64::from(page) * 10_000])?;
    rows.iter().map(|row| Ok((NoteKind::Request.page(&row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}

fn note_of(row: &Row) -> Result<Note, DbError> {
    let broken = |what: &str| DbError::Other(format!("a note's {what} cannot be read"));
    Ok(Note {
        code: row.get::<String>(0)?.parse().map_err(|_| broken("code"))?,
        kind: row.get::<String>(1)?.parse().map_err(DbError::Other)?,
        organisation: row.get::<String>(2)?.parse().map_err(|_| broken("organisation"))?,
        title: row.get(3)?,
        body: row.get(4)?,
        url: row.get(5)?,
        spot: Spot { table: row.get(6)?, row: row.get(7)?, column: row.get(8)?, version: row.get(18)? },
        state: row.get::<String>(9)?.parse().map_err(DbError::Other)?,
        state_at: Moment(row.get(10)?),
        made_at: Moment(row.get(11)?),
        due_at: row.get::<Option<i64>>(12)?.map(Moment),
        person: row.get::<Option<String>>(13)?.map(|id| id.parse().map_err(|_| broken("author"))).transpose()?,
        handle: row.get(14)?,
        supports: row.get(15)?,
        datasets: Vec::new(),
        updated_at: Moment(row.get(16)?),
        version: row.get(17)?,
    })
}
