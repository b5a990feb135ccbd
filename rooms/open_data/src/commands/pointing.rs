//! Foreign keys of tables that were read, held against the other tables of their dataset.

use super::tables_of::{open_table, stop_of};
use crate::model::Resource;
use std::{collections::BTreeMap, sync::Arc};
use tables::{Declared, Foreign, Progress, Table, Target};
use web::{Stop, Town};

/// What one of the tables says of others.
struct Saying {
    /// Which of the tables that were read.
    at: usize,
    declared: Declared,
    /// Each key with the resource that it points to, where that is here.
    keys: Vec<(Foreign, Option<Resource>)>,
}

/// Looks at the foreign keys of the tables of a file, and puts what does not fit into their reports. `others` are the resources of the
/// dataset; where one has the id of a table that was read, it is the older one and not looked at.
///
/// # Errors
/// Those of the database and the disk; `data-stopped`.
pub(super) async fn check(
    town: &Town,
    read: Vec<Resource>,
    others: &[Resource],
    progress: Arc<Progress>,
) -> Result<Vec<Resource>, Stop> {
    if !read.iter().any(|one| one.body.info.is_some() && one.body.schema.contains("foreignKeys")) {
        return Ok(read);
    }
    let is_old = |one: &&Resource| read.iter().any(|new| new.id == one.id);
    let all: Vec<Resource> = read
        .iter()
        .chain(others.iter().filter(|one| !is_old(one)))
        .filter(|one| one.body.info.is_some())
        .cloned()
        .collect();
    let (own, among) = (read.clone(), all.clone());
    let said = tokio::task::spawn_blocking(move || sayings(&own, &among));
    let said = said.await.map_err(Stop::fault)?;
    let mut open: BTreeMap<String, Table> = BTreeMap::new();
    for resource in &wanted(&said, &read) {
        if open.contains_key(&resource.id) {
            continue;
        }
        match open_table(town, resource).await {
            Ok(table) => _ = open.insert(resource.id.clone(), table),
            Err(stop @ (Stop::Fault(_) | Stop::Busy(_))) => return Err(stop),
            // What cannot be read any more is as if it were not there.
            Err(_) => {}
        }
    }
    let looked = tokio::task::spawn_blocking(move || look(read, &said, &open, &progress));
    looked.await.map_err(Stop::fault)?
}

/// The resources whose tables are to be open.
fn wanted(said: &[Saying], read: &[Resource]) -> Vec<Resource> {
    let to = said.iter().flat_map(|one| one.keys.iter().filter_map(|(_, to)| to.clone()));
    to.chain(said.iter().map(|one| read[one.at].clone())).collect()
}

fn look(
    mut read: Vec<Resource>,
    said: &[Saying],
    open: &BTreeMap<String, Table>,
    progress: &Progress,
) -> Result<Vec<Resource>, Stop> {
    for Saying { at, declared, keys } in said {
        let (id, body) = (read[*at].id.clone(), &mut read[*at].body);
        let (Some(own), Some(report)) = (open.get(&id), &mut body.report) else { continue };
        for (key, to) in keys {
            let described = to.as_ref().and_then(Resource::declared);
            let there = to.as_ref().and_then(|to| open.get(&to.id)).map(|table| (table, described.as_ref()));
            key.check((own, declared), there, report, progress).map_err(stop_of)?;
        }
    }
    Ok(read)
}

fn sayings(read: &[Resource], all: &[Resource]) -> Vec<Saying> {
    let of = |(at, one): (usize, &Resource)| {
        let declared = one.declared().filter(|_| one.body.info.is_some())?;
        let keys: Vec<_> =
            declared.foreign.iter().map(|key| (key.clone(), pointed(&key.to, one, all).cloned())).collect();
        (!keys.is_empty()).then_some(Saying { at, declared, keys })
    };
    read.iter().enumerate().filter_map(of).collect()
}

/// The table that is meant, among those of the file and of the dataset: by what is surest first.
fn pointed<'r>(to: &Target, own: &'r Resource, all: &'r [Resource]) -> Option<&'r Resource> {
    let find = |is_it: &dyn Fn(&Resource) -> bool| all.iter().find(|one| is_it(one));
    match to {
        Target::Own => Some(own),
        Target::Named(names) => names.iter().find_map(|name| {
            find(&|one| one.body.name == *name || one.body.sheet_name == *name)
                .or_else(|| find(&|one| one.body.file_name == *name || stem(&one.body.file_name) == name))
                // The first table of a dataset is called like the dataset, whatever is in it: so this comes last.
                .or_else(|| find(&|one| one.slug() == name || one.slug().replace('_', "-") == *name))
        }),
        Target::At(address) => {
            let path = decoded(address.split(['?', '#']).next().unwrap_or_default());
            let last = path.rsplit('/').next().unwrap_or_default();
            let is_ours = |one: &Resource| {
                let slug = one.slug();
                path.ends_with(&format!("/{slug}/file/csv")) || path.ends_with(&format!("/{slug}.csv"))
            };
            find(&|one| one.body.file_name == last)
                .or_else(|| find(&|one| !one.body.sheet_name.is_empty() && one.body.sheet_name == stem(last)))
                .or_else(|| find(&is_ours))
        }
        Target::Described(id) => find(&|one| one.declared().is_some_and(|declared| declared.id == *id)),
    }
}

fn stem(file_name: &str) -> &str {
    file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem)
}

/// Without the escapes of an address (RFC 3986, 2.1).
fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = address.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| *byte == b'%') {
            Some(code) => {
                plain.push(code);
                at += 3;
            }
            None => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn escapes_of_addresses_are_read() {
        assert_eq!(decoded("a%20b%C3%A9%2"), "a bé%2");
        assert_eq!(decoded("%zz%é"), "%zz%é");
    }
}
