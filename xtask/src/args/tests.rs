use super::*;

fn read(line: &str) -> Result<Task, Failure> {
    parse(line.split_whitespace().map(str::to_owned))
}

fn start(line: &str) -> ServeOptions {
    match read(line) {
        Ok(Task::Start(options)) => options,
        other => panic!("{line}: {other:?}"),
    }
}

fn refusal(line: &str) -> String {
    read(line).expect_err(line).to_string()
}

#[test]
fn no_command_and_every_help_flag_show_help() {
    assert_eq!(read(""), Ok(Task::Help(help::OVERVIEW)));
    assert_eq!(read("-h"), Ok(Task::Help(help::OVERVIEW)));
    assert_eq!(read("start --port 1 --help"), Ok(Task::Help(help::START)));
    for command in
        ["start", "dev", "test", "setup", "dist", "check-headers", "release-check", "bench", "licences"]
    {
        assert!(
            help::OVERVIEW.contains(&format!("\n  {command} ")),
            "{command} is missing from the overview"
        );
        assert!(
            matches!(read(&format!("{command} -h")), Ok(Task::Help(text)) if text.contains("Usage: cargo xtask "))
        );
    }
}

#[test]
fn start_has_defaults_and_takes_every_option() {
    let plain = start("start");
    assert_eq!((plain.port, &plain.data, plain.open), (8080, &Data::Default, false));
    assert!(!plain.embed_demo && start("start --embed-demo").embed_demo);
    assert_eq!(plain.base.as_str(), "/");

    let full = start(
        "start --port 9000 --data my.sqlite --customers 500 --seed=7 --latency 150 --base /portal/accounts/ --open",
    );
    assert_eq!((full.port, full.customers, full.seed, full.latency), (9000, Some(500), Some(7), Some(150)));
    assert_eq!((full.data, full.open), (Data::File("my.sqlite".into()), true));
    assert_eq!(full.base.as_str(), "/portal/accounts/");
    assert_eq!(start("start --memory").data, Data::Memory);
}

#[test]
fn every_option_of_the_help_is_understood() {
    for option in help::START.split_whitespace().filter(|word| word.starts_with("--")) {
        let message = read(&format!("start {option} 1")).map(drop).err().map(|failure| failure.to_string());
        assert!(!message.as_deref().unwrap_or("").contains(&format!("'{option}'")), "{option}: {message:?}");
    }
}

#[test]
fn mistakes_are_named_and_lead_to_the_help() {
    assert!(refusal("strat").contains("no command 'strat'"));
    assert!(refusal("start --prot 1").contains("'--prot' is not understood"));
    assert!(refusal("start --prot 1").contains("cargo xtask start --help"));
    assert!(refusal("start --port").contains("--port needs a value"));
    assert!(refusal("start --port 70000").contains("--port needs a number, not '70000'"));
    assert!(refusal("start --memory --data x").contains("either --memory or one --data"));
    assert!(refusal("dist --base portal").contains("begin"));
    assert!(refusal("bench --fast").contains("'--fast'"));
    assert!(refusal("licences now").contains("'now'"));
}

#[test]
fn test_takes_a_part_and_browsers() {
    assert_eq!(read("test"), Ok(Task::Test(TestOptions::default())));
    assert_eq!(
        read("test --only browser --browser all"),
        Ok(Task::Test(TestOptions { only: Some(Part::Browser), browsers: Some(Browser::ALL.to_vec()) }))
    );
    assert!(refusal("test --browser lynx").contains("not 'lynx'"));
    assert!(refusal("test --only unit --browser webkit").contains("no meaning"));
}

#[test]
fn setup_takes_groups_and_means_all_without() {
    assert_eq!(read("setup build"), Ok(Task::Setup(vec![Need::Build])));
    assert_eq!(read("setup webkit"), Ok(Task::Setup(vec![Need::Browser(Browser::Webkit)])));
    assert_eq!(read("setup"), read("setup build demo browsers"));
}

#[test]
fn dist_takes_a_base_a_host_and_a_former_release() {
    let Ok(Task::Dist(options)) = read("dist --base /p/ --host nginx --keep old --demo") else {
        panic!("no dist")
    };
    assert!(options.demo);
    assert_eq!((options.base.as_str(), options.host.as_deref()), ("/p/", Some("nginx")));
    assert_eq!(options.keep, Some("old".into()));
    assert!(refusal("dist --host geocities").contains("azure-static-web-apps"));
}

#[test]
fn check_headers_wants_an_address() {
    let url = || "https://x.example/p/".to_owned();
    assert_eq!(
        read("check-headers https://x.example/p/"),
        Ok(Task::CheckHeaders { url: url(), hashes: None })
    );
    let hashes = Some("dist/hashes.txt".into());
    assert_eq!(
        read("check-headers https://x.example/p/ --hashes dist/hashes.txt"),
        Ok(Task::CheckHeaders { url: url(), hashes })
    );
    assert!(refusal("check-headers").contains("address is missing"));
    assert!(refusal("check-headers x.example").contains("'x.example' is not understood"));
}
