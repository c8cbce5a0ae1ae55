const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A number with thousands separated, or a dash where it is not known. */
export function count(n: number | null | undefined): string {
  return n === null || n === undefined || Number.isNaN(n) ? '–' : whole.format(n);
}

export function fixed(n: number | null | undefined, digits = 1): string {
  return n === null || n === undefined || Number.isNaN(n)
    ? '–'
    : n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Up to three significant decimals, none that say nothing. */
export function short(n: number | null | undefined): string {
  if (n === null || n === undefined || Number.isNaN(n)) return '–';
  const a = Math.abs(n);
  return n.toLocaleString('en-US', { maximumFractionDigits: a >= 100 ? 0 : a >= 10 ? 1 : a >= 1 ? 2 : 4 });
}

export function usd(n: number | null | undefined): string {
  return n === null || n === undefined || Number.isNaN(n) ? '–' : `$${n >= 100 ? whole.format(n) : n.toLocaleString('en-US', { maximumFractionDigits: 2 })}`;
}

export function usdShort(n: number | null | undefined): string {
  if (n === null || n === undefined || Number.isNaN(n)) return '–';
  if (n >= 1e9) return `$${short(n / 1e9)} B`;
  if (n >= 1e6) return `$${short(n / 1e6)} M`;
  return n >= 1e5 ? `$${short(n / 1e3)} k` : usd(n);
}

export function metres(n: number | null | undefined): string {
  if (n === null || n === undefined || Number.isNaN(n)) return '–';
  return n >= 1000 ? `${short(n / 1000)} km` : `${short(n)} m`;
}

export function gbps(n: number | null | undefined): string {
  if (n === null || n === undefined) return '–';
  return n >= 1_000_000 ? `${short(n / 1e6)} Pb/s` : n >= 10_000 ? `${short(n / 1000)} Tb/s` : `${short(n)}G`;
}

export function percent(n: number | null | undefined, digits = 0): string {
  return n === null || n === undefined ? '–' : `${fixed(n * 100, digits)} %`;
}

export function duration(s: number | null | undefined): string {
  if (s === null || s === undefined) return '–';
  if (s < 1e-3) return `${short(s * 1e6)} µs`;
  if (s < 1) return `${short(s * 1e3)} ms`;
  if (s < 90) return `${short(s)} s`;
  return s < 5400 ? `${Math.floor(s / 60)} min ${Math.round(s % 60)} s` : `${Math.floor(s / 3600)} h ${Math.round((s % 3600) / 60)} min`;
}

/** "leaf-spine" of a key with underscores. */
export function words(key: string): string {
  return key.replaceAll('_', ' ');
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${count(n)} ${n === 1 ? one : many}`;
}

const units: [RegExp, string][] = [
  [/ us$/, 'µs'],
  [/ ns$/, 'ns'],
  [/ ms$/, 'ms'],
  [/ s$/, 's'],
  [/ bytes$/, 'bytes'],
  [/ gbps$/, 'Gb/s'],
  [/ tbps$/, 'Tb/s'],
  [/ gib$/, 'GiB'],
  [/ mb$/, 'MB'],
  [/ usd$/, '$'],
  [/ kw$/, 'kW'],
  [/ w$/, 'W'],
  [/ m$/, 'm'],
];
const said: Record<string, string> = { fct: 'FCT', xpus: 'XPUs', rss: 'memory', wall: 'time to simulate', p50: 'median', p90: '90th percentile', p99: '99th percentile', p999: '99.9th percentile', max: 'largest', min: 'smallest', jain: "Jain's fairness", us: '', mfu: 'MFU', usd: '', kw: '', capex: 'cost' };

const names: Record<string, string> = { usd_per_xpu: 'cost of an XPU', estimate_usd_per_xpu: 'estimate of an XPU', watts_per_xpu: 'power of an XPU (W)', it_power_w: 'IT power (W)' };

/** The name of a figure by its path in a result: "flows, FCT, median (µs)" of flows.fct_us.p50. */
export function figureName(path: string): string {
  if (names[path]) return names[path];
  let unit = '';
  const parts = path.split('.').map((part) => {
    let text = words(part).replaceAll('[', ' ').replaceAll(']', '');
    for (const [end, name] of units)
      if (end.test(` ${text}`) && text.includes(' ')) {
        unit = name;
        text = text.replace(end, '');
      }
    return text.split(' ').map((w) => said[w] ?? w).join(' ').trim();
  });
  return `${parts.filter(Boolean).join(', ')}${unit ? ` (${unit})` : ''}`;
}
