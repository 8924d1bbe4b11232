// Whether a file is signed by one of these public keys: ECDSA on P-256 with SHA-256, by the browser's own WebCrypto.
// Fetched only where a second person has to agree.
const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** One half of a signature as DER writes it, in exactly 32 bytes; or undefined. */
const half = (der, at) => {
  const end = at + 2 + der[at + 1];
  if (der[at] !== 2 || !(end <= der.length)) return undefined;
  let number = der.subarray(at + 2, end);
  while (number.length > 32 && number[0] === 0) number = number.subarray(1);
  if (number.length > 32) return undefined;
  const whole = new Uint8Array(32);
  whole.set(number, 32 - number.length);
  return { whole, end };
};

/** What WebCrypto wants, from what openssl writes (DER) or from the same (64 bytes); or undefined. */
const signature = (file) => {
  if (file.length === 64) return file;
  if (file[0] !== 0x30) return undefined;
  const r = half(file, 2);
  const s = r && half(file, r.end);
  if (!s || s.end !== file.length) return undefined;
  const both = new Uint8Array(64);
  both.set(r.whole);
  both.set(s.whole, 32);
  return both;
};

const fits = async (key, signed, data) => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const imported = await crypto.subtle.importKey('spki', bytes(key), algorithm, false, ['verify']);
  return crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, signed, data);
};

/**
 * The request's text and the place of the key that signed it, as `place text`; empty if none did. The two files come in any
 * order: what begins like JSON is the request.
 */
export const verify = async (list, ...keys) => {
  const files = await Promise.all([...list].map(async (file) => {
    if (file.size > 1e5) return new Uint8Array();
    return new Uint8Array(await file.arrayBuffer());
  }));
  const request = files.find((file) => file[0] === 0x7b);
  const signed = files.filter((file) => file !== request).map(signature).find(Boolean);
  if (!request || !signed) return '';
  for (const [place, key] of keys.entries()) {
    if (await fits(key, signed, request)) return `${place} ${new TextDecoder().decode(request)}`;
  }
  return '';
};
