//! Setting up a town from nothing, step by step.

use super::towns;
use axum::http::StatusCode;
use civic::Role;
use testing::{Browser, TestTown};

async fn administrator(town: &TestTown) -> Browser {
    town.holder("first@example.org", Role::Administrator, None).await
}

async fn states(admin: &Browser) -> Vec<String> {
    let shown = admin.get("/admin/setup.json").await.sees(StatusCode::OK).json();
    let steps = shown["steps"].as_array().unwrap().iter();
    steps.map(|step| format!("{} {}", step["step"].as_str().unwrap(), step["state"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_town_is_set_up_one_thing_at_a_time() {
    for town in towns() {
        let admin = administrator(&town).await;
        assert!(states(&admin).await.iter().all(|state| state.ends_with("open")));
        admin.get("/admin/setup").await.sees(StatusCode::OK).says("0 of 9");
        let name = [
            ("name[en]", "Rivermouth <b>"),
            ("name[es]", "Bocarrío"),
            ("tagline[en]", "By the water"),
            ("contact", "desk@rivermouth.example"),
        ];
        let seen = admin.post("/admin/setup/name", &name).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(seen.location(), "/admin/setup/languages");
        town.browser().get("/").await.sees(StatusCode::OK).says("Rivermouth &#60;b&#62;");
        town.browser().reading("es").get("/").await.says("Bocarrío");
        let languages = [("languages", "es"), ("languages", "en"), ("own", "es")];
        admin.post("/admin/setup/languages", &languages).await.sees(StatusCode::SEE_OTHER);
        town.browser().reading("ar").get("/").await.says("<html lang=\"es\"");
        let time = [
            ("zone", "Europe/Madrid"),
            ("hours", "mon-fri 08:00-15:00\r\n\r\nsat 09:00-12:00"),
            ("holidays", "2026-12-25\n2027-01-06"),
        ];
        admin.post("/admin/setup/time", &time).await.sees(StatusCode::SEE_OTHER);
        let settings = town.town.settings();
        assert_eq!(settings.zone.iana_name(), Some("Europe/Madrid"));
        let page = admin.get("/admin/setup/time").await.text;
        assert!(page.contains("sat 09:00-12:00") && page.contains("2027-01-06"), "what was set is shown again");
        admin.post("/admin/setup/districts/skip", &[]).await.sees(StatusCode::SEE_OTHER);
        town.agency("works", "Public works").await;
        let seen = admin.post(
            "/admin/setup/categories",
            &[("organisation", "works"), ("categories", "tree"), ("categories", "other")],
        );
        seen.await.sees(StatusCode::SEE_OTHER);
        assert_eq!(requests::category_codes(&town.town).len(), 2);
        admin.post("/admin/setup/mail", &[]).await.sees(StatusCode::SEE_OTHER);
        assert_eq!(
            states(&admin).await,
            [
                "name done",
                "languages done",
                "time done",
                "hues open",
                "districts skipped",
                "agencies done",
                "categories done",
                "mail done",
                "officers open"
            ]
        );
        let said: String =
            town.record().await.into_iter().filter(|body| body.contains("town.settings_changed")).collect();
        assert!(said.contains("town.time_zone") && !said.contains("Rivermouth"), "which keys, not which words: {said}");
    }
}

#[tokio::test]
async fn hues_become_shades_on_every_page() {
    for town in towns() {
        let admin = administrator(&town).await;
        assert!(!town.browser().get("/").await.text.contains("/town.css"));
        for (door, wrong) in [("report", "red"), ("desk", "#12345"), ("part", "#fff;}body{display:none")] {
            let seen = admin.post("/admin/setup/hues", &[(door, wrong)]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            assert!(seen.text.contains(&format!("id=\"{door}-error\"")), "{wrong}");
        }
        admin.post("/admin/setup/hues", &[("report", "#FFD000")]).await.sees(StatusCode::SEE_OTHER);
        let page = town.browser().get("/").await.sees(StatusCode::OK).text;
        let start = page.find("/town.css?").expect("the sheet is linked");
        let path = page[start..].split('"').next().unwrap();
        let sheet = town.browser().get(path).await.sees(StatusCode::OK);
        assert_eq!(sheet.headers["content-type"], "text/css; charset=utf-8");
        let shade: web::hues::Colour = sheet.text.split("--report:").nth(1).unwrap()[..7].parse().unwrap();
        assert!(shade.least_contrast() >= 4.5, "{}", sheet.text);
        let shown = admin.get("/admin/setup/hues").await.sees(StatusCode::OK);
        assert!(shown.text.contains(&shade.to_string()) && shown.text.contains("#ffd000"));
        admin.post("/admin/setup/hues", &[("report", "")]).await.sees(StatusCode::SEE_OTHER);
        assert!(!town.browser().get("/").await.text.contains("/town.css"), "and back to our own");
    }
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_at_its_field_and_nothing_is_kept() {
    for town in towns() {
        let admin = administrator(&town).await;
        let long = "x".repeat(61);
        for (step, form, field) in [
            ("name", vec![("name[en]", ""), ("contact", "a@example.org")], "name[en]"),
            ("name", vec![("name[en]", long.as_str()), ("contact", "a@example.org")], "name[en]"),
            ("name", vec![("name[en]", "Town"), ("contact", "nobody")], "contact"),
            ("languages", vec![], "languages"),
            ("languages", vec![("languages", "es"), ("own", "en")], "languages"),
            ("time", vec![("zone", "Mars/Olympus"), ("hours", "mon-fri 09:00-17:00")], "zone"),
            ("time", vec![("zone", "UTC"), ("hours", "always")], "hours"),
            ("time", vec![("zone", "UTC"), ("hours", "mon 09:00-17:00"), ("holidays", "25.12.")], "holidays"),
            ("categories", vec![("organisation", "nobody"), ("categories", "tree")], "organisation"),
        ] {
            let seen = admin.post(&format!("/admin/setup/{step}"), &form).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
            if step != "categories" {
                assert!(seen.text.contains(&format!("id=\"{field}-error\"")), "{step} {form:?}");
            }
        }
        assert!(states(&admin).await.iter().all(|state| state.ends_with("open")));
        assert_eq!(town.town.settings().name.in_language(civic::Language::En), "Testburg");
        admin.get("/admin/setup/nothing").await.sees(StatusCode::NOT_FOUND);
        admin.post("/admin/setup/nothing", &[]).await.sees(StatusCode::NOT_FOUND);
    }
}
