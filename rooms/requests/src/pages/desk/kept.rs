//! Views of the inbox that an officer keeps under a name.

use super::inbox::address;
use crate::{
    pages::list::Asked,
    store::{self, DeskView},
};
use axum::extract::State;
use civic::PersonId;
use database::{OffRecord, Tx};
use web::{Answer, Refusal, Stop, Town, Visit, answer::see_other_saying, forms::Submission};

/// Views one officer may keep.
pub const VIEWS_LIMIT: usize = 20;
/// Characters of a name.
pub const VIEW_NAME_LIMIT: usize = 40;

/// POST /desk/views: keeps the filter of the form under its name, or forgets the name.
pub async fn keep(State(town): State<Town>, visit: Visit, form: Submission) -> Answer {
    let person = visit.actor.person.ok_or_else(|| Refusal::new("view-needs-account"))?;
    if let Some(name) = form.text("forget") {
        let name = name.to_owned();
        change(&town, move |tx| store::forget_view(tx, person, &name).map_err(Stop::from)).await?;
        return see_other_saying("/desk", "flash-view-forgotten");
    }
    let view = read(&form)?;
    let back = if view.query.is_empty() { "/desk".to_owned() } else { format!("/desk?{}", view.query) };
    change(&town, move |tx| keep_one(tx, person, &view)).await?;
    see_other_saying(&back, "flash-view-kept")
}

async fn change(town: &Town, what: impl FnOnce(&mut Tx<'_>) -> Result<(), Stop> + Send + 'static) -> Result<(), Stop> {
    town.db()
        .write(move |tx| {
            what(tx)?;
            tx.commit(OffRecord("how an officer sorts their desk is their own"), ()).map_err(Stop::from)
        })
        .await
}

fn keep_one(tx: &mut Tx<'_>, person: PersonId, view: &DeskView) -> Result<(), Stop> {
    let kept = store::views_of(tx, person)?;
    if kept.len() >= VIEWS_LIMIT && !kept.iter().any(|one| one.name == view.name) {
        return Err(Refusal::conflict("view-many").at("name").with("most", VIEWS_LIMIT as i64).into());
    }
    store::keep_view(tx, person, view).map_err(Stop::from)
}

fn read(form: &Submission) -> Result<DeskView, Refusal> {
    let name = form.text("name").unwrap_or_default().to_owned();
    let count = name.chars().count();
    if count == 0 || count > VIEW_NAME_LIMIT || name.chars().any(char::is_control) {
        return Err(Refusal::new("view-name").at("name").with("most", VIEW_NAME_LIMIT as i64));
    }
    let field = |name: &str| form.text(name).unwrap_or_default().to_owned();
    let (q, category, district, agency) = (field("q"), field("category"), field("district"), field("agency"));
    let state = field("state");
    let asked = Asked { q, category, district, agency, ..Asked::default() };
    let query = address(&asked, &state, None).strip_prefix("/desk?").unwrap_or_default().to_owned();
    Ok(DeskView { name, query })
}
