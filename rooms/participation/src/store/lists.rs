//! Public proposals by filter and order, in pages by keyset.

use super::proposals::{COLUMNS, proposal_of};
use crate::model::Proposal;
use civic::Moment;
use database::{Conditions, Cursor, DbError, Page, Param, Tx};
use std::collections::BTreeMap;

/// A prime (2^31 − 1): a proposal's shuffle number times a seed, modulo this, is its place in the random order of the seed.
pub const SHUFFLE_PRIME: i64 = 2_147_483_647;

/// Which proposals.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this process.
    pub process: Option<String>,
    /// In this district.
    pub district: Option<String>,
    /// Of this category.
    pub category: Option<String>,
    /// In this state.
    pub state: Option<String>,
    /// Only open ones whose answer was due before this moment.
    pub due_before: Option<Moment>,
    /// Only open ones with at least so many supports.
    pub supported: Option<i64>,
    /// Only these.
    pub codes: Option<Vec<String>>,
}

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Newest first.
    #[default]
    Newest,
    /// Most supported first.
    Supported,
    /// Most commented first.
    Discussed,
    /// By chance, the same for the same seed (1 to [`SHUFFLE_PRIME`] − 1), so that pages follow each other.
    Random(i64),
}

impl Order {
    /// The expression it sorts by, made of our own words and a number only.
    fn expression(self) -> String {
        match self {
            Self::Newest => "submitted_at".to_owned(),
            Self::Supported => "supports".to_owned(),
            Self::Discussed => "comments".to_owned(),
            Self::Random(seed) => format!("(shuffle * {seed}) % {SHUFFLE_PRIME}"),
        }
    }

    /// The value it sorts by.
    fn of(self, proposal: &Proposal) -> i64 {
        match self {
            Self::Newest => proposal.submitted_at.map_or(0, Moment::micros),
            Self::Supported => proposal.supports,
            Self::Discussed => proposal.comments,
            Self::Random(seed) => (proposal.shuffle * seed) % SHUFFLE_PRIME,
        }
    }
}

/// One page.
pub fn page_of(
    tx: &mut Tx<'_>,
    filter: &Filter,
    order: Order,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Page<Proposal>, DbError> {
    let mut query = asked(filter);
    let by = order.expression();
    query.beyond(&by, "code", "<", after);
    let (most, conditions) = (query.int(i64::from(limit) + 1), query.clause());
    let ordered = format!("order by {by} desc, code desc");
    // No index holds the order by chance, nor that of what was found by words: what is looked at is sorted by its code alone, and only
    // the page is fetched with its texts.
    let sql = if filter.codes.is_some() || matches!(order, Order::Random(_)) {
        format!(
            "select {COLUMNS} from proposals where code in (select code from proposals {conditions} {ordered} limit {most}) {ordered}"
        )
    } else {
        format!("select {COLUMNS} from proposals {conditions} {ordered} limit {most}")
    };
    let rows = tx.query(&sql, &query.params())?;
    let items: Vec<Proposal> = rows.iter().map(proposal_of).collect::<Result<_, _>>()?;
    Ok(Page::cut(items, limit, |proposal| Cursor::new(order.of(proposal), proposal.code.as_str())))
}

/// How many there are.
pub fn count(tx: &mut Tx<'_>, filter: &Filter) -> Result<i64, DbError> {
    let query = asked(filter);
    let sql = format!("select count(*) from proposals {}", query.clause());
    tx.query_one(&sql, &query.params())?.get(0)
}

/// How many there are in each district, whatever district the filter names.
pub fn by_district(tx: &mut Tx<'_>, filter: &Filter) -> Result<BTreeMap<String, i64>, DbError> {
    let mut query = asked(&Filter { district: None, ..filter.clone() });
    query.holds("district is not null");
    let sql = format!("select district, count(*) from proposals {} group by district", query.clause());
    tx.query(&sql, &query.params())?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Pages of the sitemap.
const SITEMAP_PAGE: i64 = 10_000;

/// The addresses of public proposals, oldest first, `page` of 10,000 each; public processes stand on the first.
pub fn sitemap(tx: &mut Tx<'_>, page: u32) -> Result<Vec<(String, Moment)>, DbError> {
    let mut found = Vec::new();
    if page == 0 {
        found.push(("/processes".to_owned(), Moment(0)));
        let processes = super::processes(tx, false)?;
        found.extend(processes.into_iter().map(|one| (format!("/processes/{}", one.code), one.updated_at)));
    }
    let rows = tx.query(
        "select code, updated_at from proposals where submitted_at is not null order by submitted_at, code limit $1 offset $2",
        &[Param::Int(SITEMAP_PAGE), Param::Int(i64::from(page) * SITEMAP_PAGE)],
    )?;
    for row in rows {
        found.push((format!("/proposals/{}", row.get::<String>(0)?), Moment(row.get(1)?)));
    }
    Ok(found)
}

/// Never a draft, whatever is asked.
fn asked(filter: &Filter) -> Conditions {
    let mut asked = Conditions::default();
    asked.holds("submitted_at is not null");
    asked.equal("process", filter.process.as_deref());
    asked.equal("district", filter.district.as_deref());
    asked.equal("category", filter.category.as_deref());
    asked.equal("state", filter.state.as_deref());
    if filter.due_before.is_some() || filter.supported.is_some() {
        asked.holds("state = 'open'");
    }
    asked.int_is("answer_due_at", "<", filter.due_before.map(Moment::micros));
    asked.int_is("supports", ">=", filter.supported);
    if let Some(codes) = &filter.codes {
        asked.one_of("code", codes);
    }
    asked
}
