//! Joins the files of the dashboard to one page, and writes the policy that lets only its own script and style run.

use std::{env, fs, io, path::Path};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};

/// The modules of the page, each after those that it imports.
const MODULES: &[&str] = &[
    "operations.js",
    "dom.js",
    "server.js",
    "snippets.js",
    "requests.js",
    "rooms.js",
    "recordings.js",
    "polls.js",
    "sessions.js",
    "webhooks.js",
    "faults.js",
    "state.js",
    "main.js",
];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=dashboard");
    let source = |name: &str| fs::read_to_string(Path::new("dashboard").join(name));
    let mut script = String::from("'use strict';\n");
    for module in MODULES {
        script.push_str(&as_function(module, &source(module)?));
    }
    let style = source("style.css")?;
    let page = source("page.html")?;
    let page = page.replace("/* style.css */", &style);
    let page = shortened(&page.replace("/* script */", &script));
    let refused = source("refused.html")?;
    let to = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let to = Path::new(&to);
    fs::write(to.join("page.html"), &page)?;
    fs::write(to.join("page.csp"), policy(&page))?;
    fs::write(to.join("refused.html"), &refused)?;
    fs::write(to.join("refused.csp"), policy(&refused))
}

/// Return a module as a part of one script: a function with its own names, which returns the exports. An import is one line.
fn as_function(file: &str, module: &str) -> String {
    let name = |file: &str| format!("${}", file.trim_end_matches(".js"));
    let mut exports = Vec::new();
    let mut lines = vec![format!("const {} = (() => {{", name(file))];
    for line in module.lines() {
        let import = line.strip_prefix("import ");
        let import = import.and_then(|line| line.split_once(" from './"));
        if let Some((names, from)) = import {
            let from = name(from.trim_end_matches('\''));
            lines.push(format!("const {names} = {from}"));
        } else if let Some(declaration) = line.strip_prefix("export ") {
            let words = declaration.trim_start_matches("async ");
            let words = words.split(|c: char| !c.is_alphanumeric() && c != '_');
            exports.extend(words.filter(|word| !word.is_empty()).nth(1));
            lines.push(declaration.to_owned());
        } else {
            lines.push(line.to_owned());
        }
    }
    lines.push(format!("return {{ {} }}\n}})()\n", exports.join(", ")));
    lines.join("\n")
}

/// Remove indentation, empty lines, and comments that are whole lines.
fn shortened(page: &str) -> String {
    let lines = page.lines().map(str::trim);
    let is_comment =
        |line: &str| line.starts_with("//") || (line.starts_with("/**") && line.ends_with("*/"));
    let lines = lines.filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Return the `Content-Security-Policy` of a page with one inline style and one inline script.
fn policy(page: &str) -> String {
    let inline = |tag: &str| {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let text = page
            .split_once(&open)
            .and_then(|(_, rest)| rest.split_once(&close));
        let text = text.map_or("", |(text, _)| text);
        format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
    };
    format!(
        "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; media-src 'self'; img-src data:; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
        inline("script"),
        inline("style"),
    )
}
