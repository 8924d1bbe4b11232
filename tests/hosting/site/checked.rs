//! `check-headers` finds nothing against servers that do what `deploy.toml` says.

use hosting_tests::call;
use sandbox::server::{Args, SystemClock, bind};
use sandbox::{Config, Sandbox, SeededRandom, Store};

use crate::place::{Copy, serve};

#[test]
fn nothing_is_found_against_nginx_under_any_base() {
    for base in ["/", "/portal/accounts/", "/v1.2/x/"] {
        let copy = Copy::under(base);
        let nginx = serve(copy.conf(), |server| server);
        assert_eq!(copy.faults(nginx.port), [], "{base}");
    }
}

#[test]
fn nothing_is_found_against_the_sandbox_which_serves_by_the_same_file() {
    let copy = Copy::under("/portal/accounts/");
    let (send, receive) = std::sync::mpsc::channel();
    let args = Args { dist: Some(copy.folder()), base: copy.site.base.clone(), ..Args::default() };
    std::thread::spawn(move || {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let config = Config { customers: 10, ..Config::default() };
            let sandbox =
                Sandbox::open(&Store::Memory, config, Box::new(SystemClock), Box::new(SeededRandom::new(1)))
                    .unwrap();
            let bound = bind(listener, sandbox, args).unwrap();
            send.send(bound.origin().rsplit(':').next().unwrap().parse::<u16>().unwrap()).unwrap();
            bound.serve().await;
        });
    });
    let port = receive.recv().unwrap();
    assert_eq!(copy.faults(port), []);
    // The settings of the folder are in the policy.
    let embed = call("GET", "/portal/accounts/embed.html").send(port);
    assert!(embed.header("content-security-policy").contains("frame-ancestors https://portal.example;"));
}
