//! The scan that follows every test finds what it is there to find.

use cartera_tests::{Setup, in_browser};
use serde_json::Value;

#[test]
fn planted_values_are_found_wherever_they_are() {
    in_browser(Setup::default(), async |page| {
        page.plant("Contraseña-31xZ");
        page.open("/settings").await;
        page.heading_is("Ajustes").await;
        assert!(page.leaks(&[]).await.is_empty(), "nothing is there yet");
        for (place, plant, remove) in [
            (
                "localStorage",
                "localStorage.setItem('x', 'a Contraseña-31xZ b')",
                "localStorage.removeItem('x')",
            ),
            (
                "sessionStorage",
                "sessionStorage.setItem('x', 'eyJhbGciOiJSUzI1NiJ9')",
                "sessionStorage.clear()",
            ),
            ("cookies", "document.cookie = 'x=Bearer y'", "document.cookie = 'x=; max-age=0'"),
            (
                "address",
                "history.replaceState(null, '', '?x=agent%40southgate.example')",
                "history.replaceState(null, '', '?')",
            ),
            ("history", "history.replaceState({ x: 'Luz Prado' }, '')", "history.replaceState(null, '')"),
        ] {
            page.eval::<Value>(&format!("void ({plant})")).await;
            let leaks = page.leaks(&[]).await;
            assert!(leaks.len() == 1 && leaks[0].ends_with(&format!("in {place}")), "{place}: {leaks:?}");
            page.eval::<Value>(&format!("void ({remove})")).await;
        }
        let console = ["an error about Alex Moreno".to_owned()];
        assert_eq!(page.leaks(&console).await, ["\"Alex Moreno\" in console"]);
    });
}
