//! Photos: taken in by content, never as they came. What goes out is a fresh JPEG without EXIF
//! or anything else that was hidden in the file.

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
};
use sha2::{Digest, Sha256};
use std::io::Cursor;
use web::Refusal;

/// Bytes a photo may have as it comes.
pub const PHOTO_LIMIT_BYTES: usize = 20 * 1024 * 1024;
/// Pixels on one side.
const SIDE_LIMIT: u32 = 12_000;
/// Pixels in all.
const PIXELS_LIMIT: u64 = 60_000_000;
/// Bytes that decoding may take.
const MEMORY_LIMIT_BYTES: u64 = 300 * 1024 * 1024;
/// The longer side of what is shown, and of the small one in lists.
const SHOWN_SIDE: u32 = 1_600;
const THUMBNAIL_SIDE: u32 = 400;
/// JPEG quality of 100.
const QUALITY: u8 = 82;

/// A photo, ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// The JPEG, at most 1,600 pixels on its longer side.
    pub picture: Vec<u8>,
    /// The small one, at most 400.
    pub thumbnail: Vec<u8>,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// The SHA-256 of the JPEG in hexadecimal.
    pub sha256: String,
    /// By which the same picture is known again (engine likeness); `None` for what is all one grey.
    pub hash: Option<u64>,
}

/// Reads a photo: JPEG, PNG or WebP, told by its content and not by its name.
///
/// Takes tenths of a second for a large one; call it where waiting is allowed.
///
/// # Errors
/// A refusal that says what to send instead.
pub fn read_photo(bytes: &[u8]) -> Result<Photo, Refusal> {
    if bytes.len() > PHOTO_LIMIT_BYTES {
        return Err(Refusal::new("photo-too-large").with("most", PHOTO_LIMIT_BYTES / 1_048_576));
    }
    let picture = decode(bytes)?;
    let shown = smaller(&picture, SHOWN_SIDE);
    let small = smaller(&shown, THUMBNAIL_SIDE);
    let hash = hash(&small);
    let picture = jpeg(&shown)?;
    let sha256 = hex::encode(Sha256::digest(&picture));
    Ok(Photo { thumbnail: jpeg(&small)?, width: shown.width(), height: shown.height(), sha256, picture, hash })
}

fn decode(bytes: &[u8]) -> Result<DynamicImage, Refusal> {
    let format = image::guess_format(bytes).ok();
    let format = format.filter(|format| matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP));
    let format = format.ok_or_else(|| Refusal::new("photo-kind"))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_LIMIT);
    limits.max_image_height = Some(SIDE_LIMIT);
    limits.max_alloc = Some(MEMORY_LIMIT_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_LIMIT {
        return Err(Refusal::new("photo-too-many-pixels").with("most", (PIXELS_LIMIT / 1_000_000) as usize));
    }
    let turned = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| broken(&error))?;
    if let Some(orientation) = turned {
        picture.apply_orientation(orientation);
    }
    Ok(picture)
}

fn broken(error: &image::ImageError) -> Refusal {
    match error {
        image::ImageError::Limits(_) => {
            Refusal::new("photo-too-many-pixels").with("most", (PIXELS_LIMIT / 1_000_000) as usize)
        }
        _ => Refusal::new("photo-broken"),
    }
}

fn smaller(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width() <= side && picture.height() <= side {
        picture.clone()
    } else {
        picture.resize(side, side, FilterType::Triangle)
    }
}

/// The whole picture in 8 rows of 9 greys.
fn hash(small: &DynamicImage) -> Option<u64> {
    let grey = small.resize_exact(9, 8, FilterType::Triangle).to_luma8();
    likeness::photo_hash(grey.as_raw().as_slice().try_into().ok()?)
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.to_rgb8().write_with_encoder(encoder).map_err(|error| broken(&error))?;
    Ok(bytes)
}
