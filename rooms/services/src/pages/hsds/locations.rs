//! The places where services are had, as HSDS knows them: online, at a counter, by appointment.

use super::{Asked, Catalogue, derived, load, paged};
use crate::{appointments::Plan, model::Service};
use axum::extract::State;
use serde_json::{Value, json};
use web::{
    Answer, Stop, Town, Visit, answer,
    visit::{Path, Query},
};

impl Catalogue {
    /// A service at a place where people are seen by appointment, with its hours.
    pub(super) fn by_appointment(&self, one: &Service, plan: &Plan) -> Value {
        let place = plan.place.in_language(self.language);
        let at = derived(&[&one.id, "at", &plan.id]);
        let schedule = |(number, line): (usize, &str)| {
            json!({
                "id": derived(&[&plan.id, "schedule", &number.to_string()]), "service_at_location_id": at, "description": line,
                "schedule_link": self.town.url(&format!("/services/{}/appointments?plan={}", one.code, plan.id)),
            })
        };
        let t = self.town.words().of(self.language);
        json!({
            "id": at, "service_id": one.id, "location_id": plan.id, "description": t.say("sv-meet"),
            "schedules": plan.week.lines().enumerate().map(schedule).collect::<Vec<_>>(),
            "location": {
                "id": plan.id, "location_type": "physical", "organization_id": one.organisation.text(), "name": place, "description": place,
                "url": self.town.url(&format!("/services/{}/appointments?plan={}", one.code, plan.id)),
            },
        })
    }

    /// Every place, each once.
    fn locations(&self, asked: &Asked) -> Result<Vec<Value>, Stop> {
        let found = self.asked(asked)?;
        Ok(found.into_iter().flat_map(|(one, _)| self.places_of(one)).map(|mut at| at["location"].take()).collect())
    }
}

/// GET /hsds/locations
pub(super) async fn list(State(town): State<Town>, visit: Visit, Query(asked): Query<Asked>) -> Answer {
    let all = load(&town, &visit).await?;
    paged(&asked, all.locations(&asked)?)
}

/// GET /hsds/locations/{id}
pub(super) async fn one(State(town): State<Town>, visit: Visit, Path(id): Path<String>) -> Answer {
    let all = load(&town, &visit).await?;
    let found = all.locations(&Asked::new())?.into_iter().find(|one| one["id"] == id.as_str());
    answer::json(&found.ok_or(Stop::NotFound)?)
}
