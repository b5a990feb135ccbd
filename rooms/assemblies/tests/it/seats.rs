//! Who was drawn answers by their private link; seats that fall free are drawn for.

use crate::town::{plan, rooms};
use assemblies::{Begin, Kind};
use axum::http::StatusCode;

#[tokio::test]
async fn free_seats_are_drawn_for_from_the_rest_of_the_pool() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 60).await;
        let code = assembly.code.to_string();
        room.drawn(&assembly, Begin::default()).await;
        let links = room.links().await;
        assert_eq!(links.len(), 10);
        let stranger = room.town.browser();
        for (place, link) in links.iter().enumerate() {
            stranger.get(link).await.sees(StatusCode::OK).says("The pond");
            let answer = if place < 2 { "no" } else { "yes" };
            if place < 9 {
                stranger.post(link, &[("answer", answer)]).await.sees(StatusCode::SEE_OTHER);
            }
        }
        stranger.post(&links[0], &[("answer", "yes")]).await.sees(StatusCode::CONFLICT);
        let json = stranger.get(&format!("/assemblies/{code}.json")).await.json();
        assert_eq!((&json["accepted"], &json["asked"], &json["free"]), (&7.into(), &1.into(), &2.into()));
        room.town.clock.turn_to(assembly.closes_at.plus_days(7));
        stranger.post(&links[9], &[("answer", "yes")]).await.sees(StatusCode::CONFLICT).says("too late");
        let filled = room.drawn(&assembly, Begin::default()).await;
        assert_eq!(filled.kind, Kind::Vacancies);
        assert_eq!((filled.facts.seats, filled.facts.declined, filled.facts.silent), (3, 2, 1));
        assert_eq!(filled.facts.drawn.iter().map(|of| of.iter().sum::<u32>()).collect::<Vec<_>>(), [10, 10]);
        let outside = |least: u32, most: u32, seats: u32| seats < least || seats > most;
        assert!(!filled.facts.drawn[0].iter().any(|seats| outside(4, 6, *seats)), "{:?}", filled.facts.drawn);
        assert!(!filled.facts.drawn[1].iter().any(|seats| outside(3, 7, *seats)), "{:?}", filled.facts.drawn);
        let tickets = room.town.column("select ticket from assembly_members").await;
        let unlike: std::collections::BTreeSet<_> = tickets.iter().collect();
        assert_eq!((tickets.len(), unlike.len()), (13, 13), "who gave a seat up is not drawn for it");
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(record.contains("\"declined\":2") && record.contains("\"silent\":1"), "in public numbers");
        assert!(tickets.iter().all(|ticket| !record.contains(ticket.as_str())), "and in numbers only");
    }
}

#[tokio::test]
async fn somebody_may_give_their_seat_back_later_and_only_they() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 40).await;
        room.drawn(&assembly, Begin::default()).await;
        let link = room.links().await.remove(0);
        let browser = room.town.browser();
        browser.post(&link, &[("answer", "yes")]).await.sees(StatusCode::SEE_OTHER);
        browser.get(&link).await.says("You take part");
        browser.post(&link, &[("answer", "perhaps")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        browser.post(&link, &[("answer", "no")]).await.sees(StatusCode::SEE_OTHER);
        browser.get(&link).await.says("You gave your seat back");
        let other = format!("{}0", &link[..link.len() - 1]);
        let other = if other == link { format!("{}1", &link[..link.len() - 1]) } else { other };
        browser.get(&other).await.sees(StatusCode::NOT_FOUND);
        browser.post(&other, &[("answer", "no")]).await.sees(StatusCode::NOT_FOUND);
        assert_eq!(room.town.column("select state from assembly_members where state <> 'asked'").await, ["declined"]);
    }
}
