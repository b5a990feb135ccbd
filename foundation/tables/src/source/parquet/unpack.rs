//! What is packed by gzip, Zstandard or LZ4 is laid down unpacked, as the same file without packing: so each page is unpacked by ourselves, in
//! Rust alone, and to no more bytes than it says (Apache Parquet format 2, `Compression.md`).

use super::{bomb, broken, pages, place};
use crate::Refused;
use bytes::Bytes;
use parquet::{
    basic::Compression,
    errors::ParquetError,
    file::metadata::{
        ColumnChunkMetaData, ParquetMetaData, ParquetMetaDataBuilder, ParquetMetaDataWriter, RowGroupMetaData,
    },
};
use ruzstd::decoding::StreamingDecoder;
use std::io::Read as _;

/// Bytes that are laid down at once: of a small file all of it, of a large one a column of one group.
const LAID_LIMIT_BYTES: u64 = super::UNPACKED_LIMIT_BYTES * 2;

/// The file without such packing; `None` where there is none in it. What each page says of its size was looked at before.
pub(super) fn plain(bytes: &[u8], footer: &ParquetMetaData) -> Result<Option<Vec<u8>>, Refused> {
    let is_ours = |column: &ColumnChunkMetaData| codec(column).is_some();
    if !footer.row_groups().iter().any(|group| group.columns().iter().any(is_ours)) {
        return Ok(None);
    }
    let mut out = super::MAGIC.to_vec();
    let mut groups = Vec::new();
    for group in footer.row_groups() {
        let mut columns = Vec::new();
        for column in group.columns() {
            columns.push(lay_down(bytes, column, &mut out)?);
        }
        groups.push(renewed(group, columns).map_err(|error| broken(&error))?);
    }
    let footer = ParquetMetaDataBuilder::new(footer.file_metadata().clone()).set_row_groups(groups).build();
    let writer = ParquetMetaDataWriter::new(&mut out, &footer).with_preserve_page_index_locations(false);
    writer.finish().map_err(|error| broken(&error))?;
    Ok(Some(out))
}

fn renewed(group: &RowGroupMetaData, columns: Vec<ColumnChunkMetaData>) -> Result<RowGroupMetaData, ParquetError> {
    group.clone().into_builder().set_column_metadata(columns).build()
}

#[derive(Clone, Copy)]
enum Codec {
    Gzip,
    Zstd,
    Lz4,
}

/// By what a column is packed, where that is unpacked here.
fn codec(column: &ColumnChunkMetaData) -> Option<Codec> {
    match column.compression() {
        Compression::GZIP(_) => Some(Codec::Gzip),
        Compression::ZSTD(_) => Some(Codec::Zstd),
        Compression::LZ4_RAW => Some(Codec::Lz4),
        _ => None,
    }
}

/// A column of one group by itself, without such packing: its bytes, and where in them it is. Nothing is copied where nothing is packed so.
pub(super) fn column(bytes: &Bytes, column: &ColumnChunkMetaData) -> Result<(Bytes, ColumnChunkMetaData), Refused> {
    if codec(column).is_none() {
        return Ok((bytes.clone(), column.clone()));
    }
    let mut out = super::MAGIC.to_vec();
    let laid = lay_down(bytes, column, &mut out)?;
    Ok((Bytes::from(out), laid))
}

/// Writes a column behind what is there, and says where it is.
fn lay_down(bytes: &[u8], column: &ColumnChunkMetaData, out: &mut Vec<u8>) -> Result<ColumnChunkMetaData, Refused> {
    let wrong = || broken(&"a page is not packed as it says");
    let begins = out.len();
    let (from, to) = place(column).ok_or_else(wrong)?;
    let (mut data, mut has_dictionary) = (None, false);
    for page in pages::each(bytes, from, to).ok_or_else(wrong)? {
        let page = page.ok_or_else(wrong)?;
        if page.is_dictionary {
            has_dictionary |= out.len() == begins;
        } else {
            data.get_or_insert(out.len());
        }
        match codec(column) {
            None => out.extend_from_slice(&bytes[page.header.start..page.body.end]),
            Some(codec) => {
                let body = unpacked(codec, &page, bytes).ok_or_else(wrong)?;
                out.extend_from_slice(&bytes[page.header.start..page.count.start]);
                out.extend_from_slice(&pages::coded(body.len()).ok_or_else(wrong)?);
                out.extend_from_slice(&bytes[page.count.end..page.header.end]);
                out.extend_from_slice(&body);
            }
        }
        if out.len() as u64 > LAID_LIMIT_BYTES {
            return Err(bomb(LAID_LIMIT_BYTES));
        }
    }
    let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
    let compression = if codec(column).is_some() { Compression::UNCOMPRESSED } else { column.compression() };
    let length = number(out.len() - begins);
    let built = column
        .clone()
        .into_builder()
        .set_compression(compression)
        .set_total_compressed_size(length)
        .set_total_uncompressed_size(length)
        .set_dictionary_page_offset(has_dictionary.then(|| number(begins)))
        .set_data_page_offset(number(data.unwrap_or(begins)))
        .set_index_page_offset(None)
        .build();
    built.map_err(|error| broken(&error))
}

/// The bytes of a page; `None` where they are not as many as it says.
fn unpacked(codec: Codec, page: &pages::Found, bytes: &[u8]) -> Option<Vec<u8>> {
    let body = bytes.get(page.body.clone())?;
    if !page.is_packed {
        return (body.len() == page.unpacked).then(|| body.to_vec());
    }
    let (bare, packed) = body.split_at_checked(page.bare)?;
    let wanted = page.unpacked.checked_sub(page.bare)?;
    let mut all = bare.to_vec();
    if wanted > 0 {
        all.extend_from_slice(&rest(codec, packed, wanted)?);
    }
    (all.len() == page.unpacked).then_some(all)
}

/// Never more than a byte beyond what is wanted.
fn rest(codec: Codec, packed: &[u8], wanted: usize) -> Option<Vec<u8>> {
    let mut unpacked = Vec::new();
    let most = wanted as u64 + 1;
    match codec {
        Codec::Gzip => flate2::read::MultiGzDecoder::new(packed).take(most).read_to_end(&mut unpacked).ok()?,
        Codec::Zstd => StreamingDecoder::new(packed).ok()?.take(most).read_to_end(&mut unpacked).ok()?,
        Codec::Lz4 => return lz4_flex::block::decompress(packed, wanted).ok(),
    };
    Some(unpacked)
}
