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
