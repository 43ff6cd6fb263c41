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

/// A day that may be missing, for `#[serde(default, with = "qabook_support::day::optional")]`.
pub mod optional {
    use jiff::civil::Date;
    use serde::{Deserializer, Serializer};

    /// Writes `day` as [`super::serialize`] does, or none.
    ///
    /// # Errors
    /// Only what `serializer` returns.
    // The form that serde asks for.
    #[allow(clippy::ref_option)]
    pub fn serialize<S: Serializer>(day: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        match day {
            Some(day) => super::serialize(day, serializer),
            None => serializer.serialize_none(),
        }
    }

    /// Reads a day as [`super::deserialize`] does.
    ///
    /// # Errors
    /// Anything else, a time of day included.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        super::deserialize(deserializer).map(Some)
    }
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

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Doubtful {
        #[serde(default, skip_serializing_if = "Option::is_none", with = "super::optional")]
        day: Option<Date>,
    }

    #[test]
    fn a_day_may_be_missing() {
        for (toml, json, day) in
            [("", "{}", None), ("day = 2026-11-23", r#"{"day":"2026-11-23"}"#, Some(date(2026, 11, 23)))]
        {
            let fact: Doubtful = toml::from_str(toml).unwrap();
            assert_eq!(fact, Doubtful { day });
            assert_eq!(serde_json::to_string(&fact).unwrap(), json);
            assert_eq!(serde_json::from_str::<Doubtful>(json).unwrap(), fact);
        }
        assert!(toml::from_str::<Doubtful>("day = 5").is_err());
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
