use commons::photo::{PHOTO_LIMIT_BYTES, read_photo};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

fn picture(width: u32, height: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90])))
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A JPEG with an EXIF segment: turned by 90 degrees, and words where a camera writes the place.
fn with_exif(words: &str) -> Vec<u8> {
    let jpeg = encoded(40, 20, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(words.as_bytes());
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut bytes = jpeg[..2].to_vec();
    bytes.extend_from_slice(&[0xff, 0xe1, length[0], length[1]]);
    bytes.extend_from_slice(&exif);
    bytes.extend_from_slice(&jpeg[2..]);
    bytes
}

#[test]
fn every_photo_becomes_a_fresh_jpeg_of_bounded_size() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = read_photo(&encoded(2_000, 1_000, format)).unwrap();
        assert_eq!((photo.width, photo.height), (1_600, 800), "{format:?}");
        assert_eq!(image::guess_format(&photo.picture).unwrap(), ImageFormat::Jpeg);
        let small = image::load_from_memory(&photo.thumbnail).unwrap();
        assert_eq!((small.width(), small.height()), (400, 200));
    }
}

#[test]
fn what_the_camera_noted_is_gone_and_the_photo_stands_upright() {
    let taken = with_exif("GPS 34.05 -118.24 Canon of Amina");
    assert!(taken.windows(5).any(|window| window == b"Amina"));
    let photo = read_photo(&taken).unwrap();
    assert_eq!((photo.width, photo.height), (20, 40), "turned as the camera was");
    for bytes in [&photo.picture, &photo.thumbnail] {
        assert!(!bytes.windows(5).any(|window| window == b"Amina" || window == b"Exif\0"));
    }
}

#[test]
fn what_is_no_photo_is_refused_by_its_content() {
    for bytes in [
        &b""[..],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>",
        b"GIF89a\x01\0\x01\0",
        b"BM......",
        b"%PDF-1.7",
        b"II*\0",
    ] {
        assert_eq!(read_photo(bytes).unwrap_err().code, "photo-kind", "{bytes:?}");
    }
    let cut = &encoded(300, 300, ImageFormat::Png)[..400];
    assert_eq!(read_photo(cut).unwrap_err().code, "photo-broken");
}

/// A picture of a few bytes that says it is enormous.
#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    let mut png = encoded(1, 1, ImageFormat::Png);
    for (width, height) in [(60_000_u32, 60_000_u32), (11_000, 11_000), (u32::MAX, 1)] {
        png[16..20].copy_from_slice(&width.to_be_bytes());
        png[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc(&png[12..29]);
        png[29..33].copy_from_slice(&sum.to_be_bytes());
        let code = read_photo(&png).unwrap_err().code;
        assert!(matches!(code, "photo-too-many-pixels" | "photo-broken"), "{code}");
    }
    let code = read_photo(&vec![0xff; PHOTO_LIMIT_BYTES + 1]).unwrap_err().code;
    assert_eq!(code, "photo-too-large");
}

/// CRC-32 of PNG (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A scene of light and dark, as large as asked.
fn scene(width: u32, height: u32, seed: u32) -> DynamicImage {
    DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
        let (column, row) = (x * 9 / width, y * 8 / height);
        let light = (column * 97 + row * 61 + seed * (column * row + 3) * 29) % 256;
        image::Rgb([light as u8; 3])
    }))
}

#[test]
fn a_photo_is_known_again_at_another_size_and_quality() {
    let hash = |picture: &DynamicImage, format| {
        let mut bytes = Cursor::new(Vec::new());
        picture.write_to(&mut bytes, format).unwrap();
        read_photo(&bytes.into_inner()).unwrap().hash
    };
    let taken = hash(&scene(1_800, 1_600, 1), ImageFormat::Jpeg).unwrap();
    let again = hash(&scene(450, 400, 1), ImageFormat::WebP).unwrap();
    let other = hash(&scene(1_800, 1_600, 2), ImageFormat::Jpeg).unwrap();
    assert!((taken ^ again).count_ones() <= 4, "{taken:x} {again:x}");
    assert!((taken ^ other).count_ones() > 12, "{taken:x} {other:x}");
    let plain = DynamicImage::ImageRgb8(RgbImage::from_pixel(300, 200, image::Rgb([90, 90, 90])));
    assert_eq!(hash(&plain, ImageFormat::Png), None, "nothing to know it by");
}
