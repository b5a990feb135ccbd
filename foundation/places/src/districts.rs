//! The districts of the town in memory, for every pin and page.

use crate::{District, PlaceIndex, store};
use civic::Place;
use database::{DbError, Tx};
use std::sync::{Arc, PoisonError, RwLock};
use web::map::{MapShape, Projection, locate};

/// The districts of the town. Clones share them.
#[derive(Clone, Default)]
pub struct Districts(Arc<RwLock<Arc<Known>>>);

/// One edition of the districts; never changed, only replaced.
#[derive(Default)]
struct Known {
    /// The set it was read from; empty for none.
    set: String,
    index: Option<PlaceIndex>,
    districts: Vec<District>,
    shapes: Vec<MapShape>,
}

impl Districts {
    /// Of a town that has not set any yet: every pin is welcome.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Reads them from the database.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(tx: &mut Tx<'_>) -> Result<Self, DbError> {
        let districts = Self::empty();
        districts.refresh(tx)?;
        Ok(districts)
    }

    /// Reads them anew when another set is in force than the one known. Returns whether it was.
    ///
    /// # Errors
    /// Those of the database.
    pub fn refresh(&self, tx: &mut Tx<'_>) -> Result<bool, DbError> {
        let in_force = store::id_in_force(tx)?.unwrap_or_default();
        if in_force == self.known().set {
            return Ok(false);
        }
        let districts = store::read_set(tx, &in_force)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(Known::of(in_force, districts));
        Ok(true)
    }

    /// Whether the town has none.
    pub fn is_empty(&self) -> bool {
        self.known().districts.is_empty()
    }

    /// What the district of this code is called.
    pub fn name(&self, code: &str) -> Option<String> {
        self.known().find(code).map(|district| district.name().to_owned())
    }

    /// The code of the district a place lies in.
    pub fn locate(&self, place: Place) -> Option<String> {
        let known = self.known();
        known.index.as_ref()?.locate(place.lat(), place.long()).map(|district| district.code().to_owned())
    }

    /// Metres from the nearest district; 0 inside, and where there is none.
    #[expect(clippy::cast_possible_truncation, reason = "no distance on Earth has more than eight digits")]
    pub fn distance_m(&self, place: Place) -> i64 {
        let known = self.known();
        let nearest = known.index.as_ref().and_then(|index| index.nearest(place.lat(), place.long()));
        nearest.map_or(0, |nearest| nearest.distance_m.ceil() as i64)
    }

    /// All of them as pairs of code and name, numbers in the order of numbers.
    pub fn all(&self) -> Vec<(String, String)> {
        self.known().districts.iter().map(|district| (district.code().to_owned(), district.name().to_owned())).collect()
    }

    /// Their shapes, to draw.
    pub fn shapes(&self) -> Vec<MapShape> {
        self.known().shapes.clone()
    }

    /// The areas in square metres, by code.
    pub fn area_m2(&self, code: &str) -> Option<f64> {
        self.known().find(code).map(District::area_m2)
    }

    /// As an RFC 7946 FeatureCollection.
    pub fn geojson(&self) -> String {
        crate::districts_to_geojson(&self.known().districts)
    }

    /// The box around the town as `south,west,north,east` in degrees; empty where there are no districts.
    pub fn bounds_text(&self) -> String {
        let known = self.known();
        let joined = known.districts.iter().map(District::bounds).reduce(crate::Bounds::joined);
        joined.map(|b| format!("{:.5},{:.5},{:.5},{:.5}", b.south, b.west, b.north, b.east)).unwrap_or_default()
    }

    /// The picture on which a pin is placed without a script: the whole town, or the district `zoom` larger.
    pub fn picture(&self, zoom: &str, pin: Option<Place>) -> String {
        let known = self.known();
        web::map::image_svg(&known.shapes, &known.projection(zoom), pin.map(|pin| (pin.lat(), pin.long())))
    }

    /// The place of a click on [`Self::picture`] with the same `zoom`, in its pixels from the top left corner.
    pub fn place_of_click(&self, zoom: &str, x: f64, y: f64) -> Option<Place> {
        let projection = self.known().projection(zoom);
        let (lat, long) = locate(&projection, x, y, web::map::IMAGE_WIDTH);
        Place::from_degrees(lat, long).ok()
    }

    fn known(&self) -> Arc<Known> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Known {
    fn of(set: String, mut districts: Vec<District>) -> Self {
        districts
            .sort_by(|one, other| crate::place_index::rank(one.code()).cmp(&crate::place_index::rank(other.code())));
        let shapes = districts.iter().map(shape_of).collect();
        let index = (!districts.is_empty()).then(|| PlaceIndex::build(districts.clone()));
        Self { set, index, districts, shapes }
    }

    fn find(&self, code: &str) -> Option<&District> {
        self.districts.iter().find(|district| district.code() == code)
    }

    fn projection(&self, zoom: &str) -> Projection {
        match self.shapes.iter().find(|shape| shape.code == zoom) {
            Some(shape) => Projection::of_shapes(std::slice::from_ref(shape)),
            None => Projection::of_shapes(&self.shapes),
        }
    }
}

fn shape_of(district: &District) -> MapShape {
    let label = district.label_point();
    let rings =
        district.shape().0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    MapShape {
        code: district.code().to_owned(),
        name: district.name().to_owned(),
        href: Some(format!("/districts/{}", district.code())),
        polygons: rings.map(|ring| ring.coords().map(|at| (at.x, at.y)).collect()).collect(),
        label_point: (label.long, label.lat),
        value: None,
        value_text: String::new(),
    }
}
