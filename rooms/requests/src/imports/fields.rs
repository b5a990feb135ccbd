//! What a request can be filled from, and what columns with it are called elsewhere.

use importing::{Kind, Wanted};

/// A field, and whether there is no import without it.
pub(super) struct Field {
    pub wanted: Wanted,
    pub needed: bool,
}

const fn field(field: &'static str, kind: Kind, names: &'static [&'static str]) -> Field {
    Field { wanted: Wanted { field, names, kind }, needed: false }
}

const fn needed(name: &'static str, kind: Kind, names: &'static [&'static str]) -> Field {
    Field { needed: true, ..field(name, kind, names) }
}

/// The fields whose columns are looked for, in the order in which columns are given to them. Names are folded (see
/// [`importing::folded`]): Open311's, MyLA311's, NYC's, San Francisco's, FixMyStreet's, and plain words in our languages.
pub(super) const FIELDS: &[Field] = &[
    field(
        "id",
        Kind::Text,
        &[
            "id",
            "servicerequestid",
            "requestid",
            "requestnumber",
            "srnumber",
            "sourcenumber",
            "casenumber",
            "caseid",
            "uniquekey",
            "ticketid",
            "reference",
            "referencenumber",
            "number",
            "numero",
            "referencia",
            "رقم",
        ],
    ),
    needed(
        "category",
        Kind::Text,
        &[
            "category",
            "servicecode",
            "servicename",
            "requesttype",
            "type",
            "srtype",
            "complainttype",
            "service",
            "kind",
            "issuetype",
            "categoria",
            "tipo",
            "الفئة",
        ],
    ),
    needed(
        "opened",
        Kind::Date,
        &[
            "opened",
            "openedat",
            "requesteddatetime",
            "createddate",
            "createdat",
            "created",
            "opendate",
            "dateopened",
            "datecreated",
            "requestdate",
            "datereported",
            "reportedat",
            "reported",
            "date",
            "fecha",
            "fechadealta",
            "fechacreacion",
            "التاريخ",
        ],
    ),
    field(
        "closed",
        Kind::Date,
        &[
            "closed",
            "closedat",
            "closeddate",
            "closeddatetime",
            "dateclosed",
            "closedate",
            "resolvedat",
            "resolveddate",
            "completiondate",
            "fechadecierre",
            "fechacierre",
        ],
    ),
    field(
        "updated",
        Kind::Date,
        &[
            "updated",
            "updatedat",
            "updateddatetime",
            "updateddate",
            "dateupdated",
            "lastupdated",
            "lastmodified",
            "modifiedat",
            "resolutionactionupdateddate",
        ],
    ),
    field("due", Kind::Date, &["due", "dueat", "duedate", "expecteddatetime"]),
    field("status", Kind::Text, &["status", "state", "requeststatus", "outcome", "estado", "الحالة"]),
    field("lat", Kind::Latitude, &["lat", "latitude", "y", "latitud"]),
    field("long", Kind::Longitude, &["long", "lng", "lon", "longitude", "x", "longitud"]),
    field("point", Kind::Point, &["point", "location", "geom", "geometry", "coordinates", "thegeom"]),
    field(
        "address",
        Kind::Text,
        &["address", "addressstring", "fulladdress", "incidentaddress", "streetaddress", "direccion", "العنوان"],
    ),
    field("district", Kind::Text, &["district", "councildistrict", "ward", "borough", "distrito", "cd", "الحي"]),
    field(
        "description",
        Kind::Text,
        &["description", "descriptor", "details", "requestdetails", "descripcion", "الوصف"],
    ),
    field(
        "agency",
        Kind::Text,
        &["agency", "agencyresponsible", "owner", "department", "organisation", "organization"],
    ),
    field(
        "channel",
        Kind::Text,
        &["channel", "source", "requestsource", "opendatachanneltype", "methodreceived", "canal"],
    ),
    field("answer", Kind::Text, &["answer", "statusnotes", "resolutiondescription", "resolution", "respuesta"]),
    field("media_url", Kind::Text, &["mediaurl"]),
];

/// Private fields: their columns are never looked for, only named.
pub(super) const PRIVATE_FIELDS: &[&str] = &["email", "name", "phone"];

/// Whether a mapping may name it.
pub(super) fn is_field(name: &str) -> bool {
    FIELDS.iter().any(|field| field.wanted.field == name) || PRIVATE_FIELDS.contains(&name)
}

/// Whether it holds a date.
pub(super) fn is_date(name: &str) -> bool {
    FIELDS.iter().any(|field| field.wanted.field == name && field.wanted.kind == Kind::Date)
}

/// The fields whose values are codes of the town.
pub(super) const CODED: &[&str] = &["category", "status", "agency", "channel"];
