//! Pages of commitments by filter, what is late first, by keyset; and counts.

use super::rows::{COLUMNS, commitment_of, place_in_list};
use crate::model::{Commitment, Standing};
use civic::{Moment, OrganisationId};
use database::{Conditions, Cursor, DbError, Page, Tx, params};

/// Which commitments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only this district.
    pub district: Option<String>,
    /// Only of this organisation.
    pub organisation: Option<OrganisationId>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
    /// Only where it stands like this at that moment.
    pub standing: Option<(Standing, Moment)>,
    /// Only these codes; `None` for all (an empty list finds nothing).
    pub codes: Option<Vec<String>>,
}

/// One page.
pub fn page_of(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Commitment>, DbError> {
    let mut query = asked(filter);
    query.beyond("place_in_list", "code", ">", after);
    let (most, conditions) = (query.int(i64::from(limit) + 1), query.clause());
    let sql = format!("select {COLUMNS} from commitments {conditions} order by place_in_list, code limit {most}");
    let items = tx.query(&sql, &query.params())?.iter().map(commitment_of).collect::<Result<_, _>>()?;
    Ok(Page::cut(items, limit, |one: &Commitment| Cursor::new(place_in_list(one), one.code.as_str())))
}

/// The newest that ended like this, at most `limit`.
pub fn newest_ended(tx: &mut Tx<'_>, state: Standing, limit: u32) -> Result<Vec<Commitment>, DbError> {
    let sql = format!(
        "select {COLUMNS} from commitments where closed_at is not null and state = $1 order by closed_at desc, code desc limit $2"
    );
    tx.query(&sql, &params![state.word(), limit])?.iter().map(commitment_of).collect()
}

/// Those that were promised before `end` and had not ended before `begin`, by day, at most `limit`.
pub fn alive_between(tx: &mut Tx<'_>, begin: Moment, end: Moment, limit: u32) -> Result<Vec<Commitment>, DbError> {
    let sql = format!(
        "select {COLUMNS} from commitments where promised_at < $1 and (closed_at is null or closed_at >= $2) order by due_at, code limit $3"
    );
    tx.query(&sql, &params![end.micros(), begin.micros(), limit])?.iter().map(commitment_of).collect()
}

/// When the town first promised something.
pub fn first_promised(tx: &mut Tx<'_>) -> Result<Option<Moment>, DbError> {
    let first: Option<i64> = tx.query_one("select min(promised_at) from commitments", &[])?.get(0)?;
    Ok(first.map(Moment))
}

/// The codes of those that are late and of which the town has not said so.
pub fn late_unsaid(tx: &mut Tx<'_>, now: Moment, limit: i64) -> Result<Vec<String>, DbError> {
    let sql = "select code from commitments where closed_at is null and due_at < $1 and late_said = false order by due_at, code limit $2";
    tx.query(sql, &params![now.micros(), limit])?.iter().map(|row| row.get(0)).collect()
}

/// How many stand where, in a district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The district; empty for none.
    pub district: String,
    /// Where they stand.
    pub standing: Standing,
    /// How many.
    pub count: i64,
}

/// All of them, counted at a moment.
pub fn counts(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<Count>, DbError> {
    let late = "case when closed_at is null and due_at < $1 then 'late' else state end";
    let sql = format!("select coalesce(district, ''), {late}, count(*) from commitments group by 1, 2");
    let count = |row: &database::Row| {
        let word: String = row.get(1)?;
        let standing = word.parse().map_err(|()| super::rows::broken(format!("“{word}” is no state")))?;
        Ok(Count { district: row.get(0)?, standing, count: row.get(2)? })
    };
    tx.query(&sql, &params![now.micros()])?.iter().map(count).collect()
}

/// Pages of the sitemap.
const SITEMAP_PAGE: i64 = 10_000;

/// The addresses of public pages, oldest first, `page` of 10,000 each.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let rows = tx.query(
        "select code, updated_at from commitments order by promised_at, code limit $1 offset $2",
        &params![SITEMAP_PAGE, i64::from(page) * SITEMAP_PAGE],
    )?;
    rows.iter().map(|row| Ok((format!("/commitments/{}", row.get::<String>(0)?), Moment(row.get(1)?)))).collect()
}

fn asked(filter: &Filter) -> Conditions {
    let mut asked = Conditions::default();
    asked.equal("district", filter.district.as_deref());
    asked.equal("organisation_id", filter.organisation.map(|id| id.text()));
    match filter.open {
        Some(true) => asked.holds("closed_at is null"),
        Some(false) => asked.holds("closed_at is not null"),
        None => {}
    }
    if let Some((standing, now)) = filter.standing {
        stands(&mut asked, standing, now);
    }
    if let Some(codes) = &filter.codes {
        asked.one_of("code", codes);
    }
    asked
}

/// Late by the clock, whatever was said.
fn stands(asked: &mut Conditions, standing: Standing, now: Moment) {
    match standing {
        Standing::Late => {
            asked.holds("closed_at is null");
            asked.int_is("due_at", "<", Some(now.micros()));
        }
        Standing::Promised | Standing::UnderWay => {
            asked.int_is("due_at", ">=", Some(now.micros()));
            asked.equal("state", Some(standing.word()));
        }
        Standing::Kept | Standing::Broken | Standing::Dropped => asked.equal("state", Some(standing.word())),
    }
}
