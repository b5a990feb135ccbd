//! The pages that join the rooms: front, record, developers, help, and what machines ask of any site.

mod about;
mod developers;
mod front;
mod machine;
mod record;

use civic::{Act, Language};
use web::{Room, Route, Wants};

/// Reading what joins the rooms.
const READ: Act = Act::public("town.read");

const MESSAGES: &[(Language, &str)] = &[
    (Language::En, include_str!("../messages/en/town.ftl")),
    (Language::Es, include_str!("../messages/es/town.ftl")),
    (Language::Ar, include_str!("../messages/ar/town.ftl")),
];

/// Twins of the record's list.
const RECORD_TWINS: &[Wants] = &[Wants::Json, Wants::Csv, Wants::Rss];

/// The pages, to be mounted like a room.
pub fn room() -> Room {
    Room {
        name: "town",
        routes: routes(),
        messages: MESSAGES,
        sitemap: Some(|_, page| Ok(if page == 0 { about::public_paths() } else { Vec::new() })),
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
        Route::get("/record/tile/{*path}", READ, record::tile).for_machines().documented(record::tile_doc()),
        Route::get("/record/feed", READ, record::feed).for_machines().documented(record::feed_doc()),
        Route::get("/developers", READ, developers::page_of_routes),
        Route::get("/api/openapi.json", READ, developers::openapi).for_machines(),
        Route::get("/about/data", READ, about::data),
        Route::get("/help", READ, about::help),
        Route::get("/accessibility", READ, about::accessibility),
        Route::get("/privacy", READ, about::privacy),
        Route::get("/source", READ, about::source),
        Route::get("/language/{tag}", READ, machine::choose_language),
        Route::get("/assets/{*path}", READ, machine::asset).for_machines(),
        Route::get("/sitemap.xml", READ, machine::sitemap_index).for_machines(),
        Route::get("/sitemap/{room}/{page}", READ, machine::sitemap_page).for_machines(),
        Route::get("/robots.txt", READ, machine::robots).for_machines(),
        Route::get("/health", READ, machine::health).for_machines(),
        Route::get("/metrics", READ, machine::metrics).for_machines(),
    ]
}
