//! The pages that join the rooms: front, record, developers, help, and what machines ask of any site.

pub mod about;
mod desk;
mod developers;
mod ended;
mod front;
mod machine;
mod operations;
mod record;
mod recount;
mod retention;
mod setup;

use civic::{Act, Language, Role};
use web::{Door, Room, Route, Saying, SubjectInfo, Wants};

/// Reading what joins the rooms.
const READ: Act = Act::public("town.read");
/// Setting up the town: what it is called, what it keeps and for how long.
const SET: Act = Act::town("town.set", &[Role::Administrator]);
/// Seeing what waits at the desks of all rooms, each within one's mandate there.
const DESKS: Act = Act::organisation("town.desks", &[Role::Officer, Role::Administrator]);
/// Seeing how the machinery does, and trying its parts.
const OPERATE: Act = Act::town("town.operate", &[Role::Administrator]);

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/town.ftl")),
    (Language::En, include_str!("../messages/en/operations.ftl")),
    (Language::En, include_str!("../messages/en/recount.ftl")),
    (Language::En, include_str!("../messages/en/setup.ftl")),
    (Language::Es, include_str!("../messages/es/town.ftl")),
    (Language::Es, include_str!("../messages/es/operations.ftl")),
    (Language::Es, include_str!("../messages/es/recount.ftl")),
    (Language::Es, include_str!("../messages/es/setup.ftl")),
    (Language::Ar, include_str!("../messages/ar/town.ftl")),
    (Language::Ar, include_str!("../messages/ar/operations.ftl")),
    (Language::Ar, include_str!("../messages/ar/recount.ftl")),
    (Language::Ar, include_str!("../messages/ar/setup.ftl")),
];

/// What the town itself says on the record.
const SAYINGS: [Saying; 4] = [
    crate::retention::SAYINGS[0],
    crate::retention::SAYINGS[1],
    crate::settings::CHANGED,
    Saying { name: ::record::BEGUN_ANEW, key: "saying-record-begun-anew" },
];

/// The record itself, as what an entry is about.
const RECORD: SubjectInfo =
    SubjectInfo { kind: ::record::RECORD.0, key: "subject-record", page: |_| "/record".to_owned() };

/// Twins of the record's list.
const RECORD_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];

/// The pages, to be mounted like a room.
pub fn room() -> Room {
    Room {
        name: "town",
        routes: routes(),
        migrations: Some(crate::kept::MIGRATIONS),
        messages: MESSAGES,
        sayings: &SAYINGS,
        subjects: &[crate::retention::SUBJECT, crate::settings::SUBJECT, RECORD],
        jobs: vec![crate::retention::job_kind()],
        refresh: Some(|town| Box::pin(async move { crate::settings::refresh(&town).await })),
        doors: vec![
            Door { href: "/desk/all", key: "door-desk-all", door: "desk", act: DESKS, order: 79 },
            Door { href: "/admin/operations", key: "door-operations", door: "desk", act: OPERATE, order: 90 },
        ],
        sitemap: Some(about::sitemap),
        ..Room::default()
    }
}

fn routes() -> Vec<Route> {
    vec![
        Route::get("/", READ, front::front).twins(&[Wants::Json]),
        Route::get("/record", READ, record::list).twins(RECORD_TWINS).documented(record::list_doc()),
        Route::get("/record/{position}", READ, record::show).twins(&[Wants::Json]).documented(record::show_doc()),
        Route::get("/record/receipt/{position}", READ, record::receipt)
            .for_machines()
            .documented(record::receipt_doc()),
        Route::get("/record/key", READ, record::key).for_machines().documented(record::key_doc()),
        Route::get("/record/checkpoint", READ, record::checkpoint).for_machines().documented(record::checkpoint_doc()),
        Route::get("/record/witnessed", READ, record::witnessed).for_machines().documented(record::witnessed_doc()),
        Route::get("/record/tile/{*path}", READ, record::tile).for_machines().documented(record::tile_doc()),
        Route::get("/record/before/{number}/checkpoint", READ, ended::checkpoint)
            .for_machines()
            .documented(ended::checkpoint_doc()),
        Route::get("/record/before/{number}/key", READ, ended::key).for_machines().documented(ended::key_doc()),
        Route::get("/record/before/{number}/tile/{*path}", READ, ended::tile)
            .for_machines()
            .documented(ended::tile_doc()),
        Route::get("/record/feed", READ, record::feed).for_machines().documented(record::feed_doc()),
        Route::get("/developers", READ, developers::page_of_routes),
        Route::get("/api/openapi.json", READ, developers::openapi).for_machines().documented(developers::openapi_doc()),
        Route::get("/about/data", READ, about::data),
        Route::get("/recount", READ, recount::recount),
        Route::get("/help", READ, about::help),
        Route::get("/accessibility", READ, about::accessibility),
        Route::get("/privacy", READ, about::privacy),
        Route::get("/source", READ, about::source),
        Route::get("/language/{tag}", READ, machine::choose_language),
        Route::get("/assets/{*path}", READ, machine::asset).for_machines(),
        Route::get("/sitemap.xml", READ, machine::sitemap_index).for_machines(),
        Route::get("/sitemap/{room}/{page}", READ, machine::sitemap_page).for_machines(),
        Route::get("/robots.txt", READ, machine::robots).for_machines(),
        Route::get("/health", READ, machine::health).for_machines().documented(machine::health_doc()),
        Route::get("/town.css", READ, machine::hues).for_machines(),
        Route::get("/desk/all", DESKS, desk::all).twins(&[Wants::Json]).documented(desk::doc()),
        Route::get("/admin/setup", SET, setup::overview).twins(&[Wants::Json]),
        Route::get("/admin/setup/{step}", SET, setup::show),
        Route::post("/admin/setup/{step}", SET, setup::save),
        Route::post("/admin/setup/{step}/skip", SET, setup::skip),
        Route::get("/about/retention", READ, retention::show).twins(&[Wants::Json]).documented(retention::doc()),
        Route::get("/admin/retention", SET, retention::ask),
        Route::post("/admin/retention", SET, retention::set),
        Route::get("/admin/operations", OPERATE, operations::operations)
            .twins(&[Wants::Json])
            .documented(operations::doc()),
        Route::post("/admin/operations/test-mail", OPERATE, operations::test_mail),
        Route::get("/metrics", READ, machine::metrics).for_machines(),
    ]
}
