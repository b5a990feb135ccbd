//! Stub until the front-end sources are built in.
/// Stylesheet.
pub const APP_CSS: &str = "/assets/app.css";
/// Script.
pub const APP_JS: Option<&str> = None;
/// Fonts to preload.
pub const PRELOAD: &[&str] = &[];
