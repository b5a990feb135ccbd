use crate::local_path;
use axum::extract::State;
use civic::JobId;
use database::jobs;
use serde::Serialize;
use web::{
    Answer, Frame, Stop, Town, Visit, Wants,
    answer::{json, page, see_other_saying},
    forms::Submission,
    visit::Path,
};

/// Failures the page shows at a time.
const JOBS_SHOWN: u32 = 200;

#[derive(askama::Template)]
#[template(path = "people_jobs.html")]
struct JobsPage {
    frame: Frame,
    rows: Vec<JobRow>,
}

/// A piece of work that failed. What it works on is not shown: it may be private.
#[derive(Serialize)]
struct JobRow {
    id: String,
    kind: String,
    attempts: i64,
    error: String,
}

/// GET /admin/jobs
pub(super) async fn list(State(town): State<Town>, visit: Visit) -> Answer {
    let dead = town.db().read(|tx| jobs::dead_letters(tx, JOBS_SHOWN)).await.map_err(Stop::from)?;
    let rows = dead.into_iter().map(|job| JobRow {
        id: job.id,
        kind: job.kind,
        attempts: job.attempts,
        error: job.last_error,
    });
    let rows: Vec<_> = rows.collect();
    if visit.wants == Wants::Json {
        return json(&rows);
    }
    let frame = Frame::new(&town, &visit, visit.t.say("people-jobs-heading")).twins(&visit, &[Wants::Json]);
    page(&JobsPage { frame, rows })
}

/// POST /admin/jobs/{id}/retry
pub(super) async fn retry(State(town): State<Town>, Path(id): Path<String>, form: Submission) -> Answer {
    let (id, now) = (read_id(&id)?, town.now());
    let retried = town.db().write(move |tx| {
        let found = jobs::retry_dead(tx, &id, now)?;
        if found { Ok(tx.commit(jobs::OFF_RECORD, ())?) } else { Err(Stop::NotFound) }
    });
    retried.await?;
    see_other_saying(back_of(&form), "people-job-retried")
}

/// POST /admin/jobs/{id}/discard
pub(super) async fn discard(State(town): State<Town>, Path(id): Path<String>, form: Submission) -> Answer {
    let id = read_id(&id)?;
    let discarded = town.db().write(move |tx| {
        let found = jobs::discard_dead(tx, &id)?;
        if found { Ok(tx.commit(jobs::OFF_RECORD, ())?) } else { Err(Stop::NotFound) }
    });
    discarded.await?;
    see_other_saying(back_of(&form), "people-job-discarded")
}

/// The page whose button was pressed.
fn back_of(form: &Submission) -> &str {
    form.text("back").and_then(local_path).unwrap_or("/admin/jobs")
}

fn read_id(text: &str) -> Answer<String> {
    text.parse::<JobId>().map(|id| id.text()).map_err(|_| Stop::NotFound)
}
