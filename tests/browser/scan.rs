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
            ("title", "document.title = 'Luz Prado · Cartera'", "document.title = 'Cartera'"),
        ] {
            page.eval::<Value>(&format!("void ({plant})")).await;
            let leaks = page.leaks(&[]).await;
            assert!(leaks.len() == 1 && leaks[0].ends_with(&format!("in {place}")), "{place}: {leaks:?}");
            page.eval::<Value>(&format!("void ({remove})")).await;
        }
        // Databases and caches answer later. A text, an object and bytes; a cached answer.
        for value in
            ["'Contraseña-31xZ'", "{ a: ['Contraseña-31xZ'] }", "new TextEncoder().encode('Contraseña-31xZ')"]
        {
            page.eval::<Value>(&format!(
                "new Promise((done) => {{ const ask = indexedDB.open('planted', 1); \
                 ask.onupgradeneeded = () => ask.result.createObjectStore('things'); \
                 ask.onsuccess = () => {{ const write = ask.result.transaction('things', 'readwrite'); \
                 write.objectStore('things').put({value}, 'x'); write.oncomplete = () => {{ ask.result.close(); done(null); }}; }}; }})"
            ))
            .await;
            assert_eq!(page.leaks(&[]).await, ["\"Contraseña-31xZ\" in indexedDB"], "{value}");
            page.eval::<Value>(
                "new Promise((done) => { const ask = indexedDB.deleteDatabase('planted'); ask.onsuccess = ask.onerror = () => done(null); })",
            )
            .await;
        }
        page.eval::<Value>(
            "caches.open('planted').then((cache) => cache.put('/x', new Response('of luz@southgate.example'))).then(() => null)",
        )
        .await;
        assert_eq!(page.leaks(&[]).await, ["\"luz@southgate.example\" in caches"]);
        page.eval::<Value>("caches.delete('planted').then(() => null)").await;
        assert!(page.leaks(&[]).await.is_empty(), "all of it is gone");
        // Whatever the server writes is read, too.
        let log = page.sandbox.log();
        let line = log.lines().last().expect("a line of the sandbox's log");
        assert_eq!(page.leaks_of(&[line], &[]).await, [format!("\"{line}\" in the sandbox's log")]);
        let console = ["an error about Alex Moreno".to_owned()];
        assert_eq!(page.leaks(&console).await, ["\"Alex Moreno\" in console"]);
    });
}
