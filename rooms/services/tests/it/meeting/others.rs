//! Appointments of others, and what is left of them.

use super::{Applied, free, plan};
use crate::town::{halls, hidden};
use axum::http::StatusCode;

#[tokio::test]
async fn somebody_elses_appointment_is_not_there() {
    for hall in halls().await {
        let olga = hall.parking(&[]).await;
        plan(&olga, &[]).await.sees(StatusCode::SEE_OTHER);
        let (one, other) = (Applied::new(&hall).await, Applied::new(&hall).await);
        let time = free(&one.who, "2026-09-22").await.remove(0);
        one.sends("slot", &time).await.sees(StatusCode::SEE_OTHER);
        for key in ["", other.key.as_str()] {
            for path in ["appointment", "appointment.json", "appointment.ics"] {
                other
                    .who
                    .get(&format!("/applications/{}/{path}?key={key}", one.code))
                    .await
                    .sees(StatusCode::NOT_FOUND);
            }
            let path = format!("/applications/{}/appointment", one.code);
            for act in [("cancel", "yes"), ("slot", time.as_str()), ("wait", "x")] {
                other.who.post(&path, &[("key", key), act]).await.sees(StatusCode::NOT_FOUND);
            }
        }
        assert_eq!(one.begins().await, "2026-09-22T09:00:00Z");
        let page = one.who.get(&format!("/applications/{}/appointment?key={}", one.code, one.key)).await;
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(hidden(&page.text, "key"), one.key);
        // Erased with the application.
        hall.town.browser();
        let code = one.code.clone();
        let erased = hall.town.town.db().write(move |tx| {
            tx.execute(
                "update applications set is_open = false, state = 'withdrawn', state_at = 0 where code = $1",
                &database::params![&code],
            )?;
            let rule = services::room().retention.iter().find(|rule| rule.name == "services.applications").unwrap();
            let count = (rule.run)(tx, civic::Moment(1), 100)?;
            tx.commit(database::OffRecord("a test"), count)
        });
        assert_eq!(erased.await.map_err(|error: database::DbError| error).unwrap(), 1);
        assert!(hall.town.column("select owner from appointments").await.is_empty());
    }
}
