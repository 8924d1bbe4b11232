//! The texts of `--help`.

pub(crate) const OVERVIEW: &str = "\
Cartera's tasks

Usage: cargo xtask <command> [options]

Everyday:
  start      Build the application and serve it with a sandboxed Partner Center
  dev        The same, built fast and built again whenever a source changes
  test       Format, lints, native tests, licences, sizes, browser tests

Parts:
  setup      Install what is missing: compiler target, build tools, test browsers
  dist       Build the optimised site into dist/
  check-headers  Ask a live site whether it is served as deploy.toml says
  release-check  What holds for a release besides: two builds alike, all browsers, lists
  bench      Measure, print a table, keep the figures in target/bench.json
  licences   Check the licences of all dependencies, and that no banned one is there

'cargo xtask <command> --help' tells more. Tools are installed into ~/.cache/cartera
(or CARTERA_TOOLS); what you have installed yourself is used and never replaced.";

pub(crate) const START: &str = "\
Build the application and serve it with a sandboxed Partner Center

Usage: cargo xtask start [options]

Installs what the build needs (never a test browser), builds with full optimisation, then
serves the application and the API on one origin of this machine. Ctrl-C stops everything.

Options:
      --port PORT      Port on 127.0.0.1 [default: 8080]
      --data FILE      Keep the sandbox's data in FILE [default: .cartera/sandbox.sqlite]
      --memory         Keep the data in memory only: gone when it stops
      --customers N    How many customers a new sandbox is seeded with
      --seed N         Which ones: the same seed makes the same customers
      --latency MS     Answer every API request MS milliseconds late
      --base PATH      Serve under a path, such as /portal/accounts/ [default: /]
      --open           Open the browser when it is ready
      --embed-demo     Serve a sample portal with the application in a frame, on the next port";

pub(crate) const DEV: &str = "\
Build fast, serve, and build again whenever a source changes

Usage: cargo xtask dev [options]

As 'start', without optimisation. While a build runs or fails, the last good one is served;
reload the page to see a new one. When the sandbox's sources change it is started again.

Options: those of 'start', see 'cargo xtask start --help'";

pub(crate) const TEST: &str = "\
Format, lints, native tests, licences, sizes, browser tests

Usage: cargo xtask test [--only PART] [--browser BROWSER]

Options:
      --only PART          unit: format, lints, native tests, licences; without the application, in a minute
                           proof: the long native tests (those ignored as 'proof'), in release mode
                           browser: build, sizes, browser tests
      --browser BROWSER    chromium, firefox, webkit or all: every browser test in that browser
                           [default: every test in chromium, then the 'smoke' tests in firefox and webkit]";

pub(crate) const SETUP: &str = "\
Install what is missing

Usage: cargo xtask setup [GROUP]...

Groups (all of them when none is named):
  build      wasm32 target, trunk, wasm-bindgen, wasm-opt, brotli
  demo       clang, for the demonstration's database
  chromium   Chromium and its driver
  firefox    Firefox and its driver
  webkit     WebKitGTK's browser and driver, a virtual screen
  browsers   all three browsers

The other commands do this by themselves. When everything is there it does nothing.";

pub(crate) const DIST: &str = "\
Build the optimised site into dist/

Usage: cargo xtask dist [options]

The folder can be served by any static host; each text and wasm file also lies there compressed, as '.br'.
What hosts want to be told of headers, types and paths is written into dist-hosting/, from deploy.toml and
config.json. hashes.txt lists what was built, release.json which release it is.
Fails when the first page would load more than its budget.

Options:
      --demo         Build a demonstration that needs no server: the sandbox in a worker, and a config.json
                     that says so
      --host NAME    Put that host's own files into dist/, too: azure-static-web-apps, azure-front-door,
                     cloudflare-pages, netlify, s3-cloudfront or nginx
      --keep DIR     Keep the files of the releases in a folder that was published before (three of them),
                     for tabs that are still open
      --base PATH    The path the site will be served under, such as /portal/accounts/ [default: /].
                     Only URLs in the HTML files depend on it: changing it compiles nothing";

pub(crate) const CHECK_HEADERS: &str = "\
Ask a live site whether it is served as deploy.toml says

Usage: cargo xtask check-headers URL [--hashes FILE]

Asks for the page, a path of the application, every file that the page names, files that are missing, and what lies
around them, and judges each answer rule by rule. Each rule that does not hold is told with what to change.
Fails when one does not. Needs curl.

Options:
      --hashes FILE    Compare what is served with what was built: dist/hashes.txt";

pub(crate) const RELEASE_CHECK: &str = "\
What holds for a release besides: two builds alike, all browsers, lists

Usage: cargo xtask release-check

Builds the committed sources twice, in two folders, and compares every byte; runs the whole browser suite in all
three browsers; writes hashes.txt, a software bill of materials (CycloneDX) and the licences of what is shipped
into target/release-check/. It takes an hour and is no part of 'test'.";

pub(crate) const BENCH: &str = "\
Measure, print a table, keep the figures in target/bench.json

Usage: cargo xtask bench [NAME]...

Without a name everything is measured, with names only those. A run replaces the entries
of its own names in target/bench.json and keeps the others.
Each entry is {name, value, unit, ratio, against, note}, times in ms.";

pub(crate) const LICENCES: &str = "\
Check the licences of all dependencies, and that no banned one is there

Usage: cargo xtask licences

Works without a network once the dependencies have been fetched.";
