//! Geometry in questions: cells as GeoJSON or well-known text in degrees, longitude first, and distances in metres.

use super::{PURE, number, text};
use crate::geometry::{self, Geometry};
use geo::{Contains as _, Distance as _, Euclidean, Haversine, Intersects as _, MapCoords as _, Point};
use rusqlite::{Connection, Result, functions::Context};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// Geometries that are kept read, because a join asks for the same ones again and again.
const KEPT: usize = 256;
/// Bytes of a text from which on it is kept; shorter ones are read as quickly as they are found.
const KEPT_FROM_BYTES: usize = 120;
/// Metres of a degree of latitude, on a sphere of 6,371,008.8 m (the mean radius of GRS 80).
const DEGREE_METRES: f64 = 111_195.08;

/// One of the two numbers of a point.
type EndOf = fn(Point) -> f64;

thread_local! {
    static READ: RefCell<HashMap<String, Option<Rc<Geometry>>>> = RefCell::default();
}

pub(super) fn register(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("st_point", 2, PURE, |context| {
        let pair = number(context, 0).zip(number(context, 1));
        let on_globe = |(x, y): &(f64, f64)| (-180.0..=180.0).contains(x) && (-90.0..=90.0).contains(y);
        Ok(pair.filter(on_globe).map(|(x, y)| format!("POINT ({x} {y})")))
    })?;
    let ends: [(&str, EndOf); 2] = [("st_x", Point::x), ("st_y", Point::y)];
    for (name, end) in ends {
        connection.create_scalar_function(name, 1, PURE, move |context| {
            Ok(shape(context, 0).and_then(|shape| point(&shape)).map(end))
        })?;
    }
    connection.create_scalar_function("st_within", 2, PURE, |context| {
        Ok(shape(context, 0).zip(shape(context, 1)).map(|(inner, outer)| is_within(&inner, &outer)))
    })?;
    connection.create_scalar_function("st_intersects", 2, PURE, |context| {
        Ok(shape(context, 0).zip(shape(context, 1)).map(|(one, two)| one.intersects(&*two)))
    })?;
    connection.create_scalar_function("st_distance", 2, PURE, |context| {
        Ok(shape(context, 0).zip(shape(context, 1)).map(|(one, two)| metres(&one, &two)))
    })?;
    of_socrata(connection)
}

/// As Socrata has them: latitude first.
fn of_socrata(connection: &Connection) -> Result<()> {
    connection.create_scalar_function("within_circle", 4, PURE, |context| {
        let middle = number(context, 1).zip(number(context, 2));
        let all = shape(context, 0).zip(middle).zip(number(context, 3));
        Ok(all.map(|((shape, (lat, long)), most)| metres(&shape, &Geometry::Point(Point::new(long, lat))) <= most))
    })?;
    connection.create_scalar_function("within_box", 5, PURE, |context| {
        let corner = |at: usize| number(context, at).zip(number(context, at + 1));
        let all = shape(context, 0).zip(corner(1)).zip(corner(3));
        Ok(all.map(|((shape, (north, west)), (south, east))| {
            geometry::bounds(&shape)
                .is_some_and(|own| own[0] >= west && own[1] >= south && own[2] <= east && own[3] <= north)
        }))
    })
}

/// A geometry that was given; `None` for what is none.
fn shape(context: &Context<'_>, at: usize) -> Option<Rc<Geometry>> {
    let text = text(context, at)?;
    if text.len() < KEPT_FROM_BYTES {
        return geometry::read(text).map(Rc::new);
    }
    READ.with_borrow_mut(|kept| {
        if let Some(read) = kept.get(text) {
            return read.clone();
        }
        if kept.len() >= KEPT {
            kept.clear();
        }
        let read = geometry::read(text).map(Rc::new);
        kept.insert(text.to_owned(), read.clone());
        read
    })
}

fn point(shape: &Geometry) -> Option<Point> {
    match shape {
        Geometry::Point(point) => Some(*point),
        _ => None,
    }
}

/// A point on the edge of an area lies within it, so that every one lies in a district.
fn is_within(inner: &Geometry, outer: &Geometry) -> bool {
    match point(inner) {
        Some(point) => outer.intersects(&point),
        None => outer.contains(inner),
    }
}

/// Between points on the sphere; else on a plane laid on the latitude between the two, which is right for what lies within a region.
fn metres(one: &Geometry, two: &Geometry) -> f64 {
    if let (Some(one), Some(two)) = (point(one), point(two)) {
        return Haversine.distance(one, two);
    }
    let middle = |shape: &Geometry| geometry::bounds(shape).map_or(0.0, |own| f64::midpoint(own[1], own[3]));
    let narrow = f64::midpoint(middle(one), middle(two)).to_radians().cos();
    let laid = |shape: &Geometry| {
        shape.map_coords(|at| geo::Coord { x: at.x * DEGREE_METRES * narrow, y: at.y * DEGREE_METRES })
    };
    Euclidean.distance(&laid(one), &laid(two))
}
