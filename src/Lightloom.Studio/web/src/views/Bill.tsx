import { useState } from 'preact/hooks';
import { api, address } from '../api';
import { count, fixed, plural, short, usd, words } from '../format';
import { route } from '../router';
import { designKey } from '../store';
import type { Bill as BillAnswer, BillLine } from '../types';
import { Heads, Refusal, useAnswer } from '../ui/parts';

export function Bill() {
  const found = useAnswer((s) => api.get<BillAnswer>('bill', {}, s), [designKey.value]);
  const [q, setQ] = useState(route.value.query.q ?? '');
  const bill = found.value;
  if (found.error) return <Refusal error={found.error} again={found.again} />;
  const lines = (bill?.lines ?? []).filter((l) => !q || `${l.category} ${l.id} ${l.part ?? ''} ${l.name}`.toLowerCase().includes(q.toLowerCase()));
  const groups = new Map<string, BillLine[]>();
  for (const l of lines) groups.set(l.category, [...(groups.get(l.category) ?? []), l]);
  const sum = (of: BillLine[], key: 'total_usd' | 'total_w') => of.reduce((a, l) => a + (l[key] ?? 0), 0);
  const largest = Math.max(1, ...[...groups.values()].map((g) => sum(g, 'total_usd')));
  return (
    <>
      <div class="bar">
        <h1>Bill of materials</h1>
        <input type="search" aria-label="Filter the bill" placeholder="Part, id or category" value={q} onInput={(e) => setQ(e.currentTarget.value)} />
        <span class="muted num">{plural(lines.length, 'line')}</span>
        <span class="spring" />
        <a class="button" href={address('files/bom.csv')} download="bom.csv">
          CSV
        </a>
        <a class="button" href={address('files/bom.xlsx')} download="bom.xlsx">
          Workbook
        </a>
      </div>
      <div class="scroll pad stack" tabIndex={0} role="region" aria-label="The bill">
        {bill && (
          <dl class="tiles">
            {(
              [
                ['Network', bill.figures.unpriced_lines ? `≈ ${usd(bill.figures.estimate_usd)}` : usd(bill.figures.capex_usd)],
                ['An XPU', usd(Math.round((bill.figures.unpriced_lines ? bill.figures.estimate_usd_per_xpu : bill.figures.usd_per_xpu) ?? NaN))],
                ['Network power', bill.figures.network_power_w === undefined ? undefined : `${fixed(bill.figures.network_power_w / 1000, 1)} kW`],
                ['At most', bill.network_power_max_w ? `${fixed(bill.network_power_max_w / 1000, 1)} kW` : undefined],
                ['Weight', bill.weight_kg ? `${count(bill.weight_kg)} kg` : undefined],
                ['Of that spares', bill.capex_spares_usd ? usd(bill.capex_spares_usd) : undefined],
                ['Lines without a price', bill.figures.unpriced_lines ? count(bill.figures.unpriced_lines) : undefined],
                ...Object.entries(bill.counts ?? {}).map(([k, v]) => [words(k), count(v)] as [string, string]),
              ] as [string, string | undefined][]
            )
              .filter(([, v]) => v)
              .map(([k, v]) => (
                <div class="tile" key={k}>
                  <dt>{k}</dt>
                  <dd>{v}</dd>
                </div>
              ))}
          </dl>
        )}
        <div class="card bars">
          <h2>Cost by category</h2>
          {[...groups.entries()].map(([k, g]) => (
            <div class="bar-row" key={k}>
              <span>{words(k)}</span>
              <span class="track">
                <span style={{ width: `${(sum(g, 'total_usd') / largest) * 100}%` }} />
              </span>
              <span class="num">{usd(sum(g, 'total_usd'))}</span>
            </div>
          ))}
        </div>
        <div class="card wrap">
          <table class="plain">
            <caption class="sr">Bill of materials</caption>
            <Heads of={['Part', 'Id', { right: 'Quantity' }, { right: 'Each' }, { right: 'Total' }, { right: 'Power each' }, { right: 'Power' }, 'Price from']} />
            <tbody>
              {[...groups.entries()].map(([k, g]) => (
                <>
                  <tr key={k}>
                    <th scope="rowgroup" colSpan={4} style={{ position: 'static', color: 'var(--text)' }}>
                      {words(k)}
                    </th>
                    <th class="r" style={{ position: 'static', color: 'var(--text)' }}>
                      {usd(sum(g, 'total_usd'))}
                    </th>
                    <th colSpan={3} style={{ position: 'static' }} />
                  </tr>
                  {g.map((l, i) => (
                    <tr key={`${k}${i}`}>
                      <td>
                        {l.name} {l.spare ? <span class="chip">spare</span> : null} {l.stock ? <span class="chip">in stock</span> : null}
                      </td>
                      <td class="mono">{l.id}</td>
                      <td class="r">{short(l.quantity)}</td>
                      <td class="r">{usd(l.unit_usd)}</td>
                      <td class="r">{l.total_usd === undefined ? <span class="warn">no price</span> : usd(l.total_usd)}</td>
                      <td class="r">{l.unit_w === undefined ? '–' : `${short(l.unit_w)} W`}</td>
                      <td class="r">{l.total_w === undefined ? '–' : `${short(l.total_w / 1000)} kW`}</td>
                      <td class="small muted">
                        {l.source}
                        {l.price_date ? `, ${l.price_date}` : ''} {l.assumed ? <span class="chip warn" title={l.assumed}>assumed in part</span> : null}
                      </td>
                    </tr>
                  ))}
                </>
              ))}
            </tbody>
          </table>
          {bill?.spares_rule && <p class="small muted">{bill.spares_rule}</p>}
          {bill?.figures.unpriced_lines ? <p class="small muted">{bill.estimate_basis}</p> : null}
        </div>
        {bill?.failures && bill.failures.length > 0 && (
          <div class="card wrap">
            <h2>Failures expected in a year</h2>
            <table class="plain">
              <caption class="sr">Failures expected in a year</caption>
              <Heads of={['What', { right: 'Number' }, { right: 'Failures a year' }, 'From']} />
              <tbody>
                {bill.failures.map((f, i) => (
                  <tr key={i}>
                    <td>{f.name}</td>
                    <td class="r">{count(f.population)}</td>
                    <td class="r">{short(f.per_year)}</td>
                    <td class="small muted">
                      {f.basis} {f.assumed ? <span class="chip warn">assumed</span> : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </>
  );
}
