//! Read the `name=value,..` lists of OpenTelemetry's variables.

/// Splits a list and decodes its `%..` sequences; one bad entry spoils the whole list.
///
/// That is what the specification asks for: half of a list is harder to notice than none. The
/// values may be secrets, so a problem names an entry by its number only.
pub(crate) fn parse(list: &str) -> Result<Vec<(String, String)>, String> {
    (1..)
        .zip(list.split(','))
        .filter(|(_, entry)| !entry.trim().is_empty())
        .map(|(number, entry)| entry_of(entry).map_err(|what| format!("entry {number} {what}")))
        .collect()
}

fn entry_of(entry: &str) -> Result<(String, String), &'static str> {
    let Some((name, value)) = entry.split_once('=') else {
        return Err("is not `name=value`");
    };
    let name = decoded(name.trim())?;
    if name.is_empty() {
        return Err("has no name");
    }
    Ok((name, decoded(value.trim())?))
}

fn decoded(text: &str) -> Result<String, &'static str> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = (hex(rest.next()), hex(rest.next()));
            let (Some(high), Some(low)) = digits else {
                return Err("has a `%` without two hexadecimal digits after it");
            };
            bytes.push(high << 4 | low);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).map_err(|_| "is not UTF-8 once decoded")
}

fn hex(byte: Option<u8>) -> Option<u8> {
    let digit = char::from(byte?).to_digit(16)?;
    u8::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn lists_are_split_trimmed_and_decoded() {
        let cases: [(&str, &[(&str, &str)]); 5] = [
            ("a=b", &[("a", "b")]),
            (" a = b , c=d,", &[("a", "b"), ("c", "d")]),
            ("a%2Cb=x%20y", &[("a,b", "x y")]),
            ("key=Zm9v==", &[("key", "Zm9v==")]),
            ("a=,u=%C3%a9", &[("a", ""), ("u", "é")]),
        ];
        for (list, expected) in cases {
            let pairs = parse(list).unwrap();
            let pairs: Vec<_> = pairs.iter().map(|(k, v)| (&**k, &**v)).collect();
            assert_eq!(pairs, expected, "{list}");
        }
    }

    #[test]
    fn bad_entries_are_named_by_number_and_never_shown() {
        let percent = "has a `%` without two hexadecimal digits after it";
        for (list, expected) in [
            ("a=b,secret", "entry 2 is not `name=value`"),
            ("a=b,,=c", "entry 3 has no name"),
            ("a=50%", &format!("entry 1 {percent}")),
            ("a=%zz", &format!("entry 1 {percent}")),
            ("a=%+1", &format!("entry 1 {percent}")),
            ("a=%ff", "entry 1 is not UTF-8 once decoded"),
        ] {
            assert_eq!(parse(list).unwrap_err(), expected, "{list}");
        }
    }
}
