//! Parts of the explorer's page: columns, cells, facets, groups.

use super::{CELL_SHOWN, COLUMNS_SHOWN, FACET_SHOWN, Question, picture};
use crate::model::Resource;
use civic::Language;
use tables::{Facet, Group, TableInfo, Value};
use web::{Visit, dates::number};

/// A value of a facet on the page.
pub(super) struct FacetLine {
    pub(super) label: String,
    pub(super) count: String,
    pub(super) href: String,
    pub(super) chosen: bool,
}

/// A facet on the page.
pub(super) struct FacetPart {
    pub(super) label: String,
    pub(super) lines: Vec<FacetLine>,
    pub(super) different: String,
}

/// A column on the page.
pub(super) struct Head {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) number: bool,
    pub(super) href: String,
    pub(super) sorted: &'static str,
    pub(super) notes: String,
}

/// Groups on the page.
pub(super) struct GroupPart {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) keys: usize,
    pub(super) chart: String,
    pub(super) cut: bool,
}

pub(super) fn heads(
    question: &Question,
    resource: &Resource,
    (info, language): (&TableInfo, Language),
    path: &str,
) -> Vec<Head> {
    let sorted = question.plan.sort.as_ref();
    let head = |column: &tables::Described| {
        let own = sorted.filter(|sort| sort.column == column.name);
        let to =
            if own.is_some_and(|sort| !sort.descending) { format!("-{}", column.name) } else { column.name.clone() };
        Head {
            number: column.kind.is_number(),
            href: question.address(path, &[("sort", to.as_str())], &["sort", "after"]),
            sorted: own.map_or("", |sort| if sort.descending { "descending" } else { "ascending" }),
            notes: resource
                .body
                .words
                .get(&column.name)
                .map(|words| words.notes.in_language(language).to_owned())
                .unwrap_or_default(),
            label: label_of(resource, &column.name, language),
            name: column.name.clone(),
        }
    };
    info.columns.iter().take(COLUMNS_SHOWN).map(head).collect()
}

/// What people call a column: as the dictionary says, else its name.
pub(super) fn label_of(resource: &Resource, column: &str, language: Language) -> String {
    let said = resource.body.words.get(column).map(|words| words.label.in_language(language));
    let label = said.filter(|label| !label.is_empty());
    label.unwrap_or(column).to_owned()
}

pub(super) fn shown(info: &TableInfo, cells: &[Value]) -> Vec<(String, bool)> {
    let cell = |(cell, column): (&Value, &tables::Described)| {
        let text = cell.text();
        let cut: String = text.chars().take(CELL_SHOWN).collect();
        let cut = if cut.len() < text.len() { format!("{cut}…") } else { cut };
        (cut, column.kind.is_number())
    };
    cells.iter().zip(&info.columns).take(COLUMNS_SHOWN).map(cell).collect()
}

pub(super) fn facet_part(
    visit: &Visit,
    question: &Question,
    path: &str,
    facet: &(String, Vec<Facet>, u64),
) -> FacetPart {
    let (column, values, different) = facet;
    let language = visit.t.language();
    let line = |one: &Facet| {
        let text = match &one.value {
            Value::Null => format!("{column} empty"),
            value => format!("{column} = {}", value.text()),
        };
        let chosen = question.plan.conditions.iter().any(|condition| condition.text() == text);
        let href = if chosen {
            question.without(path, "where", &text)
        } else {
            question.address(path, &[("where", text.as_str())], &["after"])
        };
        let label = if one.value == Value::Null { visit.t.say("data-op-empty").to_owned() } else { one.value.text() };
        let label = label.chars().take(60).collect();
        FacetLine { label, count: number(i64::try_from(one.count).unwrap_or(i64::MAX), language), href, chosen }
    };
    let shown = values.iter().take(FACET_SHOWN).map(line).collect();
    let more = *different > FACET_SHOWN as u64;
    let different = if more { number(i64::try_from(*different).unwrap_or(i64::MAX), language) } else { String::new() };
    FacetPart { label: column.clone(), lines: shown, different }
}

pub(super) fn group_part(visit: &Visit, question: &Question, groups: &(Vec<Group>, bool)) -> GroupPart {
    let (groups, cut) = groups;
    let language = visit.t.language();
    let Some(grouping) = &question.grouping else {
        return GroupPart { heads: Vec::new(), rows: Vec::new(), keys: 0, chart: String::new(), cut: *cut };
    };
    let mut heads: Vec<String> = grouping.by.iter().map(|(column, _)| column.clone()).collect();
    heads.push(visit.t.say("data-rows").to_owned());
    heads.extend(grouping.aggregates.iter().map(|one| format!("{} ({})", one.column(), one.word())));
    let row = |group: &Group| {
        let keys = group.keys.iter().map(|key| picture::label(visit, key));
        let count = number(i64::try_from(group.count).unwrap_or(i64::MAX), language);
        keys.chain([count]).chain(group.sums.iter().map(|sum| picture::figure(visit, sum))).collect()
    };
    GroupPart {
        heads,
        rows: groups.iter().take(picture::GROUPS_SHOWN).map(row).collect(),
        keys: grouping.by.len(),
        chart: picture::chart(visit, question, groups),
        cut: *cut || groups.len() > picture::GROUPS_SHOWN,
    }
}

/// The question to begin with at the page for SQL.
pub(super) fn sql_address(resource: &Resource, question: &Question) -> String {
    let Some(table) = &resource.table_name else { return String::new() };
    let limit = question.plan.limit.clamp(1, 100);
    let query =
        serde_urlencoded::to_string([("sql", format!("select * from {table} limit {limit}"))]).unwrap_or_default();
    format!("/data/sql?{query}")
}
