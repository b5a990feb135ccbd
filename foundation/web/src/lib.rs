//! Pages, forms, errors and the manifest by which a room joins the house.
