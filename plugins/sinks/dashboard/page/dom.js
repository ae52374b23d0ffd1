// Elements, numbers and times. Text only ever becomes a text node: nothing that a post says is read as markup.

export function el(name, attributes = {}, ...children) {
  const out = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) out.addEventListener(key.slice(2), value);
    else out.setAttribute(key, value === true ? '' : value);
  }
  out.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return out;
}

const compact = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});
const whole = new Intl.NumberFormat('en');
export const count = (n) => n === null ? '–' : n < 100000 ? whole.format(n) : compact.format(n);
export const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
export const signed = (n) => (n > 0 ? '+' : n < 0 ? '−' : '±') + Math.abs(n).toFixed(2);

let zone = 'UTC';
export function setZone(name) { zone = name; }
const format = (options) => (text) => new Intl.DateTimeFormat('en-GB', {timeZone: zone, ...options}).format(new Date(text));
export const day = (text) => format({day: 'numeric', month: 'short'})(text);
export const moment = (text) => format({day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit'})(text);

// A link that opens elsewhere and tells nothing of this page; text where there is no address.
export function link(url, ...children) {
  return url ? el('a', {href: url, target: '_blank', rel: 'noopener noreferrer nofollow'}, ...children) : el('span', {}, ...children);
}

export function change(now, before) {
  if (!before) return null;
  const share = (now - before) / before;
  return el('span', {class: share >= 0 ? 'up' : 'down'}, `${share >= 0 ? '▲' : '▼'} ${percent(Math.abs(share))} on the period before`);
}
