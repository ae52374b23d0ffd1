// Charts as SVG, drawn from the API's answers.
import {count, day} from '/dom.js';

const NS = 'http://www.w3.org/2000/svg';
function svg(name, attributes = {}, text) {
  const out = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) out.setAttribute(key, value);
  if (text !== undefined) out.textContent = text;
  return out;
}

function frame(width, height, title) {
  const out = svg('svg', {class: 'chart', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': title});
  out.append(svg('title', {}, title));
  return out;
}

// A round number at or above n, in four even parts.
function ceiling(n) {
  const step = 10 ** Math.floor(Math.log10(Math.max(n, 4) / 4));
  for (const factor of [1, 2, 2.5, 5, 10]) if (4 * factor * step >= n) return 4 * factor * step;
  return n;
}

// Bars over time. `layers`: [{class, value(bin)}], from the bottom up; `stacked` puts them on each other.
export function bars(bins, layers, {stacked = false, height = 200, title}) {
  const width = 760, left = 44, bottom = 20, inner = height - bottom - 8;
  const out = frame(width, height, title);
  const total = (bin) => stacked ? layers.reduce((sum, layer) => sum + layer.value(bin), 0) : Math.max(...layers.map((layer) => layer.value(bin)));
  const top = ceiling(Math.max(1, ...bins.map(total)));
  for (let i = 0; i <= 4; ++i) {
    const y = 8 + inner - inner * i / 4;
    out.append(svg('line', {class: 'grid', x1: left, x2: width, y1: y, y2: y}));
    out.append(svg('text', {class: 'axis', x: left - 6, y: y + 4, 'text-anchor': 'end'}, count(top * i / 4)));
  }
  const step = (width - left) / Math.max(bins.length, 1);
  const every = Math.max(1, Math.ceil(bins.length / 8));
  bins.forEach((bin, i) => {
    let base = 8 + inner;
    const group = svg('g');
    group.append(svg('title', {}, `${day(bin.from)}: ${layers.map((layer) => `${layer.name} ${count(layer.value(bin))}`).join(', ')}`));
    for (const layer of layers) {
      const size = inner * layer.value(bin) / top;
      const from = stacked ? base : 8 + inner;
      group.append(svg('rect', {class: layer.class, x: left + i * step + step * 0.1, y: from - size, width: Math.max(step * 0.8, 0.5), height: size}));
      if (stacked) base -= size;
    }
    out.append(group);
    if (i % every === 0) out.append(svg('text', {class: 'axis', x: left + i * step + step / 2, y: height - 4, 'text-anchor': 'middle'}, day(bin.from)));
  });
  return out;
}

// One bar cut into shares: [{class, value, name}].
export function shares(parts, title) {
  const width = 400, out = frame(width, 18, title);
  const all = parts.reduce((sum, part) => sum + part.value, 0);
  let x = 0;
  for (const part of parts) {
    const size = all > 0 ? width * part.value / all : 0;
    const rect = svg('rect', {class: part.class, x, y: 0, width: Math.max(size, 0), height: 18});
    rect.append(svg('title', {}, `${part.name}: ${count(part.value)}`));
    out.append(rect);
    x += size;
  }
  return out;
}
