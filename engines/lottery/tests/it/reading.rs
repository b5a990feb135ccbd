//! Tables as they come, good and bad.

use lottery::{PoolColumns, read_pool, read_quotas};
use proptest::prelude::*;

const QUOTAS: &str = "category,feature,min,max\nage,young,1,2\nage,old,1,2\nplace,north,0,3\nplace,south,0,3\n";

#[test]
fn names_of_other_programs_are_understood() {
    let wanted = read_quotas(QUOTAS).unwrap();
    assert_eq!(read_quotas(&QUOTAS.replace("category,feature", "feature,value")).unwrap(), wanted);
    assert_eq!(read_quotas(&QUOTAS.replace("category,feature", "category,name")).unwrap(), wanted);
    assert_eq!(read_quotas(&format!("\u{feff}{}", QUOTAS.replace('\n', "\r\n"))).unwrap(), wanted);
    let flexible = "category,name,min,max,min_flex,max_flex\nage,young,1,2,0,3\nage,old,1,2,0,3\n";
    assert_eq!(read_quotas(flexible).unwrap(), wanted[..1]);
}

#[test]
fn ids_addresses_and_unknown_columns() {
    let categories = read_quotas(QUOTAS).unwrap();
    let table =
        "nationbuilder_id,name,age,Place,street,zip\n7,Zo,old,South,1  High St,90001\n9,\"Q, R\",young,north,,\n";
    let columns = PoolColumns { id: None, address: vec!["street".into(), "zip".into()] };
    let volunteers = read_pool(table, &categories, &columns).unwrap();
    assert_eq!((volunteers[0].id.as_str(), volunteers[0].features.as_slice()), ("7", [1, 1].as_slice()));
    assert_eq!(volunteers[0].address.as_deref(), Some("1 high st\n90001"));
    assert_eq!(volunteers[1].address, None);
    let numbered = read_pool("age,place\nold,north\nold,south", &categories, &PoolColumns::default()).unwrap();
    assert_eq!(numbered.iter().map(|volunteer| volunteer.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn a_fault_has_its_line_its_column_and_what_was_expected() {
    let categories = read_quotas(QUOTAS).unwrap();
    let pool = |text: &str| read_pool(text, &categories, &PoolColumns::default()).unwrap_err().to_string();
    assert_eq!(
        pool("id,age,place\n1,old,north\n2,ancient,north\n"),
        "line 3, column 2 (age): “ancient” has no quota in age; expected one of “young”, “old”"
    );
    assert_eq!(
        pool("id,age,place\n1,old,north\n1,old,north"),
        "line 3, column 1 (id): the id “1” is already that of line 2"
    );
    assert_eq!(pool("id,age,place\n1,old\n"), "line 2, column 3: the row has 2 fields; the header names 3");
    assert_eq!(pool("id,age\n1,old\n"), "line 1, column 1: there is no column “place”; the columns are “id,age”");
    assert_eq!(pool(""), "line 1, column 1: the table is empty; its first line should name the columns");
    let quotas = |text: &str| read_quotas(text).unwrap_err().to_string();
    assert_eq!(
        quotas("category,feature,min,max\nage,old,x,3"),
        "line 2, column 3 (min): a whole number was expected, not “x”"
    );
    assert_eq!(
        quotas("category,feature,min,max\nage,old,4,3"),
        "line 2, column 4 (max): the quota is at least 4 and at most 3"
    );
    assert_eq!(
        quotas("category,feature,min,max\n\nage,old,1,3\nage,old,1,3"),
        "line 4, column 2 (feature): “old” already has a quota in age"
    );
    assert_eq!(
        quotas("a,b\n1,2"),
        "line 1, column 1: the first line should name the columns category,feature,min,max; it is “a,b”"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_table_brings_it_down(quotas in "[a-z,\"\n\r0-9é;-]{0,120}", pool in "[a-z,\"\n\r0-9é;-]{0,200}") {
        let categories = read_quotas(QUOTAS).unwrap();
        let _ = read_pool(&pool, &categories, &PoolColumns::default());
        let _ = read_pool(&format!("age,place\n{pool}"), &categories, &PoolColumns::default());
        let _ = read_quotas(&format!("category,feature,min,max\n{quotas}"));
        if let Ok(categories) = read_quotas(&quotas) {
            let _ = read_pool(&pool, &categories, &PoolColumns::default());
        }
    }

    #[test]
    fn a_table_with_one_byte_changed_is_read_or_refused_with_a_line(at in 0_usize..100, by in any::<char>()) {
        let mut table: Vec<char> = "id,age,place\n1,old,north\n2,young,south\n".chars().collect();
        let at = at % table.len();
        table[at] = by;
        let text: String = table.into_iter().collect();
        let categories = read_quotas(QUOTAS).unwrap();
        if let Err(fault) = read_pool(&text, &categories, &PoolColumns::default()) {
            prop_assert!(fault.line >= 1 && fault.line <= 5);
        }
    }
}
