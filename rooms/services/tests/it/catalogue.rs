use crate::town::halls;
use axum::http::StatusCode;

#[tokio::test]
async fn what_is_published_is_found_by_what_people_type() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let visitor = hall.town.browser();
        for q in ["moved house", "coche", "parking", "residents'", "aparcamiento", "PERMIT"] {
            let found =
                visitor.get(&format!("/services.json?q={}", q.replace(' ', "+"))).await.sees(StatusCode::OK).json();
            assert_eq!(found["services"][0]["code"], "parking", "{q}");
        }
        // Who types a sentence finds it too: by the words of life events, by other forms of a word, and in part rather than not at all.
        for q in ["mudanza", "registration", "permits"] {
            let found = visitor.get(&format!("/services.json?q={q}")).await.json();
            assert_eq!((&found["services"][0]["code"], &found["is_partly"]), (&"parking".into(), &false.into()), "{q}");
        }
        let partly = "/services.json?q=my+zebra+ate+the+elephant+lease+and+my+hat";
        let found = visitor.get(partly).await.json();
        assert_eq!((&found["services"][0]["code"], &found["is_partly"]), (&"parking".into(), &true.into()));
        visitor.get(&partly.replace(".json", "")).await.says("These fit some of it");
        let none = visitor.get("/services.json?q=zebra").await.json();
        assert_eq!(none["services"].as_array().unwrap().len(), 0);
        visitor.get("/services?q=zebra").await.sees(StatusCode::OK).says("Nothing was found");
        let one = visitor.get("/services.json?event=moving&organisation=streets").await.json();
        assert_eq!(one["services"].as_array().unwrap().len(), 1);
        visitor.get("/services.csv").await.sees(StatusCode::OK).says("parking,Residents' parking");
        let page = visitor.get("/services/parking").await.sees(StatusCode::OK);
        page.says("not yet measured").says("Parking ordinance").says("10 working days").says("Who owns it?");
        let spanish = hall.town.browser().reading("es");
        spanish.get("/services/parking").await.says("Aparcamiento de residentes");
        let view = visitor.get("/services/parking.json").await.json();
        assert_eq!((view["number"].as_i64(), view["need"][1].as_str()), (Some(1), Some("Your lease")));
        hall.town.settle().await;
        assert!(hall.town.record().await.iter().any(|entry| entry.contains("service.published")));
        visitor.get("/search?q=parking").await.sees(StatusCode::OK).says("Residents&#39; parking");
        visitor.get("/services/nothing").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_draft_is_nobodys_business_and_a_version_stays() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        officer
            .post("/admin/services", &[("code", "market"), ("organisation", "streets"), ("title-en", "Market stall")])
            .await;
        let visitor = hall.town.browser();
        visitor.get("/services/market").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/services").await.never_says("Market stall");
        hall.publish(&officer, "market").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at least one question");
        hall.publish(&officer, "parking").await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Nothing changed");
        hall.question(&officer, "parking", &[("kind", "text"), ("label-en", "Plate"), ("name", "plate")]).await;
        visitor.get("/services/parking").await.never_says("Plate");
        hall.publish(&officer, "parking").await.sees(StatusCode::SEE_OTHER);
        visitor.get("/services/parking").await.says("Plate").says("Version 2");
        let first = visitor.get("/services/parking/schema?number=1").await.sees(StatusCode::OK).json();
        assert!(first["properties"]["plate"].is_null() && first["properties"]["rent"].is_object());
        visitor.get("/services/parking/schema?number=3").await.sees(StatusCode::NOT_FOUND);
        visitor.get("/services/parking/schema?number=x").await.sees(StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn hsds_pages_as_its_specification_says() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let program = hall.town.browser();
        assert_eq!(program.get("/hsds").await.json()["version"], "3.0");
        let page = program.get("/hsds/services?per_page=1").await.sees(StatusCode::OK).json();
        for (key, value) in [("total_items", 1), ("total_pages", 1), ("page_number", 1), ("size", 1)] {
            assert_eq!(page[key], value, "{key}");
        }
        assert_eq!(
            (page["first_page"].as_bool(), page["last_page"].as_bool(), page["empty"].as_bool()),
            (Some(true), Some(true), Some(false))
        );
        let id = page["contents"][0]["id"].as_str().unwrap();
        let full = program.get(&format!("/hsds/services/{id}")).await.json();
        assert_eq!((full["cost_options"][0]["amount"].as_f64(), full["status"].as_str()), (Some(25.0), Some("active")));
        assert_eq!(full["service_at_locations"].as_array().unwrap().len(), 2);
        let by = full["organization"]["id"].as_str().unwrap();
        program.get(&format!("/hsds/organizations/{by}")).await.sees(StatusCode::OK).says("Street office");
        let beyond = program.get("/hsds/services?page=9").await.json();
        assert_eq!((beyond["empty"].as_bool(), beyond["total_items"].as_i64()), (Some(true), Some(1)));
        assert_eq!(program.get("/hsds/services?search=zebra").await.json()["total_items"], 0);
        for bad in ["page=0", "page=x", "per_page=100000", "modified_after=yesterday"] {
            program.get(&format!("/hsds/services?{bad}")).await.sees(StatusCode::BAD_REQUEST);
        }
        for path in ["organizations", "service_at_locations", "taxonomies", "taxonomy_terms"] {
            let list = program.get(&format!("/hsds/{path}")).await.sees(StatusCode::OK).json();
            let id = list["contents"][0]["id"].as_str().unwrap();
            program.get(&format!("/hsds/{path}/{id}")).await.sees(StatusCode::OK);
            program.get(&format!("/hsds/{path}/nothing")).await.sees(StatusCode::NOT_FOUND);
        }
        let linked = program.get("/services/linked-data").await.sees(StatusCode::OK).json();
        assert!(linked["@graph"].as_array().unwrap().iter().any(|node| node["@type"] == "cpsv:PublicService"));
    }
}
