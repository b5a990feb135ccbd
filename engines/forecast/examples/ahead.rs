//! Reads a JSON list of series from standard input and writes what is expected of the two weeks after each.

use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let given: Vec<Vec<f64>> = serde_json::from_reader(std::io::stdin())?;
    let found = given.iter().map(|series| {
        let outcome = forecast::forecast(series, 14)?;
        let day = |step: &forecast::Step| json!({"value": step.value, "low": step.low, "high": step.high});
        let by = outcome.parameters;
        Ok(json!({
            "alpha": by.alpha, "beta": by.beta, "gamma": by.gamma, "phi": by.phi,
            "ahead": outcome.ahead.iter().map(day).collect::<Vec<_>>(),
        }))
    });
    let found: Vec<Value> = found.collect::<Result<_, forecast::ForecastError>>()?;
    serde_json::to_writer(std::io::stdout(), &found)?;
    Ok(())
}
