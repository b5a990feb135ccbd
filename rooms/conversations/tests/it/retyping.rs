//! What was refused is not typed again.

use crate::town::{rooms, setting};
use axum::http::StatusCode;

#[tokio::test]
async fn a_refused_form_comes_back_with_everything_that_was_typed() {
    for room in rooms().await {
        let long =
            [("question[en]", ""), ("question[es]", "¿Y ahora?"), ("census", "mill, many"), ("moderation", "first")];
        let page = room.lead.post("/desk/conversations", &setting(&long)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("¿Y ahora?")
            .says("The council decides in spring.")
            .says("mill, many")
            .says("value=\"first\" checked");
        let code = room.draft(&[]).await;
        let desk = format!("/desk/conversations/{code}");
        let cleared = [("question[en]", ""), ("introduction[en]", "Written anew.")];
        let page = room.lead.post(&desk, &setting(&cleared)).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Written anew.").never_says("How should we move about town?\"");
        let facts = [("facts[en]", "Six of ten."), ("sources", "Click | javascript:alert(1)"), ("hand-es", "machine")];
        let page = room.lead.post(&format!("{desk}/facts"), &facts).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Six of ten.").says("Click | javascript:alert(1)").says("value=\"machine\" selected");
        let seeds = [("language", "es"), ("seeds", "Más árboles en la plaza\n¿Por qué no hay autobuses?")];
        let page = room.lead.post(&format!("{desk}/seeds"), &seeds).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("Más árboles en la plaza").says("value=\"es\" selected");
    }
}

#[tokio::test]
async fn an_act_that_was_refused_keeps_its_words_beside_its_statement() {
    for room in rooms().await {
        let code = room.open(&[]).await;
        let desk = format!("/desk/conversations/{code}/statements");
        let post = |number: u8, form: Vec<(&'static str, &'static str)>| {
            let (lead, path) = (&room.lead, format!("{desk}/{number}"));
            async move { lead.post(&path, &form).await }
        };
        let split = vec![("act", "split"), ("show", "open"), ("parts", "One sentence that stands alone")];
        let page = post(1, split).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("One sentence that stands alone</textarea>").says("id=\"parts\"").says("href=\"#parts\"");
        let into = post(2, vec![("act", "merge"), ("show", "open"), ("into", "77")]).await.sees(StatusCode::CONFLICT);
        into.says("value=\"77\"").says("id=\"into\"");
        let words = "Más \u{202E}árboles";
        let translate = vec![("act", "translate"), ("show", "open"), ("language", "es"), ("translation", words)];
        post(1, translate).await.sees(StatusCode::UNPROCESSABLE_ENTITY).says(&format!("value=\"{words}\""));
    }
}
