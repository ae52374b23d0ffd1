// The pages: an overview, the posts, what comes in by now, and the alerts.
import {bars, shares} from '/charts.js';
import {change, count, el, link, moment, percent, signed} from '/dom.js';
import {act, ask, complain, filters} from '/app.js';
import {card, show} from '/posts.js';

const legend = (parts) => el('div', {class: 'legend'}, parts.map(([key, name]) => el('span', {}, el('i', {class: `i-${key}`}), name)));
const tile = (title, big, ...more) => el('section', {class: 'quarter'}, el('h2', {}, title), el('div', {class: 'big'}, big), more);

function list(title, rows, query) {
  if (rows.length === 0) return null;
  return el('section', {class: 'third'}, el('h2', {}, title),
    el('table', {}, el('tr', {}, el('th', {}, ''), el('th', {class: 'n'}, 'posts'), el('th', {class: 'n'}, 'unique'), el('th', {}, 'perceived')),
      rows.map((row) => el('tr', {},
        el('td', {class: 'name'}, query ? el('a', {href: filters.link({q: query(row.value)}, '#/posts')}, row.label || row.value) : row.label || row.value),
        el('td', {class: 'n'}, count(row.posts)), el('td', {class: 'n'}, count(row.unique_posts)),
        el('td', {class: 'how'}, shares([{class: 'f-positive', value: row.positive, name: 'positive'}, {class: 'f-neutral', value: Math.max(row.posts - row.positive - row.negative, 0), name: 'neither'}, {class: 'f-negative', value: row.negative, name: 'negative'}], 'positive and negative'))))));
}

// An aspect is told with how it is meant: "price=negative".
const praise = (row) => {
  const [what, how] = row.value.split('=');
  return {...row, label: {positive: `praised: ${what}`, negative: `blamed: ${what}`}[how] || what};
};
const quoted = (text) => `"${text.replaceAll('"', ' ')}"`;

export async function overview() {
  const data = await ask('overview', filters.values());
  const c = data.counts, before = data.before, s = data.sentiment;
  const out = [
    tile('Posts', count(c.posts), el('p', {class: 'note'}, before ? change(c.posts, before.posts) : c.exact ? null : 'estimated from a sample')),
    tile('Without copies', count(c.unique_posts), el('p', {class: 'note'}, `${percent(c.posts ? c.unique_posts / c.posts : 0)} of the posts`)),
    tile('Authors', count(c.authors), el('p', {class: 'note'}, `reach ${count(c.reach)}`)),
    tile('Net sentiment', s.stated ? signed(s.net.value) : '–', el('p', {class: 'note'}, s.stated ? `${signed(s.net.low)} to ${signed(s.net.high)}, ${count(s.stated)} posts with a sentiment` : 'no post says how it is meant')),
    el('section', {class: 'half'}, el('h2', {}, 'Posts over time'),
      bars(data.volume, [{class: 'bar-all', name: 'all', value: (b) => b.posts}, {class: 'bar-unique', name: 'unique', value: (b) => b.unique_posts}], {title: 'Posts over time'}),
      legend([['all', 'all'], ['unique', 'without copies']])),
    el('section', {class: 'half'}, el('h2', {}, 'How they are meant'),
      bars(data.volume, ['negative', 'neutral', 'positive'].map((name) => ({class: `f-${name}`, name, value: (b) => b[name]})), {stacked: true, title: 'Sentiment over time'}),
      legend([['negative', 'negative'], ['neutral', 'neutral'], ['positive', 'positive']])),
    el('section', {class: 'third'}, el('h2', {}, 'Share of voice'),
      el('table', {}, data.voice.map((v) => el('tr', {},
        el('td', {class: 'name'}, el('a', {href: filters.link({subject: v.subject}, '#/')}, v.subject)),
        el('td', {class: 'n'}, percent(v.share)), el('td', {class: 'n'}, count(v.counts.posts)),
        el('td', {class: 'how'}, shares([{class: 'f-positive', value: v.counts.positive, name: 'positive'}, {class: 'f-neutral', value: v.counts.neutral, name: 'neutral'}, {class: 'f-negative', value: v.counts.negative, name: 'negative'}], `how ${v.subject} is meant`)))))),
    list('Topics', data.topics, (v) => `topic:${quoted(v)}`), list('Phrases', data.keyphrases, quoted),
    list('Praised and blamed', data.aspects.map(praise)), list('Hashtags', data.hashtags, (v) => `#${v.replace(/^#/, '')}`),
    list('Named with', data.entities, quoted), list('Links', data.links), list('Languages', data.languages, (v) => `lang:${v}`),
    list('Countries', data.countries, (v) => `country:${v}`), list('Platforms', data.platforms, (v) => `platform:${v}`),
    list('Emotions', data.emotions), list('Intents', data.intents),
    data.authors.length ? el('section', {class: 'third'}, el('h2', {}, 'Busiest authors'),
      el('table', {}, el('tr', {}, el('th', {}, ''), el('th', {class: 'n'}, 'posts'), el('th', {class: 'n'}, 'followers')),
        data.authors.map((a) => el('tr', {}, el('td', {class: 'name'}, link(a.url, a.handle ? `@${a.handle}` : a.name || a.id)), el('td', {class: 'n'}, count(a.posts)), el('td', {class: 'n'}, count(a.followers)))))) : null,
    el('section', {class: 'third'}, el('h2', {}, 'What could not be seen'),
      data.gaps.length ? el('table', {}, data.gaps.map((g) => el('tr', {}, el('td', {}, g.source), el('td', {}, `${moment(g.period.from)} to ${moment(g.period.to)}`), el('td', {class: 'name'}, g.reason)))) : el('p', {class: 'note'}, 'No gap is known in this period.')),
  ];
  return out;
}

const open = (what, parameters) => ask(what, parameters).then(show).catch(complain);

export async function posts() {
  const orders = {latest: 'latest', engagement: 'most reactions', negative: 'surest negative', positive: 'surest positive', media: 'with media'};
  const by = filters.get('by') || 'latest';
  const data = await ask('posts', {...filters.values(), by, limit: 60});
  const order = el('select', {onchange: (event) => { location.hash = filters.link({by: event.target.value}, '#/posts'); }},
    Object.entries(orders).map(([value, name]) => el('option', {value, selected: value === by}, name)));
  return [el('section', {}, el('label', {}, 'Order', order), data.exact ? null : el('p', {class: 'note'}, 'From a sample of the posts: make the period shorter to look at all.'),
    data.posts.length ? data.posts.map((post) => card(post, () => open(`posts/${post.post}`))) : el('p', {class: 'note'}, 'No post of this period is found by the query.'))];
}

export function live(stop) {
  const note = el('p', {class: 'note'}, 'Connecting …');
  const box = el('section', {'aria-live': 'polite'}, el('h2', {}, 'As they come'), note);
  const {subject, q} = filters.values();
  const events = new EventSource(`/api/v1/live?${new URLSearchParams({subject: subject || '', q: q || ''})}`);
  events.addEventListener('open', () => { note.textContent = 'Waiting for posts …'; });
  events.addEventListener('error', () => { note.textContent = 'The connection is lost; trying again …'; });
  const add = (node) => {
    note.textContent = '';
    node.classList.add('new');
    note.after(node);
    while (box.children.length > 200) box.lastElementChild.remove();
  };
  events.addEventListener('post', (event) => {
    const post = JSON.parse(event.data);
    add(card(post, () => open('post', {platform: post.platform, id: post.id})));
  });
  events.addEventListener('alert', (event) => {
    const alert = JSON.parse(event.data);
    add(el('article', {}, el('strong', {}, `${alert.kind}: `), alert.summary));
  });
  events.addEventListener('dropped', (event) => add(el('article', {}, `${event.data} posts came faster than this page could take them.`)));
  stop(() => events.close());
  return [box];
}

function causes(attributes) {
  const all = attributes && attributes.causes;
  if (!all || typeof all !== 'object') return null;
  return el('table', {}, Object.entries(all).filter(([, rows]) => Array.isArray(rows) && rows.length).map(([kind, rows]) =>
    el('tr', {}, el('td', {}, kind), el('td', {class: 'name'}, rows.slice(0, 6).map((row) => `${row.value} (${percent(row.share || 0)})`).join(', ')))));
}

function alertCard(alert, again) {
  const level = alert.severity >= 7 ? 'high' : alert.severity >= 4 ? 'middle' : '';
  const can = {open: ['ack', 'close', 'mute'], acknowledged: ['close', 'reopen', 'mute'], closed: ['reopen']}[alert.life] || [];
  const names = {ack: 'Acknowledge', close: 'Close', reopen: 'Open again', mute: 'Mute for a day'};
  return el('article', {tabindex: 0},
    el('div', {class: 'meta'}, el('span', {class: `severity ${level}`, title: 'severity, 1 to 10'}, String(alert.severity)),
      el('strong', {}, alert.subject), el('span', {}, alert.kind), el('span', {}, `${moment(alert.starts)} to ${moment(alert.ends)}`),
      el('span', {class: 'tag'}, (alert.life || alert.state) + (alert.life_by ? ` by ${alert.life_by}` : '')), alert.over ? el('span', {class: 'tag'}, 'over') : null),
    el('p', {class: 'text'}, alert.summary), causes(alert.attributes),
    (alert.evidence || []).slice(0, 3).map((e) => el('p', {class: 'note'}, link(e.url, `${e.author ? '@' + (e.author.handle || e.author) + ': ' : ''}${e.text || 'deleted'}`))),
    el('div', {class: 'actions'}, can.map((what) => el('button', {type: 'button', onclick: () => act(alert.alert, what).then(again).catch(complain)}, names[what]))));
}

export async function alerts(again) {
  const data = await ask('alerts', {subject: filters.values().subject || ''});
  const rows = data.alerts.map((alert) => alertCard(alert, again));
  return [el('section', {}, el('h2', {}, 'Alerts'), data.kept ? null : el('p', {class: 'note'},
    'This pipeline does not keep what becomes of alerts: it needs state: and a sink that delivers them, as webhook, email or alert_file.'),
    rows.length ? rows : el('p', {class: 'note'}, 'No alert yet.'))];
}
