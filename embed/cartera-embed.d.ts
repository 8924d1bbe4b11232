/** The host's side of `pc-embed/1`. See PROTOCOL.md. */

/** A look. */
export type Theme = 'light' | 'dark' | 'system';
/** Who says how high the frame is: the page around it, or the application. */
export type Height = 'fill' | 'auto';
/** What the application shows around its pages. */
export type Chrome = 'tabs' | 'full' | 'none';

/** Where the application is, and for whom it works. What is left out stays as it is. */
export interface Context {
  /** A language tag, such as `es-MX`. */
  locale?: string;
  theme?: Theme;
  /** Sixteen colours `#rrggbb`, the darkest first. Refused, with a notice, where words on them could not be read. */
  brand?: string[];
  density?: 'compact' | 'normal' | 'comfortable';
  /** The page to begin with: a path with its query. */
  route?: string;
  /** Usually from the element's attribute. */
  height?: Height;
  chrome?: Chrome;
  /** Keys that are yours wherever the focus is, such as `Ctrl+k` or `F6`. Never Tab or Escape. */
  shortcuts?: string[];
  partner?: { id: string; name: string; kind?: 'direct' | 'indirect_provider' };
  agent?: { id?: string; displayName: string; userPrincipalName: string };
  /** Roles in Partner Center, such as `AdminAgent`. */
  roles?: string[];
}

/** A call to the API, checked: the path cannot lead elsewhere. */
export interface Call {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the API's base, with its query. */
  path: string;
  headers: [string, string][];
  body?: ArrayBuffer;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** A token, and the tenant that it was issued for. */
export interface Token { token: string; tenant: string; /** Seconds from now. */ expiresIn: number }

export interface Handlers {
  /** Makes a call with the page's own session. */
  request?: (call: Call) => Promise<Response>;
  /** Hands over a token. `claims` come back from a refusal; `silent` means that nobody may be asked. */
  token?: (wanted: { scope?: string; claims?: string; silent: boolean; signal: AbortSignal }) => Promise<Token>;
  /** Asks a second person whether a removal may go on. `request` is the decision, as JSON. */
  approve?: (asked: { request: string; signal: AbortSignal }) => Promise<{ approved: boolean; by: string }>;
}

/** Something that was done. Ids and counts only, no names. */
export interface Done {
  name: 'customerCreated' | 'customerUpdated' | 'relationshipRemoved' | 'transferCreated' | 'importFinished';
  customer?: string;
  count?: number;
}

export type Told =
  | 'app.ready' | 'app.failed' | 'app.notice' | 'nav.changed' | 'ui.title' | 'ui.dirty' | 'ui.height' | 'ui.modal' | 'ui.shortcut' | 'event';

export interface Connection {
  setContext(context: Context): void;
  go(path: string): Promise<string>;
  mayLeave(): Promise<boolean>;
  viewport(top: number, height: number): void;
  focus(at?: 'first' | 'last'): void;
  authChanged(): void;
  close(): void;
}

/** Speaks with Cartera in a frame of your own. */
export function connect(
  frame: HTMLIFrameElement,
  options: {
    origin: string;
    context?: Context;
    handlers?: Handlers;
    tell?: (method: Told, params: Record<string, unknown>) => void;
    /** Milliseconds of silence that count as a failure. */
    patience?: number;
  },
): Connection;

/** Makes the calls by `fetch`, to this path or address in front of every path. */
export function proxy(
  base: string,
  init?: RequestInit | ((call: Pick<Call, 'method' | 'path'>) => RequestInit | Promise<RequestInit>),
): (call: Call) => Promise<Response>;

/** A refusal: its code goes to the frame. */
export class Refusal extends Error {
  constructor(code: string, words?: string);
  code: string;
}

/** The least that a sandboxed frame needs. */
export const SANDBOX: string;
export function isPath(text: unknown): boolean;
/** The part of an element that can be seen, from its top, in CSS pixels. */
export function visiblePart(element: Element): { top: number; height: number };

export interface CarteraEvents {
  'cartera-ready': CustomEvent<Record<string, never>>;
  'cartera-failed': CustomEvent<{ code: string }>;
  'cartera-notice': CustomEvent<{ code: string } & Record<string, unknown>>;
  'cartera-navigate': CustomEvent<{ path: string; step: 'push' | 'replace' }>;
  'cartera-title': CustomEvent<{ title: string }>;
  'cartera-dirty': CustomEvent<{ dirty: boolean }>;
  'cartera-modal': CustomEvent<{ open: boolean }>;
  'cartera-shortcut': CustomEvent<{ key: string }>;
  'cartera-event': CustomEvent<Done>;
}

/** `<cartera-accounts src="https://accounts.example/embed.html">` */
export class CarteraAccounts extends HTMLElement {
  context: Context;
  request: Handlers['request'];
  token: Handlers['token'];
  approve: Handlers['approve'];
  go(path: string): Promise<string>;
  mayLeave(): Promise<boolean>;
  enter(at?: 'first' | 'last'): void;
  authChanged(): void;
  addEventListener<K extends keyof CarteraEvents>(
    type: K,
    listener: (this: CarteraAccounts, event: CarteraEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap { 'cartera-accounts': CarteraAccounts }
}
