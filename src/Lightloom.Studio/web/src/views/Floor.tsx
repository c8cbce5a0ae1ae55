import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { readColumns, type Columns } from '../draw/columns';
import { CanvasPainter, exportPng, exportSvg, type Painter } from '../draw/painter';
import { count, fixed, metres, percent, usd, usdShort } from '../format';
import { go, href, route, tune } from '../router';
import { designKey, edit, state } from '../store';
import type { CableRoute, Floor as FloorAnswer, Hall, Moved } from '../types';
import { Facts, failed, Heads, Menu, Refusal, toast, useAnswer } from '../ui/parts';
import { colours, theme } from '../ui/theme';
import { heatOf } from './heat';
import { RackPanel } from './RackPanel';

type Overlay = 'use' | 'power' | 'cables' | 'longest' | 'medium' | 'tray' | 'heat';
const overlays: [Overlay, string][] = [
  ['use', 'Use'],
  ['power', 'Power'],
  ['cables', 'Cables'],
  ['longest', 'Longest cable'],
  ['medium', 'Medium'],
  ['tray', 'Tray fill'],
];

/** A frame is one building, drawn to scale; buildings stand side by side, whatever their distance. */
interface Frame {
  title: string;
  halls: Hall[];
  x: number;
  y: number;
  w: number;
  h: number;
  dx: number;
  dy: number;
}

interface Plan {
  floor: FloorAnswer;
  racks: Columns;
  trays: Columns | null;
  frames: Frame[];
  frameOf: number[];
  hallOf: Int32Array;
  width: number;
  height: number;
  names: (i: number) => string;
  indexOf: (name: string) => number;
  uses: string[];
  usesSeen: Set<number>;
  max: Record<Overlay, number>;
}

/** Names of the floor's lengths as the API's page has them. */
function named(f: FloorAnswer): FloorAnswer {
  const get = (o: object, name: string) => (o as Record<string, unknown>)[name] ?? (o as Record<string, unknown>)[name.replace(/_([xy])_m$/, '_$1m').replace(/^([xy])_m$/, '$1m')];
  return {
    ...f,
    halls: f.halls.map((h) => ({
      ...h,
      x_m: get(h, 'x_m') as number,
      y_m: get(h, 'y_m') as number,
      first_rack_x_m: get(h, 'first_rack_x_m') as number,
      crossings_x_m: get(h, 'crossings_x_m') as number[],
      rows: h.rows.map((r) => ({ ...r, tray_y_m: get(r, 'tray_y_m') as number })),
    })),
  };
}

const GAP = 12;

function planOf(floor: FloorAnswer, racks: Columns, trays: Columns | null): Plan {
  const groups = new Map<string, Hall[]>();
  for (const h of floor.halls) {
    const key = floor.halls.some((o) => o.site !== floor.halls[0].site) ? `${h.site}, ${h.building}` : h.building;
    groups.set(key, [...(groups.get(key) ?? []), h]);
  }
  const frames: Frame[] = [];
  const frameOf: number[] = [];
  let x = 0;
  let height = 0;
  // Frames go into rows about as wide as the floor is high, so that many buildings do not make a ribbon.
  const sizes = [...groups.values()].map((halls) => {
    const left = Math.min(...halls.map((h) => h.x_m));
    const top = Math.min(...halls.map((h) => h.y_m));
    return { left, top, w: Math.max(...halls.map((h) => h.x_m + h.width_m)) - left, h: Math.max(...halls.map((h) => h.y_m + h.depth_m)) - top };
  });
  // So many side by side that the whole becomes about half as wide again as high, which is how windows are.
  const size = (wide: number) => {
    let [w, h, at, line] = [0, 0, 0, 0];
    for (const s of sizes) {
      if (at > 0 && at + s.w > wide) {
        h += line + GAP;
        [at, line] = [0, 0];
      }
      at += s.w + GAP;
      line = Math.max(line, s.h);
      w = Math.max(w, at - GAP);
    }
    return Math.max(w / 1.5, h + line);
  };
  const widths = sizes.map((_, n) => sizes.slice(0, n + 1).reduce((a, s) => a + s.w + GAP, 0));
  const wide = widths.reduce((best, w) => (size(w) < size(best) ? w : best), widths[0] ?? 1);
  let y = 0;
  let line = 0;
  let width = 0;
  [...groups.entries()].forEach(([title, halls], n) => {
    const s = sizes[n];
    if (x > 0 && x + s.w > wide) {
      x = 0;
      y += line + GAP;
      line = 0;
    }
    frames.push({ title, halls, x, y, w: s.w, h: s.h, dx: x - s.left, dy: y - s.top });
    for (const h of halls) frameOf[floor.halls.indexOf(h)] = n;
    x += s.w + GAP;
    line = Math.max(line, s.h);
    width = Math.max(width, x - GAP);
    height = Math.max(height, y + s.h);
  });

  const hallWords = racks.words('hall');
  const hallColumn = racks.column('hall');
  const byName = new Map(floor.halls.map((h, i) => [h.name, i]));
  const hallOf = new Int32Array(racks.rows);
  for (let i = 0; i < racks.rows; i++) hallOf[i] = hallWords ? (byName.get(hallWords[hallColumn[i]]) ?? 0) : hallColumn[i];
  const given = racks.words('names');
  const row = racks.column('row');
  const position = racks.column('position');
  const two = (n: number) => String(n).padStart(2, '0');
  const names = (i: number) => given?.[i] ?? `${floor.halls[hallOf[i]].letter}${two(row[i])}-${two(position[i])}`;
  let index: Map<string, number> | null = null;
  const indexOf = (name: string) => {
    index ??= new Map(Array.from({ length: racks.rows }, (_, i) => [names(i), i]));
    return index.get(name) ?? -1;
  };
  const largest = (c: string) => (racks.has(c) ? Array.prototype.reduce.call(racks.column(c), (a, b) => Math.max(a as number, b as number), 0) as number : 0);
  return {
    floor,
    racks,
    trays,
    frames,
    frameOf,
    hallOf,
    width,
    height,
    names,
    indexOf,
    uses: racks.words('use') ?? floor.uses ?? [],
    usesSeen: new Set(Array.from(racks.column('use'))),
    max: { use: 1, heat: 1, power: largest('power_w'), cables: largest('cables'), longest: largest('longest_m'), medium: 1, tray: trays ? (Array.prototype.reduce.call(trays.column('fill'), (a, b) => Math.max(a as number, b as number), 0) as number) : 1 },
  };
}

function mix(a: string, b: string, t: number): string {
  const hex = (s: string) => [1, 3, 5].map((i) => parseInt(s.slice(i, i + 2), 16));
  const [x, y] = [hex(a), hex(b)];
  return `#${x.map((v, i) => Math.round(v + (y[i] - v) * Math.max(0, Math.min(1, t))).toString(16).padStart(2, '0')).join('')}`;
}

function useColour(use: string, c: Record<string, string>): string {
  if (/mixed/.test(use)) return c.mixed;
  if (/empty|keep-out/.test(use)) return c.line;
  if (/node|xpu|gpu|rack-scale/.test(use)) return c.node;
  if (/service/.test(use)) return c.service;
  if (/network|switch|leaf|spine/.test(use)) return c.switch;
  return c.panel;
}

interface Scene {
  plan: Plan;
  overlay: Overlay;
  selected: number;
  cable: CableRoute | null;
  marked: Set<number>;
  /** Of a run: the share of time that the busiest of a rack's cables carried. */
  heat: Map<number, number> | null;
}

interface Camera {
  x: number;
  y: number;
  scale: number;
}

function paint(p: Painter, s: Scene, cam: Camera, width: number, height: number, c: Record<string, string>): void {
  const { plan } = s;
  const X = (m: number) => (m - cam.x) * cam.scale;
  const Y = (m: number) => (m - cam.y) * cam.scale;
  for (const f of plan.frames) {
    const named = plan.frames.length > 1 || f.halls.length > 1;
    if (named) p.text(X(f.x), Y(f.y) - (f.halls.length > 1 ? 20 : 6), f.title, { size: 13, fill: c.text, bold: true });
    for (const h of f.halls) {
      const [hx, hy] = [h.x_m + f.dx, h.y_m + f.dy];
      p.rect(X(hx), Y(hy), h.width_m * cam.scale, h.depth_m * cam.scale, { fill: c.surface, stroke: c['line-strong'] });
      if (f.halls.length > 1 || !named) p.text(X(hx) + 1, Y(hy) - 5, plan.floor.halls.every((o) => o.width_m * cam.scale > o.name.length * 6.5) ? h.name : h.letter, { size: 11, fill: c.muted });
      if (cam.scale > 7) {
        for (const r of h.rows) p.text(X(hx + h.first_rack_x_m) - 6, Y(hy + (r.y0_m + r.y1_m) / 2) + 4, `${h.letter}${String(r.row).padStart(2, '0')}`, { size: 11, fill: c.muted, anchor: 'end' });
      }
    }
  }

  const trays = plan.trays;
  const trayHall = trays?.words('hall');
  const drawTrays = () => {
    if (!trays || cam.scale < 1.2) return;
    const hall = trays.column('hall');
    const [x0, y0, x1, y1, fill] = ['x0_m', 'y0_m', 'x1_m', 'y1_m', 'fill'].map((n) => trays.column(n));
    const wide = Math.max(1.5, Math.min(0.45 * cam.scale, 12));
    for (let i = 0; i < trays.rows; i++) {
      const h = trayHall ? plan.floor.halls.findIndex((o) => o.name === trayHall[hall[i]]) : hall[i];
      const f = plan.frames[plan.frameOf[h]] ?? plan.frames[0];
      const ax = X(x0[i] + f.dx);
      const ay = Y(y0[i] + f.dy);
      const bx = X(x1[i] + f.dx);
      const by = Y(y1[i] + f.dy);
      if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > width || Math.max(ay, by) < 0 || Math.min(ay, by) > height) continue;
      const colour = s.overlay === 'tray' ? (fill[i] <= 0 ? c.line : mix(mix(c.surface, c.good, 0.55), c.bad, fill[i] / Math.max(plan.max.tray, 0.01))) : c.line;
      p.line([[ax, ay], [bx, by]], { stroke: colour, width: s.overlay === 'tray' ? wide * 1.5 : wide, opacity: s.overlay === 'tray' ? 1 : 0.8 });
    }
  };
  if (s.overlay !== 'tray') drawTrays();

  const r = plan.racks;
  const [x, y, w, d, use] = ['x_m', 'y_m', 'width_m', 'depth_m', 'use'].map((n) => r.column(n));
  const power = r.column('power_w');
  const limit = r.has('power_limit_w') ? r.column('power_limit_w') : null;
  const cables = r.column('cables');
  const longest = r.column('longest_m');
  const optical = r.column('optical');
  const low = mix(c.surface, c.accent, 0.1);
  const inset = cam.scale > 6 ? 1 : 0;
  for (let i = 0; i < r.rows; i++) {
    const f = plan.frames[plan.frameOf[plan.hallOf[i]]] ?? plan.frames[0];
    const px = X(x[i] + f.dx);
    const py = Y(y[i] + f.dy);
    const pw = w[i] * cam.scale;
    const ph = d[i] * cam.scale;
    if (px > width || py > height || px + pw < 0 || py + ph < 0) continue;
    let colour: string;
    switch (s.overlay) {
      case 'power': {
        const share = limit && limit[i] > 0 ? power[i] / limit[i] : power[i] / Math.max(1, plan.max.power);
        colour = mix(low, share > 0.98 ? c.bad : c.accent, share);
        break;
      }
      case 'cables':
        colour = mix(low, c.accent, cables[i] / Math.max(1, plan.max.cables));
        break;
      case 'longest':
        colour = mix(low, c.single, longest[i] / Math.max(1, plan.max.longest));
        break;
      case 'heat': {
        const t = s.heat?.get(i);
        colour = t === undefined ? mix(c.surface, c.muted, 0.18) : mix(mix(c.surface, c.warn, 0.35), c.bad, t);
        break;
      }
      case 'medium':
        colour = cables[i] ? mix(c.copper, c.multi, optical[i]) : c.line;
        break;
      case 'tray':
        colour = mix(c.surface, c.muted, 0.25);
        break;
      default:
        colour = mix(c.surface, useColour(plan.uses[use[i]] ?? '', c), 0.72);
    }
    p.rect(px + inset, py, Math.max(0.7, pw - 2 * inset), Math.max(0.7, ph), { fill: colour });
    if (s.marked.size && !s.marked.has(i)) p.rect(px + inset, py, pw - 2 * inset, ph, { fill: c.surface, opacity: 0.6 });
    if (pw > 44) p.text(px + pw / 2, py + ph / 2 + 4, plan.names(i), { size: Math.min(12, pw / 5), fill: textOn(colour), anchor: 'middle' });
    else if (ph > 42 && pw > 11) p.text(px + pw / 2 + 4, py + ph / 2, plan.names(i), { size: ph > 52 ? 11 : 9.5, fill: textOn(colour), anchor: 'middle', turn: -90 });
  }
  if (s.overlay === 'tray') drawTrays();

  if (s.cable) {
    // What lies outside of every hall is not drawn to scale: a dashed line goes from the one building to the other.
    const ways: { frame: Frame; points: [number, number][] }[] = [];
    for (const [px, py] of s.cable.points) {
      const f = frameAt(plan, px, py);
      if (!f) continue;
      const last = ways[ways.length - 1];
      const at: [number, number] = [X(px + f.dx), Y(py + f.dy)];
      if (last?.frame === f) last.points.push(at);
      else ways.push({ frame: f, points: [at] });
    }
    ways.forEach((w, n) => {
      if (n) p.line([ways[n - 1].points[ways[n - 1].points.length - 1], w.points[0]], { stroke: c.bad, width: 2, dash: [7, 5] });
      p.line(w.points, { stroke: c.surface, width: 6 });
      p.line(w.points, { stroke: c.bad, width: 3 });
    });
    const ends = [ways[0]?.points[0], ways[ways.length - 1]?.points.at(-1)];
    for (const e of ends) if (e) p.circle(e[0], e[1], 5, { fill: c.bad, stroke: c.surface, width: 2 });
  }
  if (s.selected >= 0) {
    const i = s.selected;
    const f = plan.frames[plan.frameOf[plan.hallOf[i]]] ?? plan.frames[0];
    p.rect(X(x[i] + f.dx) - 2, Y(y[i] + f.dy) - 2, w[i] * cam.scale + 4, d[i] * cam.scale + 4, { stroke: c.text, width: 2.5, radius: 2 });
  }

  // The scale: a round length between 80 and 200 pixels.
  const target = 160 / cam.scale;
  const power10 = 10 ** Math.floor(Math.log10(target));
  const bar = [5, 2, 1].map((k) => k * power10).find((v) => v <= target) ?? power10;
  p.line([[width - 70 - bar * cam.scale, 18], [width - 70, 18]], { stroke: c.text, width: 2 });
  p.text(width - 64, 22, metres(bar), { size: 12, fill: c.text });
}

function textOn(colour: string): string {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(colour.slice(i, i + 2), 16) / 255);
  return 0.2126 * r ** 2.2 + 0.7152 * g ** 2.2 + 0.0722 * b ** 2.2 > 0.3 ? '#101418' : '#ffffff';
}

/** The frame that a place of the region is in; none between buildings. */
function frameAt(plan: Plan, x: number, y: number): Frame | undefined {
  return plan.frames.find((f) => x + f.dx >= f.x - 0.01 && x + f.dx <= f.x + f.w + 0.01 && y + f.dy >= f.y - 0.01 && y + f.dy <= f.y + f.h + 0.01);
}

const signed = (n: number, text: (n: number) => string) => (n === 0 ? `±${text(0)}` : `${n > 0 ? '+' : '−'}${text(Math.abs(n))}`);

/** The last move, until the next change of anything. */
const moved = signal<(Moved & { from: string; revision: number }) | null>(null);

function WhatMoved({ of }: { of: Moved & { from: string } }) {
  return (
    <section aria-live="polite">
      <div class="row">
        <h2>What the move changed</h2>
        <span class="muted small">
          {of.from} → {of.rack}
        </span>
      </div>
      <Facts
        of={[
          ['Cables', of.cables ? `${count(of.shorter)} shorter, ${count(of.longer)} longer` : 'none'],
          ['Length in all', signed(of.metres, metres)],
          ['Longest cable', of.longest_m[0] === of.longest_m[1] ? `${metres(of.longest_m[1])}, as before` : `${metres(of.longest_m[0])} → ${metres(of.longest_m[1])}`],
          ['Cost', <span class={of.usd > 0 ? 'bad' : of.usd < 0 ? 'good' : ''}>{signed(of.usd, usd)}</span>],
        ]}
      />
      {of.products.length > 0 ? (
        <table class="plain">
          <caption class="sr">Products of which there are more or fewer</caption>
          <Heads of={['Product', { right: 'Before' }, { right: 'Now' }]} />
          <tbody>
            {of.products.map((p) => (
              <tr key={p.category + p.id}>
                <td title={p.name}>{p.id}</td>
                <td class="r">{count(p.a)}</td>
                <td class="r">{count(p.b)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p class="muted small">The same products in the same numbers.</p>
      )}
    </section>
  );
}

export function Floor() {
  const key = designKey.value;
  const loaded = useAnswer(async (signal) => {
    const [floor, racks, trays] = await Promise.all([
      api.get<FloorAnswer>('floor', {}, signal).then(named),
      api.bytes('floor/racks').then(readColumns),
      api.bytes('trays').then(readColumns, () => null),
    ]);
    return planOf(floor, racks, trays);
  }, [key]);
  const plan = loaded.value;
  const { rest, query } = route.value;
  const run = query.heat;
  const overlay = run ? 'heat' : ((overlays.some(([o]) => o === query.overlay) ? query.overlay : 'use') as Overlay);
  const hot = useAnswer((s) => (run ? heatOf(run, s) : Promise.resolve(null)), [run, key]);
  useEffect(() => {
    if (hot.error && run) failed(hot.error);
  }, [hot.error]);
  const cableId = query.cable;
  const way = useAnswer((s) => (cableId ? api.get<CableRoute>(`cables/${encodeURIComponent(cableId)}/route`, {}, s) : Promise.resolve(null)), [cableId, key]);
  useEffect(() => {
    if (way.error && cableId) failed(way.error);
  }, [way.error]);
  const rackName = rest[0] === 'rack' ? rest[1] : undefined;
  const selected = useMemo(() => (plan && rackName ? plan.indexOf(rackName) : -1), [plan, rackName]);
  const canvas = useRef<HTMLCanvasElement>(null);
  const cam = useRef<Camera | null>(null);
  const [hover, setHover] = useState<{ i: number; x: number; y: number } | null>(null);
  const [drag, setDrag] = useState<{ i: number; x: number; y: number; to: Spot | null } | null>(null);
  const frame = useRef(0);
  const marked = useMemo(() => new Set<number>(), []);

  const heat = useMemo(() => {
    if (!plan || !run || !hot.value) return null;
    const of = new Map<number, number>();
    for (const h of hot.value.racks) {
      const i = plan.indexOf(h.rack);
      if (i >= 0) of.set(i, h.max);
    }
    return of;
  }, [plan, run, hot.value]);

  const scene: Scene | null = plan ? { heat, plan, overlay, selected, cable: cableId ? (way.value ?? null) : null, marked } : null;

  const fit = () => {
    const c = canvas.current;
    if (!c || !plan) return;
    const pad = 44;
    const scale = Math.min((c.clientWidth - 2 * pad) / plan.width, (c.clientHeight - 2 * pad - 30) / plan.height);
    cam.current = { scale, x: plan.width / 2 - c.clientWidth / 2 / scale, y: plan.height / 2 - (c.clientHeight - 24) / 2 / scale };
  };

  const draw = () => {
    const c = canvas.current;
    if (!c || !scene) return;
    const ratio = devicePixelRatio || 1;
    const [w, h] = [c.clientWidth, c.clientHeight];
    if (c.width !== Math.round(w * ratio) || c.height !== Math.round(h * ratio)) {
      c.width = Math.round(w * ratio);
      c.height = Math.round(h * ratio);
    }
    if (!cam.current) fit();
    const g = c.getContext('2d')!;
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    g.clearRect(0, 0, w, h);
    const col = colours();
    paint(new CanvasPainter(g), scene, cam.current!, w, h, col);
    if (drag) {
      const p = new CanvasPainter(g);
      if (drag.to) {
        const f = plan!.frames[plan!.frameOf[drag.to.hall]];
        const hall = plan!.floor.halls[drag.to.hall];
        p.rect((drag.to.x + f.dx - cam.current!.x) * cam.current!.scale, (drag.to.y + f.dy - cam.current!.y) * cam.current!.scale, hall.rack_pitch_m * cam.current!.scale, hall.rack_depth_m * cam.current!.scale, { stroke: col.accent, width: 3, dash: [5, 3] });
      }
      const size = [plan!.racks.column('width_m')[drag.i] * cam.current!.scale, plan!.racks.column('depth_m')[drag.i] * cam.current!.scale];
      p.rect(drag.x - size[0] / 2, drag.y - size[1] / 2, size[0], size[1], { fill: col.accent, opacity: 0.55, stroke: col.text });
      p.text(drag.x, drag.y - size[1] / 2 - 5, plan!.names(drag.i), { size: 12, fill: col.text, anchor: 'middle', bold: true });
    }
    c.dataset.drawn = String(plan!.racks.rows);
    // Where the selected rack is, for who steers the page by program.
    if (selected >= 0) {
      const f = plan!.frames[plan!.frameOf[plan!.hallOf[selected]]];
      const at = (name: string) => plan!.racks.column(name)[selected];
      const px = (at('x_m') + f.dx + at('width_m') / 2 - cam.current!.x) * cam.current!.scale;
      const py = (at('y_m') + f.dy + at('depth_m') / 2 - cam.current!.y) * cam.current!.scale;
      c.dataset.selected = `${px.toFixed(1)} ${py.toFixed(1)} ${(plan!.floor.halls[plan!.hallOf[selected]].rack_pitch_m * cam.current!.scale).toFixed(1)}`;
    } else delete c.dataset.selected;
  };
  const redraw = () => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(draw);
  };
  useEffect(redraw);
  useEffect(() => {
    const c = canvas.current;
    if (!c) return;
    const o = new ResizeObserver(() => {
      redraw();
    });
    o.observe(c);
    return () => o.disconnect();
  }, [plan]);
  useEffect(() => {
    cam.current = null;
    redraw();
  }, [plan?.width, plan?.height, plan?.racks.rows]);
  // A rack that a link names comes into sight.
  useEffect(() => {
    const c = canvas.current;
    if (selected < 0 || !plan || !c) return;
    if (!cam.current) fit();
    if (!cam.current) return;
    const f = plan.frames[plan.frameOf[plan.hallOf[selected]]];
    // One that was not clicked at is made large enough to be found.
    const wide = plan.racks.column('width_m')[selected] * cam.current.scale;
    if (clicked.current !== rackName && wide < 9) {
      cam.current.scale *= 22 / wide;
      cam.current.x = plan.racks.column('x_m')[selected] + f.dx - c.clientWidth / 2 / cam.current.scale;
      cam.current.y = plan.racks.column('y_m')[selected] + f.dy - c.clientHeight / 2 / cam.current.scale;
      redraw();
      return;
    }
    const x = (plan.racks.column('x_m')[selected] + f.dx - cam.current.x) * cam.current.scale;
    const y = (plan.racks.column('y_m')[selected] + f.dy - cam.current.y) * cam.current.scale;
    if (x < 0 || y < 0 || x > c.clientWidth || y > c.clientHeight) {
      cam.current.x += (x - c.clientWidth / 2) / cam.current.scale;
      cam.current.y += (y - c.clientHeight / 2) / cam.current.scale;
      redraw();
    }
  }, [selected, plan]);

  interface Spot {
    hall: number;
    row: number;
    position: number;
    x: number;
    y: number;
  }
  const spotAt = (px: number, py: number): Spot | null => {
    if (!plan || !cam.current) return null;
    const mx = px / cam.current.scale + cam.current.x;
    const my = py / cam.current.scale + cam.current.y;
    for (let h = 0; h < plan.floor.halls.length; h++) {
      const hall = plan.floor.halls[h];
      const f = plan.frames[plan.frameOf[h]];
      const [x, y] = [mx - f.dx, my - f.dy];
      if (x < hall.x_m || y < hall.y_m || x > hall.x_m + hall.width_m || y > hall.y_m + hall.depth_m) continue;
      const position = Math.floor((x - hall.x_m - hall.first_rack_x_m) / hall.rack_pitch_m) + 1;
      if (position < 1 || position > hall.racks_per_row) return null;
      let best: Spot | null = null;
      for (const r of hall.rows) {
        const from = Math.abs(y - hall.y_m - (r.y0_m + r.y1_m) / 2);
        if (from < hall.rack_depth_m * 0.9 && (!best || from < Math.abs(y - (best.y + hall.rack_depth_m / 2))))
          best = { hall: h, row: r.row, position, x: hall.x_m + hall.first_rack_x_m + (position - 1) * hall.rack_pitch_m, y: hall.y_m + r.y0_m };
      }
      return best;
    }
    return null;
  };
  const rackAt = (px: number, py: number): number => {
    if (!plan || !cam.current) return -1;
    const mx = px / cam.current.scale + cam.current.x;
    const my = py / cam.current.scale + cam.current.y;
    const [x, y, w, d] = ['x_m', 'y_m', 'width_m', 'depth_m'].map((n) => plan.racks.column(n));
    for (let i = 0; i < plan.racks.rows; i++) {
      const f = plan.frames[plan.frameOf[plan.hallOf[i]]];
      const [ax, ay] = [mx - f.dx - x[i], my - f.dy - y[i]];
      if (ax >= 0 && ay >= 0 && ax <= w[i] && ay <= d[i]) return i;
    }
    return -1;
  };

  const press = useRef<{ x: number; y: number; i: number; moved: boolean; cx: number; cy: number } | null>(null);
  const place = (e: PointerEvent | WheelEvent) => {
    const b = canvas.current!.getBoundingClientRect();
    return [e.clientX - b.left, e.clientY - b.top] as const;
  };
  const zoom = (by: number, x?: number, y?: number) => {
    const c = canvas.current;
    if (!c || !cam.current) return;
    const [px, py] = [x ?? c.clientWidth / 2, y ?? c.clientHeight / 2];
    const scale = Math.max(0.2, Math.min(160, cam.current.scale * by));
    cam.current.x += px / cam.current.scale - px / scale;
    cam.current.y += py / cam.current.scale - py / scale;
    cam.current.scale = scale;
    redraw();
  };
  useEffect(() => {
    const c = canvas.current;
    if (!c) return;
    const wheel = (e: WheelEvent) => {
      e.preventDefault();
      const [x, y] = place(e);
      zoom(Math.exp(-e.deltaY / 400), x, y);
    };
    c.addEventListener('wheel', wheel, { passive: false });
    return () => c.removeEventListener('wheel', wheel);
  }, [plan]);

  const clicked = useRef<string | undefined>(undefined);
  const choose = (i: number) => {
    clicked.current = i >= 0 && plan ? plan.names(i) : undefined;
    show(i);
  };
  const show = (i: number) => go('floor', i >= 0 && plan ? ['rack', plan.names(i)] : [], query, true);

  const move = async (i: number, to: Spot) => {
    const hall = plan!.floor.halls[to.hall];
    const name = plan!.names(i);
    const s = await edit.move(name, { hall: hall.name, row: to.row, position: to.position });
    if (!s) return;
    const m = s.moved;
    const where = m?.rack ?? `${hall.letter}${String(to.row).padStart(2, '0')}-${String(to.position).padStart(2, '0')}`;
    moved.value = m ? { ...m, from: name, revision: s.revision } : null;
    toast(
      m ? `${name} moved to ${where}: ${count(m.cables)} cables change${m.metres || m.usd ? `, ${signed(m.metres, metres)}, ${signed(m.usd, usdShort)}` : '; length and cost together are what they were'}.` : `${name} moved to ${where}.`,
      'good',
      { text: 'Undo', run: () => void edit.undo() },
    );
    go('floor', ['rack', where], query, true);
  };

  const step = (dx: number, dy: number) => {
    if (!plan) return;
    const r = plan.racks;
    if (selected < 0) {
      choose(0);
      return;
    }
    const [row, pos] = [r.column('row'), r.column('position')];
    let best = -1;
    let cost = Infinity;
    for (let i = 0; i < r.rows; i++) {
      if (i === selected || plan.hallOf[i] !== plan.hallOf[selected]) continue;
      const [a, b] = [pos[i] - pos[selected], row[i] - row[selected]];
      if (dx ? b !== 0 || Math.sign(a) !== dx : Math.sign(b) !== dy) continue;
      const c = dx ? Math.abs(a) : Math.abs(b) * 1000 + Math.abs(a);
      if (c < cost) [best, cost] = [i, c];
    }
    if (best >= 0) choose(best);
  };

  const picture = () => {
    const c = canvas.current!;
    return { name: `floor-${overlay}`, title: `Floor, ${overlays.find(([o]) => o === overlay)?.[1] ?? 'heat of a run'}`, width: c.clientWidth, height: c.clientHeight, background: colours().bg, paint: (p: Painter) => scene && paint(p, scene, cam.current!, c.clientWidth, c.clientHeight, colours()) };
  };
  const c = colours();
  void theme.value;
  const tip = hover && plan ? hover.i : -1;
  return (
    <>
      <div class="bar">
        <h1>Floor</h1>
        <div class="group" role="group" aria-label="What the colours show">
          {overlays.map(([o, text]) => (
            <button key={o} aria-pressed={o === overlay} onClick={() => tune({ overlay: o === 'use' ? undefined : o, heat: undefined })}>
              {text}
            </button>
          ))}
        </div>
        {run && (
          <span class="chip warn">
            heat of run <a href={href('simulate', [run])}>{run.slice(-8)}</a>
            <button class="quiet" style={{ minHeight: '20px', padding: '0 4px' }} aria-label="Without the heat" onClick={() => tune({ heat: undefined })}>
              ×
            </button>
          </span>
        )}
        <span class="spring" />
        <form
          class="row"
          onSubmit={(e) => {
            e.preventDefault();
            const v = (e.currentTarget.elements.namedItem('cable') as HTMLInputElement).value.trim();
            tune({ cable: v || undefined });
          }}
        >
          <label class="row">
            <span class="muted">Follow cable</span> <input name="cable" placeholder="be-hl-00001" value={cableId ?? ''} key={cableId} size={14} />
          </label>
          <button type="submit">Show</button>
          {cableId && (
            <button type="button" onClick={() => tune({ cable: undefined })}>
              Clear
            </button>
          )}
        </form>
        <Menu
          text="Export"
          items={[
            { text: 'SVG', run: () => exportSvg(picture()) },
            { text: 'PNG', run: () => exportPng(picture()) },
          ]}
        />
      </div>
      {loaded.error && !plan ? (
        <div class="pad">
          <Refusal error={loaded.error} again={loaded.again} />
        </div>
      ) : (
        <div class="split" style={{ gridTemplateColumns: rackName || cableId ? 'minmax(0, 1fr) minmax(340px, 28%)' : 'minmax(0, 1fr)' }}>
          <div class="canvas-box">
            <canvas
              ref={canvas}
              tabIndex={0}
              role="application"
              aria-label={`Floor plan with ${count(plan?.racks.rows)} racks. Arrow keys go from rack to rack, plus and minus zoom, 0 shows everything.${rackName ? ` Selected: ${rackName}.` : ''}`}
              class={drag ? 'dragging' : ''}
              onPointerDown={(e) => {
                const [x, y] = place(e);
                canvas.current!.setPointerCapture(e.pointerId);
                press.current = { x, y, i: rackAt(x, y), moved: false, cx: cam.current?.x ?? 0, cy: cam.current?.y ?? 0 };
              }}
              onPointerMove={(e) => {
                const [x, y] = place(e);
                const p = press.current;
                if (!p) {
                  const i = rackAt(x, y);
                  if (i >= 0 || hover) setHover(i >= 0 ? { i, x, y } : null);
                  return;
                }
                if (!p.moved && Math.hypot(x - p.x, y - p.y) < 5) return;
                p.moved = true;
                if (hover) setHover(null);
                if (p.i >= 0) setDrag({ i: p.i, x, y, to: spotAt(x, y) });
                else {
                  cam.current!.x = p.cx - (x - p.x) / cam.current!.scale;
                  cam.current!.y = p.cy - (y - p.y) / cam.current!.scale;
                  redraw();
                }
              }}
              onPointerUp={(e) => {
                const [x, y] = place(e);
                const p = press.current;
                press.current = null;
                if (!p) return;
                if (!p.moved) choose(p.i);
                else if (p.i >= 0) {
                  const to = spotAt(x, y);
                  setDrag(null);
                  const r = plan!.racks;
                  if (!to) toast('A rack goes to a position of a row; drop it there.');
                  else if (to.hall !== plan!.hallOf[p.i] || to.row !== r.column('row')[p.i] || to.position !== r.column('position')[p.i]) void move(p.i, to);
                }
              }}
              onPointerLeave={() => setHover(null)}
              onKeyDown={(e) => {
                const act: Record<string, () => void> = {
                  ArrowLeft: () => step(-1, 0),
                  ArrowRight: () => step(1, 0),
                  ArrowUp: () => step(0, -1),
                  ArrowDown: () => step(0, 1),
                  '+': () => zoom(1.3),
                  '=': () => zoom(1.3),
                  '-': () => zoom(1 / 1.3),
                  '0': () => (fit(), redraw()),
                  Escape: () => choose(-1),
                };
                const a = act[e.key];
                if (!a) return;
                e.preventDefault();
                a();
              }}
            />
            {tip >= 0 && plan && (
              <div class="canvas-tip" style={{ left: `${Math.min(hover!.x + 14, (canvas.current?.clientWidth ?? 0) - 200)}px`, top: `${hover!.y + 14}px` }}>
                <b>{plan.names(tip)}</b> {plan.uses[plan.racks.column('use')[tip]]}
                <br />
                {fixed(plan.racks.column('power_w')[tip] / 1000, 1)} kW, {plan.racks.column('used_units')[tip]} of {plan.racks.column('units')[tip]} U
                <br />
                {count(plan.racks.column('cables')[tip])} cable ends, longest {metres(plan.racks.column('longest_m')[tip])}, {percent(plan.racks.column('optical')[tip])} optical
              </div>
            )}
            {plan && (
              <div class="canvas-key legend" aria-label="Key">
                {overlay === 'use' && plan.uses.filter((_, n) => plan.usesSeen.has(n)).map((u) => (
                  <span key={u}>
                    <i class="swatch" style={{ background: mix(c.surface, useColour(u, c), 0.72) }} /> {u}
                  </span>
                ))}
                {overlay === 'power' && (
                  <span>
                    0 <i class="ramp" style={{ background: `linear-gradient(90deg, ${mix(c.surface, c.accent, 0.1)}, ${c.accent})` }} /> the rack's limit; <i class="swatch" style={{ background: c.bad }} /> at it
                  </span>
                )}
                {overlay === 'cables' && (
                  <span>
                    0 <i class="ramp" style={{ background: `linear-gradient(90deg, ${mix(c.surface, c.accent, 0.1)}, ${c.accent})` }} /> {count(plan.max.cables)} cable ends
                  </span>
                )}
                {overlay === 'longest' && (
                  <span>
                    0 <i class="ramp" style={{ background: `linear-gradient(90deg, ${mix(c.surface, c.accent, 0.1)}, ${c.single})` }} /> {metres(plan.max.longest)}
                  </span>
                )}
                {overlay === 'heat' && (
                  <span>
                    a rack's busiest link: 0 <i class="ramp" style={{ background: `linear-gradient(90deg, ${mix(c.surface, c.warn, 0.35)}, ${c.bad})` }} /> 100 % of the time; grey racks carried nothing{hot.value?.unknown ? `; ${count(hot.value.unknown)} of the run's links are not in this design` : ''}
                  </span>
                )}
                {overlay === 'medium' && (
                  <span>
                    copper <i class="ramp" style={{ background: `linear-gradient(90deg, ${c.copper}, ${c.multi})` }} /> fibre
                  </span>
                )}
                {overlay === 'tray' && (
                  <span>
                    0 <i class="ramp" style={{ background: `linear-gradient(90deg, ${mix(c.surface, c.good, 0.55)}, ${c.bad})` }} /> {percent(plan.max.tray, 1)} of the tray's cross-section
                  </span>
                )}
                {plan.frames.length > 1 && <span>Each building to scale; distances between buildings are not.</span>}
              </div>
            )}
            <div class="canvas-zoom noprint">
              <button aria-label="Zoom in" onClick={() => zoom(1.4)}>
                +
              </button>
              <button aria-label="Zoom out" onClick={() => zoom(1 / 1.4)}>
                −
              </button>
              <button aria-label="Show the whole floor" title="Show the whole floor" onClick={() => (fit(), redraw())}>
                ⤢
              </button>
            </div>
          </div>
          {(rackName || cableId) && (
            <aside class="side" aria-label="Selection">
              {cableId && way.value && (
                <section>
                  <h2>
                    Cable <a href={href('cables', [cableId])}>{cableId}</a>
                  </h2>
                  <p class="small muted">{way.value.route}</p>
                  <table class="plain">
                    <caption class="sr">What its length consists of</caption>
                    <tbody>
                      {way.value.parts.map((t) => (
                        <tr key={t.name}>
                          <td>{t.name}</td>
                          <td class="r">{metres(t.length_m)}</td>
                        </tr>
                      ))}
                    </tbody>
                    <tfoot>
                      <tr>
                        <td>length</td>
                        <td class="r">{metres(way.value.length_m)}</td>
                      </tr>
                    </tfoot>
                  </table>
                </section>
              )}
              {moved.value && moved.value.revision === state.value?.revision && <WhatMoved of={moved.value} />}
              {rackName && <RackPanel name={rackName} />}
            </aside>
          )}
        </div>
      )}
    </>
  );
}
