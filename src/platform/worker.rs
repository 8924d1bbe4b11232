//! A program that works beside the page (`workers/`): bytes to it, and bytes back for each message.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, Worker as BrowserWorker};

/// A worker. It ends when this is dropped.
pub(crate) struct Worker {
    own: BrowserWorker,
    next: Cell<u32>,
    waiting: Rc<RefCell<Vec<(u32, Function)>>>,
    gone: Rc<Cell<bool>>,
}

impl Worker {
    /// Starts the worker of this name. `None` where the browser does not let it start.
    pub(crate) fn start(name: &str) -> Option<Rc<Self>> {
        let boot = Reflect::get(&js_sys::global(), &JsValue::from_str("cartera")).ok()?;
        let make: Function = Reflect::get(&boot, &JsValue::from_str("worker")).ok()?.dyn_into().ok()?;
        let worker: BrowserWorker =
            make.call1(&JsValue::UNDEFINED, &JsValue::from_str(name)).ok()?.dyn_into().ok()?;
        let waiting: Rc<RefCell<Vec<(u32, Function)>>> = Rc::default();
        let told = waiting.clone();
        let message = Closure::wrap(Box::new(move |event: MessageEvent| {
            let data = Array::from(&event.data());
            let number = data.get(0).as_f64().map_or(0, number_of);
            let place = told.borrow().iter().position(|(known, _)| *known == number);
            if let Some(place) = place {
                let (_, resolve) = told.borrow_mut().swap_remove(place);
                // A resolver of a promise throws for nothing.
                let _ = resolve.call1(&JsValue::UNDEFINED, &data.get(1));
            }
        }) as Box<dyn FnMut(MessageEvent)>);
        worker.set_onmessage(Some(message.into_js_value().unchecked_ref()));
        let (all, gone) = (waiting.clone(), Rc::new(Cell::new(false)));
        let ended = gone.clone();
        // Its program did not come, or it ran out of memory: nobody waits for it any more.
        let fault = Closure::wrap(Box::new(move || {
            ended.set(true);
            for (_, resolve) in all.take() {
                let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::NULL);
            }
        }) as Box<dyn FnMut()>);
        worker.set_onerror(Some(fault.into_js_value().unchecked_ref()));
        Some(Rc::new(Self { own: worker, next: Cell::new(0), waiting, gone }))
    }

    /// Sends a message, with a file if there is one. `None` if there is no answer: the worker has gone, or the file.
    pub(crate) async fn ask(&self, message: &[u8], file: Option<&JsValue>) -> Option<Vec<u8>> {
        if self.gone.get() {
            return None;
        }
        self.next.set(self.next.get() + 1);
        let number = self.next.get();
        let bytes = Uint8Array::from(message);
        let parts = Array::of3(&JsValue::from(number), &bytes, file.unwrap_or(&JsValue::UNDEFINED));
        let waiting = self.waiting.clone();
        let answer = Promise::new(&mut |resolve, _| waiting.borrow_mut().push((number, resolve)));
        self.own.post_message_with_transfer(&parts, &Array::of1(&bytes.buffer())).ok()?;
        let answer: Uint8Array = JsFuture::from(answer).await.ok()?.dyn_into().ok()?;
        Some(answer.to_vec())
    }

    /// Whether it has ended by itself.
    pub(crate) fn is_gone(&self) -> bool {
        self.gone.get()
    }
}

/// A whole number that was one when it was sent.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn number_of(number: f64) -> u32 {
    number as u32
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.own.terminate();
    }
}
