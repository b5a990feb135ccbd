use crate::town::halls;
use axum::http::StatusCode;
use civic::Role;

#[tokio::test]
async fn an_officer_designs_a_form_without_code() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        let page = officer.get("/admin/services/parking/form").await.sees(StatusCode::OK);
        page.says("Do you own the car?").says("Only if own_car is no.").says("rent * 12");
        let wrong: &[(&[(&str, &str)], &str)] = &[
            (&[("kind", "choice"), ("label-en", "Colour")], "needs between 1 and 60"),
            (&[("kind", "calculated"), ("label-en", "Sum"), ("formula", "rent / 2")], "cannot be read at character 6"),
            (
                &[("kind", "calculated"), ("label-en", "Sum"), ("formula", "nobody * 2")],
                "cannot be read at character 1",
            ),
            (&[("kind", "text"), ("label-en", "x"), ("name", "rent")], "stands twice"),
            (&[("kind", "text"), ("label-en", "x"), ("name", "Bad Name")], "cannot be a name"),
            (&[("kind", "text"), ("label-en", "x"), ("show-if", "own_car=perhaps")], "earlier question"),
            (&[("kind", "text")], "Write the question"),
            (&[("kind", "fancy"), ("label-en", "x")], "Write the question"),
            (&[("kind", "text"), ("label-en", "x"), ("repeat", "99")], "at most 12 times"),
        ];
        for (fields, sentence) in wrong {
            hall.question(&officer, "parking", fields).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(sentence);
        }
        let fields =
            [("kind", "choice"), ("label-en", "Colour"), ("choices", "red = Red | Rojo | أحمر\nPale blue | Azul")];
        hall.question(&officer, "parking", &fields).await.sees(StatusCode::SEE_OTHER);
        let schema = officer.get("/admin/services/parking/form").await.text;
        assert!(schema.contains("pale-blue") && schema.contains("Rojo"), "{schema}");
        let version = hall.stamp(&officer, "parking").await;
        let form = "/admin/services/parking/form";
        let up = [("version", version.as_str()), ("act", "up"), ("target", "page_rent")];
        officer.post(form, &up).await.sees(StatusCode::SEE_OTHER);
        officer.post(form, &up).await.sees(StatusCode::CONFLICT).says("Somebody else changed");
        let version = hall.stamp(&officer, "parking").await;
        // What others hang on cannot be taken out.
        let remove = [("version", version.as_str()), ("act", "remove"), ("target", "own_car")];
        officer.post(form, &remove).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("earlier question");
        let remove = [("version", version.as_str()), ("act", "remove"), ("target", "sign")];
        officer.post(form, &remove).await.sees(StatusCode::SEE_OTHER);
        officer.get(form).await.never_says("Firme");
    }
}

#[tokio::test]
async fn a_form_is_taken_over_as_json_schema_but_never_with_references() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        let schema = officer.get("/services/parking/schema").await.sees(StatusCode::OK).text;
        assert!(schema.contains("\"$schema\":\"https://json-schema.org/draft/2020-12/schema\""));
        let form = "/admin/services/parking/form";
        let version = hall.stamp(&officer, "parking").await;
        let take = |schema: String| {
            let (officer, version) = (&officer, version.clone());
            async move { officer.post(form, &[("version", &version), ("act", "schema"), ("schema", &schema)]).await }
        };
        for bad in [
            schema.replace("\"type\":\"boolean\"", "\"$ref\":\"https://evil.example/schema.json\""),
            schema.replace("\"type\":\"boolean\"", "\"$ref\":\"#\""),
            schema.replace("\"type\":\"boolean\"", "\"$dynamicRef\":\"#x\""),
            "{".to_owned(),
            "[]".to_owned(),
            format!("{}{}", "[".repeat(300), "]".repeat(300)),
        ] {
            take(bad).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        take(schema.replace("Your name", "Your whole name")).await.sees(StatusCode::SEE_OTHER);
        officer.get(form).await.says("Your whole name");
    }
}

#[tokio::test]
async fn nobody_writes_another_agencys_services() {
    for hall in halls().await {
        hall.parking(&[]).await;
        let other = hall.town.agency("schools", "School office").await;
        let foreign = hall.town.holder("eva@example.org", Role::Officer, Some(&other)).await;
        foreign.get("/admin/services/parking").await.sees(StatusCode::NOT_FOUND);
        foreign.get("/admin/services/parking/form").await.sees(StatusCode::NOT_FOUND);
        for path in ["", "/form", "/publish"] {
            foreign
                .post(&format!("/admin/services/parking{path}"), &[("version", "1")])
                .await
                .sees(StatusCode::NOT_FOUND);
        }
        let steal = [("code", "mine"), ("organisation", "streets"), ("title-en", "Mine")];
        foreign.post("/admin/services", &steal).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("Choose an agency");
        for code in ["figures", "linked-data", "x", "UPPER", "a b", "-a", "../x"] {
            let fields = [("code", code), ("organisation", "schools"), ("title-en", "Mine")];
            foreign.post("/admin/services", &fields).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        }
        let resident = hall.town.signed_in("amina@example.org").await;
        resident.get("/admin/services").await.sees(StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_question_is_put_right_where_it_stands() {
    for hall in halls().await {
        let officer = hall.parking(&[]).await;
        let form = "/admin/services/parking/form";
        let colours = [
            ("kind", "choice"),
            ("label-en", "Colour"),
            ("name", "colour"),
            ("choices", "RAL_1 = Red | Rojo\nblue = Blue"),
            ("on", "page_rent"),
        ];
        hall.question(&officer, "parking", &colours).await.sees(StatusCode::SEE_OTHER);
        officer
            .get(form)
            .await
            .says("?question=colour#h-add")
            .says("href=\"/admin/services/parking/form?question=rent");
        let edited = officer.get(&format!("{form}?question=colour")).await.sees(StatusCode::OK);
        edited.says("Edit: Colour").says("name=\"act\" value=\"change\"").says("value=\"Colour\"").says("Red | Rojo");
        let changes = async |more: &[(&str, &str)]| {
            let version = hall.stamp(&officer, "parking").await;
            let mut all = vec![("version", version.as_str()), ("act", "change")];
            all.extend_from_slice(more);
            officer.post(form, &all).await
        };
        // Words in another language, a hint, other choices; values that were there stay.
        let words = [
            ("target", "colour"),
            ("kind", "choice"),
            ("label-en", "Colour of the car"),
            ("label-es", "Color del coche"),
            ("hint-en", "As in the papers"),
            ("choices", "ral-1 = Dark red | Rojo oscuro\nblue = Blue"),
        ];
        changes(&words).await.sees(StatusCode::SEE_OTHER);
        let schema = officer.get(form).await.text;
        for words in ["Colour of the car", "Color del coche", "As in the papers", "Dark red", "ral-1"] {
            assert!(schema.contains(words), "{words}");
        }
        // Its page keeps its title and its other question; the question moves within it.
        let moves = async |act: &str| {
            let version = hall.stamp(&officer, "parking").await;
            let fields = [("version", version.as_str()), ("act", act), ("target", "colour")];
            officer.post(form, &fields).await.sees(StatusCode::SEE_OTHER);
            officer.get(form).await.text
        };
        let at = |page: &str, words: &str| page.find(words).unwrap();
        let up = moves("up").await;
        assert!(at(&up, ">Colour of the car</b>") < at(&up, ">Monthly rent</b>"));
        let down = moves("down").await;
        assert!(at(&down, ">Colour of the car</b>") > at(&down, ">Monthly rent</b>"));
        // The one question of a page is its title; a page that hangs on an answer still does.
        let shown = officer.get(&format!("{form}?question=owner")).await;
        shown.says("value=\"own_car=no\" selected");
        let owner = [("target", "owner"), ("kind", "text"), ("label-en", "Whose is it?"), ("show-if", "own_car=no")];
        changes(&owner).await.sees(StatusCode::SEE_OTHER);
        officer.get(form).await.says("<h2>Whose is it?</h2>").says("Only if own_car is no.").never_says("Who owns it?");
        // A name on which others hang cannot go.
        let renamed = [("target", "own_car"), ("name", "mine"), ("kind", "yes-no"), ("label-en", "Yours?")];
        let refused = changes(&renamed).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        refused.says("earlier question").says("name=\"act\" value=\"change\"").says("value=\"Yours?\"");
        let gone = [("target", "nobody"), ("kind", "text"), ("label-en", "x")];
        changes(&gone).await.sees(StatusCode::CONFLICT).says("is not there any more");
        let open = [("target", "rent"), ("kind", "number"), ("label-en", "Rent"), ("least", "2"), ("most", "1")];
        changes(&open).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("least not above the most");
        let unread = [("target", "rent"), ("kind", "number"), ("label-en", "Rent"), ("least", "two")];
        changes(&unread).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says("at most two places");
    }
}
