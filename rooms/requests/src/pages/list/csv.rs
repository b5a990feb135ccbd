//! The list as a table for machines.

use super::machine_view;
use crate::model::ServiceRequest;
use database::Page;
use web::{Answer, Town, Visit, paging, table::csv_answer};

pub(super) fn csv(town: &Town, visit: &Visit, found: &Page<ServiceRequest>) -> Answer {
    let header = [
        "code",
        "category",
        "state",
        "open",
        "district",
        "lat",
        "long",
        "address",
        "organisation",
        "opened_at",
        "updated_at",
        "closed_at",
        "url",
        "due_at",
        "answered_at",
        "source",
        "first_due_at",
        "broken_at",
    ];
    let view = machine_view(town, visit, found, None);
    let mut answer = csv_answer(
        &header,
        view.requests.into_iter().map(|row| {
            let (lat, long) = row.place.map(|p| (p.lat.to_string(), p.long.to_string())).unwrap_or_default();
            let state = row.state.as_str().to_owned();
            let district = row.district.map(|district| district.code).unwrap_or_default();
            [
                row.code,
                row.category.code,
                state,
                row.open.to_string(),
                district,
                lat,
                long,
                row.address,
                row.organisation.code,
                row.opened_at,
                row.updated_at,
                row.closed_at.unwrap_or_default(),
                row.url,
                row.due_at.unwrap_or_default(),
                row.answered_at.unwrap_or_default(),
                row.source.as_str().to_owned(),
                row.first_due_at.unwrap_or_default(),
                row.broken_at.unwrap_or_default(),
            ]
        }),
    )?;
    paging::link_next(town, visit, "/requests", found.next.as_ref(), &mut answer);
    Ok(answer)
}
