//! Strangers work a draw out again from the files that they can download.

use crate::town::{plan, rooms};
use assemblies::Begin;
use axum::http::StatusCode;
use civic::Role;
use lottery::{Assembly, Fairness, PANELS_USUAL, PoolColumns, Seed, prepare, read_pool, read_quotas, sha256_hex};

/// A flag of the command as it stands on the page.
fn flag(command: &str, name: &str) -> String {
    let rest = command.split(&format!(" --{name} ")).nth(1).unwrap();
    match rest.strip_prefix('\'') {
        Some(quoted) => quoted.split('\'').next().unwrap().to_owned(),
        None => rest.split(' ').next().unwrap().to_owned(),
    }
}

#[tokio::test]
async fn the_engine_draws_the_same_people_from_the_downloaded_files() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 60).await;
        let code = assembly.code.to_string();
        room.drawn(&assembly, Begin::default()).await;
        let links = room.links().await;
        for link in &links[..3] {
            room.town.browser().post(link, &[("answer", "no")]).await.sees(StatusCode::SEE_OTHER);
        }
        room.drawn(&assembly, Begin::default()).await;
        let auditor = room.town.holder("auditor@example.org", Role::Auditor, None).await;
        let visitor = room.town.browser();
        for (draw, count) in [(1, 10), (2, 3)] {
            let page = format!("/assemblies/{code}/draws/{draw}");
            let view = visitor.get(&format!("{page}.json")).await.json();
            let command = view["command"].as_str().unwrap();
            visitor.get(&page).await.sees(StatusCode::OK).says("polity lottery");
            let pool = auditor.get(&format!("{page}/pool.csv")).await.sees(StatusCode::OK);
            let name = command.split_whitespace().nth(2).unwrap();
            assert!(pool.headers["content-disposition"].to_str().unwrap().contains(name));
            let quotas = visitor.get(&format!("{page}/quotas.csv")).await.sees(StatusCode::OK).text;
            let panels = visitor.get(&format!("{page}/panels.csv")).await.sees(StatusCode::OK).text;
            assert_eq!(sha256_hex(&pool.text), view["pool_sha256"]);
            assert_eq!(sha256_hex(&quotas), view["quotas_sha256"]);
            assert_eq!(sha256_hex(&panels), view["panels_sha256"]);
            let categories = read_quotas(&quotas).unwrap();
            let volunteers = read_pool(&pool.text, &categories, &PoolColumns::default()).unwrap();
            let seats = flag(command, "size").parse().unwrap();
            let again = Assembly { seats, categories, volunteers, one_per_address: false };
            let lottery = prepare(&again, Fairness::Leximin, PANELS_USUAL).unwrap();
            assert_eq!(lottery.commitment, flag(command, "commitment"));
            let drawn = lottery.draw(&Seed::read(&flag(command, "seed")).unwrap()).unwrap();
            let mut tickets: Vec<String> =
                drawn.panel.iter().map(|&index| again.volunteers[index].id.clone()).collect();
            tickets.sort();
            let sql = if draw == 1 {
                "select ticket from assembly_members where draw = 1 order by ticket"
            } else {
                "select ticket from assembly_members where draw = 2 order by ticket"
            };
            assert_eq!(tickets, room.town.column(sql).await);
            assert_eq!(tickets.len(), count);
            assert_eq!(view["gini"], lottery.gini());
            assert_eq!(view["least"], lottery.smallest().0);
        }
    }
}

#[tokio::test]
async fn the_pool_is_for_auditors_and_whoever_holds_the_assembly() {
    for room in rooms().await {
        let assembly = room.closed(plan(), 40).await;
        room.prepared(&assembly, Begin::default()).await;
        let page = format!("/assemblies/{}/draws/1", assembly.code);
        let eve = room.town.signed_in("eve@example.org").await;
        for door in ["pool.csv", "panels.csv"] {
            let seen = eve.get(&format!("{page}/{door}")).await;
            assert_ne!(seen.status, StatusCode::OK, "{door}");
        }
        let lamps = room.town.agency("lamps", "Lamps").await;
        let other = room.town.holder("other@example.org", Role::Officer, Some(&lamps)).await;
        other.get(&format!("{page}/pool.csv")).await.sees(StatusCode::FORBIDDEN);
        let own = room.officer.get(&format!("{page}/pool.csv")).await.sees(StatusCode::OK);
        own.says("16-39").never_says("Person 1").never_says("in1@example.org");
    }
}
