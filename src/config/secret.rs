//! Secrets of the configuration: written in the file, or better named there and kept in the environment.

use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt;

/// A text that must never be shown. Its `Debug` says nothing; `config show` knows it by its schema's `password` format.
#[derive(Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("format" = "password"))]
pub struct Secret(String);

/// Why a secret is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretFault {
    /// Neither the key nor its `_env` twin was given.
    #[error("`{0}` or `{0}_env` is needed")]
    Missing(&'static str),
    /// Both were given.
    #[error("`{0}` and `{0}_env` exclude each other")]
    Both(&'static str),
    /// The environment variable is not set, or empty.
    #[error("the environment variable {0} is not set")]
    Unset(String),
}

impl Secret {
    /// Wraps a text.
    #[cfg(test)]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The secret `key`, given in the file or by the environment variable its `_env` twin names.
    ///
    /// # Errors
    /// Both were given, or the variable is not set. `Ok(None)` where neither was given.
    pub fn find(
        key: &'static str,
        given: Option<&Self>,
        variable: Option<&str>,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, SecretFault> {
        match (given, variable) {
            (Some(_), Some(_)) => Err(SecretFault::Both(key)),
            (Some(secret), None) => Ok(Some(secret.clone())),
            (None, Some(name)) => {
                let value = env(name).filter(|value| !value.trim().is_empty());
                let value = value.ok_or_else(|| SecretFault::Unset(name.to_owned()))?;
                Ok(Some(Self(value.trim().to_owned())))
            }
            (None, None) => Ok(None),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_the_file_or_from_the_environment_but_not_from_both() {
        let env = |name: &str| (name == "SET").then(|| " kept \n".to_owned());
        let given = Secret::new("written");
        let find = |given, name| Secret::find("token", given, name, &env);
        assert_eq!(find(Some(&given), None), Ok(Some(given.clone())));
        assert_eq!(find(None, Some("SET")), Ok(Some(Secret::new("kept"))));
        assert_eq!(find(None, None), Ok(None));
        assert_eq!(
            find(None, Some("UNSET")),
            Err(SecretFault::Unset("UNSET".to_owned()))
        );
        assert_eq!(find(Some(&given), Some("SET")), Err(SecretFault::Both("token")));
    }

    #[test]
    fn a_secret_does_not_speak() {
        assert_eq!(format!("{:?}", Secret::new("hidden")), "***");
    }
}
