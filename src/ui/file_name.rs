//! What a file can be called on any system that it may be taken to.

/// Characters that Windows allows in no name; `/` is none elsewhere either.
const FORBIDDEN: &[char] = &['<', '>', ':', '"', '/', '\\', '|', '?', '*'];
/// Names of devices on Windows, with any extension. Ports have a digit behind.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const PORTS: [&str; 2] = ["com", "lpt"];
const PORT_NUMBERS: &str = "0123456789¹²³";
/// Systems take 255 bytes; this leaves room for an extension and for what is added to a copy.
const MOST_BYTES: usize = 200;

/// The name with all that any of Windows, macOS and Linux does not allow replaced by `-`, and no more
/// of it than they take.
pub(crate) fn file_name(name: &str, extension: &str) -> String {
    let is_bad = |c: char| FORBIDDEN.contains(&c) || c.is_control();
    let clean: String = name.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
    // With a dot in front it would be hidden, and Windows drops dots and spaces at the end.
    let trimmed = clean.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let end = trimmed.floor_char_boundary(MOST_BYTES);
    let name = trimmed[..end].trim_end();
    match name {
        "" => format!("query.{extension}"),
        name if is_device(name) => format!("{name}-.{extension}"),
        name => format!("{name}.{extension}"),
    }
}

/// Whether Windows takes a name for that of a device, whatever stands behind its first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let is_port = |port: &str| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| number.chars().count() == 1 && PORT_NUMBERS.contains(number))
    };
    DEVICES.contains(&stem.as_str()) || PORTS.into_iter().any(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_allow_is_kept() {
        for name in [
            "Kills, deaths",
            "50 % off (v2) [new] & more!",
            "Łukasz's Übung #7",
            "星野ソラ",
            "a.b",
            "ดาว",
            "100°",
        ] {
            assert_eq!(file_name(name, "png"), format!("{name}.png"));
        }
    }

    #[test]
    fn what_one_system_forbids_is_replaced() {
        for (name, expected) in [
            (r#"a/b\c:d*e?f"g<h>i|j"#, "a-b-c-d-e-f-g-h-i-j.png"),
            ("two\nlines\t\u{7f}\0", "two-lines---.png"),
            ("  .hidden. . ", "hidden.png"),
            ("../../etc", "-..-etc.png"),
            ("...", "query.png"),
            ("", "query.png"),
            ("CON", "CON-.png"),
            ("nul.old", "nul.old-.png"),
            ("com1", "com1-.png"),
            ("LPT²", "LPT²-.png"),
            ("com10", "com10.png"),
            ("Console", "Console.png"),
        ] {
            assert_eq!(file_name(name, "png"), expected, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_between_two_letters() {
        let name = file_name(&"ソ".repeat(300), "toml");
        assert!(name.len() <= 255 && name.ends_with("ソ.toml"), "{name}");
        let name = file_name(&format!("{} more", "a".repeat(199)), "toml");
        assert_eq!(name, format!("{}.toml", "a".repeat(199)));
    }
}
