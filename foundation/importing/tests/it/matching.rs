//! Columns found by their names and by what is in them.

use importing::{Kind, Match, Survey, Table, Wanted, Wish, find_columns};

const WANTED: [Wanted; 3] = [
    Wanted { field: "id", names: &["requestid", "id"], kind: Kind::Text },
    Wanted { field: "opened", names: &["opened", "date"], kind: Kind::Date },
    Wanted { field: "lat", names: &["lat", "latitude"], kind: Kind::Latitude },
];

fn found(text: &str) -> Vec<Match> {
    let table = Table::read(text.as_bytes(), &Wish::default()).unwrap();
    find_columns(&Survey::of(&table), &WANTED, &[])
}

#[test]
fn by_name_whatever_its_writing() {
    let columns = found("Latitude,Request ID,OPENED\n34.1,7,2024-01-02\n");
    assert_eq!(columns, [Match::Found(1), Match::Found(2), Match::Found(0)]);
}

#[test]
fn not_where_something_else_is_in_it() {
    let columns = found("id,opened,lat\n7,yesterday,12 Main St\n");
    assert_eq!(columns, [Match::Found(0), Match::Missing, Match::Missing]);
}

#[test]
fn two_that_could_be_are_asked_about() {
    let columns = found("id,date opened,date closed\n7,2024-01-02,2024-01-03\n");
    assert_eq!(columns[1], Match::Unsure(vec![1, 2]));
    assert_eq!(found("lat,LAT\n1,2\n")[2], Match::Unsure(vec![0, 1]));
}

#[test]
fn accents_and_arabic_spelling_do_not_hide_a_column() {
    const SPANISH: [Wanted; 3] = [
        Wanted { field: "category", names: &["categoria"], kind: Kind::Text },
        Wanted { field: "number", names: &["numero"], kind: Kind::Text },
        Wanted { field: "address", names: &["العنوان", "الجهة"], kind: Kind::Text },
    ];
    let table = Table::read("Número;CATEGORÍA;الجهه\n7;bache;x\n".as_bytes(), &Wish::default()).unwrap();
    let columns = find_columns(&Survey::of(&table), &SPANISH, &[]);
    assert_eq!(columns, [Match::Found(1), Match::Found(0), Match::Found(2)]);
    let folds = ["Año de creación", "ÉTAT", "أُغلِقَ فـــي", "الحالة"].map(importing::folded);
    assert_eq!(folds, ["anodecreacion", "etat", "اغلقفي", "الحاله"]);
}

#[test]
fn one_odd_date_does_not_hide_its_column() {
    let columns = found("id,opened\n1,27/12/2017\n2,28/12/2017\n3,unknown\n4,29/12/2017\n");
    assert_eq!(columns[1], Match::Found(1));
    let table = Table::read("opened\n27/12/2017\nunknown\n2017-12-27\n30/12/2017\n".as_bytes(), &Wish::default());
    let survey = Survey::of(&table.unwrap());
    assert_eq!(survey.columns[0].dates.mostly(), [importing::DateOrder::DayFirst]);
}

#[test]
fn what_people_wrote_looks_like_it() {
    let table = Table::read(
        "what,who\nThe lamp at the corner flickers,Ana Maria de la Cruz Vega\nA very deep hole in the road,Ana Maria de la Cruz Vega\nNothing but mud on the path,Ana Maria de la Cruz Vega\n"
            .as_bytes(),
        &Wish::default(),
    );
    let survey = Survey::of(&table.unwrap());
    assert_eq!([survey.columns[0].is_prose(), survey.columns[1].is_prose()], [true, false]);
}
