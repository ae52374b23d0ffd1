// Posts as cards, and one post with all that was found in it.
import {count, el, link, moment} from '/dom.js';

const sentiment = (value) => value ? el('span', {class: `tag ${value}`}, value) : null;

const marked = (pieces) => pieces.map((piece) => piece.kind ? el('mark', {title: piece.subject}, piece.text) : piece.text);

export function card(post, open) {
  return el('article', {tabindex: 0, onkeydown: (event) => { if (event.key === 'Enter' && open) open(); }},
    el('div', {class: 'meta'},
      el('strong', {}, post.author ? `@${post.author}` : 'unknown author'),
      post.followers > 0 ? el('span', {}, `${count(post.followers)} followers`) : null,
      el('span', {}, post.platform), link(post.url, moment(post.published)),
      (post.subjects || []).map((subject) => el('a', {class: 'tag', href: `#/?subject=${encodeURIComponent(subject)}`}, subject)),
      sentiment(post.sentiment),
      post.engagement > 0 ? el('span', {}, `${count(post.engagement)} reactions`) : null),
    el('p', {class: 'text'}, post.pieces ? marked(post.pieces) : post.text),
    post.findings ? post.media.filter((media) => media.local).map((media) => shown(post, media)) : null,
    open ? el('div', {class: 'actions'}, el('button', {type: 'button', onclick: open}, 'Why found')) : null);
}

// A place in a picture: "x y x y x y x y" in shares of its size, drawn over it.
function boxes(post, media) {
  const all = post.findings.filter((finding) => finding.media === media.number && finding.box);
  if (all.length === 0) return null;
  const over = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  over.setAttribute('viewBox', '0 0 1 1');
  over.setAttribute('preserveAspectRatio', 'none');
  over.setAttribute('class', 'boxes');
  for (const finding of all) {
    const numbers = finding.box.match(/-?\d+(\.\d+)?/g) || [];
    if (numbers.length !== 8) continue;
    const shape = document.createElementNS('http://www.w3.org/2000/svg', 'polygon');
    shape.setAttribute('points', numbers.join(' '));
    over.append(shape);
  }
  return over;
}

function shown(post, media) {
  const from = `/api/v1/posts/${post.post}/media/${media.number}`;
  const heard = post.findings.find((finding) => finding.media === media.number && finding.starts !== null);
  const at = heard ? `#t=${heard.starts}` : '';
  if (!media.local) return el('p', {class: 'note'}, link(media.url, `${media.kind}: ${media.alt || media.url || 'not kept'}`));
  if (media.kind === 'audio') return el('audio', {controls: true, src: from + at, preload: 'metadata'});
  if (media.kind === 'video') return el('video', {controls: true, src: from + at, preload: 'metadata'});
  return el('figure', {}, el('img', {src: from, alt: media.alt || 'picture of the post'}), boxes(post, media));
}

// What posts/{post} or post?platform&id answered.
export function show(post) {
  const texts = post.segments.map((segment) => el('div', {},
    el('h2', {}, segment.origin + (segment.starts !== null ? ` at ${segment.starts.toFixed(1)} s` : '')),
    el('p', {class: 'text'}, marked(segment.pieces))));
  const found = el('table', {}, el('tr', {}, ['found', 'of', 'value', 'score', 'by', 'why'].map((name) => el('th', {}, name))),
    post.findings.map((f) => el('tr', {}, el('td', {}, f.kind), el('td', {}, f.subject), el('td', {class: 'name'}, f.value),
      el('td', {class: 'n'}, f.score.toFixed(2)), el('td', {}, f.detector), el('td', {class: 'name'}, f.reason))));
  const box = el('dialog', {'aria-label': 'One post'}, card({...post, findings: null}), post.media.map((media) => shown(post, media)), texts, found,
    el('div', {class: 'actions'}, el('button', {type: 'button', autofocus: true, onclick: () => box.close()}, 'Close')));
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
}
