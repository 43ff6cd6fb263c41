//! Days in TOML and JSON, for `#[serde(with = "qabook_support::day")]`.
//!
//! Authors write `verified = 2026-11-23`, a date of TOML; JSON has none, so there it is the same text.

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serializer};
use std::fmt;

/// Writes `day` as `2026-11-23`.
///
/// # Errors
/// Only what `serializer` returns.
pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// Reads a date of TOML, or its text.
///
/// # Errors
/// Anything else, a time of day included.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    deserializer.deserialize_any(DayVisitor)
}

struct DayVisitor;

impl<'de> Visitor<'de> for DayVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a day such as 2026-11-23")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Date, E> {
        // Jiff would take the day of `2026-11-23T10:00:00`.
        let day = Some(text).filter(|text| text.len() == "2026-11-23".len()).and_then(|text| text.parse().ok());
        day.ok_or_else(|| E::custom(format!("{text} is no day: write it as 2026-11-23")))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Date, A::Error> {
        let value = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
        self.visit_str(&value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Fact {
        #[serde(with = "super")]
        day: Date,
    }

    #[test]
    fn a_day_is_read_from_toml_and_carried_in_json() {
        let fact: Fact = toml::from_str("day = 2026-11-23").unwrap();
        assert_eq!(fact, Fact { day: date(2026, 11, 23) });
        let json = serde_json::to_string(&fact).unwrap();
        assert_eq!(json, r#"{"day":"2026-11-23"}"#);
        assert_eq!(serde_json::from_str::<Fact>(&json).unwrap(), fact);
    }

    #[test]
    fn what_is_no_day_is_named() {
        for (value, message) in [
            ("2026-11-23T10:00:00", "2026-11-23T10:00:00 is no day: write it as 2026-11-23"),
            ("\"yesterday\"", "yesterday is no day: write it as 2026-11-23"),
            ("5", "invalid type: integer `5`, expected a day such as 2026-11-23"),
        ] {
            let error = toml::from_str::<Fact>(&format!("day = {value}")).unwrap_err();
            assert_eq!(error.message(), message);
        }
    }
}
