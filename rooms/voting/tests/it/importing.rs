use crate::town::halls;
use axum::http::StatusCode;
use testing::Part;

/// A small election in the form of pabulib.org/format, made up here.
const FILE: &str = "META\nkey;value\ndescription;Made up for a test\ncountry;Nowhere\nnum_projects;3\nnum_votes;5\nbudget;100\nvote_type;approval\nrule;greedy\ndate_begin;01.06.2023\ndate_end;14.06.2023\nmin_length;1\nmax_length;3\nPROJECTS\nproject_id;cost;votes;name;selected\n7;60;4;Trees;1\n9;50;3;Benches;0\n12;40;1;A fountain;1\nVOTES\nvoter_id;age;vote\n1;40;7\n2;41;7,9\n3;42;7,9\n4;43;9,12\n5;44;7\n";

#[tokio::test]
async fn a_vote_of_the_past_is_looked_at_first_and_then_taken_over() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let send = async |parts: &[Part<'_>]| administrator.post_files("/admin/votes/import", parts).await;
        let file = Part::File("file", "../x.pb", FILE.as_bytes());
        let seen = send(&[file, Part::Text("method", "")]).await.sees(StatusCode::OK);
        seen.says("Made up for a test").says("2 projects: 7, 12").says("EUR 100");
        assert!(hall.town.column("select code from voting_votes").await.is_empty(), "a look keeps nothing");
        let keep = [Part::File("file", "x.pb", FILE.as_bytes()), Part::Text("method", ""), Part::Text("keep", "yes")];
        let seen = send(&keep).await.sees(StatusCode::SEE_OTHER);
        let page = seen.location().to_owned();
        hall.town.settle().await;
        let visitor = hall.town.browser();
        visitor.get(&page).await.sees(StatusCode::OK).says("held elsewhere").says("Trees").says("Decided");
        visitor.get(&format!("{page}/results")).await.sees(StatusCode::OK).says("2 of 3 projects are funded");
        let kept = visitor.get(&format!("{page}/ballots.pb")).await.sees(StatusCode::OK).text;
        let election = budgeting::pabulib::Document::read(kept.as_bytes()).unwrap().election().unwrap();
        assert_eq!((election.ballots.len(), election.budget, election.warnings.len()), (5, 100, 0));
        let equal = [Part::File("file", "x.pb", FILE.as_bytes()), Part::Text("method", "equal-shares")];
        send(&equal).await.sees(StatusCode::OK).says("Equal Shares");
        let found = visitor.get("/votes").await.sees(StatusCode::OK);
        assert_eq!(found.text.matches("Made up for a test").count(), 1);
    }
}

#[tokio::test]
async fn broken_files_are_refused_in_a_sentence() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let points =
            FILE.replace("approval", "cumulative").replace("age;vote", "age;vote;points").replace(";7\n", ";7;-5\n");
        for (bytes, words) in [
            (b"".as_slice(), "Choose a file"),
            (b"nothing like it", "cannot be read"),
            (b"\xff\xfe\x00", "cannot be read"),
            (FILE.replace(";7,9\n", ";7,99\n").as_bytes(), "cannot be read"),
            (FILE.replace("budget;100", "budget;100.123").as_bytes(), "more than two decimals"),
            (FILE.replace("budget;100", "budget;99999999999999").as_bytes(), "amount of money"),
            (FILE.replace("budget;100", "budget;-5").as_bytes(), "cannot be read"),
            (points.as_bytes(), "cannot be"),
        ] {
            let parts = [Part::File("file", "x.pb", bytes), Part::Text("keep", "yes")];
            let seen = administrator.post_files("/admin/votes/import", &parts).await;
            seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says(words);
        }
        assert!(hall.town.column("select code from voting_votes").await.is_empty());
    }
}

#[tokio::test]
async fn projects_come_from_a_table_all_or_none() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let seen = administrator.post("/admin/votes", &[("title-en", "Green budget"), ("kind", "budget")]).await;
        let edit = seen.location().to_owned();
        let send = async |table: &[u8]| {
            let parts = [Part::Text("version", "1"), Part::Text("how", "table"), Part::File("file", "p.csv", table)];
            administrator.post_files(&format!("{edit}/options"), &parts).await
        };
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        send(b"name,cost\nTrees,5\n").await.sees(refused).says("column title");
        send(b"title,cost\nTrees,5\nBenches,many\n").await.sees(refused).says("line 3");
        send(b"title,cost\n,5\n").await.sees(refused);
        administrator.get(&edit).await.never_says("Trees");
        let good = "title;title_es;cost;text\nTrees;Árboles;12500,50;Forty of them\n\nBenches;;300;\n";
        send(good.as_bytes()).await.sees(StatusCode::SEE_OTHER);
        let page = administrator.get(&edit).await.sees(StatusCode::OK).says("Trees").says("EUR 12,500.50");
        page.says("Benches");
    }
}

#[tokio::test]
async fn projects_of_decidim_and_investments_of_consul_are_read() {
    const DECIDIM: &str = "id;title/en;title/es;description/en;budget_amount;confirmed_votes;scope/name/en\n\
        9;A pond;Un estanque;<p>With <b>frogs</b> & reeds.</p><script>x</script>;25000;4;Mill\n";
    const CONSUL: &str =
        "id,title,description,price,heading,feasibility\n3,A slide,For the pool,9000.50,mill,feasible\n";
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        for (table, words) in [(DECIDIM, ["A pond", "EUR 25,000"]), (CONSUL, ["A slide", "EUR 9,000.50"])] {
            let seen = administrator.post("/admin/votes", &[("title-en", "Budget"), ("kind", "budget")]).await;
            let parts =
                [Part::Text("version", "1"), Part::Text("how", "table"), Part::File("file", "p.csv", table.as_bytes())];
            let sent = administrator.post_files(&format!("{}/options", seen.location()), &parts).await;
            sent.sees(StatusCode::SEE_OTHER);
            let page = administrator.get(seen.location()).await.sees(StatusCode::OK).never_says("<script>x");
            words.iter().fold(page, |page, words| page.says(words));
        }
        let kept = hall.town.column("select definition from voting_votes where definition like '%pond%'").await;
        assert!(kept[0].contains("Un estanque") && kept[0].contains("With frogs & reeds."), "{kept:?}");
    }
}

#[tokio::test]
async fn an_import_is_undone_while_nobody_has_built_on_it() {
    for hall in halls() {
        let administrator = hall.town.administrator().await;
        let keep = [Part::File("file", "x.pb", FILE.as_bytes()), Part::Text("method", ""), Part::Text("keep", "yes")];
        let taken = async || {
            let seen = administrator.post_files("/admin/votes/import", &keep).await.sees(StatusCode::SEE_OTHER);
            hall.town.settle().await;
            seen.location().trim_start_matches("/votes/").to_owned()
        };
        let (first, second) = (taken().await, taken().await);
        administrator.get(&format!("/admin/votes/{first}")).await.sees(StatusCode::OK).says("Undo this import");
        let undo = format!("/admin/votes/{first}/undo-import");
        administrator.post(&undo, &[]).await.sees(StatusCode::SEE_OTHER);
        administrator.post(&undo, &[]).await.sees(StatusCode::NOT_FOUND);
        hall.town.settle().await;
        let visitor = hall.town.browser();
        visitor.get(&format!("/votes/{first}")).await.sees(StatusCode::NOT_FOUND);
        for table in ["voting_ballots", "voting_results"] {
            let sql: &'static str = Box::leak(format!("select distinct vote from {table}").into_boxed_str());
            assert_eq!(hall.town.column(sql).await, std::slice::from_ref(&second), "{table}");
        }
        let found = visitor.get("/search?q=made+up").await.sees(StatusCode::OK).text;
        assert!(found.contains(&second) && !found.contains(&first));
        assert!(hall.town.record().await.iter().any(|entry| entry.contains("vote.import-undone")));
        // Once something grew out of what it selected it stays.
        let option = civic::Subject { kind: "vote-option".to_owned(), id: format!("{second}.7") };
        let now = hall.town.town.now();
        let linked = hall.town.town.db().write(move |tx| {
            let from = civic::Subject { kind: "commitment".to_owned(), id: "K-2222".to_owned() };
            let relation = commons::links::Relation::GrewOutOf;
            commons::links::link(tx, &commons::links::Link { from, relation, to: option }, now)?;
            tx.commit(database::OffRecord("a test"), ())
        });
        linked.await.map_err(|error: database::DbError| error).unwrap();
        let undo = format!("/admin/votes/{second}/undo-import");
        administrator.post(&undo, &[]).await.sees(StatusCode::CONFLICT).says("It stays");
        visitor.get(&format!("/votes/{second}/results")).await.sees(StatusCode::OK);
        // A vote that was held here cannot be taken away like that.
        let held = hall.parks(voting::BallotKind::Cart).await;
        let undo = format!("/admin/votes/{}/undo-import", held.code);
        administrator.post(&undo, &[]).await.sees(StatusCode::NOT_FOUND);
    }
}
