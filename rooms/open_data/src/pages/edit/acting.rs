//! What is done to a dataset by the forms of its page.

use super::{
    Beside, done, draft_of, editable, read, render,
    taken::{Taken, take},
};
use crate::{
    books::{self, Books},
    commands,
    decide::Farewell,
    intakes, links, own,
    pages::version_of,
    plans,
};
use axum::{extract::State, http::StatusCode};
use web::{Answer, Stop, Town, Visit, Wants, answer::see_other_saying, forms::Submission, visit::Path};

/// POST /data/{name}/{act}
pub async fn act(
    State(town): State<Town>,
    visit: Visit,
    Path((name, act)): Path<(String, String)>,
    form: Submission,
) -> Answer {
    let dataset = editable(&town, &visit, &name)?;
    let actor = &visit.actor;
    let id = form.text("resource").unwrap_or_default().to_owned();
    let outcome = match act.as_str() {
        "save" => {
            let mut draft = read(&form);
            draft.extras.clone_from(&dataset.meta.extras);
            let seen = version_of(&visit, &form);
            let changed = match &seen {
                Ok(seen) => commands::change(&town, actor, &name, *seen, &draft).await,
                Err(refusal) => Err(refusal.clone().into()),
            };
            match changed {
                Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
                    // As it is now: somebody may have been quicker, perhaps at another node.
                    books::refresh(town.clone()).await?;
                    let dataset = editable(&town, &visit, &name)?;
                    let about = Some((&dataset, seen.ok().flatten()));
                    return render(&town, &visit, about, draft, Beside::default(), &refusals).await;
                }
                other => other,
            }
        }
        "publish" => match seen_by(&form) {
            Ok(seen) if form.is_ticked("older") => commands::publish_with_older(&town, actor, &name, seen).await,
            Ok(seen) => commands::publish(&town, actor, &name, seen).await,
            Err(refusal) => Err(refusal.into()),
        },
        "renew" if own::is_own(&dataset) => own::renew_own(&town, &dataset.name).await.and_then(|()| {
            town.part::<Books>().now().find(&name).map(|filed| filed.dataset.clone()).ok_or(Stop::NotFound)
        }),
        "withdraw" => match seen_by(&form) {
            Ok(seen) => commands::withdraw(&town, actor, &name, seen, &farewell_of(&form)).await,
            Err(refusal) => Err(refusal.into()),
        },
        "fetch" => plans::fetch_by_form(&town, actor, &dataset, &form).await.map(|()| dataset.clone()),
        "later" => plans::publish_by_form(&town, actor, &dataset, &form).await.map(|()| dataset.clone()),
        "check-links" => links::check_now(&town, actor, &name).await,
        "remove" => commands::remove_resource(&town, actor, &name, &id, form.is_ticked("forget")).await,
        "add" | "replace" => {
            let replaced = (act == "replace").then_some(id);
            match take(&town, &visit, &dataset, replaced, &form).await {
                Ok(Taken::Begun(intake)) => return intakes::see(&town, &visit, &dataset, &intake).await,
                Ok(Taken::Done(changed)) => Ok(*changed),
                Err(stop) => Err(stop),
            }
        }
        _ => return Err(Stop::NotFound),
    };
    let flash = match act.as_str() {
        "publish" => "flash-dataset-published",
        "withdraw" => "flash-dataset-withdrawn",
        "save" => "flash-dataset-saved",
        "fetch" | "later" => "flash-dataset-planned",
        "check-links" => "flash-dataset-links",
        _ => "flash-dataset-data",
    };
    match outcome {
        Ok(gone) if act == "withdraw" && town.part::<Books>().now().find(&gone.name).is_none() => {
            see_other_saying("/data", flash)
        }
        Ok(changed) if act == "publish" && !changed.is_public() => {
            done(&town, &visit, &changed, StatusCode::ACCEPTED, "flash-dataset-submitted").await
        }
        Ok(changed) if act == "check-links" => done(&town, &visit, &changed, StatusCode::ACCEPTED, flash).await,
        Ok(changed) => done(&town, &visit, &changed, StatusCode::OK, flash).await,
        Err(Stop::Refused(refusals)) if visit.wants == Wants::Html => {
            let beside = Beside { farewell: farewell_of(&form), ..Beside::default() };
            render(&town, &visit, Some((&dataset, None)), draft_of(&dataset), beside, &refusals).await
        }
        Err(stop) => Err(stop),
    }
}

/// The version that a form was made of, where it says so.
fn seen_by(form: &Submission) -> Result<Option<i64>, web::Refusal> {
    let version = form.text("version").filter(|text| !text.is_empty());
    version.map(|text| text.parse().map_err(|_| web::Refusal::new("data-version"))).transpose()
}

fn farewell_of(form: &Submission) -> Farewell {
    let text = |name: &str| form.text(name).unwrap_or_default().to_owned();
    Farewell { why: text("why"), replaced_by: text("replaced_by") }
}
