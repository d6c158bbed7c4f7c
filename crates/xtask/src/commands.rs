//! Selects the command to run.

use crate::demo::{Task, chosen};
use crate::shell::BoxError;
use crate::{
    attack, bench, checks, codegen, conformance, crates, dashboard, debian, demo, engines, fuzz,
    layers, licences, node, packagers, packages, publish, site, soak, test, wasm, words,
};

const USAGE: &str = "cargo xtask COMMAND

  demo [--only L]   the examples against sandboxes, in every language or in one (rust, python, node)
  test [--only L]   every test of every language, or of one, or of the dashboard of the sandbox in a browser (dashboard)
  pictures          take the pictures of the dashboard for docs/images
  conformance [--only L]   the scenarios of tests/conformance in every language, and whether they end alike; only by name: edge
  soak [--calls N] [--in-flight N] [--only L]   many calls through random faults: nothing lost, doubled or grown
  engines [--only ENGINE]   the sessions of a sandbox, read by Dask, Ray, Spark, Celery and BullMQ while a worker is killed; installs them
  attack [--core | --only CLASS]   hostile pages, servers and senders: nothing gets through, with figures; its core is part of test
  fuzz [--runs N] [--seed N]  feed every parser of outside bytes with N mutated inputs, a million unless given
  bench [--quick]   this package and its peers at the same work, in one run; --quick takes under five minutes
  operations        print the table of operations as JSON
  gen [--check]     write what is generated from the Rust definitions; with --check, fail if it is stale
  licences [--check]  write the licence texts of the crates that are shipped; with --check, fail if they are stale
  lint              format, clippy, generated files, licences, workflows
  layers            whether imports point one way, by the layers in ARCHITECTURE.md
  docs [--test]     the documentation site, in target/site: links, snippets, navigation; --test also in a browser, with the Postman collection
  words             spelling, and phrases that readers stumbled on
  workflows | msrv | rustdoc | deny | features | semver   one check each, as ci.yml runs them
  dist --target T | --sources   the packages for a platform, or what is the same for all; with --quick, of the development profile
  wasm [--check]    the core as WebAssembly, which the Node package includes; with --check, only its lints
  edge              the Node package in edge runtimes (Deno, workerd, Vercel's, Bun): a table of what each must do, and the examples
  smoke [--only L]  build the packages for this machine, install them into clean environments, run the examples (python, node, command)
  packagers [--wheel FILE]  a program packed by PyInstaller and by Nuitka, run in a clean folder
  release X.Y.Z     one version for crates, wheel and npm packages, its changelog, and a dry run of each publication
  release --check X.Y.Z   fail unless every package has this version
  publish           publish the crates, as release.yml does";

/// The tests of each language.
const TESTS: [(&str, Task); 3] = [
    ("rust", test::rust),
    ("python", test::python),
    ("node", node::test),
];

/// Run the command that `words` name.
pub(crate) fn run(words: &[&str]) -> Result<(), BoxError> {
    match words {
        ["operations"] => {
            let table: Vec<_> = hundredms::operations().collect();
            println!("{}", serde_json::to_string_pretty(&table)?);
            Ok(())
        }
        ["demo" | "example", ..] => demo::run(words),
        ["test"] => {
            debian::install("redis-server")?;
            test::all()
        }
        ["test", "--only", "dashboard"] => dashboard::test(),
        ["pictures"] => dashboard::pictures(),
        ["test", only @ ..] => {
            debian::install("redis-server")?;
            chosen(TESTS, only)?.try_for_each(|test| test())
        }
        ["soak", options @ ..] => soak::run(&soak::Options::read(options).ok_or(USAGE)?),
        ["soak-leg"] => soak::rust_leg(),
        ["conformance"] => conformance::run(None),
        ["conformance", "--only", language] => conformance::run(Some(language)),
        ["engines"] => engines::run(None),
        ["engines", "--only", engine] => engines::run(Some(engine)),
        ["attack", words @ ..] => attack::run(words),
        ["fuzz", words @ ..] => fuzz::run(words),
        ["bench"] => bench::run(false),
        ["bench", "--quick"] => bench::run(true),
        ["gen"] => codegen::write(),
        ["gen", "--check"] => codegen::check(),
        ["lint"] => checks::lint(),
        ["layers"] => layers::check(),
        ["words"] => words::check(),
        ["workflows"] => checks::workflows(),
        ["msrv"] => checks::msrv(),
        ["docs"] => site::build(),
        ["docs", "--test"] => site::test(),
        ["rustdoc"] => checks::rustdoc(),
        ["deny"] => checks::deny(),
        ["features"] => checks::features(),
        ["semver"] => checks::semver(),
        ["dist", options @ ..] => packages::run(options),
        ["wasm"] => wasm::build().map(|_| ()),
        ["wasm", "--check"] => wasm::check(),
        ["edge"] => node::test_edge(),
        ["smoke"] => packages::smoke("python node command"),
        [
            "smoke",
            "--only",
            language @ ("python" | "node" | "command"),
        ] => packages::smoke(language),
        ["packagers"] => packagers::run(None),
        ["packagers", "--wheel", file] => packagers::run(Some(file)),
        ["release", "--check", version] => publish::check(version),
        ["publish"] => crates::publish_crates(),
        ["release", version] => publish::prepare(version),
        ["licences"] => licences::write(),
        ["licences", "--check"] => licences::check(),
        _ => Err(USAGE.into()),
    }
}
