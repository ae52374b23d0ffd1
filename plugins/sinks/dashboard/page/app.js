// The page's frame: which page is shown for which filters, and how the API is asked.
import {el, moment, setZone} from '/dom.js';
import * as views from '/views.js';

const PAGES = {'/': ['Overview', views.overview], '/posts': ['Posts', views.posts], '/live': ['Live', views.live], '/alerts': ['Alerts', views.alerts]};
const at = (id) => document.getElementById(id);

export async function ask(what, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== undefined));
  const answer = await fetch(`/api/v1/${what}${query.size ? '?' + query : ''}`, {headers: {accept: 'application/json'}});
  if (answer.status === 401) location.href = '/sign-in';
  const body = await answer.json().catch(() => ({error: `The server answered ${answer.status}.`}));
  if (!answer.ok) throw new Error(body.error);
  return body;
}

export async function act(alert, what) {
  const answer = await fetch(`/api/v1/alerts/${alert}/${what}`, {method: 'POST'});
  if (!answer.ok && answer.status !== 409) throw new Error((await answer.json()).error);
  await refreshAlerts();
}

// The filters stand in the address, so that a page can be kept and sent.
export const filters = {
  read() {
    const [path, query] = location.hash.replace(/^#/, '').split('?');
    return {path: PAGES[path] ? path : '/', values: new URLSearchParams(query || '')};
  },
  get(name) { return this.read().values.get(name) || ''; },
  values() {
    const all = this.read().values;
    return {subject: all.get('subject') || '', period: all.get('period') || '', q: all.get('q') || ''};
  },
  link(change, path = `#${this.read().path}`) {
    const all = new URLSearchParams(this.read().values);
    for (const [name, value] of Object.entries(change)) value ? all.set(name, value) : all.delete(name);
    return path + (all.size ? '?' + all : '');
  },
};

export function complain(fault) {
  at('trouble').hidden = !fault;
  at('trouble').textContent = fault ? fault.message : '';
}

let stopLast = () => {};
let turn = 0;
async function render() {
  const mine = ++turn, {path, values} = filters.read(), main = at('main');
  stopLast();
  stopLast = () => {};
  for (const name of ['subject', 'period', 'q']) at(name).value = values.get(name) || '';
  navigation();
  main.setAttribute('aria-busy', 'true');
  try {
    const parts = path === '/live' ? views.live((stop) => { stopLast = stop; }) : await PAGES[path][1](render);
    if (mine !== turn) return;
    main.replaceChildren(...parts.filter(Boolean));
    complain(null);
  } catch (fault) {
    if (mine === turn) complain(fault);
  }
  main.setAttribute('aria-busy', 'false');
}

let openAlerts = 0;
function navigation() {
  const {path} = filters.read();
  at('nav').replaceChildren(...Object.entries(PAGES).map(([to, [name]]) =>
    el('a', {href: filters.link({by: ''}, `#${to}`), 'aria-current': to === path ? 'page' : null}, name, to === '/alerts' && openAlerts ? el('span', {class: 'count'}, String(openAlerts)) : null)));
}
async function refreshAlerts() {
  openAlerts = (await ask('alerts', {limit: 1})).open || 0;
  navigation();
}

const iso = (time) => new Date(time).toISOString().slice(0, 10);
function periods(state) {
  const last = Date.parse(state.last), days = (n) => `${iso(last - (n - 1) * 864e5)}..${iso(last)}`;
  const choices = [['', 'last 28 days of the store'], [days(1), 'last day'], [days(7), 'last 7 days'], [days(90), 'last 90 days'], [`${iso(state.first)}..${iso(last)}`, 'everything']];
  const asked = filters.get('period');
  if (asked && !choices.some(([value]) => value === asked)) choices.push([asked, asked.replace('..', ' to ')]);
  at('period').replaceChildren(...choices.map(([value, name]) => el('option', {value}, name)));
}

function keys(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === '/' && !typing) { event.preventDefault(); at('q').focus(); }
  if (typing || (event.key !== 'j' && event.key !== 'k')) return;
  const all = [...document.querySelectorAll('main article')], now = all.indexOf(document.activeElement);
  all[Math.min(Math.max(now + (event.key === 'j' ? 1 : -1), 0), all.length - 1)]?.focus();
}

function theme(next) {
  const root = document.documentElement, kept = next || localStorage.getItem('theme') || 'auto';
  if (kept === 'auto') root.removeAttribute('data-theme'); else root.setAttribute('data-theme', kept);
  localStorage.setItem('theme', kept);
  at('theme').textContent = {auto: '◐ auto', light: '☀ light', dark: '☾ dark'}[kept];
  at('theme').onclick = () => theme({auto: 'dark', dark: 'light', light: 'auto'}[kept]);
}

async function start() {
  theme();
  addEventListener('keydown', keys);
  at('filter').addEventListener('submit', (event) => {
    event.preventDefault();
    location.hash = filters.link({subject: at('subject').value, period: at('period').value, q: at('q').value.trim()});
  });
  for (const name of ['subject', 'period']) at(name).addEventListener('change', () => at('filter').requestSubmit());
  try {
    const state = await ask('state');
    setZone(state.time_zone);
    document.title = at('pipeline').textContent = state.pipeline || 'Earshot';
    at('subject').append(...state.subjects.map((subject) => el('option', {value: subject}, subject)));
    at('reach').textContent = `${state.posts.toLocaleString('en')} posts, ${moment(state.first)} to ${moment(state.last)}` + (state.not_counted ? `; ${state.not_counted} are not counted yet` : '');
    periods(state);
    await refreshAlerts();
  } catch (fault) {
    complain(fault);
  }
  addEventListener('hashchange', render);  // from now on: one page at a time
  render();
  setInterval(() => refreshAlerts().catch(() => {}), 60_000);  // a page that is left open tells of new ones
}
start();
