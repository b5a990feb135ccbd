//! What moderators hide leaves every door of the room, the earlier versions too.

use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;

#[tokio::test]
async fn hidden_words_are_behind_no_door() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "The mayor is a thief").await;
        let edit = [
            ("title", "The mayor is a thief indeed"),
            ("text", "There is nowhere to sit by the old mill pond."),
            ("category", "parks"),
            ("district", "mill"),
            ("version", "1"),
        ];
        room.amina.post(&format!("/proposals/{code}/edit"), &edit).await.sees(StatusCode::SEE_OTHER);
        let report = [("reason", "insult"), ("note", "")];
        room.jon.post(&format!("/moderation/report/proposal/{code}"), &report).await.sees(StatusCode::SEE_OTHER);
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let lena = room.town.holder("lena@example.org", Role::Moderator, None).await;
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "title"), ("part", "version:1:title")];
        lena.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let page = format!("/proposals/{code}");
        let doors = ["", ".json", ".rss", "/versions", "/versions.json"].map(|end| format!("{page}{end}"));
        let lists = ["/proposals", "/proposals.json", "/proposals.csv", "/proposals.geojson", "/proposals.rss"];
        let others = [
            "/processes/budget",
            "/search?q=mayor",
            "/search.json?q=mayor",
            "/proposals/similar?text=mayor+thief+indeed",
        ];
        for door in doors.iter().map(String::as_str).chain(lists).chain(others) {
            room.town.browser().get(door).await.sees(StatusCode::OK).never_says("thief");
        }
        room.town.browser().get(&page).await.says("It insults somebody");
        let again = [("title", "The mayor is a thief"), ("text", "There is nowhere to sit."), ("version", "2")];
        let refused = room.amina.post(&format!("{page}/edit"), &again).await.sees(StatusCode::CONFLICT);
        refused.says("Moderators have hidden words here");
    }
}

#[tokio::test]
async fn an_argument_and_an_amendment_can_be_reported_too() {
    for room in rooms().await {
        let code = room.proposal(&room.amina, "A bench by the mill pond").await;
        let argue = [("side", "against"), ("argument", "Only idiots sit.")];
        room.jon.post(&format!("/proposals/{code}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        let id = room.town.column("select id from proposal_arguments").await.remove(0);
        let report = [("reason", "insult"), ("note", "")];
        room.amina.post(&format!("/moderation/report/argument/{id}"), &report).await.sees(StatusCode::SEE_OTHER);
        let case = room.town.column("select id from moderation_cases").await.remove(0);
        let lena = room.town.holder("lena@example.org", Role::Moderator, None).await;
        lena.get(&format!("/moderation/cases/{case}")).await.says("Only idiots sit.");
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "text")];
        lena.post(&format!("/moderation/cases/{case}"), &hide).await.sees(StatusCode::SEE_OTHER);
        for end in ["", ".json"] {
            room.town.browser().get(&format!("/proposals/{code}{end}")).await.never_says("idiots");
        }
        room.town.browser().get(&format!("/proposals/{code}")).await.says(&format!("/moderation/of/argument/{id}"));
    }
}

#[tokio::test]
async fn what_looks_like_advertising_waits_for_a_moderator() {
    for room in rooms().await {
        let spam = "BUY CHEAP PILLS http://a.example http://b.example http://c.example casino casino viagra bitcoin click here";
        let mut words = crate::town::Room::words("Cheap pills casino viagra");
        words["text"] = spam.into();
        let seen = crate::town::send(&room.jon, &words).await.sees(StatusCode::CREATED).json();
        let code = seen["code"].as_str().unwrap();
        room.town.settle().await;
        for door in [format!("/proposals/{code}"), "/proposals".to_owned(), "/proposals.rss".to_owned()] {
            room.town.browser().get(&door).await.never_says("casino");
        }
    }
}
