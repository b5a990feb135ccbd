//! The map: drawn in the background, kept, shown in pictures and words, true to the engine.

use crate::town::rooms;
use axum::http::StatusCode;
use conversations::{
    MapView, React,
    Stance::{Agree, Disagree, Pass},
    Who,
};

async fn map(room: &crate::town::Room, code: &str) -> MapView {
    let seen = room.town.browser().get(&format!("/conversations/{code}/map.json")).await.sees(StatusCode::OK);
    serde_json::from_str(&seen.text).unwrap()
}

#[tokio::test]
async fn two_camps_are_seen_and_said() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}/map");
        room.town.browser().get(&page).await.sees(StatusCode::OK).says("No map yet");
        // Twenty say yes to the first two and no to the third, twenty the other way round; all agree on the fourth.
        for person in 0..40 {
            let (one, other) = if person % 2 == 0 { (Agree, Disagree) } else { (Disagree, Agree) };
            room.answers_as(&code, &person.to_string(), &[(0, one), (1, one), (2, other), (3, Agree)]).await;
        }
        let last = room.visitor(&code).await;
        for (statement, vote) in [("0", "agree"), ("1", "agree"), ("2", "disagree"), ("3", "agree")] {
            assert_eq!(room.vote(&last, &code, statement, vote).await, StatusCode::SEE_OTHER);
        }
        room.drawn().await;
        let view = map(&room, &code).await;
        assert_eq!((view.people, view.people_on_map, view.reactions), (41, 41, 164));
        assert_eq!(view.groups.len(), 2, "{:?}", view.groups);
        assert_eq!(view.groups.iter().map(|group| group.size).sum::<usize>(), 41);
        assert_eq!(view.agreed.first(), Some(&3));
        assert_eq!(view.across_groups(3).first().map(|one| one.number), Some(3));
        let words = last.get(&page).await.sees(StatusCode::OK);
        let words = words
            .says("<svg class=\"omap\"")
            .says("Group A")
            .says("class=\"you\"")
            .says("What every group agrees with");
        words.says("Schools should open their yards at weekends").says(&view.seed.to_string());
        let arabic = room.town.browser().reading("ar").get(&page).await.sees(StatusCode::OK);
        arabic.says("المجموعة أ").never_says("Group A");
        room.town.browser().get(&format!("/conversations/{code}/report")).await.sees(StatusCode::OK).says("Group B");
        let statements = room.town.browser().get(&format!("/conversations/{code}/statements?sort=divided")).await;
        statements.says("Group A: ").says("agree 100 % (41)");
    }
}

/// What is brought up to date answer by answer is what would be drawn from everything at once.
#[tokio::test]
async fn a_map_that_grew_is_the_map_of_everything() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let vote = |person: i64, statement: i64| {
            [Agree, Disagree, Pass][((person * 7 + statement * 5 + person * statement) % 3) as usize]
        };
        let amina = room.visitor(&code).await;
        for statement in 0..4 {
            for person in 0..18 {
                room.answers_as(&code, &person.to_string(), &[(statement, vote(person, statement))]).await;
            }
            room.vote(&amina, &code, &statement.to_string(), "agree").await;
            room.drawn().await;
        }
        // Changed, and taken back.
        room.answers_as(&code, "0", &[(0, Disagree)]).await;
        room.drawn().await;
        amina.post(&format!("/conversations/{code}/undo"), &[]).await.sees(StatusCode::SEE_OTHER);
        room.drawn().await;
        let grown = map(&room, &code).await;
        assert_eq!(grown.reactions, 19 * 4 - 1);
        let counts: Vec<_> = grown.statements.iter().map(|one| (one.agrees, one.disagrees, one.passes)).collect();
        // The tables tell of days that are over.
        room.town.clock.advance_seconds(86_400);
        let votes = room.town.browser().get(&format!("/conversations/{code}/export/participants-votes.csv")).await.text;
        for (statement, counted) in counts.iter().enumerate() {
            let cells: Vec<&str> =
                votes.lines().skip(1).filter_map(|line| line.split(',').nth(6 + statement)).collect();
            let of = |value: &str| cells.iter().filter(|cell| **cell == value).count() as u32;
            assert_eq!(*counted, (of("1"), of("-1"), of("0")), "statement {statement}: {votes}");
        }
    }
}

#[tokio::test]
async fn what_is_not_asked_moves_nobody_on_the_map() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        for person in 0..16 {
            let one = if person % 2 == 0 { Agree } else { Disagree };
            room.answers_as(&code, &person.to_string(), &[(0, one), (1, one), (2, one), (3, one)]).await;
        }
        room.drawn().await;
        assert!(map(&room, &code).await.places.iter().any(|place| place.1 != 0));
        for statement in ["0", "1", "2", "3"] {
            let path = format!("/desk/conversations/{code}/statements/{statement}");
            room.lead.post(&path, &[("act", "reject"), ("reason", "unclear")]).await.sees(StatusCode::SEE_OTHER);
        }
        room.drawn().await;
        let view = map(&room, &code).await;
        assert!(view.places.iter().all(|place| place.1 == 0 && place.2 == 0), "{:?}", view.places);
        assert_eq!((view.clarity.as_str(), view.reactions), ("no-clear-groups", 64), "no answer is thrown away");
    }
}

#[tokio::test]
async fn playback_shows_what_it_looked_like() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        for round in 0..2 {
            for person in 0..14 {
                let one = if person % 3 == 0 { Agree } else { Disagree };
                let name = (round * 14 + person).to_string();
                room.answers_as(&code, &name, &[(0, one), (1, one), (2, one), (3, one)]).await;
            }
            room.drawn().await;
        }
        let page = room.town.browser().get(&format!("/conversations/{code}/map")).await.text;
        assert!(page.contains("How it came about") && page.contains(": 56 answers"), "{page}");
        // What the island plays is the list that is there without it, with the present as its last moment.
        assert!(page.contains("data-island=\"playback\" data-part=\"live-map\""), "{page}");
        assert!(
            page.contains(&format!("<a href=\"/conversations/{code}/map\" aria-current=\"true\">Now</a>")),
            "{page}"
        );
        let at = page.split("/map?at=").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let then = room.town.browser().get(&format!("/conversations/{code}/map.json?at={at}")).await.json();
        assert_eq!(then["reactions"], 56);
        assert_eq!(map(&room, &code).await.reactions, 112);
        room.town.browser().get(&format!("/conversations/{code}/map?at=17")).await.sees(StatusCode::NOT_FOUND);
        room.town
            .browser()
            .get(&format!("/conversations/{code}/map?at=x"))
            .await
            .sees(StatusCode::UNPROCESSABLE_ENTITY);
    }
}

/// Marks of importance are shown as counts, and never of fewer than five.
#[tokio::test]
async fn what_matters_is_counted_and_small_counts_are_not_said() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let page = format!("/conversations/{code}");
        for person in 0..7_i64 {
            room.town.clock.advance_seconds(3);
            for (statement, stance, important) in
                [(0, Agree, person < 6), (1, Disagree, person < 5), (2, Agree, person < 4), (3, Pass, true)]
            {
                let react =
                    React { conversation: code.clone(), statement, stance, important, challenge: None, crowded: false };
                let who = Who::named(civic::Actor::visitor(civic::Language::En), format!("test:{person}"));
                conversations::react(&room.town.town, who, react).await.unwrap();
            }
        }
        room.drawn().await;
        let view = room.town.browser().get(&format!("{page}/map.json")).await.sees(StatusCode::OK).json();
        let wanted = serde_json::json!([
            {"statement": 0, "people": 6}, {"statement": 1, "people": 5}, {"statement": 2, "people": null},
        ]);
        assert_eq!(view["important"], wanted, "whoever passes has no mark");
        let map = room.town.browser().get(&format!("{page}/map")).await.sees(StatusCode::OK);
        map.says("What matters to people")
            .says("86 %")
            .says("71 %")
            .says("One more statement was marked by fewer than 5");
        for door in ["/report", "/map"] {
            room.town.browser().get(&format!("{page}{door}")).await.never_says("57 %");
        }
        let statements = room.town.browser().get(&format!("{page}/statements.json?sort=number")).await.json();
        let said: Vec<_> =
            statements["statements"].as_array().unwrap().iter().map(|one| one["important"].as_i64()).collect();
        assert_eq!(said, [Some(6), Some(5), None, Some(0)]);
        room.town
            .browser()
            .get(&format!("{page}/statements"))
            .await
            .says("important to 6")
            .says("important to fewer than 5")
            .never_says("important to 4");
        room.town.clock.advance_seconds(86_400);
        let csv = room.town.browser().get(&format!("{page}/export/importance.csv")).await.sees(StatusCode::OK).text;
        assert_eq!(
            csv.lines().collect::<Vec<_>>(),
            ["comment-id,important,agrees,disagrees", "0,6,7,0", "1,5,0,7", "2,,7,0", "3,0,0,0"]
        );
        let table = room.town.browser().get(&format!("{page}/statements.csv?sort=number")).await.text;
        assert!(table.lines().nth(3).unwrap().contains(",7,0,0,,"), "{table}");
    }
}

/// A group can agree most with what everybody agrees with: that does not mark it, and it is told by who agrees.
#[tokio::test]
async fn what_a_group_agrees_with_most_is_not_said_to_mark_it() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        for person in 0..28 {
            let one = if person < 14 { Disagree } else { Agree };
            let shared = if person == 0 { Disagree } else { Agree };
            room.answers_as(&code, &person.to_string(), &[(0, one), (1, one), (2, one), (3, shared)]).await;
        }
        room.drawn().await;
        let page = room.town.browser().get(&format!("/conversations/{code}/map")).await.sees(StatusCode::OK);
        let page = page.says("What this group agrees with most").says("93 % of 14 agree; of all others 100 %");
        // All came at once, and answer as everybody does.
        page.says("Many came at once").says("The opening: 28 people");
        let view = map(&room, &code).await;
        assert!(view.coordination.bursts[0].from_the_start && !view.coordination.bursts[0].answers_alike());
    }
}
