//! Requests taken over from elsewhere: every row accounted for, nothing twice, and a way back.

mod open311;
mod same;
mod uploading;

use crate::town::{Room, rooms};
use axum::http::StatusCode;
use civic::Role;
use importing::{Survey, Table, Tally, Wish};
use requests::{
    ImportOrder, ImportReport, import_requests,
    imports::{Mapping, Question, find_mapping, mapping_file, unused_columns},
    undo_import,
};
use testing::steward;

/// Seven rows: two good ones, one without a category anybody knows, one far away, one of the future, one ragged, one twice.
const TABLE: &str = "\
Request ID;Type;Opened;Closed;Status;Latitude;Longitude;Details
1;Broken lamp;27/12/2017 21:36;03/01/2018;Closed;50,05;0,05;\"It is dark.
Very dark.\"
2;bin;28/12/2017;;Open;50,06;0,15;Full
3;Zebra;28/12/2017;;Open;50,06;0,15;
4;lamp;28/12/2017;;Open;10;10;Far away
5;lamp;28/12/2057;;Open;50,05;0,05;Too early
6;lamp;28/12/2017
2;bin;29/12/2017;;Open;50,06;0,15;Once more
";

fn table() -> Table {
    Table::read(TABLE.as_bytes(), &Wish::default()).unwrap()
}

/// A mapping that leaves nothing to ask.
fn mapped(room: &Room, table: &Table, given: &str) -> Mapping {
    let given = Mapping::read(given).unwrap();
    let (mapping, questions) = find_mapping(&room.town.town, table, &Survey::of(table), &given).unwrap();
    assert_eq!(questions, [], "{}", mapping_file(&mapping, &questions));
    mapping
}

pub(super) async fn import(room: &Room, table: &Table, mapping: Mapping, dry_run: bool) -> ImportReport {
    let order = ImportOrder { table: table.clone(), mapping, origin: "old.csv".to_owned() };
    import_requests(&room.town.town, &steward(), &order, dry_run, |_| ()).await.unwrap()
}

/// Imports a table of this text, asking nothing.
pub(super) async fn import_text(room: &Room, text: &str) -> ImportReport {
    let table = Table::read(text.as_bytes(), &Wish::default()).unwrap();
    let mapping = mapped(room, &table, "source = \"old\"\n");
    import(room, &table, mapping, false).await
}

const GIVEN: &str = "source = \"old\"\n[values.category]\nZebra = \"\"\n";

#[tokio::test]
async fn every_row_is_stored_there_already_or_set_aside_with_its_reason() {
    for room in rooms().await {
        let table = table();
        let mapping = mapped(&room, &table, GIVEN);
        let dry = import(&room, &table, mapping.clone(), true).await;
        assert!(room.town.column("select code from requests").await.is_empty(), "a dry run stores nothing");
        let done = import(&room, &table, mapping.clone(), false).await;
        let tally = Tally { rows: 7, stored: 2, already: 0, set_aside: 5 };
        assert_eq!((dry.tally, done.tally), (tally, tally));
        assert_eq!((dry.code, dry.asides), (None, done.asides.clone()), "the dry run told the same");
        let asides: Vec<_> = done
            .asides
            .iter()
            .map(|one| (one.line, one.column.as_str(), one.value.as_str(), one.reason.as_str()))
            .collect();
        assert_eq!(
            asides,
            [
                (5, "Type", "Zebra", "the mapping leaves this value out"),
                (6, "Latitude", "10", asides[1].3),
                (7, "Opened", "28/12/2057", "this is in the future"),
                (8, "", "6", "the row has 3 cells, and the table 8 columns"),
                (9, "Request ID", "2", "an earlier row has the same id"),
            ]
        );
        assert!(asides[1].3.contains("outside"), "{}", asides[1].3);

        // The same table once more stores nothing.
        let again = import(&room, &table, mapping, false).await;
        assert_eq!(again.tally, Tally { rows: 7, stored: 0, already: 2, set_aside: 5 });
        assert_eq!(room.town.column("select code from requests").await.len(), 2);
    }
}

#[tokio::test]
async fn what_was_taken_over_is_a_request_like_any_other() {
    for room in rooms().await {
        let table = table();
        let done = import(&room, &table, mapped(&room, &table, GIVEN), false).await;
        room.town.settle().await;
        let visitor = room.town.browser();
        let listed = visitor.get("/requests.json?category=lamp").await.sees(StatusCode::OK).json();
        let lamp = &listed["requests"][0];
        assert_eq!(lamp["opened_at"], "2017-12-27T21:36:00Z", "{listed}");
        assert_eq!((&lamp["closed_at"], &lamp["state"]), (&"2018-01-03T00:00:00Z".into(), &"resolved".into()));
        assert_eq!((&lamp["district"]["code"], &lamp["source"]), (&"mill".into(), &"import".into()));
        assert_eq!(lamp["due_at"], serde_json::Value::Null, "nothing was promised here");
        let code = lamp["code"].as_str().unwrap();
        let page = visitor.get(&format!("/requests/{code}")).await.sees(StatusCode::OK);
        page.says("Taken over from").says("<bdi>old</bdi>").says("Very dark.").says("Its words were not taken over");
        room.lamps.get(&format!("/requests/{code}")).await.says("<bdi>old (1)</bdi>");
        visitor.get("/search?q=dark").await.says(code);

        // The record has both steps on their days, marked with the import, and no words.
        let import = done.code.unwrap();
        let record = room.town.record().await;
        let about: Vec<_> =
            record.iter().filter(|entry| entry.contains(&format!("request/{code}")) || entry.contains(code)).collect();
        assert_eq!(about.len(), 2, "{about:?}");
        assert!(
            about[0].contains("\"at\":\"2017-12-27T21:36:00Z\"") && about[0].contains("request.opened"),
            "{about:?}"
        );
        assert!(
            about[1].contains("\"at\":\"2018-01-03T00:00:00Z\"") && about[1].contains("request.resolved"),
            "{about:?}"
        );
        assert!(about.iter().all(|entry| entry.contains(import.as_str()) && !entry.contains("dark")), "{about:?}");
        assert!(record.iter().any(|entry| entry.contains("request-import.ended") && entry.contains("\"stored\":2")));
        let counts = room.town.column("select district || ' ' || category || ' ' || requests from request_counts where requests > 0 order by 1").await;
        assert_eq!(counts, ["docks bin 1", "mill lamp 1"]);
    }
}

#[tokio::test]
async fn an_undo_takes_away_what_nobody_has_acted_on() {
    for room in rooms().await {
        let table = table();
        let mapping = mapped(&room, &table, GIVEN);
        let done = import(&room, &table, mapping.clone(), false).await;
        room.town.settle().await;
        let import_code = done.code.unwrap().to_string();
        let open = room.town.browser().get("/requests.json?category=bin").await.json();
        let touched = open["requests"][0]["code"].as_str().unwrap().to_owned();
        room.bins
            .post(&format!("/desk/{touched}/answer"), &[("text", "We come tomorrow")])
            .await
            .sees(StatusCode::SEE_OTHER);

        let undone = undo_import(&room.town.town, &steward(), &import_code, |_| ()).await.unwrap();
        assert_eq!((undone.removed, undone.stayed, undone.named), (1, 1, vec![touched.clone()]));
        room.town.settle().await;
        assert_eq!(room.town.column("select code from requests").await, [touched]);
        let counts = room.town.column("select district || ' ' || category || ' ' || requests from request_counts where requests <> 0 order by 1").await;
        assert_eq!(counts, ["docks bin 1"]);
        room.town.browser().get("/search?q=dark").await.never_says("Broken lamp,");
        for table in
            ["select salt from record_salts", "select body from request_history", "select word from search_words"]
        {
            let left = room.town.column(table).await;
            assert!(
                !left.iter().any(|text| text.contains("dark") || text.contains("not taken over")),
                "{table}: {left:?}"
            );
        }
        let record = room.town.record().await;
        assert!(record.iter().any(|entry| entry.contains("request.removed")), "{record:?}");
        assert!(record.iter().any(|entry| entry.contains("request-import.undone") && entry.contains("\"stayed\":1")));

        // What is gone may come again; what stayed is still known.
        let again = import(&room, &table, mapping, false).await;
        assert_eq!((again.tally.stored, again.tally.already), (1, 1));
        assert!(undo_import(&room.town.town, &steward(), "I-222222", |_| ()).await.is_err());
    }
}

/// Whoever makes a new table about requests must say here what an undo makes of it.
#[tokio::test]
async fn an_undo_knows_every_table_in_which_somebody_acts_on_a_request() {
    let room = rooms().await.remove(0);
    let sql = "select m.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' and c.name = 'request_id' order by 1";
    let tables = room.town.column(sql).await;
    assert!(tables.len() >= 7, "{tables:?}");
    let known = include_str!("../../src/store/imports.rs");
    for table in tables {
        assert!(
            known.contains(&format!("{table} ")) || known.contains(&format!("\"{table}\"")),
            "{table} is not asked by an undo"
        );
    }
}

#[tokio::test]
async fn the_administrator_reads_and_undoes() {
    for room in rooms().await {
        let table = table();
        let done = import(&room, &table, mapped(&room, &table, GIVEN), false).await;
        let code = done.code.unwrap().to_string();
        let administrator = room.town.holder("first@example.org", Role::Administrator, None).await;
        administrator.get("/admin/imports").await.sees(StatusCode::OK).says(&code).says("old.csv");
        let listed = administrator.get("/admin/imports.json").await.json();
        assert_eq!((listed[0]["stored"].as_u64(), listed[0]["set_aside"].as_u64()), (Some(2), Some(5)));
        let page = format!("/admin/imports/{code}");
        administrator.get(&page).await.sees(StatusCode::OK).says("Zebra").says("Undo this import");
        let csv = administrator.get(&format!("{page}.csv")).await.sees(StatusCode::OK);
        csv.says("line,column,value,reason").says("5,Type,Zebra,the mapping leaves this value out");
        room.lamps.get(&page).await.sees(StatusCode::FORBIDDEN);
        for (language, title) in [("es", "Deshacer esta importación"), ("ar", "التراجع عن هذا الاستيراد")]
        {
            room.town
                .holder(&format!("{language}@example.org"), Role::Administrator, None)
                .await
                .reading(language)
                .get(&page)
                .await
                .says(title);
        }
        administrator.post(&format!("{page}/undo"), &[]).await.sees(StatusCode::UNPROCESSABLE_ENTITY);
        administrator.post(&format!("{page}/undo"), &[("sure", "yes")]).await.sees(StatusCode::SEE_OTHER);
        room.town.settle().await;
        administrator.get(&page).await.says("2 taken away, 0 stay").never_says("Undo this import");
        assert!(room.town.column("select code from requests").await.is_empty());
    }
}

#[tokio::test]
async fn what_is_unsure_is_asked() {
    let room = rooms().await.remove(0);
    let town = &room.town.town;
    let find = |text: &str, given: &Mapping| {
        let table = Table::read(text.as_bytes(), &Wish::default()).unwrap();
        find_mapping(town, &table, &Survey::of(&table), given)
    };
    let mut given = Mapping { source: Some("old".to_owned()), ..Mapping::default() };
    // Which of the two days is it? Which column is the category?
    let text =
        "ref,what,first day,second day,where\n1,lamp,01/02/2017,02/03/2017,x\n2,dead zebra,03/04/2017,03/05/2017,y\n";
    let (mapping, questions) = find(text, &given).unwrap();
    let fields: Vec<_> = questions.iter().map(|question| question.line().0 + " " + &question.line().1).collect();
    assert_eq!(
        fields,
        ["columns category = \"ref\"", "columns opened = \"first day\""],
        "{}",
        mapping_file(&mapping, &questions)
    );
    questions[0].answer(&mut given, "what");
    questions[1].answer(&mut given, "first day");
    let (found, questions) = find(text, &given).unwrap();
    assert!(matches!(&questions[0], Question::Dates { field: "opened", examples, .. } if examples[0] == "01/02/2017"));
    assert!(
        matches!(&questions[1], Question::Value { field: "category", value, rows: 1, .. } if value == "dead zebra")
    );
    let file = mapping_file(&found, &questions);
    assert!(
        file.contains("# opened = \"day-first\" or \"month-first\"") && file.contains("# \"dead zebra\" = "),
        "{file}"
    );
    Mapping::read(&file).unwrap();
    questions[0].answer(&mut given, "month-first");
    questions[1].answer(&mut given, "lamp");
    let (found, questions) = find(text, &given).unwrap();
    assert_eq!((questions.len(), found.values["category"]["dead zebra"].as_str()), (0, "lamp"));
    assert_eq!(Mapping::read(&found.text()).unwrap(), found, "what is saved reads back");
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_is_refused_in_a_sentence() {
    let room = rooms().await.remove(0);
    for (text, says) in [
        ("[columns]\ncolour = \"x\"", "colour"),
        ("[values.opened]\nx = \"y\"", "opened"),
        ("source = \"A B\"", "hyphens"),
        ("[dates]\nid = \"day-first\"", "id"),
        ("nonsense = 1", "nonsense"),
        ("= =", "expected"),
    ] {
        let error = Mapping::read(text).unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
    let table = table();
    for (text, says) in [("[columns]\nid = \"nowhere\"", "nowhere"), ("zone = \"Mars/Base\"", "Mars/Base")] {
        let given = Mapping::read(text).unwrap();
        let error = find_mapping(&room.town.town, &table, &Survey::of(&table), &given).unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
}

#[tokio::test]
async fn rows_without_ids_are_known_again_by_what_they_say() {
    for room in rooms().await {
        // Two that say the same are two reports.
        let text = "category,opened,address\nlamp,2017-12-27,Main St 1\nlamp,2017-12-27,Main St 1\nlamp,2017-12-28,Main St 1\n";
        let table = Table::read(text.as_bytes(), &Wish::default()).unwrap();
        let mapping = mapped(&room, &table, "source = \"old\"");
        assert_eq!(import(&room, &table, mapping.clone(), false).await.tally.stored, 3);
        assert_eq!(import(&room, &table, mapping, false).await.tally.already, 3);
    }
}

#[tokio::test]
async fn hostile_tables_end_in_an_import_or_in_questions() {
    let room = rooms().await.remove(0);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/open/csv");
    let mut files = Vec::new();
    for part in ["", "frictionless", "spectrum/csvs", "spectrum/json"] {
        let folder = folder.join(part);
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{} must be there: {error}", folder.display()));
        files.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file()));
    }
    assert!(files.len() >= 90, "{}", files.len());
    let mut imported = 0;
    for path in files {
        let Ok(table) = Table::read(std::fs::File::open(&path).unwrap(), &Wish::default()) else { continue };
        let survey = Survey::of(&table);
        let mut mapping = Mapping { source: Some("hostile".to_owned()), ..Mapping::default() };
        // Whatever is asked is answered with the first choice, as somebody in a hurry does.
        for _ in 0..4 {
            let (found, questions) = find_mapping(&room.town.town, &table, &survey, &mapping).unwrap();
            mapping = found;
            Mapping::read(&mapping_file(&mapping, &questions)).unwrap();
            for question in &questions {
                let first = match question {
                    Question::Column { choices, .. } => choices.first().cloned().unwrap_or_default(),
                    Question::Dates { choices, .. } => choices[0].as_str().to_owned(),
                    Question::Value { choices, .. } => choices[0].0.clone(),
                };
                question.answer(&mut mapping, &first);
            }
        }
        let report = import(&room, &table, mapping, false).await;
        assert!(report.tally.is_even() && report.tally.rows == survey.rows, "{}", path.display());
        imported += 1;
    }
    assert!(imported > 40, "{imported}");
}

#[tokio::test]
async fn headers_with_accents_odd_dates_and_what_nobody_knows() {
    for room in rooms().await {
        let text = "Número;Categoría;Fecha de creación;Situación;Palabras;Dirección;Brigada\n\
            1;lamp;27/12/2017;abierto;La farola de la esquina parpadea;Calle Mayor;B7\n\
            2;bin;28/12/2017;abierto;El contenedor está lleno desde hace días;Calle Mayor;B7\n\
            3;lamp;sin fecha;abierto;Otra farola que no alumbra;Calle Real;B8\n";
        let table = Table::read(text.as_bytes(), &Wish::default()).unwrap();
        let survey = Survey::of(&table);
        let given = Mapping::read("source = \"vieja\"\n").unwrap();
        let (mapping, questions) = find_mapping(&room.town.town, &table, &survey, &given).unwrap();
        // Every column that is named is found, also where one of its dates is none; what looks like free text is asked about.
        let is = |field: &str| mapping.columns.get(field).map(String::as_str);
        let found = ["id", "category", "opened", "status", "address"].map(is);
        let wanted = ["Número", "Categoría", "Fecha de creación", "Situación", "Dirección"].map(Some);
        assert_eq!(found, wanted);
        let prose = Question::Column { field: "description", choices: vec!["Palabras".to_owned()], needed: false };
        assert_eq!(questions, std::slice::from_ref(&prose));
        let unused = unused_columns(&survey, &mapping);
        let unused: Vec<_> = unused.iter().map(|one| (one.column.as_str(), one.example.as_str(), one.filled)).collect();
        assert_eq!(unused, [("Palabras", "La farola de la esquina parpadea", 3), ("Brigada", "B7", 3)]);
        let mut answered = mapping.clone();
        prose.answer(&mut answered, "Palabras");
        let mapping = mapped(&room, &table, &answered.text());
        let done = import(&room, &table, mapping, false).await;
        assert_eq!((done.tally.stored, done.tally.set_aside), (2, 1));
        assert_eq!((done.asides[0].line, done.asides[0].value.as_str()), (4, "sin fecha"));
    }
}

#[tokio::test]
async fn a_column_without_a_date_may_still_be_chosen() {
    for room in rooms().await {
        let table = Table::read("what;when\nlamp;the other day\n".as_bytes(), &Wish::default()).unwrap();
        let given = Mapping::read("source = \"old\"\n").unwrap();
        let (_, questions) = find_mapping(&room.town.town, &table, &Survey::of(&table), &given).unwrap();
        let opened = questions.iter().find(|question| matches!(question, Question::Column { field: "opened", .. }));
        let Some(Question::Column { choices, .. }) = opened else { panic!("{questions:?}") };
        assert_eq!(choices, &["what", "when"], "an empty menu would be no question");
    }
}
