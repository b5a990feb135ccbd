//! DCAT-AP, data.json, data packages: read back by the parsers of others where the house has them.

use crate::town::{page_sends_json, rooms};
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn the_catalogue_is_served_in_three_forms_and_one_bad_address_breaks_none() {
    for room in rooms().await {
        room.trees().await;
        let token = room.town.token(civic::Role::Administrator).await;
        let bad = json!({"name": "links", "title": "Li<nks & \"more\"", "owner_org": "roads", "notes": "a\u{1}b", "resources": [
            {"url": "https://example.org/good.csv", "name": "good"}, {"name": "without an address"}]});
        room.act(&token, "package_create", &bad).await.sees(StatusCode::OK);
        let turtle = room.town.browser().get("/data/catalog.ttl").await.sees(StatusCode::OK).text;
        let triples: Vec<_> =
            oxttl::TurtleParser::new().for_slice(turtle.as_bytes()).collect::<Result<_, _>>().unwrap();
        let xml = room.town.browser().get("/data/catalog.rdf").await.sees(StatusCode::OK).text;
        let of_xml = oxrdfxml::RdfXmlParser::new().for_slice(xml.as_bytes()).collect::<Result<Vec<_>, _>>().unwrap();
        let ld = room.town.browser().get("/data/catalog.jsonld").await.sees(StatusCode::OK).text;
        let of_ld = oxjsonld::JsonLdParser::new().for_slice(ld.as_bytes()).collect::<Result<Vec<_>, _>>().unwrap();
        assert!(
            triples.len() > 60 && triples.len() == of_xml.len() && triples.len() == of_ld.len(),
            "{} {} {}",
            triples.len(),
            of_xml.len(),
            of_ld.len()
        );
        for wanted in [
            "dcat:Catalog",
            "/data/trees",
            "/data/links",
            "https://example.org/good.csv",
            "Trees of the parks",
            "licence/CC_BY_4_0",
        ] {
            assert!(turtle.contains(wanted), "{wanted} in {turtle}");
        }
        room.town.browser().get("/data/catalog/trees/ttl").await.sees(StatusCode::OK).says("dcat:Dataset");
        room.town.browser().get("/data/catalog/nothing/ttl").await.sees(StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn data_json_and_the_package_say_what_is_there() {
    for room in rooms().await {
        room.trees().await;
        let catalogue = room.town.browser().get("/data.json").await.sees(StatusCode::OK).json();
        let one = &catalogue["dataset"][0];
        assert_eq!(catalogue["conformsTo"], "https://project-open-data.cio.gov/v1.1/schema");
        assert_eq!(
            (one["title"].as_str(), one["accessLevel"].as_str(), one["temporal"].as_str()),
            (Some("Trees of the parks"), Some("public"), Some("2019-01-01/2021-12-31"))
        );
        assert!(one["distribution"][0]["downloadURL"].as_str().unwrap().ends_with("/data/trees/trees/file/original"));
        let package = room.town.browser().get("/data/catalog/trees/datapackage").await.sees(StatusCode::OK).json();
        let resource = &package["resources"][0];
        assert_eq!(
            (package["name"].as_str(), resource["profile"].as_str()),
            (Some("trees"), Some("tabular-data-resource"))
        );
        assert_eq!(resource["schema"]["fields"][2], json!({"name": "planted", "type": "date"}));
        let path = resource["path"].as_str().unwrap().strip_prefix(testing::ADDRESS).unwrap().to_owned();
        room.town.browser().get(&path).await.sees(StatusCode::OK).says("oak,12.5,2019-03-01");
        let fields = json!({"organisation": "parks", "title[en]": "Draft", "name": "hidden-one"});
        page_sends_json(&room.parks, "/data.json", &fields).await.sees(StatusCode::CREATED);
        room.town.browser().get("/data.json").await.sees(StatusCode::OK).never_says("hidden-one");
        room.parks.get("/data.json").await.sees(StatusCode::OK).never_says("hidden-one");
    }
}

#[tokio::test]
async fn rows_are_read_as_from_socrata() {
    for room in rooms().await {
        room.trees().await;
        let get = async |query: &str| room.town.browser().get(&format!("/resource/trees.json?{query}")).await;
        let all = get("").await.sees(StatusCode::OK).json();
        assert_eq!(
            (all.as_array().unwrap().len(), all[0]["height"].as_str(), all[1].get("height")),
            (3, Some("12.5"), None)
        );
        let oaks = get("kind=oak&$order=height&$limit=1").await.sees(StatusCode::OK).json();
        assert_eq!((oaks.as_array().unwrap().len(), oaks[0]["height"].as_str()), (1, Some("7")));
        let sums = get("$select=kind,count(*)+as+n&$where=planted+%3E+%272019%27&$group=kind&$order=n+desc")
            .await
            .sees(StatusCode::OK)
            .json();
        assert_eq!(sums[0], json!({"kind": "oak", "n": "2"}));
        for bad in [
            "$where=1%3D1;drop+table+trees",
            "$where=load_extension(%27x%27)",
            "nothing=1",
            "$limit=x",
            "$select=*+from+sqlite_master--",
        ] {
            let seen = get(bad).await.sees(StatusCode::BAD_REQUEST).json();
            assert_eq!(seen["error"], true, "{bad}");
        }
        room.town.browser().get("/resource/nothing.json").await.sees(StatusCode::NOT_FOUND);
        room.town.browser().get("/resource/trees.csv?$select=kind").await.sees(StatusCode::OK).says("kind\noak\n");
    }
}

#[tokio::test]
async fn the_csv_of_a_table_is_described_where_the_standard_looks_for_it() {
    for room in rooms().await {
        room.trees().await;
        let visitor = room.town.browser();
        let seen = visitor.get("/data/trees/trees/file/csv").await.sees(StatusCode::OK);
        let link = seen.headers["link"].to_str().unwrap().to_owned();
        assert!(link.contains("/data/trees/trees/file/csv-metadata.json>; rel=\"describedby\""), "{link}");
        let described = visitor.get("/data/trees/trees/file/csv-metadata.json").await.sees(StatusCode::OK);
        assert_eq!(described.headers["content-type"], "application/csvm+json");
        let url = format!("{}/data/trees/trees/file/csv", testing::ADDRESS);
        let check = |rows: &str| {
            let load = |address: &str| {
                let bytes = match address {
                    _ if address == url => rows.as_bytes().to_vec(),
                    _ if address == format!("{url}-metadata.json") => described.bytes.clone(),
                    _ => return None,
                };
                Some(csvw::Document { bytes, link: None })
            };
            csvw::check(&url, None, &load)
        };
        let good = check(&seen.text);
        assert_eq!((good.errors, good.warnings), (0, 0), "{good:?}");
        let bad = check(&seen.text.replacen("12.5", "tall", 1));
        assert_eq!((bad.errors, bad.listed[0].column.as_str()), (1, "height"), "{bad:?}");
        room.parks.post("/data/trees/withdraw", &[]).await.sees(StatusCode::SEE_OTHER);
        visitor.get("/data/trees/trees/file/csv-metadata.json").await.sees(StatusCode::GONE);
    }
}
