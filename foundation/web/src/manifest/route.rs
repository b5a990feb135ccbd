//! Addresses, and how they are described.

use crate::{
    Town, Wants,
    forms::{FIELDS_LIMIT, VALUE_LIMIT_BYTES},
};
use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodRouter, on},
};
use civic::Act;
use serde_json::Value;

/// One address, one method, one act, one handler.
pub struct Route {
    /// GET, POST, …
    pub method: Method,
    /// The path with `{parameters}`, without the suffix of a twin.
    pub path: &'static str,
    /// What one must be mandated to do. There is no route without.
    pub act: Act,
    /// The machine twins it offers besides the page.
    pub twins: &'static [Wants],
    /// Whether it speaks to machines only: no pages, no cookies.
    pub machine: bool,
    /// Whether pages of other sites may ask it and read its answers.
    pub other_sites: bool,
    /// Bytes a request body may have.
    pub body_limit_bytes: usize,
    /// Bytes one field of a form may have.
    pub field_limit_bytes: usize,
    /// Fields a form may have.
    pub fields_limit: usize,
    /// Whether the guard counts how often an address acts here; where not, the handler does it after it has read a key.
    pub metered: bool,
    /// How it is described at /developers; undocumented routes are for people only.
    pub doc: Option<Doc>,
    /// The handler.
    pub to: MethodRouter<Town>,
}

/// Bytes of an ordinary form.
pub const FORM_LIMIT_BYTES: usize = 256 * 1024;

impl Route {
    /// A page or resource to read.
    pub fn get<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        Self::on(Method::GET, path, act, handler)
    }

    /// Something to do.
    pub fn post<H, T>(path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        Self::on(Method::POST, path, act, handler)
    }

    /// Any other method.
    pub fn on<H, T>(method: Method, path: &'static str, act: Act, handler: H) -> Self
    where
        H: Handler<T, Town>,
        T: 'static,
    {
        let filter = method.clone().try_into().expect("routes use the standard methods");
        let to = on(filter, handler);
        Self {
            method,
            path,
            act,
            twins: &[],
            machine: false,
            other_sites: false,
            body_limit_bytes: FORM_LIMIT_BYTES,
            field_limit_bytes: VALUE_LIMIT_BYTES,
            fields_limit: FIELDS_LIMIT,
            metered: true,
            doc: None,
            to,
        }
    }

    /// Offers these machine twins of the page.
    #[must_use]
    pub fn twins(mut self, twins: &'static [Wants]) -> Self {
        self.twins = twins;
        self
    }

    /// Speaks to machines only: cookies are ignored, errors are JSON.
    #[must_use]
    pub fn for_machines(mut self) -> Self {
        self.machine = true;
        self
    }

    /// Speaks to machines only, those in pages of other sites among them (CORS, fetch.spec.whatwg.org): every answer may be read there, and
    /// what a browser asks beforehand is answered. Such a page sends no cookie and no token, so it is for what everybody may do.
    #[must_use]
    pub fn for_other_sites(self) -> Self {
        Self { other_sites: true, ..self.for_machines() }
    }

    /// Lets pages of other sites read the machine twins of a page, and never the page. As [`Route::for_other_sites`], for what everybody
    /// may do.
    #[must_use]
    pub fn twins_for_other_sites(mut self) -> Self {
        self.other_sites = true;
        self
    }

    /// Leaves it to the handler to count how often an address acts, because it acts by a key in the body.
    #[must_use]
    pub fn unmetered(mut self) -> Self {
        self.metered = false;
        self
    }

    /// Takes larger bodies than a form.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit_bytes = bytes;
        self
    }

    /// Takes longer fields than a form has: what one would upload, pasted or sent back as text.
    #[must_use]
    pub fn field_limit(mut self, bytes: usize) -> Self {
        self.field_limit_bytes = bytes;
        self
    }

    /// Takes more fields than a form has: a line of them for each of many things.
    #[must_use]
    pub fn fields_limit(mut self, fields: usize) -> Self {
        self.fields_limit = fields;
        self
    }

    /// Describes it to developers.
    #[must_use]
    pub fn documented(mut self, doc: Doc) -> Self {
        self.doc = Some(doc);
        self
    }
}

/// A machine twin of a page; see [`Wants`].
pub type Twin = Wants;

/// How a route is described in OpenAPI 3.1.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// One line.
    pub summary: &'static str,
    /// What it belongs to.
    pub tag: &'static str,
    /// Path and query parameters.
    pub parameters: Vec<Parameter>,
    /// The JSON Schema (2020-12) of the body, with its media type.
    pub body: Option<(&'static str, Value)>,
    /// Status, media type, description, schema.
    pub answers: Vec<Response>,
    /// The media types of errors, where a standard has its own; otherwise they are RFC 9457 problems.
    pub error_media_types: &'static [&'static str],
}

/// A parameter of a documented route.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// `path` or `query`.
    pub place: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Its JSON Schema.
    pub schema: Value,
}

/// An answer of a documented route.
#[derive(Debug, Clone)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Its media type, where it has a body.
    pub media_type: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Its JSON Schema.
    pub schema: Value,
}

impl Doc {
    /// A description with one line.
    pub fn new(tag: &'static str, summary: &'static str) -> Self {
        Self { summary, tag, ..Self::default() }
    }

    /// Adds a path parameter.
    #[must_use]
    pub fn path(mut self, name: &'static str, description: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "path", description, schema });
        self
    }

    /// Adds a query parameter.
    #[must_use]
    pub fn query(mut self, name: &'static str, description: &'static str, schema: Value) -> Self {
        self.parameters.push(Parameter { name, place: "query", description, schema });
        self
    }

    /// Writes errors as its standard says, in these media types.
    #[must_use]
    pub fn errors_in(mut self, media_types: &'static [&'static str]) -> Self {
        self.error_media_types = media_types;
        self
    }

    /// Says what body it takes.
    #[must_use]
    pub fn body(mut self, media_type: &'static str, schema: Value) -> Self {
        self.body = Some((media_type, schema));
        self
    }

    /// Adds an answer.
    #[must_use]
    pub fn answers(mut self, status: u16, media_type: &'static str, description: &'static str, schema: Value) -> Self {
        self.answers.push(Response { status, media_type, description, schema });
        self
    }
}
