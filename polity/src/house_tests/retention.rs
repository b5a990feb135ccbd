//! What is not kept for ever ends when its time has come, and not before.

use super::towns;
use axum::http::StatusCode;
use civic::{LocalText, Role};
use database::{OffRecord, params};
use requests::{Category, Definition};
use std::collections::BTreeSet;
use testing::TestTown;
use web::{manifest::Catalogue, words::MISSING};

const WEBHOOK: &str = "01900000-0000-7000-8000-000000000001";

/// A report with contact data that was closed at once.
async fn closed_report(town: &TestTown) {
    let agency = town.agency("works", "Public works").await;
    let words = LocalText::plain("Anything");
    let definition = Definition {
        name: words.clone(),
        description: words,
        group: None,
        keywords: Vec::new(),
        attributes: Vec::new(),
        promise: None,
        rules: requests::Rules::default(),
    };
    let category =
        Category { code: "other".to_owned(), organisation: agency.id, position: 1, active: true, definition };
    requests::define_category(&town.town, testing::steward(), category).await.unwrap();
    let report =
        serde_json::json!({"category": "other", "address": "Lane 1", "email": "a@example.org", "name": "Amina"});
    town.browser().post_json("/requests.json", &report).await.sees(StatusCode::CREATED);
}

/// Leaves something of every kind there is a rule for, all of it at `START`.
async fn leave_something_everywhere(town: &TestTown) {
    let resident = town.signed_in("amina@example.org").await;
    resident.post("/me/tokens", &[("name", "a key"), ("role", "resident"), ("days", "1")]).await.sees(StatusCode::OK);
    closed_report(town).await;
    let at = testing::START.micros();
    let rows = [
        format!("update requests set state = 'resolved', closed_at = {at}"),
        format!(
            "insert into request_history (id, request_id, at, saying, actor, agency, body, detail, state, internal) \
             select 'h', id, {at}, 'request.original', '', '', 'words', '{{}}', 'new', true from requests"
        ),
        format!("insert into request_drafts (secret_hash, fields, updated_at) values ('d', '{{}}', {at})"),
        format!(
            "insert into moderation_cases (id, subject_kind, subject_id, about_kind, about_id, cause, opened_at, queued_at, \
             standing, held, reports, points, evidence, version, note, decided_at, decided_handle, appeal, appeal_handle, appeal_note) \
             values ('M', '', '', '', '', 'reported', {at}, {at}, 'closed', false, 1, 0, '[]', 1, 'words', {at}, '', '', '', '')"
        ),
        format!(
            "insert into moderation_reports (subject_kind, subject_id, who, case_id, reason, note, at) \
             values ('', '', 'w', 'M', 'insult', 'words', {at})"
        ),
        format!("insert into conversation_challenges (challenge, at) values ('c', {at})"),
        format!("insert into request_forward_news (organisation_id, update_id, at) values ('o', 'u', {at})"),
        format!(
            "insert into request_import_uploads (id, name, body, mapping, by_handle, language, state, at, report, trouble) \
             select 'u', '', picture, '', '', 'en', 'new', {at}, '', '' from files"
        ),
        format!(
            "insert into followers (subject_kind, subject_id, email, language, token_hash, asked_at) \
             values ('request', 'x', 'b@example.org', 'en', 't', {at})"
        ),
        format!(
            "insert into commitments (code, organisation_id, title, summary, currency, state, state_at, promised_at, due_at, updated_at, \
             closed_at, place_in_list, late_said, version) \
             values ('K-2222', '{WEBHOOK}', '{{\"en\":\"x\"}}', '', 'EUR', 'kept', {at}, {at}, {at}, {at}, {at}, 0, false, 1)"
        ),
        format!(
            "insert into commitment_opinions (code, kept_at, who, answer, at) values ('K-2222', {at}, 'somebody', 'yes', {at})"
        ),
        format!(
            "insert into alert_subscriptions (id, email, language, area, district, pace, asked_at) \
             values ('s', 'c@example.org', 'en', 'district 1', '1', 'daily', {at})"
        ),
        format!("insert into alert_tokens (token_hash, subscription_id, made_at) values ('t', 'gone', {at})"),
        format!(
            "insert into alert_news (entry_id, at, subject_kind, subject_id, what) values ('e', {at}, 'request', 'x', 'began')"
        ),
        format!("insert into request_sent (key_hash, fingerprint, salt, code, at) values ('k', '', '', '', {at})"),
        format!(
            "insert into processes (code, template, definition, opens_at, closes_at, made_at, updated_at, version) \
             values ('p', 'budget', '{{}}', {at}, {at}, {at}, {at}, 1)"
        ),
        format!(
            "insert into proposals (code, process, state, state_at, title, body, category, address, sources, photos, photo_key, \
             supports, comments, shuffle, made_at, updated_at, version) \
             values ('P-2222', 'p', 'draft', {at}, '', '', '', '', '', '', '', 1, 0, 0, {at}, {at}, 1)"
        ),
        format!(
            "insert into proposals (code, process, state, state_at, title, body, category, address, sources, photos, photo_key, \
             supports, comments, shuffle, made_at, submitted_at, updated_at, version) \
             values ('P-3333', 'p', 'open', {at}, '', '', '', '', '', '', '', 1, 0, 0, {at}, {at}, {at}, 1)"
        ),
        format!(
            "insert into proposal_invitations (token_hash, proposal, email, at) values ('i', 'P-3333', 'b@example.org', {at})"
        ),
        format!(
            "insert into proposal_supports (proposal, person_id, at, merged_from) values ('P-3333', 'x', {at}, '')"
        ),
        format!("insert into dataset_files (id, made_at, file_name, size_bytes, sha256) values ('d', {at}, '', 0, '')"),
        format!(
            "insert into data_intakes (id, dataset_id, organisation_id, url, body, actor, language, state, step, done, whole, percent, attempts, \
             runner, held_until, trouble, made_at, ended_at) \
             values ('i', 'd', '', '', '{{}}', '', 'en', 'cancelled', 'waiting', 0, 0, 0, 0, '', 0, '', {at}, {at})"
        ),
        format!(
            "insert into data_notes (code, kind, organisation_id, title, body, url, table_name, column_name, state, state_at, made_at, \
             handle, supports, updated_at, version) \
             values ('D-2222', 'request', '', '', '', '', '', '', 'published', {at}, {at}, '', 1, {at}, 1)"
        ),
        format!("insert into data_note_supports (note, person_id, at) values ('D-2222', 'x', {at})"),
        format!(
            "insert into datasets (id, name, organisation_id, state, body, made_at, updated_at, version, source, source_id) \
             values ('d1', 'd1', '00000000-0000-0000-0000-000000000000', 'draft', '{{}}', {at}, {at}, 2, '', '')"
        ),
        format!(
            "insert into dataset_version_files (resource_id, version, dataset_id, sheet, revision, at, body) \
             values ('d1', 1, 'd1', 0, 1, {at}, '{{}}'), ('d1', 2, 'd1', 0, 2, {at}, '{{}}')"
        ),
        format!(
            "insert into datasets (id, name, organisation_id, state, body, made_at, updated_at, version, source, source_id) \
             values ('d2', 'd2', '00000000-0000-0000-0000-000000000000', 'draft', '{{}}', {at}, {at}, 2, 'town', '')"
        ),
        format!(
            "insert into dataset_version_files (resource_id, version, dataset_id, sheet, revision, at, body) \
             values ('d2', 1, 'd2', 0, 1, {at}, '{{}}'), ('d2', 2, 'd2', 0, 2, {at}, '{{}}')"
        ),
        format!("insert into erasure_receipts (secret_hash, made_at, receipt) values ('e', {at}, '{{}}')"),
        format!(
            "insert into webhooks (id, url, note, kinds, secret, state, created_at, from_position, failures, next_at) \
             values ('{WEBHOOK}', '', '', '[]', 'whsec_{}=', 'paused', {at}, 0, 0, 0)",
            "A".repeat(43)
        ),
        format!(
            "insert into webhook_deliveries (webhook_id, position, saying, state, attempts, made_at, error) \
             values ('{WEBHOOK}', 1, '', 'delivered', 1, {at}, '')"
        ),
        format!(
            "insert into service_drafts (secret_hash, code, number, answers, language, channel, clerk, begun_at, updated_at, pages) \
             values ('s', 'x', 1, '{{}}', 'en', 'online', '', {at}, {at}, 0)"
        ),
        format!(
            "insert into applications (code, service, number, organisation_id, channel, language, secret_hash, answers, finding, filed_at, \
             due_at, pauses, state, state_at, is_open, outcome, missing, proposed_by, officer, decided_by, reasons, appeal_words, \
             appeal_reasons, was_incomplete, minutes, pages, letters, is_simulated, is_erased, version) \
             values ('A-2222', 'x', 1, '', 'online', 'en', '', '{{}}', '', {at}, {at}, '[]', 'closed', {at}, false, 'granted', '', '', '', '', \
             '', '', '', false, 1, 1, 0, false, false, 1)"
        ),
        format!(
            "insert into service_letter_templates (id, organisation_id, service, name, texts, version, changed_at, retired_at) \
             values ('l', '{WEBHOOK}', null, 'Closed', '{{\"en\":\"x\"}}', 1, {at}, {at})"
        ),
        format!(
            "insert into assemblies (code, plan, opens_at, closes_at, made_at, updated_at, version) \
             values ('S-2222', '{{}}', {at}, {at}, {at}, {at}, 1)"
        ),
        format!(
            "insert into assembly_pool (assembly, ticket, own_id, name, email, answers, at) \
             values ('S-2222', 'T', 'T', '', '', '[]', {at})"
        ),
        format!(
            "insert into meetings (code, plan, starts_at, ends_at, cancel_reason, made_at, updated_at, version) \
             values ('m', '{{}}', {at}, {at}, '', {at}, {at}, 1)"
        ),
        format!(
            "insert into meeting_registrations (meeting, person_id, number, waits, at) values ('m', 'p', 1, false, {at})"
        ),
        format!(
            "insert into surveys (code, definition, opens_at, closes_at, published_at, counted_at, results, made_at, updated_at, version) \
             values ('s', '{{}}', {at}, {at}, {at}, {at}, '', {at}, {at}, 1), ('t', '{{}}', {at}, {at}, null, null, '', {at}, {at}, 1)"
        ),
        format!(
            "insert into survey_answers (survey, who, draft, sent, updated_at) \
             values ('s', 'somebody', '{{}}', '{{}}', {at}), ('t', 'somebody', '{{}}', null, {at})"
        ),
        format!(
            "insert into voting_votes (code, state, state_at, state_text, opens_at, closes_at, definition, origin, key_print, paper_done, \
             turnout, created_at, version) values ('V-2222', 'draft', {at}, '', {at}, {at}, '{{}}', '', '', false, '', {at}, 1)"
        ),
        "insert into voting_roll (vote, voter) values ('V-2222', 'somebody')".to_owned(),
        format!(
            "insert into conversations (code, question, introduction, moderation, entry, census, origin, seed, made_at, updated_at, \
             version) values ('C-2222', '{{\"en\":\"x\"}}', '{{\"en\":\"\"}}', 'first', 'roll', '{{}}', '', 1, {at}, {at}, 1)"
        ),
        "insert into conversation_roll (conversation, name, taken) values ('C-2222', 'somebody', false)".to_owned(),
    ];
    let written = town.town.db().write(move |tx| {
        let photo = format!(
            "insert into files (id, secret_hash, made_at, width, height, sha256, picture, thumbnail) \
             values ('f', '', {at}, 1, 1, '', $1, $1)"
        );
        tx.execute(&photo, &params![&b"picture".to_vec()])?;
        for sql in &rows {
            tx.execute(sql, &[])?;
        }
        tx.commit(OffRecord("a test"), ())
    });
    written.await.map_err(|error: database::DbError| error).unwrap();
}

/// Runs the rules; the names of those that ended something.
async fn run(town: &TestTown) -> BTreeSet<&'static str> {
    crate::retention::run(&town.town).await.unwrap().into_keys().collect()
}

#[tokio::test]
async fn each_rule_ends_what_is_old_on_its_day_and_not_before() {
    for town in towns() {
        leave_something_everywhere(&town).await;
        let rules = town.town.part::<Catalogue>().retention.clone();
        let mut ended = BTreeSet::new();
        let mut days: BTreeSet<u32> = rules.iter().map(|rule| rule.days).collect();
        // Sessions and keys count from their end, which is later than their beginning.
        days.extend([8, 9, 38, 60, 91, 92, 400, 800]);
        for day in days {
            town.clock.turn_to(testing::START.plus_days(i64::from(day)).plus_seconds(-60));
            for name in run(&town).await {
                let rule = rules.iter().find(|rule| rule.name == name).unwrap();
                assert!(rule.days < day, "{name} before its day {day}");
                ended.insert(name);
            }
            town.clock.turn_to(testing::START.plus_days(i64::from(day)).plus_seconds(3_600));
            ended.extend(run(&town).await);
        }
        let all: BTreeSet<&str> = rules.iter().map(|rule| rule.name).collect();
        assert_eq!(ended, all, "every rule ended something");
        assert!(run(&town).await.is_empty(), "once");
        let contact = town.column("select coalesce(email, '') || coalesce(name, '') from request_reporters").await;
        assert_eq!(contact, [""], "anonymised, not deleted");
        let said: Vec<String> = town.record().await.into_iter().filter(|body| body.contains("retention.ran")).collect();
        assert!(said.len() > 3 && !said.concat().contains("example.org"), "{said:?}");
        town.settle().await;
        let shown = town.browser().get("/about/retention.json").await.sees(StatusCode::OK).json();
        assert_eq!(shown["rules"].as_array().unwrap().len(), rules.len());
        assert!(shown["runs"].as_array().unwrap().len() > 3);
        town.browser().get("/about/retention").await.sees(StatusCode::OK).never_says(MISSING);
    }
}

#[tokio::test]
async fn a_town_sets_its_own_days_within_limits_and_in_public() {
    for town in towns() {
        let admin = town.holder("first@example.org", Role::Administrator, None).await;
        leave_something_everywhere(&town).await;
        for wrong in ["", "0", "91", "-3", "1.5", "x", "99999999999999999999"] {
            let seen = admin.post("/admin/retention", &[("requests.drafts", wrong)]).await;
            let seen = seen.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains("id=\"requests.drafts-error\""), "{wrong}");
        }
        admin.post("/admin/retention", &[("people.receipts", "2")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        admin.post("/admin/retention", &[("requests.drafts", "3")]).await.sees(StatusCode::SEE_OTHER);
        town.browser().post("/admin/retention", &[("requests.drafts", "9")]).await.sees(StatusCode::SEE_OTHER);
        let officer = town.holder("m@example.org", Role::Moderator, None).await;
        officer.post("/admin/retention", &[("requests.drafts", "9")]).await.sees(StatusCode::FORBIDDEN);
        assert!(town.record().await.last().unwrap().contains("\"days\":3"));
        town.clock.advance_seconds(3 * 86_400 + 60);
        assert!(run(&town).await.contains("requests.drafts"));
        let shown = town.browser().get("/about/retention.json").await.json();
        let drafts = shown["rules"].as_array().unwrap().iter().find(|rule| rule["name"] == "requests.drafts").unwrap();
        assert_eq!(drafts["days"], 3);
    }
}

#[tokio::test]
async fn many_old_rows_end_in_batches() {
    for town in towns() {
        let at = testing::START.micros();
        let written = town.town.db().write(move |tx| {
            for number in 0..2_500 {
                tx.execute(
                    &format!(
                        "insert into request_drafts (secret_hash, fields, updated_at) values ('{number}', '{{}}', {at})"
                    ),
                    &[],
                )?;
            }
            tx.commit(OffRecord("a test"), ())
        });
        written.await.map_err(|error: database::DbError| error).unwrap();
        town.clock.advance_seconds(31 * 86_400);
        assert_eq!(crate::retention::run(&town.town).await.unwrap()["requests.drafts"], 2_500);
    }
}
