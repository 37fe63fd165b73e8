//! Figures short enough to compare at a glance: counts, durations, times of day.

/// Tokens in and out: `3.1k → 612`, `–` for the half that is unknown, nothing if both are.
pub(crate) fn flow(input: Option<u64>, output: Option<u64>) -> String {
    if input.is_none() && output.is_none() {
        return String::new();
    }
    let told = |tokens: Option<u64>| tokens.map_or_else(|| "–".to_owned(), count);
    format!("{} → {}", told(input), told(output))
}

/// A number in at most six characters: `612`, `3.1k`, `1.2M`.
pub(crate) fn count(number: u64) -> String {
    let mut unit = 1;
    for suffix in ["", "k", "M", "G"] {
        let tenths = tenths_of(number, unit);
        if unit == 1 && number < 1_000 {
            return number.to_string();
        }
        if unit > 1 && tenths < 10_000 {
            return format!("{}.{}{suffix}", tenths / 10, tenths % 10);
        }
        unit *= 1_000;
    }
    format!("{}T", number / unit)
}

/// A duration as a reader would say it: `820 µs`, `120 ms`, `6.7 s`, `1m 42s`, `5h 03m`.
pub(crate) fn duration(nanos: u64) -> String {
    let tenths = tenths_of(nanos, 1_000_000_000);
    let secs = nanos.saturating_add(500_000_000) / 1_000_000_000;
    match nanos {
        0..1_000 => format!("{nanos} ns"),
        1_000..999_500 => short(nanos, 1_000, "µs"),
        999_500..999_500_000 => short(nanos, 1_000_000, "ms"),
        _ if tenths < 1_000 => format!("{}.{} s", tenths / 10, tenths % 10),
        _ if secs < 3_600 => format!("{}m {:02}s", secs / 60, secs % 60),
        _ if secs < 360_000 => format!("{}h {:02}m", secs / 3_600, secs / 60 % 60),
        _ => format!("{}d", secs / 86_400),
    }
}

/// The time of day of a moment in Unix time, in UTC: `14:02:11Z`.
pub(crate) fn clock(unix_nanos: u64) -> String {
    let secs = unix_nanos / 1_000_000_000 % 86_400;
    let (hours, minutes) = (secs / 3_600, secs / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}Z", secs % 60)
}

/// A number with its noun: `1 span`, `31 spans`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// `number` in tenths of `unit`, rounded.
fn tenths_of(number: u64, unit: u64) -> u128 {
    (u128::from(number) * 10 + u128::from(unit / 2)) / u128::from(unit)
}

/// A figure below a thousand units, with a decimal only where it tells something.
fn short(nanos: u64, unit: u64, name: &str) -> String {
    match tenths_of(nanos, unit) {
        tenths @ 0..100 => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", (nanos + unit / 2) / unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_round_into_the_next_unit() {
        let told = [0, 999, 1_000, 3_149, 999_949, 999_950, 46_200_000].map(count);
        assert_eq!(
            told,
            ["0", "999", "1.0k", "3.1k", "999.9k", "1.0M", "46.2M"]
        );
        assert_eq!(count(u64::MAX), "18446744T");
    }

    #[test]
    fn durations_pick_the_unit_a_reader_would() {
        let told = [0, 999, 1_000, 820_000, 999_499, 999_500].map(duration);
        assert_eq!(
            told,
            ["0 ns", "999 ns", "1.0 µs", "820 µs", "999 µs", "1.0 ms"]
        );
        let told = [9_960, 120_000, 999_500, 74_700_000].map(|micros| duration(micros * 1_000));
        assert_eq!(told, ["10 ms", "120 ms", "1.0 s", "74.7 s"]);
        let told = [99, 102, 3_599, 3_780, 864_000].map(|secs| duration(secs * 1_000_000_000));
        assert_eq!(told, ["99.0 s", "1m 42s", "59m 59s", "1h 03m", "10d"]);
        assert_eq!(duration(u64::MAX), "213503d");
    }

    #[test]
    fn the_clock_is_utc() {
        assert_eq!(clock(1_700_000_000_000_000_000), "22:13:20Z");
    }
}
