import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { short } from '../format';
import { download } from '../draw/painter';
import { Menu } from './parts';
import { colours, theme } from './theme';

export interface Line {
  label: string;
  y: (number | null)[];
  colour?: string;
  stepped?: boolean;
}

interface Props {
  title: string;
  xLabel: string;
  yLabel: string;
  x: number[];
  lines: Line[];
  height?: number;
  /** y runs from 0 to 1 and is written in percent. */
  share?: boolean;
}

const order = ['accent', 'copper', 'active', 'single', 'good', 'bad', 'muted'];

/** A line chart with axes, a legend that names the values under the cursor, and a table for screen readers. */
export function Chart({ title, xLabel, yLabel, x, lines, height = 220, share }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const shape = `${title}|${lines.map((l) => l.label).join('|')}|${theme.value}`;
  useEffect(() => {
    const box = host.current!;
    const c = colours();
    const axis = { stroke: c.muted, grid: { stroke: c.line, width: 1 }, ticks: { stroke: c.line }, font: '11px system-ui, sans-serif', labelFont: '11px system-ui, sans-serif', labelSize: 18 };
    const p = new uPlot(
      {
        width: box.clientWidth || 400,
        height,
        title,
        scales: { x: { time: false }, y: share ? { range: [0, 1.02] } : { range: (_u, _min, max) => [0, max > 0 ? max * 1.05 : 1] } },
        axes: [
          { ...axis, label: xLabel, values: (_u, v, _i, _s, step) => v.map((n) => n.toLocaleString('en-US', { maximumFractionDigits: Math.max(0, Math.ceil(-Math.log10(step || 1))) })) },
          { ...axis, label: yLabel, size: 58, values: (_u, v) => v.map((n) => (share ? `${Math.round(n * 100)} %` : big(n))) },
        ],
        series: [
          { label: xLabel, value: (_u, v) => (v === null ? '–' : short(v)) },
          ...lines.map((l, i) => ({
            label: l.label,
            stroke: c[l.colour ?? order[i % order.length]],
            width: 2,
            points: { show: x.length < 3 },
            paths: l.stepped ? uPlot.paths.stepped!({ align: 1 }) : undefined,
            value: (_u: uPlot, v: number | null) => (v === null || v === undefined ? '–' : share ? `${short(v * 100)} %` : big(v)),
          })),
        ],
      },
      [x, ...lines.map((l) => l.y)] as uPlot.AlignedData,
      box,
    );
    plot.current = p;
    const o = new ResizeObserver(() => box.isConnected && p.setSize({ width: box.clientWidth, height }));
    o.observe(box);
    return () => {
      o.disconnect();
      p.destroy();
    };
  }, [shape, height]);
  useEffect(() => plot.current?.setData([x, ...lines.map((l) => l.y)] as uPlot.AlignedData), [x, lines]);
  const png = () => {
    const from = host.current?.querySelector('canvas');
    if (!from) return;
    const to = document.createElement('canvas');
    to.width = from.width;
    to.height = from.height;
    const g = to.getContext('2d')!;
    g.fillStyle = colours().surface;
    g.fillRect(0, 0, to.width, to.height);
    g.drawImage(from, 0, 0);
    to.toBlob((b) => b && download(b, `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.png`));
  };
  const csv = () => {
    const rows = [[xLabel, ...lines.map((l) => l.label)].join(','), ...x.map((v, i) => [v, ...lines.map((l) => l.y[i] ?? '')].join(','))];
    download(new Blob([`${rows.join('\n')}\n`], { type: 'text/csv' }), `${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.csv`);
  };
  return (
    <div class="card chart">
      <div ref={host} role="img" aria-label={`${title}: ${lines.map((l) => `${l.label} ends at ${share ? `${short((l.y.at(-1) ?? 0) * 100)} %` : big(l.y.at(-1) ?? 0)}`).join('; ')}`} />
      <div class="noprint corner">
        <Menu
          text="Export"
          items={[
            { text: 'PNG', run: png },
            { text: 'CSV', run: csv },
          ]}
        />
      </div>
    </div>
  );
}

function big(n: number): string {
  const a = Math.abs(n);
  if (a >= 1e9) return `${short(n / 1e9)} G`;
  if (a >= 1e6) return `${short(n / 1e6)} M`;
  if (a >= 1e4) return `${short(n / 1e3)} k`;
  return short(n);
}
