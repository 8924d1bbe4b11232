// A host on another origin: what a portal has to write, and a log of what the frame tells.
// Where the application is comes in the address: ?app=http://127.0.0.1:8080/ (tests add more).
const query = new URLSearchParams(location.search);
const app = new URL(query.get('app') ?? 'http://127.0.0.1:8080/');
const { proxy } = await import(new URL('embed/cartera-embed.js', app));
const cartera = document.querySelector('cartera-accounts');
const log = document.querySelector('#log');
const note = (text) => {
  const line = document.createElement('li');
  line.textContent = text;
  log.prepend(line);
  while (log.childElementCount > 40) log.lastElementChild.remove();
};

const GREEN = ['#071a14', '#0b281f', '#10382b', '#154838', '#1a5845', '#1f6852', '#24735b', '#297d63', '#3c9a7d', '#52b795', '#69c4a6', '#83d0b6', '#a0dcc8', '#bce7d9', '#d5f0e7', '#eef9f5'];
const context = {
  locale: query.get('locale') ?? 'es', theme: query.get('theme') ?? 'light', chrome: query.get('chrome') ?? 'tabs', route: query.get('at') ?? '/customers',
  shortcuts: ['F6'],
};
const set = (change) => { Object.assign(context, change); cartera.context = { ...context }; };

// The session of this portal with its server. Here it is the sandbox itself, which allows this origin.
cartera.request = proxy(new URL('/v1', app).href);
cartera.approve = async ({ request }) => ({ approved: confirm(request), by: 'eva@altamar.example' });
for (const name of ['ready', 'failed', 'notice', 'navigate', 'title', 'dirty', 'modal', 'shortcut', 'event']) {
  cartera.addEventListener(`cartera-${name}`, ({ detail }) => note(`${name} ${JSON.stringify(detail)}`));
}
cartera.addEventListener('cartera-title', ({ detail }) => { document.title = `${detail.title} · Portal Altamar`; });
cartera.addEventListener('cartera-shortcut', ({ detail }) => { if (detail.key === 'F6') document.querySelector('.bar a').focus(); });
cartera.addEventListener('cartera-navigate', ({ detail }) => {
  const address = new URL(location.href);
  address.searchParams.set('at', detail.path);
  if (address.href !== location.href) history[detail.step === 'push' ? 'pushState' : 'replaceState']({}, '', address);
});
addEventListener('popstate', () => cartera.go(new URLSearchParams(location.search).get('at') ?? '/customers').catch((error) => note(error.code)));

const on = (id, act) => document.querySelector(id).addEventListener('click', act);
on('#theme', () => set({ theme: context.theme === 'dark' ? 'light' : 'dark' }));
on('#brand', () => set({ brand: GREEN }));
on('#language', () => set({ locale: context.locale === 'en' ? 'es' : 'en' }));
on('#height', () => { document.body.className = 'auto'; cartera.setAttribute('height', 'auto'); });
on('#enter', (event) => { event.preventDefault(); cartera.enter(); });
document.querySelectorAll('.bar nav a').forEach((link) => link.addEventListener('click', async (event) => {
  event.preventDefault();
  if (!link.hasAttribute('aria-current')) note(`may leave: ${await cartera.mayLeave()}`);
}));

document.body.className = query.get('height') === 'auto' ? 'auto' : 'fill';
if (query.get('height') === 'auto') cartera.setAttribute('height', 'auto');
if (query.has('sandboxed')) cartera.setAttribute('sandboxed', '');
cartera.context = { ...context };
cartera.setAttribute('src', new URL('embed.html', app).href);
globalThis.cartera = cartera;
