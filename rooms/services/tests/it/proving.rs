//! The proof of a decision as one file, checked without the town.

use crate::town::{REASONS, halls};
use axum::http::StatusCode;
use services::{ProofFile, check_proof};

#[tokio::test]
async fn the_file_proves_what_was_decided_and_nothing_else() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        let visitor = hall.town.browser();
        let (code, key) = hall.applies(&visitor).await;
        let path = format!("/applications/{code}/proof?key={key}");
        visitor.get(&path).await.sees(StatusCode::NOT_FOUND);
        hall.acts(&olga, &code, "decide", &[("outcome", "refused"), REASONS]).await.sees(StatusCode::SEE_OTHER);
        hall.town.settle().await;
        visitor.get(&format!("/applications/{code}?key={key}")).await.says("/proof?key=");
        let file = visitor.get(&path).await.sees(StatusCode::OK).text;
        for other in [format!("/applications/{code}/proof"), format!("/applications/{code}/proof?key=guess")] {
            hall.town.browser().get(&other).await.sees(StatusCode::NOT_FOUND);
        }
        let proven = check_proof(&file, None).unwrap();
        assert_eq!((proven.code.as_str(), proven.said.as_str()), (code.as_str(), "application.decided"));
        assert!(proven.sealed.contains(REASONS.1) && proven.public.contains("refused"), "{proven:?}");
        check_proof(&file, Some(proven.key.clone())).unwrap();
        // Whatever is changed in it, it proves nothing any more.
        let whole: ProofFile = serde_json::from_str(&file).unwrap();
        let changed = |change: &dyn Fn(&mut ProofFile)| {
            let mut other = whole.clone();
            change(&mut other);
            check_proof(&serde_json::to_string(&other).unwrap(), None).unwrap_err()
        };
        let not_sealed = "not what the entry seals";
        assert!(changed(&|file| file.sealed = file.sealed.replace("live", "lived")).contains(not_sealed));
        assert!(changed(&|file| file.salt = file.salt.replace(['0', '1', '2', '3'], "f")).contains(not_sealed));
        assert!(changed(&|file| file.entry = file.entry.replace("refused", "granted")).contains("does not lead"));
        assert!(changed(&|file| file.code = "A-OTHER".to_owned()).contains("not about A-OTHER"));
        assert!(changed(&|file| file.proof = file.proof.replace("index ", "index 1")).contains("does not lead"));
        assert!(changed(&|file| file.format = "a letter".to_owned()).contains("not polity-proof@1"));
        assert!(changed(&|file| file.key = "no key".to_owned()).contains("the key in the file"));
        assert!(check_proof("no file", None).unwrap_err().contains("is no proof"));
        assert!(check_proof(&" ".repeat(3 * 1024 * 1024), None).unwrap_err().contains("larger than"));
        // Another key than the one that signed is not believed.
        let chance = civic::SeededChance::new(7);
        let folder = std::env::temp_dir().join(format!("polity-proof-{}-{code}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let other = record::load_or_make_key(&folder.join("key"), "other.example/record", &chance).unwrap().verifier();
        std::fs::remove_dir_all(&folder).unwrap();
        check_proof(&file, Some(other)).unwrap_err();
    }
}
