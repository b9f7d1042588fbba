//! JSON.

use std::io::{self, Write};

use super::sheet::Sheet;

/// Writes an array with an object for each value, a line each: the fields of
/// [`delimited::long`](super::delimited::long), with `null` for what is not known. XUIDs and
/// values are strings, so that no reader loses their digits; `status` is a number.
///
/// # Errors
/// When `out` cannot be written to.
pub fn long(sheet: &Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut before = "[\n";
    for record in sheet.records() {
        out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut *out, &record)?;
        before = ",\n";
    }
    out.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })?;
    out.flush()
}
