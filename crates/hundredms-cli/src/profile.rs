//! Profiles: the credentials of workspaces, from the environment or from the file of settings.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use hundredms::{Client, ClientBuilder, default_auth_url};
use toml_edit::{DocumentMut, Item, Table, value};

use crate::failure::{Failure, Result};

/// The base URL of the service.
pub(crate) const API: &str = "https://api.100ms.live/v2";

/// The settings of a profile that can be set.
pub(crate) const KEYS: [&str; 4] = ["access_key", "secret", "base_url", "auth_url"];

/// The name of a profile without a name.
pub(crate) const USUAL: &str = "default";

/// Where the credentials come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// These variables of the environment.
    Environment(&'static str, &'static str),
    /// This profile of the file of settings.
    Profile(String),
    /// There are none.
    Nowhere,
}

/// The file of settings.
#[derive(Debug)]
pub(crate) struct Settings {
    path: PathBuf,
    document: DocumentMut,
    exists: bool,
}

/// The pairs of variables with credentials, in the order in which they are used.
const VARIABLES: [(&str, &str); 2] = [
    ("HMS_ACCESS_KEY", "HMS_SECRET"),
    ("APP_ACCESS_KEY", "APP_SECRET"),
];

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// Return the path of the file of settings.
pub(crate) fn path() -> Result<PathBuf> {
    if let Some(folder) = variable("XDG_CONFIG_HOME").map(PathBuf::from) {
        if folder.is_absolute() {
            return Ok(folder.join("hundredms/config.toml"));
        }
    }
    let home = if cfg!(windows) { "APPDATA" } else { "HOME" };
    let folder = variable(home).ok_or_else(|| {
        Failure::Settings(format!(
            "{home} is not set, so there is no place for settings"
        ))
    })?;
    let below = if cfg!(windows) { "" } else { ".config" };
    Ok(Path::new(&folder).join(below).join("hundredms/config.toml"))
}

impl Settings {
    /// Read the file of settings. A missing one is empty. Fails if others may read it.
    pub(crate) fn read() -> Result<Self> {
        let path = path()?;
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self {
                    path,
                    document: DocumentMut::new(),
                    exists: false,
                });
            }
            Err(error) => {
                return Err(Failure::Settings(format!(
                    "{} cannot be read: {error}",
                    path.display()
                )));
            }
        };
        check_mode(&path)?;
        // The error of the parser shows the line, which may have a secret.
        let document = text.parse::<DocumentMut>().map_err(|error| {
            let line = error
                .span()
                .map(|span| text[..span.start.min(text.len())].lines().count().max(1));
            let line = line.map_or_else(String::new, |line| format!(" in line {line}"));
            Failure::Settings(format!("{} is not TOML{line}", path.display()))
        })?;
        Ok(Self {
            path,
            document,
            exists: true,
        })
    }

    /// Return its path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Return whether the file exists.
    pub(crate) fn exists(&self) -> bool {
        self.exists
    }

    /// Return the names of the profiles.
    pub(crate) fn names(&self) -> Vec<String> {
        let profiles = self.document.get("profiles").and_then(Item::as_table_like);
        let names = profiles.into_iter().flat_map(|profiles| profiles.iter());
        names.map(|(name, _)| name.to_owned()).collect()
    }

    /// Return the name of the profile that is used without `--profile`.
    pub(crate) fn usual(&self) -> String {
        let name = self.document.get("default").and_then(Item::as_str);
        name.unwrap_or(USUAL).to_owned()
    }

    /// Return a setting of a profile.
    pub(crate) fn get(&self, profile: &str, key: &str) -> Option<&str> {
        self.document
            .get("profiles")?
            .get(profile)?
            .get(key)?
            .as_str()
    }

    /// Return whether there is a profile with this name.
    pub(crate) fn has(&self, profile: &str) -> bool {
        self.names().iter().any(|name| name == profile)
    }

    /// Refuse a name that no profile has.
    pub(crate) fn check_has(&self, profile: &str) -> Result {
        if self.has(profile) {
            return Ok(());
        }
        let names = self.names();
        let known = if names.is_empty() {
            "there are none yet; `hundredms login` makes one".to_owned()
        } else {
            format!("there are {}", names.join(", "))
        };
        Err(Failure::Settings(format!(
            "there is no profile {profile:?}; {known}"
        )))
    }

    /// Set a setting of a profile, or remove it. The first profile becomes the default.
    pub(crate) fn set(&mut self, profile: &str, key: &str, text: Option<&str>) {
        if self.document.get("default").is_none() {
            self.document["default"] = value(profile);
        }
        let profiles = self.document.entry("profiles").or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        let Some(profiles) = profiles.as_table_like_mut() else {
            return;
        };
        let own = profiles
            .entry(profile)
            .or_insert_with(|| Item::Table(Table::new()));
        let Some(own) = own.as_table_like_mut() else {
            return;
        };
        match text {
            Some(text) => drop(own.insert(key, value(text))),
            None => drop(own.remove(key)),
        }
    }

    /// Make a profile the default.
    pub(crate) fn make_usual(&mut self, profile: &str) {
        self.document["default"] = value(profile);
    }

    /// Remove a profile. If it was the default, the first of the others becomes that.
    pub(crate) fn remove(&mut self, profile: &str) {
        let profiles = self
            .document
            .get_mut("profiles")
            .and_then(Item::as_table_like_mut);
        let removed = profiles.is_some_and(|profiles| profiles.remove(profile).is_some());
        if removed && self.usual() == profile {
            let next = self.names().into_iter().next();
            match next {
                Some(next) => self.make_usual(&next),
                None => drop(self.document.remove("default")),
            }
        }
    }

    /// Write the file, readable by its owner only. An interrupted write leaves the earlier file.
    pub(crate) fn write(&self) -> Result {
        let failed = Failure::cannot_write(self.path.display());
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(&failed)?;
        // A link to the file, such as into a folder under version control, stays a link.
        let target = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let temporary = target.with_extension(format!("toml.{}", std::process::id()));
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let written = options.open(&temporary).and_then(|mut file| {
            file.write_all(self.document.to_string().as_bytes())?;
            file.sync_all()
        });
        let written = written.and_then(|()| fs::rename(&temporary, &target));
        written.map_err(|error| {
            let _ = fs::remove_file(&temporary);
            failed(error)
        })
    }
}

/// Refuse a file that others than its owner may read or write.
#[cfg(unix)]
fn check_mode(path: &Path) -> Result {
    use std::os::unix::fs::PermissionsExt as _;

    let mode = fs::metadata(path)?.permissions().mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(Failure::Settings(format!(
            "{path} has mode {mode:04o}, so others may read the secrets in it; run: chmod 600 {path}",
            path = path.display()
        )));
    }
    Ok(())
}

#[cfg(not(unix))]
fn check_mode(_: &Path) -> Result {
    Ok(())
}

/// Return where credentials come from, and the settings if they were read. `--profile` goes before the environment, which goes
/// before the default profile.
pub(crate) fn source(profile: Option<&str>) -> Result<(Source, Option<Settings>)> {
    if profile.is_none() {
        for (key, secret) in VARIABLES {
            if variable(key).is_some() || variable(secret).is_some() {
                return Ok((Source::Environment(key, secret), None));
            }
        }
        if path().is_err() {
            return Ok((Source::Nowhere, None));
        }
    }
    let settings = Settings::read()?;
    let name = match profile {
        Some(name) => name.to_owned(),
        None => settings.usual(),
    };
    if profile.is_some() {
        settings.check_has(&name)?;
    }
    if settings.has(&name) {
        return Ok((Source::Profile(name), Some(settings)));
    }
    Ok((Source::Nowhere, Some(settings)))
}

/// The base URLs of the API and of the token service, and the builder of a client for them.
pub(crate) struct Connection {
    pub(crate) builder: ClientBuilder,
    pub(crate) base_url: String,
    pub(crate) auth_url: String,
    pub(crate) source: Source,
}

impl Connection {
    /// Find credentials and base URLs.
    pub(crate) fn find(profile: Option<&str>) -> Result<Self> {
        let (source, settings) = source(profile)?;
        let mut builder =
            Client::builder().user_agent(concat!("hundredms-cli/", env!("CARGO_PKG_VERSION")));
        // A profile that is named is used as it is.
        let set = |name| profile.is_none().then(|| variable(name)).flatten();
        let own = |key| match (&source, &settings) {
            (Source::Profile(name), Some(settings)) => settings.get(name, key).map(str::to_owned),
            _ => None,
        };
        // The client reads the variable itself, and names it if it is wrong.
        let named = set("HMS_BASE_URL");
        let is_named = named.is_some();
        let base_url = named.or_else(|| own("base_url"));
        let base_url = base_url.unwrap_or_else(|| API.to_owned());
        if !is_named {
            builder = builder.base_url(&base_url);
        }
        let auth_url = set("HMS_AUTH_URL").or_else(|| own("auth_url"));
        let auth_url = auth_url.unwrap_or_else(|| default_auth_url(&base_url));
        builder = builder.auth_url(&auth_url);
        if let (Source::Profile(name), Some(settings)) = (&source, &settings) {
            let setting = |key: &str| {
                settings.get(name, key).ok_or_else(|| {
                    Failure::Settings(format!(
                        "the profile {name:?} has no {key}; run `hundredms login --profile {name}`"
                    ))
                })
            };
            builder = builder.keys(setting("access_key")?, setting("secret")?);
        }
        Ok(Self {
            builder,
            base_url,
            auth_url,
            source,
        })
    }
}
