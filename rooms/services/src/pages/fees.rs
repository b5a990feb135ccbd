//! Pages of fees: paying, the desk, the list with what differs from the provider, the sandbox.

mod desk;
mod list;
mod own;
mod sandbox;

pub(super) use desk::{DeskFee, of_case};
pub(super) use own::{FeeShown, of_application};

use crate::acts;
use web::{Route, Wants};

const TWINS: &[Wants] = &[Wants::Json, Wants::Csv];

pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::post("/applications/{code}/pay", acts::APPLY, own::pay),
        Route::get("/sandbox/pay/{reference}", acts::APPLY, sandbox::show),
        Route::post("/sandbox/pay/{reference}", acts::APPLY, sandbox::settle),
        Route::post("/payments/callback/{provider}", acts::APPLY, sandbox::callback).for_machines(),
        Route::get("/desk/services/payments", acts::INBOX, list::list).twins(TWINS),
        Route::get("/desk/services/payments/differences", acts::INBOX, list::differences).twins(TWINS),
        Route::post("/desk/services/payments/differences", acts::HANDLE, list::settle),
        Route::post("/desk/services/{code}/fee/{act}", acts::HANDLE, desk::act),
    ]
}
