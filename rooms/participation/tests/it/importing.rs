//! Proposals of Decidim and CONSUL, and what was said about them, are tried, taken over, and taken away again.

use crate::town::rooms;
use axum::http::StatusCode;
use testing::Part;

const DECIDIM: &str = "id;author/name;title/en;body/en;address;latitude;longitude;state;answer/en;votes;published_at\n\
7;Leyla;Car-free Saturdays;<p>Close the street.</p><p>For a season.</p>;Mill Lane;50.05;0.05;accepted;We will try it.;41;2020-11-26 08:30:00 UTC\n\
8;Tom;A bridge;Over the mill pond.;;;;rejected;;12;2020-11-27T08:30:00Z\n\
9;Ana;<script>alert(1)</script>;Words & more;;;;;;3;\n\
10;Bob;;No title here;;;;;;0;\n\
11;Bob;Time;When?;;;;;;0;yesterday\n";

const CONSUL: &str = "id,title,description,cached_votes_up,created_at,retired_at\n\
1,Parks for dogs,Room to run.,900,2019-05-01 10:00:00 +0200,\n\
2,Old idea,Nobody wanted it.,2,2019-05-02 10:00:00 +0200,2019-06-01\n";

#[tokio::test]
async fn decidim_is_tried_stored_once_and_taken_away_again() {
    for room in rooms().await {
        let path = "/admin/processes/budget/imports";
        let file = Part::File("file", "proposals.csv", DECIDIM.as_bytes());
        room.jon.post_files(path, &[file]).await.sees(StatusCode::FORBIDDEN);
        let tried = room.steward.post_files(path, &[Part::File("file", "p.csv", DECIDIM.as_bytes())]).await;
        tried.sees(StatusCode::OK).says("Nothing is stored. 3 would be, 0 came before, 2 would be set aside.");
        assert!(room.town.column("select code from proposals").await.is_empty());
        let send = || async {
            let parts = [Part::File("file", "p.csv", DECIDIM.as_bytes()), Part::Text("store", "yes")];
            room.steward.post_files(path, &parts).await
        };
        let done = send().await.sees(StatusCode::OK);
        let done = done.says("3 are stored, 0 came before, 2 were set aside.").says("The time cannot be read");
        done.says("Stored as open: its answer has no reasons");
        send().await.says("0 are stored, 3 came before");
        room.town.settle().await;
        let list = room.town.browser().get("/proposals.json?q=saturdays").await.json();
        let code = list["proposals"][0]["code"].as_str().unwrap().to_owned();
        assert_eq!(list["proposals"][0]["state"], "feasible");
        assert_eq!(list["proposals"][0]["district"]["code"], "mill");
        let counts = ["supports", "supports_elsewhere"].map(|key| list["proposals"][0][key].as_i64().unwrap());
        assert_eq!(counts, [0, 41], "what was supported elsewhere counts towards nothing here");
        assert_eq!(list["proposals"][0]["submitted_at"], "2020-11-26T08:30:00Z");
        let page = room.town.browser().get(&format!("/proposals/{code}")).await.sees(StatusCode::OK);
        page.says("Close the street.")
            .says("We will try it.")
            .says("41 in the old system")
            .says("Leyla")
            .never_says("&lt;p&gt;Close");
        room.town.browser().get("/proposals").await.never_says("<script>alert");
        let record = room.town.record().await.concat();
        assert!(
            record.contains("process.imported") && !record.contains("Leyla") && !record.contains("Close the street")
        );
        let argue = [("side", "for"), ("argument", "Yes.")];
        room.jon.post(&format!("/proposals/{code}/arguments"), &argue).await.sees(StatusCode::SEE_OTHER);
        let imports = room.steward.get(&format!("{path}.json")).await.json();
        let import =
            imports["imports"].as_array().unwrap().iter().find(|one| one["stored"] == 3).unwrap()["code"].clone();
        let undo = format!("{path}/{}/undo", import.as_str().unwrap());
        room.amina.post(&undo, &[]).await.sees(StatusCode::FORBIDDEN);
        room.steward.post(&undo, &[]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        assert_eq!(room.town.column("select code from proposals").await, [code], "what somebody acted on stays");
        assert_eq!(
            room.town.browser().get("/search.json?q=bridge").await.json()["results"].as_array().unwrap().len(),
            0
        );
    }
}

/// An answer before what it answers, a script, a circle, a debate, an unknown proposal, no words.
const COMMENTS: &str = "id;created_at;body;author/name;alignment;commentable_id;commentable_type\n\
52;2020-11-28 09:00:00 UTC;<p>Who pays?</p>;Tom;-1;51;Decidim::Comments::Comment\n\
51;2020-11-28 08:00:00 UTC;<p>At last & soon!</p><script>alert(1)</script>;Leyla;1;7;Decidim::Proposals::Proposal\n\
53;2020-11-28 10:00:00 UTC;Nobody;Ana;0;52;Decidim::Comments::Comment\n\
60;;Chicken;A;0;61;Decidim::Comments::Comment\n\
61;;Egg;B;0;60;Decidim::Comments::Comment\n\
62;;Elsewhere;C;0;7;Decidim::Debates::Debate\n\
63;;Lost;C;0;700;Decidim::Proposals::Proposal\n\
64;;;C;0;7;Decidim::Proposals::Proposal\n\
51;;Twice;C;0;7;Decidim::Proposals::Proposal\n";

#[tokio::test]
async fn comments_hang_on_what_was_taken_over_with_their_threads_and_sides() {
    for room in rooms().await {
        let path = "/admin/processes/budget/imports";
        let file = |name: &'static str, text: &'static str| Part::File("file", name, text.as_bytes());
        let send = async |name, text| {
            room.steward.post_files(path, &[file(name, text), Part::Text("store", "yes")]).await.sees(StatusCode::OK)
        };
        let tried = room.steward.post_files(path, &[file("c.csv", COMMENTS)]).await;
        tried.says("Nothing is stored. 0 would be, 1 came before, 8 would be set aside.");
        send("p.csv", DECIDIM).await;
        let tried = room.steward.post_files(path, &[file("c.csv", COMMENTS)]).await;
        tried.says("Nothing is stored. 3 would be, 1 came before, 5 would be set aside.");
        assert!(room.town.column("select id from comments").await.is_empty());
        room.jon
            .post_files(path, &[file("c.csv", COMMENTS), Part::Text("store", "yes")])
            .await
            .sees(StatusCode::FORBIDDEN);
        let done = send("c.csv", COMMENTS).await.says("3 are stored, 1 came before, 5 were set aside.");
        done.says("It answers a comment that answers it").says("was not taken over into this process");
        send("c.csv", COMMENTS).await.says("0 are stored, 4 came before");
        room.town.settle().await;
        let list = room.town.browser().get("/proposals.json?q=saturdays").await.json();
        assert_eq!(list["proposals"][0]["comments"], 3);
        let code = list["proposals"][0]["code"].as_str().unwrap().to_owned();
        let page = room.town.browser().get(&format!("/proposals/{code}")).await.sees(StatusCode::OK);
        page.says("At last &#38; soon!").says("Who pays?").says("Leyla").never_says("<script>alert");
        let places = "select depth || ' ' || side || ' ' || author_name from comments order by path";
        assert_eq!(room.town.column(places).await, ["0 for Leyla", "1 against Tom", "2  Ana"]);
        let record = room.town.record().await.concat();
        assert!(record.contains("proposal.comment-imported") && !record.contains("At last"), "{record}");
        // What somebody here answered stays, with all above it, when the import is undone; the rest goes.
        let tom = room.town.column("select id from comments where author_name = 'Tom'").await.remove(0);
        let reply = [("kind", "proposal"), ("id", &*code), ("text", "The town."), ("answers", &*tom)];
        room.jon.post("/comments", &reply).await.sees(StatusCode::SEE_OTHER);
        let imports = room.steward.get(&format!("{path}.json")).await.json();
        let of = |stored: i64| {
            let all = imports["imports"].as_array().unwrap();
            all.iter().find(|one| one["stored"] == stored && one["origin"] == "c.csv").unwrap()["code"].clone()
        };
        let undo = format!("{path}/{}/undo", of(3).as_str().unwrap());
        room.steward.post(&undo, &[]).await.sees(StatusCode::SEE_OTHER);
        let left = room.town.column("select author_name from comments order by path").await;
        assert!(!left.contains(&"Ana".to_owned()) && left.contains(&"Tom".to_owned()), "{left:?}");
        assert_eq!(left[0], "Leyla");
        send("c.csv", COMMENTS).await.says("1 are stored, 3 came before");
    }
}

#[tokio::test]
async fn consul_and_json_are_read_too_and_what_is_no_export_is_refused() {
    for room in rooms().await {
        let path = "/admin/processes/budget/imports";
        let store = |name: &'static str, bytes: &'static [u8]| {
            let steward = &room.steward;
            async move { steward.post_files(path, &[Part::File("file", name, bytes), Part::Text("store", "yes")]).await }
        };
        store("consul.csv", CONSUL.as_bytes()).await.says("2 are stored");
        let told = room.town.browser().get("/proposals.json?state=withdrawn").await.json();
        assert_eq!(told["proposals"][0]["title"], "Old idea");
        let json = br#"[{"id": 70, "title": {"en": "Shade", "es": "Sombra"}, "body": {"en": "Trees, please."}, "state": "withdrawn"}]"#;
        store("d.json", json).await.says("1 are stored");
        room.town.browser().get("/proposals.json?state=withdrawn").await.says("Shade");
        for (bytes, says) in [
            (&b"a,b\n1,2\n"[..], "These are not proposals"),
            (b"", "The file cannot be read"),
            (b"[1, 2", "The file cannot be read"),
            (b"{\"a\": 1}", "there is no list in it"),
            (b"\xff\xfe\x00\xd8", "The file cannot be read"),
        ] {
            let seen =
                room.steward.post_files(path, &[Part::File("file", "x", bytes), Part::Text("store", "yes")]).await;
            assert!(!seen.status.is_server_error() && !seen.status.is_success(), "{says}: {}", seen.status);
        }
        room.steward.post(path, &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose a file.");
    }
}
