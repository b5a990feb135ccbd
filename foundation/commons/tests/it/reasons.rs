//! The town words, orders and retires the reasons of moderation; what was decided keeps the words of its day.

use axum::http::StatusCode;
use civic::{Actor, Moment, Role, Subject, SubjectKind};
use database::{DbError, Migration, MigrationSet, OffRecord, Tx, params};
use testing::{Browser, Plan, Seen, TestTown, towns};
use web::{
    Room, SubjectInfo,
    moderated::{Contents, Moderated, Part},
};

const LEAF: SubjectKind = SubjectKind("leaf");
const TABLES: MigrationSet = MigrationSet {
    name: "leaves",
    migrations: &[Migration {
        number: 1,
        name: "leaves",
        sql: "create table leaves (id text primary key, body text not null);",
    }],
};
const MODERATED: Moderated = Moderated { kind: LEAF.0, key: "part-comment", read, put, is_author };

fn read(tx: &mut Tx<'_>, id: &str) -> Result<Option<Contents>, DbError> {
    let Some(row) = tx.query_opt("select body from leaves where id = $1", &params![id])? else { return Ok(None) };
    let body: String = row.get(0)?;
    let parts = if body.is_empty() { Vec::new() } else { vec![Part::text("body", "part-description", body)] };
    let author = commons::moderation::author(tx, None, "somebody".to_owned())?;
    Ok(Some(Contents { about: Subject::new(LEAF, id), organisation: None, author, at: Moment(1), parts }))
}

fn put(tx: &mut Tx<'_>, id: &str, _: &str, text: &str) -> Result<(), DbError> {
    tx.execute("update leaves set body = $1 where id = $2", &params![text, id]).map(|_| ())
}

fn is_author(_: &mut Tx<'_>, _: &str, _: &Actor, secret: Option<&str>) -> Result<bool, DbError> {
    Ok(secret == Some("own"))
}

fn rooms() -> Vec<Room> {
    let leaves = Room {
        name: "leaves",
        migrations: Some(TABLES),
        subjects: &[SubjectInfo { kind: LEAF.0, key: "part-comment", page: |id| format!("/leaves/{id}") }],
        moderated: vec![MODERATED],
        ..Room::default()
    };
    vec![people::room(), commons::room(), leaves]
}

async fn town_with_leaves() -> Vec<TestTown> {
    let towns = towns(&Plan { rooms, install: |_, _| {}, demo: false });
    for town in &towns {
        let laid = town.town.db().write(|tx| {
            tx.execute("insert into leaves (id, body) values ('L-1', 'You fool'), ('L-2', 'Buy now')", &[])?;
            tx.commit(OffRecord("a test"), ())
        });
        laid.await.map_err(|error: DbError| error).unwrap();
    }
    towns
}

/// What the form of the administrator sends.
fn form<'f>(code: &'f str, words: [&'f str; 2], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let [name, sentence] = words;
    let mut form = vec![
        ("code", code),
        ("name-en", name),
        ("name-es", "Regla"),
        ("name-ar", "قاعدة"),
        ("sentence-en", sentence),
        ("sentence-es", "Rompe la regla del estanque."),
        ("sentence-ar", "يخالف قاعدة البركة."),
        ("position", "5"),
    ];
    form.extend(more);
    form
}

async fn set(by: &Browser, form: &[(&str, &str)]) -> Seen {
    by.post("/admin/reasons", form).await
}

/// Somebody reports a leaf for a reason.
async fn flag(by: &Browser, leaf: &str, reason: &str) -> Seen {
    by.post(&format!("/moderation/report/leaf/{leaf}"), &[("reason", reason), ("note", "")]).await
}

async fn hide(town: &TestTown, by: &Browser, reason: &str) -> Seen {
    let case = town.column("select id from moderation_cases where standing = 'waiting'").await.remove(0);
    let fields = [("act", "hide"), ("reason", reason), ("part", "body")];
    by.post(&format!("/moderation/cases/{case}"), &fields).await
}

#[tokio::test]
async fn a_town_has_reasons_of_its_own_in_every_form_and_the_log_keeps_the_words_of_then() {
    for town in town_with_leaves().await {
        let administrator = town.administrator().await;
        let first = form("pond-rule", ["Pond rule", "It breaks the rule of the pond."], &[("active", "yes")]);
        set(&administrator, &first).await.sees(StatusCode::SEE_OTHER);
        let amina = town.signed_in("amina@example.org").await;
        let report = amina.get("/moderation/report/leaf/L-1").await.sees(StatusCode::OK);
        let report = report.says("Pond rule").says("It breaks the rule of the pond.").says("Insult");
        let (own, built_in) = (report.text.find("Pond rule"), report.text.find("Personal data"));
        assert!(own < built_in, "its place is before the built-in ones");
        flag(&amina, "L-1", "pond-rule").await.sees(StatusCode::SEE_OTHER);
        let mireia = town.holder("mireia@example.org", Role::Moderator, None).await;
        mireia.get("/moderation?reason=pond-rule").await.says("You fool").says("Pond rule");
        hide(&town, &mireia, "pond-rule").await.sees(StatusCode::SEE_OTHER);
        // Another name and sentence from now on.
        let changed = form("pond-rule", ["Water rule", "It splashes."], &[("active", "yes"), ("version", "1")]);
        set(&administrator, &changed).await.sees(StatusCode::SEE_OTHER);
        town.settle().await;
        amina.get("/moderation/report/leaf/L-2").await.says("Water rule").never_says("Pond rule");
        for page in ["/moderation/log", "/moderation/of/leaf/L-1"] {
            town.browser().get(page).await.says("Pond rule").never_says("Water rule");
        }
        town.browser().get("/moderation/of/leaf/L-1").await.says("It breaks the rule of the pond.");
        let spanish = town.browser().reading("es").get("/moderation/log.json").await.json();
        assert_eq!(spanish["log"][0]["reason"], "pond-rule");
        assert_eq!(spanish["log"][0]["why"], "Rompe la regla del estanque.");
        town.browser().get("/moderation/log.csv").await.says("It breaks the rule of the pond.");
        let record = town.record().await.join("\n");
        assert!(record.contains("moderation-reason.defined") && record.contains("Pond rule"), "{record}");
        assert!(!record.contains("You fool"));
    }
}

#[tokio::test]
async fn a_retired_reason_is_chosen_no_more_and_what_it_was_given_for_stays() {
    for town in town_with_leaves().await {
        let administrator = town.administrator().await;
        let amina = town.signed_in("amina@example.org").await;
        let mireia = town.holder("mireia@example.org", Role::Moderator, None).await;
        flag(&amina, "L-1", "insult").await.sees(StatusCode::SEE_OTHER);
        hide(&town, &mireia, "insult").await.sees(StatusCode::SEE_OTHER);
        // The form of a built-in reason has its words; without its tick it is retired.
        administrator.get("/admin/reasons?edit=insult").await.says("value=\"Insult\"").says("It insults somebody.");
        let retired = form("insult", ["Rude", "It is rude."], &[("version", "0")]);
        set(&administrator, &retired).await.sees(StatusCode::SEE_OTHER);
        administrator.get("/admin/reasons").await.says("Rude").says("Retired");
        amina.get("/moderation/report/leaf/L-2").await.never_says("value=\"insult\"");
        let refused = flag(&amina, "L-2", "insult").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Please choose what is wrong with it.");
        flag(&amina, "L-2", "advertising").await.sees(StatusCode::SEE_OTHER);
        let refused = hide(&town, &mireia, "insult").await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("Choose a reason");
        assert_eq!(town.column("select body from leaves where id = 'L-2'").await, ["Buy now"]);
        town.browser().get("/moderation/of/leaf/L-1").await.says("It insults somebody.").never_says("It is rude.");
        let told = administrator.get("/admin/reasons.json").await.sees(StatusCode::OK).json();
        let insult = told["reasons"].as_array().unwrap().iter().find(|one| one["code"] == "insult").unwrap();
        assert_eq!(insult["active"], false);
        assert_eq!(insult["name"]["ar"], "قاعدة");
        assert_eq!(told["reasons"].as_array().unwrap().len(), 10);
    }
}

#[tokio::test]
async fn what_cannot_be_a_reason_is_said_and_nothing_is_kept() {
    for town in town_with_leaves().await {
        let administrator = town.administrator().await;
        let words = ["Pond rule", "It breaks the rule of the pond."];
        let active = [("active", "yes")];
        for (wrong, sentence) in [
            (form("Pond Rule", words, &active), "lower-case letters, digits and hyphens"),
            (form("", words, &active), "lower-case letters, digits and hyphens"),
            (form("pond-rule", ["", "It breaks."], &active), "in every language of the town"),
            (form("pond-rule", words, &[("position", "0")]), "a whole number from 1"),
        ] {
            // The last of two fields of one name is what a browser would not send: take the first away.
            let mut sent = wrong.clone();
            if wrong.iter().filter(|(name, _)| *name == "position").count() > 1 {
                sent.retain(|field| *field != ("position", "5"));
            }
            set(&administrator, &sent).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        let mut half = form("pond-rule", words, &active);
        half.retain(|(name, _)| *name != "sentence-ar");
        set(&administrator, &half).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("in every language");
        assert!(town.column("select code from moderation_reasons").await.is_empty());
        set(&administrator, &form("insult", words, &active)).await.sees(StatusCode::CONFLICT).says("already");
        let stale = form("insult", words, &[("active", "yes"), ("version", "3")]);
        set(&administrator, &stale).await.sees(StatusCode::CONFLICT).says("Somebody else changed this reason");
        let mireia = town.holder("mireia@example.org", Role::Moderator, None).await;
        let good = form("pond-rule", words, &active);
        set(&mireia, &good).await.sees(StatusCode::FORBIDDEN);
        assert!(town.column("select code from moderation_reasons").await.is_empty());
        // All but the last can be retired.
        for code in commons::moderation::reasons::STARTER {
            let retired = form(code, words, &[("version", "0")]);
            let last = code == "impersonation";
            let expected = if last { StatusCode::CONFLICT } else { StatusCode::SEE_OTHER };
            set(&administrator, &retired).await.sees(expected);
        }
        let markup = form("x", ["<b>bold</b>", "<script>alert(1)</script>"], &active);
        set(&administrator, &markup).await.sees(StatusCode::SEE_OTHER);
        administrator.get("/admin/reasons").await.never_says("<script>alert").never_says("<b>bold");
        town.browser().get("/moderation/report/leaf/L-1").await.never_says("<script>alert");
    }
}
