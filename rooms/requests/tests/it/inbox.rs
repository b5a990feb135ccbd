//! What the room says to the one inbox over all desks: mine and nobody's, by the promised end, page by page.

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use civic::{Actor, Language};
use database::DbError;
use web::manifest::{AskedWork, Catalogue, WorkEnd, WorkPage};

/// A page of the work of somebody by the name of their mail.
async fn work(room: &Room, name: &str, only_mine: bool, limit: u32, after: Option<WorkEnd>) -> WorkPage {
    let email = format!("{name}@example.org").parse().unwrap();
    let (town, now) = (room.town.town.clone(), room.town.town.now());
    let found = room.town.town.db().read(move |tx| {
        let person = people::accounts::by_email(tx, &email)?.ok_or(DbError::NotFound)?;
        let mandates = people::mandates::held_by(tx, person.id, now)?;
        let (person, handle) = (Some(person.id), person.handle);
        let actor = Actor { person, name: String::new(), handle, mandates, language: Language::En };
        let asked = AskedWork { actor: &actor, language: Language::En, only_mine, after: None, limit };
        town.part::<Catalogue>().work(&town, tx, &asked, "", after.as_ref())
    });
    found.await.map_err(|error: DbError| error).unwrap()
}

fn codes(page: &WorkPage) -> Vec<String> {
    page.items.iter().map(|(_, work)| work.code.clone()).collect()
}

#[tokio::test]
async fn mine_and_nobodys_what_is_due_first_page_by_page() {
    for room in rooms().await {
        let mut all = Vec::new();
        for at in 0..5 {
            all.push(room.lamp(&format!("Lamp {at} flickers")).await.0);
            room.town.clock.advance_seconds(86_400);
        }
        let lights = room.town.agency("others", "Others").await;
        room.town.holder("other@example.org", civic::Role::Officer, Some(&lights)).await;
        assert!(codes(&work(&room, "other", false, 10, None).await).is_empty(), "another agency");
        let whole = work(&room, "lamps", false, 10, None).await;
        assert_eq!(codes(&whole), all);
        assert!(whole.next.is_none() && whole.items[0].1.title.contains("Broken lamp"));
        // Page by page: nothing twice, nothing left out.
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = work(&room, "lamps", false, 2, after).await;
            seen.extend(codes(&page));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
        // Taken: mine.
        let version = room.version(&all[1]).await;
        room.lamps.post(&format!("/desk/{}/take", all[1]), &[("version", &version)]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(codes(&work(&room, "lamps", true, 10, None).await), [all[1].clone()]);
        assert!(
            work(&room, "lamps", false, 10, None)
                .await
                .items
                .iter()
                .any(|(_, work)| work.code == all[1] && work.is_mine)
        );
    }
}
