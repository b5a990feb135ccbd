use super::{act, case_of, comment, flag, moderator};
use crate::town::rooms;
use axum::http::StatusCode;
use civic::Role;
use testing::Browser;

fn reports(room: &crate::town::Room) -> impl Future<Output = Vec<String>> + '_ {
    room.town.column("select cast(reports as text) from moderation_cases order by opened_at")
}

/// Parallel reports of one account, of one browser, and from one address each count once.
#[tokio::test]
async fn each_account_browser_and_address_counts_once() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let path = format!("/moderation/report/request/{code}");
        let form = [("reason", "insult"), ("note", "")];
        let amina = room.town.signed_in("amina@example.org").await;
        let posts = (0..16).map(|_| amina.post(&path, &form));
        let answers = futures_util::future::join_all(posts).await;
        let done = answers.iter().filter(|seen| seen.status == StatusCode::SEE_OTHER).count();
        let refused = answers.iter().filter(|seen| seen.status == StatusCode::CONFLICT).count();
        assert_eq!((done, refused), (1, 15));
        assert_eq!(reports(&room).await, ["1"]);
        // A visitor counts by the browser; who cannot be known again is asked to allow cookies.
        let visitor = room.town.browser();
        visitor.post(&path, &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("allow cookies");
        visitor.get(&path).await.sees(StatusCode::OK);
        visitor.post(&path, &form).await.sees(StatusCode::SEE_OTHER);
        visitor.post(&path, &form).await.sees(StatusCode::CONFLICT);
        // Another jar of cookies at the same address is the same address.
        let again = room.town.browser();
        again.get(&path).await;
        again.post(&path, &form).await.sees(StatusCode::CONFLICT).says("internet address");
        room.town.signed_in("ben@example.org").await.post(&path, &form).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(reports(&room).await, ["3"], "one case, three reporters");
        let mireia = moderator(&room, "mireia").await;
        mireia.get("/moderation").await.says("reported by many").says("Insult (3)");
    }
}

#[tokio::test]
async fn reports_are_private_and_only_of_what_is_there() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let amina = room.town.signed_in("amina@example.org").await;
        for gone in [
            "request/R-ZZZZ",
            "comment/00000000-0000-7000-8000-000000000000",
            "person/x",
            "mandate/y",
            "request-step/z",
        ] {
            let path = format!("/moderation/report/{gone}");
            amina.get(&path).await.sees(StatusCode::NOT_FOUND);
            amina.post(&path, &[("reason", "insult")]).await.sees(StatusCode::NOT_FOUND);
        }
        let path = format!("/moderation/report/request/{code}");
        amina.post(&path, &[("reason", "nonsense")]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        let long = "x".repeat(1_001);
        let seen = amina.post(&path, &[("reason", "insult"), ("note", &long)]).await;
        seen.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at most").says(&long);
        amina.post(&path, &[("reason", "insult"), ("note", "It names my sister")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        let record = room.town.record().await.join("\n");
        assert!(!record.contains("moderation."), "nothing is said of a report");
        for door in ["/moderation/log", "/moderation/log.json", &format!("/requests/{code}")] {
            room.town.browser().get(door).await.sees(StatusCode::OK).never_says("sister");
        }
        // Whose words they are has other ways.
        let form = [("category", "lamp"), ("address", "Quay"), ("description", "Mine")];
        let mine = amina.post("/requests", &form).await.sees(StatusCode::SEE_OTHER);
        let own = format!("/moderation/report/request/{}", mine.location().split('/').nth(2).unwrap());
        amina.post(&own, &[("reason", "insult")]).await.sees(StatusCode::CONFLICT).says("your own words");
    }
}

/// 1, 3: script in a report's note, a moderator's note, a passage, a comment, and in the filters of the queue.
#[tokio::test]
async fn script_stays_words() {
    const EVIL: &str = "<script>alert(1)</script>\"onload=x";
    for room in rooms().await {
        let (code, own) = room.lamp(EVIL).await;
        let subject = format!("request/{code}");
        let amina = room.town.signed_in("amina@example.org").await;
        amina.post("/me/name", &[("name", EVIL), ("language", "en")]).await;
        let path = format!("/moderation/report/{subject}");
        let plain = |seen: &testing::Seen| {
            assert!(!seen.text.contains("<script>alert") && !seen.text.contains("\"onload=x"), "{}", seen.text);
        };
        plain(&amina.get(&path).await);
        plain(&amina.post(&path, &[("reason", ""), ("note", EVIL)]).await);
        amina.post(&path, &[("reason", "threat"), ("note", EVIL)]).await.sees(StatusCode::SEE_OTHER);
        let case = case_of(&room, &subject).await;
        let mireia = moderator(&room, "mireia").await;
        plain(&mireia.get("/moderation").await.sees(StatusCode::OK));
        plain(&mireia.get(&format!("/moderation/cases/{case}")).await.sees(StatusCode::OK));
        plain(&act(&mireia, &case, "hide", &[("passage", EVIL), ("note", EVIL), ("reason", "")]).await);
        act(&mireia, &case, "hide", &[("note", EVIL), ("reason", "threat")]).await.sees(StatusCode::SEE_OTHER);
        let key = own.split("?key=").nth(1).unwrap();
        plain(&room.town.browser().get(&format!("/moderation/of/{subject}?key={key}")).await.sees(StatusCode::OK));
        let encoded = "%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E";
        for path in [
            "/moderation?state=",
            "/moderation?kind=",
            "/moderation?reason=",
            "/moderation?after=",
            "/moderation/log?act=",
            "/moderation/log?after=",
        ] {
            plain(&mireia.get(&format!("{path}{encoded}")).await.sees(StatusCode::UNPROCESSABLE_ENTITY));
        }
    }
}

/// A moderator for one organisation looks after what it answers for, and nothing else is there for them.
#[tokio::test]
async fn a_mandate_reaches_as_far_as_its_organisation() {
    for room in rooms().await {
        let (lamp, _) = room.lamp("It flickers").await;
        room.town.settle().await;
        let eve = room.town.signed_in("eve@example.org").await;
        let said = comment(&room, &eve, &lamp, "You fool").await;
        let of_lamp = flag(&room, &format!("request/{lamp}"), "amina").await;
        let of_comment = flag(&room, &format!("comment/{said}"), "amina").await;
        let agencies = room.town.town.db().read(people::organisations::list).await.unwrap();
        let [lights, waste] = ["lights", "waste"].map(|code| agencies.iter().find(|one| one.code == code).unwrap());
        let of_lights = room.town.holder("l@example.org", Role::Moderator, Some(lights)).await;
        let of_waste = room.town.holder("w@example.org", Role::Moderator, Some(waste)).await;
        of_lights.get("/moderation").await.says(&of_lamp).says(&of_comment);
        of_waste.get("/moderation").await.sees(StatusCode::OK).never_says(&of_lamp).never_says("It flickers");
        for case in [&of_lamp, &of_comment] {
            let path = format!("/moderation/cases/{case}");
            let there = of_waste.get(&path).await.sees(StatusCode::NOT_FOUND).text;
            let gone = of_waste.get("/moderation/cases/M-ZZZZ").await.sees(StatusCode::NOT_FOUND).text;
            assert_eq!(there.replace(case.as_str(), ""), gone.replace("M-ZZZZ", ""), "existence does not leak");
            let form = [("act", "dismiss"), ("version", "1")];
            of_waste.post(&path, &form).await.sees(StatusCode::NOT_FOUND);
            of_waste.post(&path, &[("act", "nonsense")]).await.sees(StatusCode::NOT_FOUND);
        }
        act(&of_lights, &of_comment, "warn", &[("reason", "insult")]).await.sees(StatusCode::SEE_OTHER);
        assert!(room.town.record().await.join("\n").contains("moderation.warned"));
    }
}

#[tokio::test]
async fn only_moderators_decide_and_programs_only_read() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let path = format!("/moderation/cases/{case}");
        let form = [("act", "hide"), ("reason", "insult"), ("part", "description"), ("version", "1")];
        let resident = room.town.signed_in("amina@example.org").await;
        let key = room.town.program(&room.town.token(Role::Moderator).await);
        let analyst = room.town.program(&room.town.token(Role::Analyst).await);
        let readers: [(&Browser, StatusCode); 4] = [
            (&room.town.browser(), StatusCode::SEE_OTHER),
            (&resident, StatusCode::FORBIDDEN),
            (&room.lamps, StatusCode::FORBIDDEN),
            (&analyst, StatusCode::FORBIDDEN),
        ];
        for (who, status) in readers {
            for path in ["/moderation", &path] {
                who.get(path).await.sees(status).never_says("It flickers");
            }
            who.post(&path, &form).await.sees(status);
        }
        assert_eq!(key.get("/moderation.json").await.sees(StatusCode::OK).json()["cases"][0]["case"], case.as_str());
        key.post(&path, &form).await.sees(StatusCode::CONFLICT);
        room.town.browser().get(&format!("/requests/{code}")).await.says("It flickers");
    }
}

/// Two moderators with the same page before them: one decides, the other hears of it.
#[tokio::test]
async fn one_decision_counts() {
    for room in rooms().await {
        let (code, _) = room.lamp("It flickers").await;
        let case = flag(&room, &format!("request/{code}"), "amina").await;
        let (mireia, pau) = (moderator(&room, "mireia").await, moderator(&room, "pau").await);
        let path = format!("/moderation/cases/{case}");
        let hide = [("act", "hide"), ("reason", "insult"), ("part", "description"), ("version", "1")];
        let dismiss = [("act", "dismiss"), ("version", "1")];
        let (one, other) = tokio::join!(mireia.post(&path, &hide), pau.post(&path, &dismiss));
        let mut statuses = [one.status, other.status];
        statuses.sort();
        assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::CONFLICT]);
        let lines = room.town.column("select act from moderation_log").await;
        let entries = room.town.record().await.iter().filter(|one| one.contains("\"said\":\"moderation.")).count();
        assert_eq!((lines.len(), entries), (1, 1));
        // Who reported it before is not counted again; somebody else begins a new case.
        let amina = room.town.signed_in("amina@example.org").await;
        let again = amina.post(&format!("/moderation/report/request/{code}"), &[("reason", "threat")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
    }
}
